"""Ageing, by example and by property: bands, lines and the oldest list agree with the backlog and with pandas."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import PersonDimension
from analytics.filters import Filters
from analytics.flow.age_bands import BadBands, bands_text, check_bands, read_bands, shipped_bands
from analytics.flow.age_lines import FEWEST_ENDED, age_lines
from analytics.flow.ageing import Ageing, ageing, in_band, of_value
from analytics.flow.open_tickets import open_tickets
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.properties.desks import SPLITS, ZONES, desks, examples, filters, opened
from tests.warehouse_of import Desk, window

HDI = (10, 30)
# The as-of time is the newest event: 1 July 12:00.
DESK = """
ticket | status   | group   | opened           | resolved         | updated
A      | new      | network | 2026-07-01 11:00 |                  | 2026-07-01 12:00
B      | new      | network | 2026-06-21 12:01 |                  |
C      | new      | desk    | 2026-06-21 12:00 |                  |
D      | pending  | desk    | 2026-06-01 12:01 |                  |
E      | new      | network | 2026-06-01 12:00 |                  |
F      | new      |         | 2025-01-01 12:00 |                  |
G      | resolved | network | 2026-06-01 12:00 | 2026-06-20 12:00 |
H      | new      | network |                  |                  |
"""
START = datetime.fromisoformat("2026-01-01 00:00")


def _ids(desk: Desk, shown: Ageing, number: int) -> list[str]:
    return list(select_tickets(desk.engine, shown.in_band(number)).frame["ticket_id"])


def test_a_ticket_of_exactly_the_limit_is_in_the_older_band(desk: MakeDesk) -> None:
    made = desk(DESK)
    shown = ageing(made.engine, Filters(), HDI)
    assert [_ids(made, shown, i) for i in range(3)] == [["B", "A"], ["D", "C"], ["F", "E"]]
    assert [(band.from_days, band.to_days, band.tickets, band.share) for band in shown.bands] == [
        (0, 10, 2, 2 / 6), (10, 30, 2, 2 / 6), (30, None, 2, 2 / 6),
    ]  # fmt: skip
    assert [band.words for band in shown.bands] == ["under 10 days", "10 to 30 days", "30 days and over"]


def test_the_end_of_a_past_window_is_the_moment(desk: MakeDesk) -> None:
    made = desk(DESK)
    shown = ageing(made.engine, window(end="2026-06-20"), HDI)  # G ended on the 20th: open at the end of the 19th
    assert [band.tickets for band in shown.bands] == [0, 3, 1]
    assert list(shown.oldest["ticket_id"]) == ["F", "E", "G", "D"]
    assert shown.oldest["age_days"].tolist() == pytest.approx(
        [365 + 31 + 28 + 31 + 30 + 31 + 19 - 0.5, 18.5, 18.5, 18.5], abs=0.001
    )
    assert any("ends before the data does" in caveat for caveat in shown.basis.caveats)


def test_split_by_a_dimension_the_groups_sum_to_the_bands(desk: MakeDesk) -> None:
    made = desk(DESK)
    shown = ageing(made.engine, Filters(), HDI, "assignment_group")
    rows = {row["value"]: [row["band_0"], row["band_1"], row["band_2"]] for row in shown.groups.to_dict("records")}
    assert rows == {"network": [2, 0, 1], "desk": [0, 2, 0], None: [0, 0, 1]}
    chosen = in_band(of_value(made.engine, Filters(), "assignment_group", "desk"), shown.bands[1])
    assert list(select_tickets(made.engine, chosen).frame["ticket_id"]) == ["D", "C"]
    assert shown.tickets == 6


def test_what_cannot_be_used_is_counted(desk: MakeDesk) -> None:
    basis = ageing(desk(DESK).engine, Filters(), HDI).basis
    assert (basis.used, basis.excluded) == (6, (("no opening time", 1),))


def test_with_few_ended_tickets_the_lines_cannot_be_told(desk: MakeDesk) -> None:
    shown = ageing(desk(DESK).engine, Filters(), HDI)
    assert (shown.lines.known, shown.past, shown.lines.tickets) == ({}, {}, 1)
    assert "cannot be told: only 1 ticket ended" in shown.sentence
    assert "the oldest is 546 days old" in shown.sentence  # 365 of 2025, 181 of 2026 up to 1 July


def _ended(number: int, days: float, **more: Any) -> dict[str, Any]:
    """Ended so many days after it was opened."""
    at = START + timedelta(hours=number)
    return {
        "ticket_id": f"E{number}",
        "opened_at": at,
        "resolved_at": at + timedelta(days=days),
        "status": "resolved",
        **more,
    }


def _open(number: int, days: float, as_of: datetime) -> dict[str, Any]:
    return {"ticket_id": f"O{number}", "opened_at": as_of - timedelta(days=days), "status": "new"}


def test_each_open_ticket_stands_against_the_desks_own_lines(desk: MakeDesk) -> None:
    as_of = START + timedelta(hours=101) + timedelta(days=101)
    ended = [_ended(number, number) for number in range(1, 102)]  # 1 to 101 days; the last one sets the as-of time
    waiting = [_open(i, days, as_of) for i, days in enumerate((10, 50, 52, 60, 87, 95, 96, 97, 500, 1))]
    shown = ageing(desk([*ended, *waiting]).engine, Filters(), HDI)
    assert shown.lines.known == pytest.approx({"p50": 51, "p85": 86, "p95": 96})  # of 1 to 101
    assert shown.lines.tickets == 101
    assert shown.past == {"p50": 7, "p85": 5, "p95": 2}  # 96 is not older than 96
    assert shown.sentence == (
        "2 of 10 tickets open now (20 %) are older than 96 days, "
        "and so older than 95 % of what the desk closed in the last 12 months."
    )


def test_what_ended_before_the_twelve_months_or_after_the_window_makes_no_line(desk: MakeDesk) -> None:
    as_of = START + timedelta(days=50)
    ended = [_ended(number, 2) for number in range(FEWEST_ENDED)]
    early = [
        _ended(number, 300) | {"opened_at": START - timedelta(days=700), "resolved_at": START - timedelta(days=400)}
        for number in range(100, 130)
    ]
    made = desk([*ended, *early, _open(1, 0, as_of)])
    assert age_lines(made.engine, Filters()).known == pytest.approx({"p50": 2, "p85": 2, "p95": 2})
    before = age_lines(made.engine, window(end="2026-01-02"))
    assert (before.tickets, before.known) == (0, {})


def test_filters_choose_what_the_lines_rest_on(desk: MakeDesk) -> None:
    ended = [_ended(number, 1 + number % 2 * 9, category=("fast", "slow")[number % 2]) for number in range(60)]
    made = desk([*ended, _open(1, 3, START + timedelta(days=20))])
    assert age_lines(made.engine, window(category="slow")).known == pytest.approx({"p50": 10, "p85": 10, "p95": 10})
    assert "this selection closed" in ageing(made.engine, window(ticket_type=[None]), HDI).sentence


def test_nothing_open_and_nothing_loaded(desk: MakeDesk) -> None:
    for tickets in ([], [_ended(1, 2)]):
        shown = ageing(desk(tickets).engine, Filters(), HDI)
        assert shown.sentence == "No tickets are open now."
        assert [(band.tickets, band.share) for band in shown.bands] == [(0, None)] * 3
        assert shown.oldest.empty


def test_the_oldest_list_ends_at_fifty(desk: MakeDesk) -> None:
    made = desk([_open(number, number, START) for number in range(70)])
    shown = ageing(made.engine, Filters(), HDI)
    listed = select_tickets(made.engine, shown.oldest_list())
    assert (
        list(shown.oldest["ticket_id"])
        == list(listed.frame["ticket_id"])
        == [f"O{number}" for number in range(69, 19, -1)]
    )
    assert not {"assignee", "requester"} & set(shown.oldest.columns)


def test_people_are_no_split(desk: MakeDesk) -> None:
    with pytest.raises(PersonDimension):
        ageing(desk(DESK).engine, Filters(), HDI, "assignee")


@pytest.mark.parametrize("text", ["", "10, 10", "30, 10", "0, 5", "1.5", "-1", "1,2,3,4,5,6,7", "ten", "99999", "٣"])
def test_bands_that_make_no_sense_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadBands, match="cannot be age bands: write 1 to 6 whole numbers of days"):
        read_bands(text)


def test_bands_are_read_as_they_are_written() -> None:
    assert read_bands(" 5,20 , 90") == (5, 20, 90)
    assert bands_text((5, 20)) == "5, 20"
    assert shipped_bands() == HDI
    with pytest.raises(BadBands):
        check_bands((True, 5))


limits = st.lists(st.integers(1, 400), min_size=1, max_size=6, unique=True).map(lambda days: tuple(sorted(days)))


@examples
@given(desks, filters(), limits, st.sampled_from(SPLITS), st.sampled_from(ZONES))
def test_the_bands_are_the_backlog_whole_and_split(
    listed: list[dict[str, Any]], chosen: Filters, edges: tuple[int, ...], by: str, zone: str
) -> None:
    with opened(listed, zone) as desk:
        shown = ageing(desk.engine, chosen, edges, by)
        assert sum(band.tickets for band in shown.bands) == shown.tickets == desk.value("backlog", chosen)
        levels = {value: count for value, count in desk.by("backlog", by, chosen).items() if count}
        groups = shown.groups.to_dict("records")
        assert {row["value"]: row["tickets"] for row in groups} == levels
        for i, band in enumerate(shown.bands):
            assert band.tickets == sum(row[f"band_{i}"] for row in groups)
            assert select_tickets(desk.engine, shown.in_band(i)).total == band.tickets
        assert shown.tickets <= 30
        assert len(shown.oldest) == shown.tickets
        assert (shown.oldest["age_days"] >= 0).all()


@examples
@given(desks, filters(), st.sampled_from(ZONES))
def test_the_bands_and_lines_are_those_of_pandas(listed: list[dict[str, Any]], chosen: Filters, zone: str) -> None:
    with opened([{**ticket, "ticket_id": str(i)} for i, ticket in enumerate(listed)], zone) as desk:
        shown = ageing(desk.engine, chosen, HDI)
        tickets = desk.engine.query("SELECT * FROM tickets")
        moment = pd.Timestamp(open_tickets(desk.engine, chosen).moment)
        ages = (
            moment - tickets.set_index("ticket_id").loc[list(shown.oldest["ticket_id"]), "opened_at"]
        ).dt.total_seconds()
        expected = np.histogram(ages.clip(lower=0) / 86_400, [0, 10, 30, np.inf])[0].tolist()
        assert [band.tickets for band in shown.bands] == expected
        if shown.lines.known:
            end = chosen.end or desk.engine.as_of.date() + timedelta(days=1)  # type: ignore[union-attr]
            _check_lines(tickets, chosen, end, shown)


def _check_lines(tickets: pd.DataFrame, chosen: Filters, end: date, shown: Ageing) -> None:
    kept = tickets[tickets["opened_at"].notna()]
    for name, values in chosen.where:
        kept = kept[[(None if pd.isna(value) else value) in values for value in kept[name].astype(object)]]
    kept = kept[(kept["ended_on"] < pd.Timestamp(end)) & (kept["ended_on"] >= pd.Timestamp(end - timedelta(days=365)))]
    days = (kept["ended_at"] - kept["opened_at"]).dt.total_seconds() / 86_400
    assert len(days) == shown.lines.tickets
    for line, value in shown.lines.known.items():
        assert value == pytest.approx(np.percentile(days, int(line[1:])), abs=1e-6)
