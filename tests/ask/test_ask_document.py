"""The JSON of a question in words: what was understood, the answer as for `kpi`, or why it is refused."""

import json
from typing import Any

import pytest

from analytics.ask.answer import answer
from analytics.ask.ask_document import answer_document, answered, ask_document, refused
from analytics.ask.question_words import question_words
from analytics.ask.reading import Alternative, Reading, Refusal
from analytics.ask.understood import understood
from analytics.ask.vocabulary import vocabulary
from analytics.kpi_document import kpi_document
from analytics.kpis import find_kpi
from analytics.measure import account, measure, notes
from analytics.query import compose
from tests.ask.asked import TICKETS, ask, question
from tests.conftest import MakeDesk

UNDERSTOOD: dict[str, dict[str, Any]] = {
    "kpi=mttr&by=assignment_group&period=last month&compare=before&order=change desc&limit=5": {
        "by": ["assignment_group"], "from": "2026-05-01", "to": "2026-06-01", "period": "last month",
        "compare": {"from": "2026-04-01", "to": "2026-05-01", "words": "against April 2026"},
        "order": "change desc", "limit": 5,
    },
    "kpi=volume&grain=week&priority=1&priority=&not_category=vpn&bound=resolution_hours>48&title=printer": {
        "grain": "week",
        "filters": [
            {"dimension": "priority", "operator": "is", "values": [1, None]},
            {"dimension": "category", "operator": "is not", "values": ["vpn"]},
            {"dimension": "resolution_hours", "operator": ">", "values": [48.0]},
            {"dimension": "title", "operator": "has", "values": ["printer"]},
        ],
    },
    "kpi=backlog&bound=opened_on<2026-05-01": {
        "filters": [{"dimension": "opened_on", "operator": "<", "values": ["2026-05-01"]}],
    },
    "kpi=fcr&by=category&category=vpn&category=mail": {
        "by": ["category"],
        "filters": [{"dimension": "category", "operator": "is", "values": ["vpn", "mail"]}],
        "compare": {"dimension": "category", "values": ["vpn", "mail"]},
    },
    "kpi=sla_adherence&by=assignment_group&threshold=<0.8": {
        "by": ["assignment_group"], "threshold": {"operator": "<", "value": 0.8},
    },
    "kpi=backlog&intent=why&period=last quarter": {
        "intent": "why", "period": "last quarter", "from": "2026-01-01", "to": "2026-04-01",
    },
}  # fmt: skip
NOTHING = {
    "by": [], "grain": None, "filters": [], "from": None, "to": None, "compare": None, "order": None, "limit": None,
    "threshold": None, "intent": "measure", "period": None,
}  # fmt: skip


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_what_was_understood(desk: MakeDesk, text: str) -> None:
    asked = question(desk(TICKETS), text)
    assert understood(asked) == NOTHING | {"kpi": asked.kpi} | UNDERSTOOD[text]


WORDS = {
    "kpi=mttr&by=assignment_group&period=last month&priority=1&order=desc&limit=5": (
        "Mean time to resolve by assignment group, last month (1 to 31 May 2026), where priority is 1; top 5"
    ),
    "kpi=volume&grain=week&by=category&from=2026-03-01": "Ticket volume by week and category, since 1 Mar 2026",
    "kpi=backlog": "Backlog, now",
    "kpi=backlog&period=last month&compare=before": (
        "Backlog, at the end of last month (31 May 2026), against the end of April 2026"
    ),
    "kpi=sla_adherence&by=site&threshold=<0.8&period=last 90 days": (
        "SLA adherence by site, in the last 90 days (15 Mar to 12 Jun 2026); under 80 %"
    ),
    "kpi=mttr&by=category&period=last month&order=change desc&compare=year before": (
        "Mean time to resolve by category, last month (1 to 31 May 2026), against May 2025; by rise, the largest first"
    ),
    "kpi=fcr&intent=definition": "What is First contact resolution?",
    "kpi=backlog&intent=why&period=this week": ("Why did it change: Backlog, this week (8 to 12 Jun 2026)"),
    "kpi=volume&intent=tickets&not_site=Leeds": "Tickets behind Ticket volume, where site is not Leeds",
    "kpi=backlog&intent=owners": "Who owns what is open",
}


@pytest.mark.parametrize("text", WORDS)
def test_a_question_in_our_words(desk: MakeDesk, text: str) -> None:
    assert question_words(question(desk(TICKETS), text)) == WORDS[text]


@pytest.mark.parametrize("text", ["kpi=mttr", "kpi=volume&grain=month", "kpi=backlog", "kpi=sla_adherence&priority=1"])
def test_the_answer_is_as_for_kpi(desk: MakeDesk, text: str) -> None:
    engine, asked = desk(TICKETS).engine, question(desk(TICKETS), text)
    kpi = find_kpi(asked.kpi)
    result = measure(engine, compose(kpi, asked.filters, asked.by, asked.grain))
    expected = kpi_document(result, account(engine, kpi, asked.filters), notes(engine, kpi))
    document = answer_document(answer(engine, asked))
    assert {name: document[name] for name in expected} == expected
    assert document.keys() - expected.keys() == {"rows_left_out", "leads"}


def test_rows_are_those_shown_with_what_was_before(desk: MakeDesk) -> None:
    document = answer_document(ask(desk(TICKETS), "kpi=mttr&by=assignment_group&period=last month&compare=before"))
    assert document["rows"][0] == {
        "assignment_group": "Network", "value": 16, "numerator": 96, "denominator": 6, "before": 10, "change": 6,
    }  # fmt: skip
    assert document["rows"][-1] == {
        "assignment_group": None, "value": 5, "numerator": 5, "denominator": 1, "before": None, "change": None,
        "too_few": True,
    }  # fmt: skip


def test_a_document_of_an_answer_has_the_keys_of_the_contract(desk: MakeDesk) -> None:
    asked = question(desk(TICKETS), "kpi=mttr&period=last month")
    other = question(desk(TICKETS), "kpi=median_time_to_resolve&period=last month")
    reading = Reading("mttr last month", asked, alternatives=(Alternative("the median", other),), notes=("assumed",))
    document = answered(reading, answer(desk(TICKETS).engine, asked))
    assert list(document) == ["question", "understood", "sentence", "answer", "alternatives", "notes"]
    assert document["question"] == "mttr last month"
    assert document["alternatives"] == [{"words": "the median", "understood": understood(other)}]
    assert document["notes"][0] == "assumed"
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_a_refusal_has_a_reason_and_what_can_be_asked() -> None:
    reading = Reading("the weather", None, refusal=Refusal("'weather' is not in the data.", ("mttr last month",)))
    assert refused(reading) == {
        "question": "the weather",
        "refused": {"reason": "'weather' is not in the data.", "suggestions": ["mttr last month"]},
    }
    assert "Nothing was asked" in refused(Reading("", None))["refused"]["reason"]


def test_words_are_read_and_answered(desk: MakeDesk) -> None:
    known = vocabulary(desk(TICKETS).engine)
    document = ask_document(desk(TICKETS).engine, "mttr by assignment group last month", known)
    assert document["understood"]["kpi"] == "mttr"
    assert document["understood"]["by"] == ["assignment_group"]
    assert document["answer"]["rows"][0]["value"] == 16
    refusal = ask_document(desk(TICKETS).engine, "what will the weather be", known)
    assert set(refusal) == {"question", "refused"}
    assert refusal["refused"]["reason"]
