"""What the business could build: the conditions one by one, by example; unknown speaks neither for nor against."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from analytics.filters import Filters
from analytics.plan.citizen_work import REASONS, citizen_work
from analytics.plan.work_words import named_in, titles_sql, work_rules
from tests.conftest import MakeDesk

AS_OF = datetime.fromisoformat("2026-06-30 12:00")


def requests(category: str, count: int = 26, hours: float = 200.0, **more: Any) -> list[dict[str, Any]]:
    """So many requests over half a year, resolved in these hours; priority 4 and never handed on, unless said."""
    made = []
    for number in range(count):
        opened = AS_OF - timedelta(days=7 * (number % 26) + 1, hours=1)
        resolved = opened + timedelta(hours=hours)
        row = {"ticket_type": "request", "category": category, "opened_at": opened, "priority": 4,
               "reassignment_count": 0, "status": "new"}  # fmt: skip
        if resolved <= AS_OF:
            row |= {"resolved_at": resolved, "status": "resolved"}
        made.append(row | more)
    return made


OTHERS = [*requests("Cables", 60, 5.0), requests("Now", 1, 0.0)[0] | {"opened_at": AS_OF, "resolved_at": AS_OF}]


def judged(desk: MakeDesk, rows: list[dict[str, Any]]) -> dict[str, int]:
    """Tickets left out by reason."""
    return dict(citizen_work(desk([*rows, *OTHERS]).engine, Filters()).basis.excluded)


def test_what_is_manual_waits_and_harms_little_is_a_candidate(desk: MakeDesk) -> None:
    found = citizen_work(desk([*requests("Monthly report"), *OTHERS]).engine, Filters())
    (kind,) = found.candidates
    assert (kind.title, kind.requests, kind.kinds) == ("Monthly report", 26, ("manual",))
    # 200 hours are 8.3 days: the two youngest, 1 and 8 days old, are open.
    assert kind.open_now == 2
    assert kind.median_hours == 200
    assert (kind.priority, kind.handoffs) == (4, 0)
    assert found.requests == 26 + 60 + 1
    share = f"{26 / 87:.0%}".replace("%", " %")
    assert found.sentence == (
        f"1 kind of request could be built by the business under guard-rails: 26 requests of the last 182 days "
        f"({share}), 2 of them open."
    )


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (requests("Report", priority=1), "urgent"),
        (requests("Report", reassignment_count=3), "handed_on"),
        (requests("Report", hours=1.0), "quick"),
        (requests("Report on payroll"), "critical"),
        (requests("Chairs"), "no_words"),
        (requests("Report", count=10), "too_few"),
    ],
)
def test_one_thing_against_it_is_enough(desk: MakeDesk, rows: list[dict[str, Any]], reason: str) -> None:
    left_out = judged(desk, rows)
    assert left_out[REASONS[reason]] >= len(rows)
    assert citizen_work(desk([*rows, *OTHERS]).engine, Filters()).candidates == ()


def test_what_comes_and_goes_is_left_out(desk: MakeDesk) -> None:
    burst = [row | {"opened_at": AS_OF - timedelta(days=40), "resolved_at": AS_OF} for row in requests("Report", 40)]
    assert judged(desk, burst)[REASONS["varies"]] == 40


def test_what_is_not_recorded_speaks_neither_for_nor_against(desk: MakeDesk) -> None:
    rows = requests("Report", priority=None, reassignment_count=None)
    (kind,) = citizen_work(desk([*rows, *OTHERS]).engine, Filters()).candidates
    assert (kind.priority, kind.handoffs) == (None, None)


def test_titles_tell_where_the_category_does_not(desk: MakeDesk) -> None:
    rows = requests("Kind 7", title="How do I add a colleague?")
    (kind,) = citizen_work(desk([*rows, *OTHERS]).engine, Filters()).candidates
    assert kind.kinds == ("knowledge",)
    mixed = [row | {"title": "Broken" if place % 4 else "How do I"} for place, row in enumerate(rows)]
    assert citizen_work(desk([*mixed, *OTHERS]).engine, Filters()).candidates == ()


def test_incidents_are_no_requests(desk: MakeDesk) -> None:
    rows = [row | {"ticket_type": "incident"} for row in requests("Report")]
    found = citizen_work(desk(rows).engine, Filters())
    assert found.sentence == (
        "What the business could build cannot be told: no request of the last 182 days is recorded."
    )


def test_the_selection_finds_the_requests_that_were_counted(desk: MakeDesk) -> None:
    made = desk([*requests("Report"), *requests("Report", subcategory="Sales"), *OTHERS])
    found = citizen_work(made.engine, Filters())
    assert len(found.candidates) == 2
    for kind in found.candidates:
        chosen = found.selection(kind)
        sql = f"SELECT count(*) AS n FROM tickets WHERE {chosen.condition}"
        assert int(made.engine.query(sql, dict(chosen.parameters))["n"].iloc[0]) == kind.requests == 26


def test_used_and_left_out_are_all_requests(desk: MakeDesk) -> None:
    found = citizen_work(desk([*requests("Report"), *requests("Chairs"), *OTHERS]).engine, Filters())
    assert found.basis.used + found.basis.tickets_excluded == found.requests


def test_the_risk_is_guessed_from_the_words(desk: MakeDesk) -> None:
    (kind,) = citizen_work(desk([*requests("Report of customer discounts"), *OTHERS]).engine, Filters()).candidates
    assert {"money", "personal_data"} <= kind.guess.guessed
    assert dict(kind.guess.answers)["reversible"] == "not known"


def test_words_are_read_from_the_file_and_never_match_everything() -> None:
    rules = work_rules()
    assert named_in(rules.critical, "Payroll run") == ("finance",)
    assert named_in(rules.kinds, "Broken screen") == ()
    parts = [part for _, words in (*rules.kinds, *rules.critical, *rules.risk) for part in words]
    assert all(len(part.strip()) > 1 and part == part.lower() for part in parts)
    columns, parameters = titles_sql((("odd", ("100%_sure",)),), "kind")
    assert columns == ["count(*) FILTER (WHERE lower(title) LIKE :kind_odd_0) AS kind_odd"]
    assert parameters == {"kind_odd_0": "%100sure%"}
