"""The vocabulary: what the loaded data names, and the index that finds it."""

from analytics.ask.grammar import read_question
from analytics.ask.vocabulary import Vocabulary, vocabulary
from analytics.filters import Filters
from tests.ask.desk_words import AS_OF
from tests.conftest import MakeDesk

TICKETS = """
    opened           | resolved         | group   | site  | priority | status   | type
    2026-03-02 09:00 | 2026-03-02 11:00 | Network | Leeds | 1        | resolved | incident
    2026-03-03 09:00 | 2026-03-03 10:00 | Network | Leeds | 2        | resolved | incident
    2026-03-04 09:00 |                  | Desktop |       | 3        | new      | request
"""


def test_values_come_most_frequent_first_and_what_is_not_recorded_last(desk: MakeDesk) -> None:
    known = vocabulary(desk(TICKETS).engine)
    assert known.values["assignment_group"] == ("Network", "Desktop")
    assert known.values["site"] == ("Leeds", None)
    assert known.values["priority"] == (1, 2, 3)
    assert (str(known.first_day), str(known.last_day), str(known.as_of)) == ("2026-03-02", "2026-03-04", "2026-03-04")


def test_kpis_without_a_single_ticket_are_not_measurable(desk: MakeDesk) -> None:
    known = vocabulary(desk(TICKETS).engine)
    assert {"mttr", "volume", "backlog"} <= known.measurable
    assert not known.measurable & {"reopen_rate", "first_response_time", "sla_adherence"}


def test_people_are_no_values(desk: MakeDesk) -> None:
    tickets = "opened | group | assignee\n2026-03-02 | Network | Zaphod Beeblebrox"
    known = vocabulary(desk(tickets).engine)
    assert "assignee" not in known.values
    assert read_question("backlog of Zaphod", known).question is None


def test_values_are_found_as_one_word_in_the_plural_and_without_their_number() -> None:
    known = Vocabulary({"channel": ("Walk-in", "walkin"), "impact": ("2 - Medium",)}, AS_OF, None, None)
    for text in ("walk-in", "Walk in", "walk-ins"):
        question = read_question(f"{text} tickets", known).question
        assert question is not None, text
        assert ("channel" in dict(question.filters.where)) is True
    question = read_question("tickets of medium impact", known).question
    assert question
    assert question.filters == Filters.of(where={"impact": ["2 - Medium"]})


def test_a_value_is_found_among_thousands() -> None:
    groups = tuple(f"Team {number:04}" for number in range(5_000))
    known = Vocabulary({"assignment_group": groups}, AS_OF, None, None)
    question = read_question("backlog of team 4711", known).question
    assert question
    assert question.filters == Filters.of(where={"assignment_group": ["Team 4711"]})
    assert read_question("backlog of team 9999", known).question is None
