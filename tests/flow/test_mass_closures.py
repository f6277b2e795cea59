"""Mass closures, by example, on chance alone, and with a history."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.flow.mass_closures import closure_sentences, improbable, mass_closures, usual_counts
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.flow.event_log import desk_of_log
from tests.flow.streams import tickets_of
from tests.warehouse_of import window

FRIDAY = datetime.fromisoformat("2024-06-21 16:00")


def _closed(opened: datetime, ended: datetime, tickets: int, **more: Any) -> list[dict[str, Any]]:
    return [{"opened_at": opened, "resolved_at": ended, "status": "resolved", **more} for _ in range(tickets)]


STEADY = tickets_of([(10, 10)] * 40)
OLD = datetime.fromisoformat("2024-01-08 09:00")
CLEAN_UP = [*STEADY, *_closed(OLD, FRIDAY, 45, assignment_group="network")]
BUSY = [*STEADY, *_closed(FRIDAY - timedelta(hours=3), FRIDAY, 45)]


def test_old_tickets_closed_at_once_are_marked(desk: MakeDesk) -> None:
    engine = desk(CLEAN_UP).engine
    found = mass_closures(engine, window())
    (row,) = found.frame.to_dict("records")
    assert row["day"].date() == FRIDAY.date()
    assert row["ended"] == 10 + 45
    assert row["expected"] == 10  # every Friday
    assert row["excess"] == 45
    assert row["old_share"] == pytest.approx(45 / 55)
    assert row["median_age_days"] == (FRIDAY.date() - OLD.date()).days
    assert found.old_age_days == 4  # from Monday to Friday; 85 % of all
    (said,) = closure_sentences(found.frame)
    assert said.startswith("21 Jun 2024: 55 closed where about 10 are usual, 82 % of them old or untouched (median age")
    assert said.endswith("165 days). A clean-up, not an improvement.")


def test_the_tickets_of_the_day_oldest_first(desk: MakeDesk) -> None:
    engine = desk(CLEAN_UP).engine
    found = mass_closures(engine, window())
    listed = select_tickets(engine, found.selection(FRIDAY.date()))
    assert listed.total == 55
    assert set(listed.frame["opened_at"].head(45).dt.date) == {OLD.date()}
    narrowed = mass_closures(engine, window(assignment_group="network"))
    assert select_tickets(engine, narrowed.selection(FRIDAY.date())).total == 45


def test_a_busy_day_of_new_tickets_is_no_clean_up(desk: MakeDesk) -> None:
    assert mass_closures(desk(BUSY).engine, window()).frame.empty


def test_only_days_of_the_period(desk: MakeDesk) -> None:
    engine = desk(CLEAN_UP).engine
    assert len(mass_closures(engine, window("2024-06-21", "2024-06-22")).frame) == 1
    assert mass_closures(engine, window("2024-06-22")).frame.empty
    assert mass_closures(engine, window(end="2024-06-21")).frame.empty


def test_nothing_loaded_has_no_days(desk: MakeDesk) -> None:
    assert mass_closures(desk([]).engine, window()).frame.empty


def test_the_usual_count_is_the_weekdays_own_without_its_extremes() -> None:
    week = np.array([12, 10, 10, 10, 8, 0, 0])
    counts = np.tile(week, 30).astype(float)
    counts[7 * 12] = 400  # a Monday
    usual = usual_counts(counts)
    assert usual[7 * 12] == 12
    assert usual[7 * 13] == 12
    assert usual[7 * 12 + 4] == 10  # a Friday counts as a middle day of its week at least


def test_a_short_record_has_no_pattern() -> None:
    assert not improbable(np.array([0.0] * 80 + [500.0] * 20)).any()
    assert not improbable(np.zeros(0)).any()


@pytest.mark.parametrize("dispersion", [0.0, 0.05, 0.3])
@pytest.mark.parametrize("mean", [2, 15, 120])
def test_chance_alone_is_hardly_ever_marked(mean: int, dispersion: float) -> None:
    rng = np.random.default_rng(11)
    levels = mean * np.array([1.2, 1, 1, 1, 0.9, 0.1, 0.05])
    years = 40
    expected = np.tile(levels, 52 * years)
    if dispersion:
        expected = expected * rng.gamma(1 / dispersion, dispersion, len(expected))
    found = sum(improbable(counts).sum() for counts in rng.poisson(expected).astype(float).reshape(years, -1))
    # Before it is asked whether the tickets were old.
    assert found <= 0.2 * years


@pytest.mark.parametrize("seed", range(5))
def test_a_day_of_many_is_found_wherever_it_lies(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.poisson(np.tile([22, 20, 20, 20, 18, 1, 1], 60)).astype(float)
    place = int(rng.integers(60, 360))
    counts[place] += 80
    assert np.flatnonzero(improbable(counts)).tolist() == [place]


def test_dates_are_bound_and_values_too(desk: MakeDesk) -> None:
    chosen = mass_closures(desk(CLEAN_UP).engine, window(assignment_group="network")).selection(date(2024, 6, 21))
    assert "network" not in chosen.condition
    assert chosen.parameters == {"assignment_group_0": "network", "closed_on": date(2024, 6, 21)}


def test_untouched_tickets_count_as_old_where_there_is_a_history(tmp_path: Path) -> None:
    lines = ["ticket | updated | state | group"]
    monday = datetime.fromisoformat("2024-01-01 08:00")
    clean_up = monday + timedelta(weeks=16, days=4)
    # Five a week live for 40 days and are touched a day before they end, so that 40 days are not old ...
    for ticket in range(5 * 24):
        start = monday + timedelta(weeks=ticket // 5, hours=ticket % 5)
        lines.append(f"{ticket + 1} | {start} | New | desk")
        lines.append(f"{ticket + 1} | {start + timedelta(days=39)} | Active | desk")
        lines.append(f"{ticket + 1} | {start + timedelta(days=40)} | Resolved | desk")
    # ... and 30 of that age end on one day, which nobody had touched.
    for ticket in range(501, 531):
        lines.append(f"{ticket} | {clean_up - timedelta(days=40)} | New | desk")
        lines.append(f"{ticket} | {clean_up} | Resolved | desk")
    desk = desk_of_log("\n".join(lines), tmp_path)
    found = mass_closures(desk.engine, window())
    desk.engine.close()
    (row,) = found.frame.to_dict("records")
    assert row["day"].date() == clean_up.date()
    assert row["median_age_days"] == 40 == found.old_age_days
    assert row["old_share"] == pytest.approx(30 / row["ended"])
