"""The set-wise queue against a plain one, ticket by ticket; and no group does more than it can."""

import numpy as np
import pytest

from analytics.demo.clock import working_clock
from analytics.demo.desk import simulate
from analytics.demo.facts import of_kind
from analytics.demo.front_line import agents_at_work
from analytics.demo.queues import serve
from analytics.demo.settings import settings

LANES = 4


def one_by_one(arrive: list[float], work: list[float], lane: list[int]) -> list[float]:
    """Preemptive resume, first come first served in a lane: the definition, not the formula."""
    left, done, now = list(work), [0.0] * len(work), 0.0
    order = sorted(range(len(work)), key=lambda ticket: arrive[ticket])
    while any(amount > 1e-12 for amount in left):
        present = [ticket for ticket in order if left[ticket] > 1e-12 and arrive[ticket] <= now + 1e-12]
        later = [arrive[ticket] for ticket in order if arrive[ticket] > now + 1e-12]
        if not present:
            now = later[0]
            continue
        chosen = min(present, key=lambda ticket: (lane[ticket], arrive[ticket]))
        until = min([now + left[chosen], *later])
        left[chosen] -= until - now
        now = until
        if left[chosen] <= 1e-12:
            done[chosen] = now
    return done


@pytest.mark.parametrize("seed", range(12))
def test_the_set_wise_queue_equals_the_plain_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = 120
    arrive = np.round(rng.random(count) * 100, 3)
    arrive += np.arange(count) * 1e-6
    work = rng.exponential(0.4 + 0.1 * seed, count)
    lane = rng.integers(0, 1 + seed % 4, count).astype(np.int32)
    _, done = serve(arrive, work, lane)
    assert done == pytest.approx(one_by_one(arrive.tolist(), work.tolist(), lane.tolist()), abs=1e-4)


def test_by_hand() -> None:
    # Arrivals 0, 1, 10; work 4, 2, 1: the second waits until 4 and is done at 6, the third finds nobody.
    start, done = serve(np.array([0.0, 1.0, 10.0]), np.array([4.0, 2.0, 1.0]), np.zeros(3, dtype=np.int32))
    assert start.tolist() == [0.0, 4.0, 10.0]
    assert done.tolist() == [4.0, 6.0, 11.0]


def test_urgent_work_interrupts() -> None:
    # The low lane's 5 minutes from 0 are interrupted at 2 for 3 minutes: done at 8.
    start, done = serve(np.array([0.0, 2.0]), np.array([5.0, 3.0]), np.array([2, 0], dtype=np.int32))
    assert done.tolist() == pytest.approx([8.0, 5.0], abs=1e-4)
    assert start.tolist() == pytest.approx([0.0, 2.0], abs=1e-4)


def test_nothing_is_done_before_it_came_and_nothing_faster_than_its_work() -> None:
    rng = np.random.default_rng(1)
    arrive, work = rng.random(5_000) * 1_000, rng.exponential(0.19, 5_000)
    lane = rng.integers(0, 4, 5_000).astype(np.int32)
    start, done = serve(arrive, work, lane)
    assert (start >= arrive).all()
    assert (done >= start + work - 1e-4).all()


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_no_second_line_group_begins_more_work_than_its_capacity(place: int) -> None:
    """In the simulated course: the work begun in any stretch of staffed time fits in it, but for one ticket a lane."""
    desk = simulate(settings(), 20_000, 11, lambda _: None)
    course, group = desk.course, desk.settings.groups[place]
    clock = working_clock(desk.settings, group.opens, group.closes)
    queued = of_kind(desk.settings, "behaviour", desk.kind) == "queued"
    mine = (course.group == place) & queued & (desk.facts.priority > 1) & ~course.fixed_at_desk
    opened, effort = course.opened[mine].astype(float), course.effort_minutes[mine]
    work = effort / agents_at_work(clock, opened, effort, group.utilisation)
    begun = mine & (course.started < desk.settings.horizon) & ~course.cleared
    # The clean-up's tickets took no work; times are whole minutes.
    started, work = clock.at(course.started[begun]), work[begun[mine]]
    assert len(started) > 300
    total = np.concatenate([[0.0], np.cumsum(work[np.argsort(started)])])
    started = np.sort(started)
    for stretch in (600.0, 3_000.0, 12_000.0):
        from_each = total[np.searchsorted(started, started + stretch)] - total[: len(started)]
        assert from_each.max() <= stretch + LANES * work.max() + 2
