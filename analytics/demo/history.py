"""The history of incidents: one event per update of a ticket, in order, as far as the export has seen it."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from analytics.demo.as_of import CANCELLED, CLOSED, HELD, NEW, RESOLVED, WORKING, Shown, move_minute
from analytics.demo.clock import Bools, Ints
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk


class Step(IntEnum):
    """What an update did; at the same minute, in this order."""

    OPENED = 0
    ANSWERED = 1
    MOVED = 2
    ASSIGNED = 3
    TAKEN = 4
    PRIORITY = 5
    PRIORITY_AGAIN = 6
    NUDGED = 7
    HELD = 8
    RESUMED = 9
    RESOLVED = 10
    REOPENED = 11
    RESOLVED_AGAIN = 12
    CLOSED = 13
    CANCELLED = 14


# The state after each step; -1 leaves it as it was.
_STATE_AFTER = np.array(
    [NEW, WORKING, WORKING, WORKING, WORKING, -1, -1, -1, HELD, WORKING, RESOLVED, WORKING, RESOLVED, CLOSED, CANCELLED]
)
# The group that a wrongly routed ticket saw first, by the position of its own group.
_WRONG = np.array([1, 2, 3, 1, 4])


@dataclass(frozen=True)
class History:
    """One value per update: the ticket's position, when, what, and how the ticket stood afterwards."""

    ticket: Ints
    minute: Ints
    step: Ints
    update: Ints
    state: Ints
    group: Ints
    agent: Ints
    priority: Ints
    moves: Ints
    reopens: Ints


@dataclass(frozen=True)
class _Events:
    ticket: Ints
    minute: Ints
    step: Ints
    which: Ints


def _events(desk: Desk, rows: Ints) -> _Events:
    course, later, most = desk.course, desk.reprioritised, int(desk.course.moves.max(initial=0))
    desk_work = ~course.fixed_at_desk[rows]
    again = np.where(course.reopened < NEVER, course.resolved, NEVER)
    plain = {
        Step.OPENED: course.opened,
        Step.ANSWERED: course.responded,
        Step.ASSIGNED: np.where(course.moves > 0, course.arrived, NEVER),
        Step.TAKEN: np.where(course.fixed_at_desk | course.cleared, NEVER, course.started),
        Step.PRIORITY: later.first_at,
        Step.PRIORITY_AGAIN: later.second_at,
        Step.HELD: course.held,
        Step.RESUMED: course.resumed,
        Step.RESOLVED: course.first_resolved,
        Step.REOPENED: course.reopened,
        Step.RESOLVED_AGAIN: again,
        Step.CLOSED: np.where(course.cancelled < NEVER, NEVER, course.closed),
        Step.CANCELLED: course.cancelled,
    }
    parts = [(rows, minutes[rows], int(step), 0) for step, minutes in plain.items()]
    moved = rows[desk_work]
    parts += [(moved, move_minute(desk, step)[moved], int(Step.MOVED), step) for step in range(1, most + 1)]
    parts += [(rows, minutes, int(Step.NUDGED), 0) for minutes in _nudge_minutes(desk, rows)]
    return _Events(
        ticket=np.concatenate([part[0] for part in parts]),
        minute=np.concatenate([part[1] for part in parts]).astype(np.int32),
        step=np.concatenate([np.full(len(part[0]), part[2], dtype=np.int32) for part in parts]),
        which=np.concatenate([np.full(len(part[0]), part[3], dtype=np.int32) for part in parts]),
    )


def _nudge_minutes(desk: Desk, rows: Ints) -> list[Ints]:
    """Spread evenly over the time that the ticket was open."""
    count, course = desk.nudges[rows], desk.course
    opened = course.opened[rows]
    ended = np.minimum(np.minimum(course.first_resolved, course.cancelled)[rows], desk.settings.horizon)
    turns = range(int(count.max(initial=0)))
    return [np.where(turn < count, opened + (ended - opened) * (turn + 1) // (count + 1), NEVER) for turn in turns]


def history(desk: Desk, shown: Shown, rows: Ints) -> History:
    """All updates of `rows` that happened before the export, by ticket (in the order of `rows`) and time."""
    events = _events(desk, rows)
    place = np.zeros(len(desk.kind), dtype=np.int32)
    place[rows] = np.arange(len(rows))
    ended = np.where(shown.state == CANCELLED, desk.course.cancelled, NEVER)[events.ticket]
    happened = (events.minute < desk.settings.horizon) & ((events.minute < ended) | (events.step == Step.CANCELLED))
    kept = np.flatnonzero(happened)
    kept = kept[np.lexsort((events.step[kept], events.minute[kept], place[events.ticket[kept]]))]
    ordered = _Events(events.ticket[kept], events.minute[kept], events.step[kept], events.which[kept])
    first = np.flatnonzero(ordered.step == Step.OPENED).astype(np.int32)
    begin = np.repeat(first, np.diff(np.append(first, len(kept))))
    return _standing(desk, ordered, begin)


def _standing(desk: Desk, events: _Events, begin: Ints) -> History:
    state = _STATE_AFTER[events.step]
    group, holds = _groups(desk, events), np.isin(events.step, [Step.OPENED, Step.MOVED])
    agent, names = _agents(desk, events)
    priority = np.select(
        [events.step == Step.OPENED, events.step == Step.PRIORITY, events.step == Step.PRIORITY_AGAIN],
        [
            source[events.ticket]
            for source in (desk.facts.priority, desk.reprioritised.first, desk.reprioritised.second)
        ],
        0,
    )
    return History(
        ticket=events.ticket,
        minute=events.minute,
        step=events.step,
        update=(np.arange(len(begin)) - begin).astype(np.int32),
        state=_carried(state, state >= 0),
        group=_carried(group, holds),
        agent=_carried(agent, names),
        priority=_carried(priority, priority > 0),
        moves=_counted(events.step == Step.MOVED, begin),
        reopens=_counted(events.step == Step.REOPENED, begin),
    )


def _carried(values: Ints, known: Bools) -> Ints:
    """Each value, or the latest known before it; every ticket's first update knows all."""
    latest = np.maximum.accumulate(np.where(known, np.arange(len(values)), 0))
    return values[latest].astype(np.int32)


def _counted(happens: Bools, begin: Ints) -> Ints:
    total = np.cumsum(happens)
    return (total - total[begin] + happens[begin]).astype(np.int32)


def _groups(desk: Desk, events: _Events) -> Ints:
    """The group after a move: the last is the ticket's own, before that it alternates with the other of its pair."""
    own, moves = desk.course.group[events.ticket], desk.course.moves[events.ticket]
    names = [work.bounces_with for work in desk.settings.work]
    pair = np.array([desk.settings.group_index(name) if name else -1 for name in names])[desk.kind[events.ticket]]
    other = np.where(pair >= 0, pair, _WRONG[own])
    after = np.where((moves - events.which) % 2 == 0, own, other)
    # The first group is the desk, except for what went straight to its own.
    return np.where(events.step == Step.OPENED, np.where(moves > 0, 0, own), after).astype(np.int32)


def _agents(desk: Desk, events: _Events) -> tuple[Ints, Bools]:
    """Who holds the ticket after an update, and whether the update says so."""
    course, said, ticket = desk.course, desk.facts, events.ticket
    own = np.where(course.fixed_at_desk, said.desk_agent, said.agent)[ticket]
    waiting = np.where((said.unowned & ~course.fixed_at_desk)[ticket], -1, own)
    answering = np.where(course.moves[ticket] > 0, said.desk_agent[ticket], waiting)
    done = np.isin(events.step, [Step.RESOLVED, Step.RESOLVED_AGAIN])
    taken = np.isin(events.step, [Step.ASSIGNED, Step.TAKEN, Step.REOPENED])
    agent = np.select([events.step == Step.ANSWERED, taken, done], [answering, waiting, own], -1)
    return agent, done | taken | np.isin(events.step, [Step.OPENED, Step.ANSWERED, Step.MOVED])
