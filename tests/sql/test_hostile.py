"""Hostile strings, group by group: nothing foreign comes back, nothing is changed, and each one ends."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from analytics.warehouse.sandbox.limits import AT_ONCE
from tests.sql.strings import Hostile, hostile
from tests.sql.target import Outcome, Target, peaks_of_children

GROUPS = sorted({one.group for one in hostile()})
# Those of these groups are there to be ended; the others are quick, also on a busy machine.
SHORT = ("bombs", "nesting", "shadowing")
MOST_MEMORY = 1_500_000_000


def attacked(target: Target, strings: list[Hostile]) -> list[tuple[Hostile, Outcome]]:
    """Each string with its outcome, as many at once as the server lets run."""

    def attack(one: Hostile) -> Outcome:
        return target.outcome(target.text(one), 1 if one.group in SHORT else 20)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(zip(strings, threads.map(attack, strings), strict=True))


def test_there_are_enough_and_each_is_another() -> None:
    assert len({one.text for one in hostile()}) == len(hostile()) >= 500


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_found_and_nothing_changes(target: Target, group: str) -> None:
    before = target.state()
    strings = [one for one in hostile() if one.group == group]
    with peaks_of_children() as peaks:
        outcomes = attacked(target, strings)
    leaks = {one.text[:200]: found for one, outcome in outcomes if (found := target.found_in(outcome.text))}
    assert not leaks
    ran = [(one.text[:200], outcome) for one, outcome in outcomes if one.refused and outcome.kind != "SqlRefused"]
    assert not ran
    assert max(peaks, default=0) < MOST_MEMORY
    # "Broken" would be an end that nobody planned.
    assert not [one.text[:200] for one, outcome in outcomes if outcome.kind in ("Broken", "BacklightError")]
    assert not target.knocks
    assert target.state() == before
