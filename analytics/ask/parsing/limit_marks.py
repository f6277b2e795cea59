"""Limits in a question: on the KPI of each row (`groups with SLA under 80 %`) and on tickets (`older than 30 days`)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.kpi_marks import typed_places
from analytics.ask.parsing.mark import Mark
from analytics.ask.question import Threshold
from analytics.bound import Bound, Operator
from analytics.kpi import Direction, Kpi, Unit
from analytics.kpis import find_kpi

_OPERATORS = {
    "over": Operator.OVER,
    "under": Operator.UNDER,
    "at_least": Operator.AT_LEAST,
    "at_most": Operator.AT_MOST,
}
_MOST = 1e12
# A bare number under this is no percentage: `FCR over 3`.
_FEWEST_PERCENT = 5
_MEANS = ("mttr", "mean", "average", "avg")
_OPPOSITE = {
    Operator.OVER: Operator.UNDER, Operator.UNDER: Operator.OVER,
    Operator.AT_LEAST: Operator.AT_MOST, Operator.AT_MOST: Operator.AT_LEAST,
}  # fmt: skip
_EXACTLY = (Operator.AT_LEAST, Operator.AT_MOST)
_COUNTED = {"handoffs": "reassignment_count", "reopened": "reopen_count", "replies": "reply_count"}
_TIMED = {
    "on_hold": "pending_hours",
    "booked": "handle_hours",
    "answered": "response_hours",
    "took": "resolution_hours",
}
_OF_KPI = {"first_response_time": "response_hours", "mttr_business": "business_resolution_hours"}


@dataclass(frozen=True)
class Limit:
    """An amount held against something, by two operators where it is exactly that; `places` are its marks."""

    operators: tuple[Operator, ...]
    amount: float
    kind: str
    places: tuple[int, ...]

    @property
    def operator(self) -> Operator:
        """The only one, or the first of two."""
        return self.operators[0]


def read_limits(draft: Draft) -> None:
    """All limits into the draft."""
    for place in range(len(draft.marks)):
        limit = _limit_at(draft, place)
        if limit:
            _apply(draft, limit)
    _read_bare_counts(draft)


def _limit_at(draft: Draft, place: int) -> Limit | None:
    """An amount that is not understood yet, with the operator before or after it."""
    mark = draft.marks[place]
    duration = mark.time("duration")
    amount = float(cast(float, duration.value)) if duration else mark.number
    counted = 1.0 if mark.says("once") else 2.0 if mark.says("twice") else None
    amount = counted if amount is None else amount
    if amount is not None and not abs(amount) < _MOST:
        raise Refused(f"'{mark.text}' is too large a number for a limit.")
    if amount is None or place in draft.used:
        return None
    kind = "duration" if duration else "times" if counted else "number"
    places = [place]
    after = place + 1
    if kind == "number" and after < len(draft.marks) and _is_percent(draft.marks[after]):
        kind, places = "percent", [*places, after]
        after += 1
    operator = _operator(draft, place, after, places) or (Operator.AT_LEAST if duration and "+" in mark.text else None)
    if operator:
        return Limit((operator,), amount, kind, tuple(places))
    is_times = kind == "times" or (kind == "number" and after < len(draft.marks) and draft.marks[after].says("times"))
    is_exact = is_times and draft.saying(*_COUNTED, unused=False)
    return Limit(_EXACTLY, amount, "times", tuple(places)) if is_exact else None


def _operator(draft: Draft, place: int, after: int, places: list[int]) -> Operator | None:
    direction = find_kpi(draft.kpi).direction if draft.kpi else Direction.NEUTRAL
    worse = Operator.UNDER if direction is Direction.HIGHER else Operator.OVER
    before = place - 1
    while (
        before >= 0 and draft.marks[before].is_filler and not draft.marks[before].says(*_OPERATORS, "older", "younger")
    ):
        before -= 1
    for beside in (before, after):
        if not 0 <= beside < len(draft.marks) or beside in draft.used:
            continue
        mark = draft.marks[beside]
        found = next((_OPERATORS[name] for name in ("at_least", "at_most", "over", "under") if mark.says(name)), None)
        found = found or (worse if mark.says("worse_than") else _OPPOSITE[worse] if mark.says("better_than") else None)
        if found:
            places.append(beside)
            return found
        if beside == before and mark.says("older", "younger"):
            return Operator.UNDER if mark.says("younger") else Operator.OVER
    return None


def _apply(draft: Draft, limit: Limit) -> None:
    noun = next((column for signal, column in _COUNTED.items() if draft.saying(signal, unused=False)), "")
    if limit.kind == "duration":
        _apply_duration(draft, limit)
    elif noun and limit.kind in ("number", "times") and _is_counted(draft, limit):
        for operator in limit.operators:
            _bound(draft, Bound(noun, operator, limit.amount), limit)
        draft.absorb(*draft.saying(*_COUNTED), *draft.saying("times"))
    else:
        _apply_threshold(draft, limit)


def _is_percent(mark: Mark) -> bool:
    return mark.says("percent") or mark.text.split()[0] in ("%", "percent", "pct")


def _is_counted(draft: Draft, limit: Limit) -> bool:
    """Whether the amount counts hand-offs or reopenings of a ticket, not tickets."""
    after = draft.near(max(limit.places))
    return limit.kind == "times" or not (after and after.says("ticket"))


def _apply_duration(draft: Draft, limit: Limit) -> None:
    aged = draft.saying("older", "younger", unused=False)
    is_open = draft.kpi == "backlog" or bool(draft.saying("open"))
    timed = next((column for signal, column in _TIMED.items() if draft.saying(signal)), "")
    kpi = find_kpi(draft.kpi) if draft.kpi else None
    if is_open and not aged and limit.operator in (Operator.UNDER, Operator.AT_MOST):
        raise Refused("Open tickets have an age: ask for those older or younger than that.")
    is_sign = not draft.by and any(draft.marks[place].text in (">", ">=") for place in limit.places)
    if is_open and not (aged or timed or is_sign or draft.saying("open", "ticket", unused=False)):
        raise Refused("The backlog is a number of tickets: ask for those older than that.")
    if aged or (is_open and not timed):
        _bound(draft, _opened(draft, limit), limit)
        draft.absorb(*aged)
    elif kpi and kpi.unit is Unit.HOURS and _is_of_a_figure(draft):
        _apply_threshold(draft, limit)
    elif kpi and kpi.unit is not Unit.HOURS and not timed and not _is_of_tickets(draft):
        raise Refused(f"{kpi.title} is not a time: a limit of days or hours can be set on the time to resolve.")
    else:
        column = timed or _OF_KPI.get(draft.kpi, "resolution_hours")
        _bound(draft, Bound(column, limit.operator, limit.amount), limit)
        draft.absorb(*draft.saying(*_TIMED))
        if kpi is None or kpi.unit is Unit.HOURS:
            draft.kpi = "volume"


def _is_of_a_figure(draft: Draft) -> bool:
    """Whether the limit is on a mean or on the rows; `resolution time over 5 days` alone is of single tickets."""
    named = [mark for mark in draft.marks if mark.of("kpi")]
    is_mean = any(mark.text.split()[0] in _MEANS for mark in named) or any(mark.of("variant") for mark in draft.marks)
    is_asked = draft.marks[0].text in ("is", "was", "are", "were", "does", "did")
    return not _is_of_tickets(draft) and bool(draft.by or draft.grain or is_mean or is_asked)


def _is_of_tickets(draft: Draft) -> bool:
    """Whether the limit is on each ticket, not on a figure: `tickets with a resolution time over 2 days`."""
    named = [place for place, mark in enumerate(draft.marks) if mark.of("kpi")]
    tickets = draft.saying("ticket", unused=False) + typed_places(draft)
    return bool(draft.saying("how_many", "list_them", "ended", unused=False)) or any(
        not named or place < named[0] for place in tickets
    )


def _opened(draft: Draft, limit: Limit) -> Bound:
    """Older than 30 days: opened before the day that lies 30 days before the as-of day, or before the period's end."""
    if limit.amount >= 24 * 36_500:
        raise Refused("That age is longer than any data reaches back.")
    last = draft.span.end or draft.known.as_of
    return Bound("opened_on", _OPPOSITE[limit.operator], last - timedelta(days=round(limit.amount / 24)))


def _bound(draft: Draft, bound: Bound, limit: Limit) -> None:
    draft.bounds.append(bound)
    for place in limit.places[:1]:
        draft.use(place, "bound", bound.words)
    draft.absorb(*limit.places)


def _apply_threshold(draft: Draft, limit: Limit) -> None:
    kpi = find_kpi(draft.kpi) if draft.kpi else None
    if (
        kpi is None
        or limit.kind == "times"
        or ((limit.kind == "percent") is not (kpi.unit is Unit.RATIO) and limit.kind != "number")
    ):
        return
    amount = (
        limit.amount / 100 if kpi.unit is Unit.RATIO and (limit.kind == "percent" or limit.amount > 1) else limit.amount
    )
    _check_amount(kpi, limit, amount)
    before = draft.near(min(limit.places), -1)
    if before is not None and any(sense.name == "priority" for sense in before.all_of("dimension")):
        raise Refused("Whether priority 1 is above or below the others is not clear: name the priorities wanted.")
    if kpi.unit is Unit.HOURS and limit.kind == "number" and not (draft.by or draft.grain):
        raise Refused(f"Name the unit of the limit, such as {limit.amount:g} hours or {limit.amount:g} days.")
    if draft.is_inverted and limit.kind == "number" and limit.amount > 1:
        raise Refused("The number of breaches is not measured; SLA adherence is the share that met the target.")
    operator = limit.operator
    if draft.is_inverted and kpi.unit is Unit.RATIO:
        amount, operator = 1 - amount, _OPPOSITE[operator]
    words = f"{kpi.title} {Threshold(operator, amount).text}"
    if draft.threshold:
        raise Refused("Only one limit on the rows can be asked for at a time.")
    draft.threshold = Threshold(operator, round(amount, 9))
    draft.use(limit.places[0], "threshold", words)
    draft.absorb(*limit.places)


def _check_amount(kpi: Kpi, limit: Limit, amount: float) -> None:
    """Refuses a share over 100 %, and `1.500 tickets`, which may be a thousand and a half or one and a half."""
    if kpi.unit is Unit.RATIO and (
        not 0 <= amount <= 1 or (limit.kind == "number" and 1 < limit.amount < _FEWEST_PERCENT)
    ):
        raise Refused(f"{kpi.title} is a share: a limit on it lies between 0 % and 100 %.")
    if kpi.unit is Unit.TICKETS and amount != int(amount):
        raise Refused(f"Tickets are whole: whether {limit.amount:g} or {limit.amount * 1000:g} is meant is not clear.")


def _read_bare_counts(draft: Draft) -> None:
    """`bounced tickets`, `reopened tickets`, `never reassigned`: at least one, or none."""
    for signal, column in _COUNTED.items():
        places = draft.saying(signal)
        if not places or not draft.kpi or any(bound.column == column for bound in draft.bounds):
            continue
        before = draft.next(places[0], -1)
        is_none = before is not None and draft.marks[before].says("never", "except")
        operator, least = (Operator.UNDER, 1) if is_none else (Operator.AT_LEAST, 1)
        if before is not None and is_none:
            draft.absorb(before)
        bound = Bound(column, operator, least)
        draft.bounds.append(bound)
        draft.use(places[0], "bound", bound.words)
        draft.absorb(*places)
