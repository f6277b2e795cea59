"""Signals of a desk: weeks counted by hand, the backlog by its net flow, resets, and what cannot be told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.filters import Filters
from analytics.period import Grain
from analytics.signals import Signal, judged_weeks, signals
from tests.conftest import MakeDesk
from tests.warehouse_of import window

MONDAY = datetime.fromisoformat("2025-06-30 09:00")


def _week(week: int, tickets: int, hours: float = 10, **more: Any) -> list[dict[str, Any]]:
    """So many tickets opened on that week's Monday, each resolved in `hours`."""
    opened = MONDAY + timedelta(weeks=week)
    return [
        {"opened_at": opened, "resolved_at": opened + timedelta(hours=hours), "status": "resolved", **more}
        for _ in range(tickets)
    ]


def _desk(counts: Sequence[int], hours: Sequence[float] | None = None) -> list[dict[str, Any]]:
    weeks = [_week(i, n, hours[i] if hours else 10) for i, n in enumerate(counts)]
    # The as-of time is in the week after the last: all of them are finished.
    return [ticket for week in [*weeks, _week(len(counts), 1)] for ticket in week]


def _weeks(signal: Signal) -> dict[str, float]:
    return dict(zip([str(week) for week in signal.limits.weeks], signal.limits.values.tolist(), strict=True))


def test_a_signal_says_its_week_side_and_verdict(desk: MakeDesk) -> None:
    made = desk(_desk([8, 10] * 10, [10, 12] * 9 + [10, 40]))
    found = signals(made.engine, Filters())
    assert list(found) == ["mttr", "fcr", "sla_adherence", "volume", "backlog"]
    assert found["mttr"].sentence == (
        "Mean time to resolve: signal since week 46 (10 Nov 2025), higher than normal, worse."
    )
    assert found["mttr"].caption == "Signal since week 46"
    # 10 and 12 hours in turn: the moving range is 2.
    assert found["mttr"].limits.upper[-1] == pytest.approx(11 + 3 * 2 / 1.128)
    assert found["mttr"].limits_words == "Normal for a week is 5.7 h to 16.3 h, from 16 weeks."
    assert found["volume"].sentence == "Ticket volume: within normal variation."
    assert found["volume"].better is None
    assert found["sla_adherence"].words == "cannot tell yet: no recent week with enough tickets"
    assert found["sla_adherence"].caption == "Cannot tell yet"


def test_the_weeks_are_those_that_the_kpis_measure(desk: MakeDesk) -> None:
    made = desk([{**ticket, "reassignment_count": n % 3} for n, ticket in enumerate(_desk([8, 10, 7, 12] * 5))])
    found = signals(made.engine, Filters())
    last = Filters.of(date(2025, 6, 30), date(2025, 11, 17))
    for name, kpi in (("mttr", "mttr"), ("fcr", "fcr"), ("volume", "volume")):
        measured = made.by_period(kpi, Grain.WEEK, last)
        assert _weeks(found[name]) == pytest.approx(measured)


def test_net_flow_is_the_change_of_the_backlog(desk: MakeDesk) -> None:
    late = [ticket for week in range(20) for ticket in _week(week, week % 5 + 1, hours=24 * 10 + 7 * week)]
    made = desk([*late, *_week(21, 1)])
    level = list(made.by_period("backlog", Grain.WEEK).values())
    found = signals(made.engine, Filters())["backlog"]
    flow = np.fmax(found.limits.values, found.left_out)
    assert flow.tolist() == np.diff([0, *(value or 0 for value in level)])[: len(flow)].tolist()
    assert len(flow) == 21


def test_weeks_after_new_tickets_stop_are_left_out_with_a_reason(desk: MakeDesk) -> None:
    made = desk(_desk([20, 22] * 10 + [1] * 10))
    found = signals(made.engine, Filters())
    # The feed stops within the twentieth week, which is not whole either.
    reason = "cannot tell yet: new tickets all but stop in the week of 10 Nov 2025"
    assert [signal.words for signal in found.values()] == [reason] * 5
    assert np.flatnonzero(np.isfinite(found["volume"].limits.values)).tolist() == list(range(19))
    assert found["volume"].left_out[19:].tolist() == [22] + [1] * 10
    assert np.isnan(found["volume"].limits.upper[19:]).all()
    before = signals(made.engine, window("2025-06-30", "2025-11-17"))
    assert before["volume"].words == "within normal variation"


def test_weeks_in_which_older_tickets_are_missing_are_left_out_of_what_rests_on_ended_ones(desk: MakeDesk) -> None:
    # Each ticket takes three weeks and a day, so that none ends in the first three.
    late = [ticket for week in range(27) for ticket in _week(week, 20, hours=22 * 24)]
    late += [{**ticket, "resolved_at": None, "status": "new"} for week in range(27, 30) for ticket in _week(week, 20)]
    found = signals(desk([*late, *_week(30, 1)]).engine, Filters())
    assert np.flatnonzero(np.isfinite(found["backlog"].left_out)).tolist() == [0, 1, 2]
    assert found["backlog"].left_out[:3].tolist() == [20, 20, 20]
    assert not np.isfinite(found["volume"].left_out).any()
    assert found["backlog"].words == "within normal variation"


def test_weeks_with_too_few_tickets_are_gaps_and_quiet_ones_count_as_none(desk: MakeDesk) -> None:
    found = signals(desk(_desk([6] * 10 + [4, 0] + [6] * 10)).engine, Filters())
    assert np.flatnonzero(np.isnan(found["mttr"].limits.values)).tolist() == [10, 11]
    assert found["volume"].limits.values[[10, 11]].tolist() == [4, 0]
    assert found["mttr"].limits.baseline_weeks == 22 - 4 - 2


def test_weeks_after_the_window_do_not_count(desk: MakeDesk) -> None:
    made = desk(_desk([8, 10] * 9 + [8, 60]))
    assert signals(made.engine, Filters())["volume"].limits.side == 1
    before = signals(made.engine, window("2025-10-01", "2025-11-10"))["volume"]
    assert (before.limits.side, str(before.limits.weeks[-1])) == (0, "2025-11-03")
    part = signals(made.engine, window("2025-10-01", "2025-11-12"))["volume"]
    assert str(part.limits.weeks[-1]) == "2025-11-03"  # a week cut off by the window is not whole


def test_filters_are_those_of_the_page(desk: MakeDesk) -> None:
    weeks = [[*_week(i, 8), *_week(i, 6 if i < 19 else 60, category="Mail")] for i in range(20)]
    made = desk([ticket for week in [*weeks, _week(20, 1)] for ticket in week])
    assert signals(made.engine, window(category="Mail"))["volume"].limits.side == 1
    assert signals(made.engine, window(category=[None]))["volume"].limits.side == 0


def test_a_reset_is_of_its_kpi_alone(desk: MakeDesk) -> None:
    made = desk(_desk([8, 10] * 15 + [30, 32] * 10))
    found = signals(made.engine, Filters(), (("volume", date(2026, 1, 26)),))
    assert (found["volume"].limits.side, found["volume"].limits.baseline_weeks) == (0, 20 - 4)
    assert found["volume"].reset == date(2026, 1, 26)
    assert signals(made.engine, Filters())["volume"].limits.since == date(2026, 1, 26)


def test_the_basis_counts_the_tickets_of_the_weeks(desk: MakeDesk) -> None:
    found = signals(desk(_desk([8, 10] * 10)).engine, Filters())
    assert found["mttr"].basis.used == 10 * (8 + 10)
    assert found["backlog"].basis.used == 10 * (8 + 10) * 2  # each opened and ended
    assert found["mttr"].basis.filters == "tickets resolved from 2025-06-30 to 2025-11-16"
    assert found["backlog"].basis.sql.count("FROM tickets") == 2


@pytest.mark.parametrize("tickets", [[], [{"status": "new"}], _week(0, 3)])
def test_little_or_nothing_is_said_calmly(desk: MakeDesk, tickets: list[dict[str, Any]]) -> None:
    for signal in signals(desk(tickets).engine, Filters()).values():
        assert signal.words == "cannot tell yet: 0 weeks, 12 needed"
        assert (signal.limits_words, signal.better, signal.basis.used) == ("", None, 0)


def test_the_first_week_counts_only_if_it_is_whole() -> None:
    as_of = datetime.fromisoformat("2026-01-07 12:00")  # a Wednesday
    for first, start in (("2025-12-01", "2025-12-01"), ("2025-12-02", "2025-12-08")):
        weeks = judged_weeks(Filters(), as_of, date.fromisoformat(first))
        assert (str(weeks.start), str(weeks.end)) == (start, "2026-01-05")
    assert str(judged_weeks(Filters(), as_of, date(2000, 1, 3)).start) == "2024-06-10"  # 52 + 4 + 26 weeks before
