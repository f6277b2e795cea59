"""The order of the rows that a question asks for: `top 5`, `slowest`, `which groups got worse`."""

from datetime import timedelta
from itertools import pairwise

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.kpi_marks import nameless
from analytics.ask.question import Intent, Order
from analytics.ask.span import Span, span_of
from analytics.kpi import Direction, Kpi, Unit
from analytics.kpis import find_kpi
from analytics.period import Grain

LEVELS = ("top", "bottom", "best", "worst", "most", "least", "longest", "shortest")
CHANGES = ("improved", "worsened", "risen", "fallen", "changed")
_MOST_ROWS = 1_000
_PACES = ("faster", "slower", "quicker")
_FLIPPED = {
    Order.HIGHEST: Order.LOWEST,
    Order.LOWEST: Order.HIGHEST,
    Order.RISEN: Order.FALLEN,
    Order.FALLEN: Order.RISEN,
}


def read_order(draft: Draft) -> None:
    """Order and limit into the draft."""
    if draft.intent not in (Intent.MEASURE, Intent.TICKETS):
        draft.absorb(*draft.saying(*LEVELS, *CHANGES))
        return
    _read_change(draft)
    levels = draft.saying(*LEVELS)
    if levels and draft.saying("when") and draft.grain is None and not draft.by:
        draft.grain = Grain.MONTH
    if levels and draft.kpi:
        _read_level(draft, levels)
    _read_when(draft)


def _read_level(draft: Draft, places: list[int]) -> None:
    if not draft.by and draft.grain is None and draft.compare is not None:
        draft.absorb(*places)
        return
    if not draft.by and draft.grain is None:
        if draft.saying("ticket", "oldest", "list_them", unused=False) and draft.saying("top", "longest", "most"):
            raise Refused("Tickets are not ranked one by one here: the list of tickets can be sorted by any column.")
        if all(draft.marks[place].is_filler for place in places):
            return
        raise Refused("Say which rows are to be ranked, such as groups, categories or months.")
    place = places[0]
    mark = draft.marks[place]
    kpi = find_kpi(draft.kpi)
    if kpi.unit is Unit.RATIO and mark.says("longest", "shortest"):
        raise Refused(f"{kpi.title} is neither fast nor slow: ask for the highest or the lowest.")
    _check_orders(draft, places, kpi)
    draft.order = next(_order(name, kpi) for name in LEVELS if mark.says(name))
    if draft.is_inverted and mark.says("most", "least", "top", "bottom"):
        draft.order = _FLIPPED[draft.order]
    draft.use(place, "order", mark.text)
    draft.absorb(*[other for other in places[1:] if _says_the_same(draft, other, kpi) or draft.marks[other].is_filler])
    _read_limit(draft)


def _check_orders(draft: Draft, places: list[int], kpi: Kpi) -> None:
    """Refuses a rank by another measure, and two orders."""
    if _ranks_by_another(draft, places[0], kpi):
        text = draft.marks[places[0]].text
        raise Refused(f"Rows are ranked by what is asked for, and '{text}' is not of {kpi.title.lower()}.")
    if any(draft.marks[other - 1].says("and") for other in places[1:]):
        raise Refused("Rows can be put in one order at a time: ask for one of them.")


def _ranks_by_another(draft: Draft, place: int, kpi: Kpi) -> bool:
    """`MTTR of the busiest group`, `backlog of the group with the most tickets`, `volume of the fastest group`."""
    mark, after = draft.marks[place], draft.near(place)
    named = any(earlier.of("kpi") for earlier in draft.marks[:place])
    if mark.says("busy") and kpi.unit is not Unit.TICKETS:
        return True
    if kpi.unit is Unit.TICKETS and mark.text in ("fastest", "slowest", "quickest"):
        return True
    return named and kpi.name != "volume" and after is not None and after.says("ticket") and mark.says("most", "least")


def check_rank(draft: Draft) -> None:
    """Refuses `top 3 groups for each category`: one list is ranked, not one for each of something."""
    if not (draft.order and draft.limit and draft.intent is Intent.MEASURE) or draft.order in (
        Order.RISEN,
        Order.FALLEN,
    ):
        return
    each = [mark for mark in draft.marks if mark.says("by") and mark.text.split()[-1] in ("each", "every")]
    grained = any(
        term.kind == "grain" and mark.text.split()[0] in ("each", "every", "in", "for")
        for mark in draft.marks
        for term in mark.times
    )
    if (each and len(draft.by) > 1) or (draft.by and draft.grain and (each or grained)):
        raise Refused("One list can be ranked at a time, not one for each of something: name one to limit it to.")


def _says_the_same(draft: Draft, place: int, kpi: Kpi) -> bool:
    """`top 3 services with the most incidents`."""
    orders = {_order(name, kpi) for name in LEVELS if draft.marks[place].says(name)}
    return draft.order in orders


def _order(name: str, kpi: Kpi) -> Order:
    worst = Order.LOWEST if kpi.direction is Direction.HIGHER else Order.HIGHEST
    match name:
        case "top" | "most":
            return Order.HIGHEST
        case "least":
            return Order.LOWEST
        case "longest" | "shortest":
            slow = worst if kpi.unit is not Unit.TICKETS else Order.HIGHEST
            return slow if name == "longest" else _FLIPPED[slow]
        case "worst":
            return worst
        case "bottom":
            return worst if kpi.direction is not Direction.NEUTRAL else Order.LOWEST
        case _:
            return _FLIPPED[worst]


def _picks_one(draft: Draft) -> bool:
    """`which of our teams is the slowest`, `which of the five sites had the best SLA`: one of several."""
    of = any(mark.says("which") and following.text == "of" for mark, following in pairwise(draft.marks))
    return of and any(mark.text in ("is", "has", "had", "was", "does") for mark in draft.marks)


def _read_limit(draft: Draft) -> None:
    if _picks_one(draft):
        draft.limit = 1
        draft.absorb(
            *(at for at, mark in enumerate(draft.marks) if mark.number is not None and _counts_rows(draft, at))
        )
        return
    for at, mark in enumerate(draft.marks):
        if mark.number is None or at in draft.used or not mark.number.is_integer():
            continue
        if not _counts_rows(draft, at):
            continue
        if not 0 < mark.number <= _MOST_ROWS:
            raise Refused(f"'{mark.text}' is not a number of rows: 1 to {_MOST_ROWS:,} can be asked for.")
        draft.limit = int(mark.number)
        draft.use(at, "limit", f"{draft.limit} rows")
        return
    if draft.limit is None and not draft.several and not _lists_all(draft):
        draft.limit = 1


def _lists_all(draft: Draft) -> bool:
    """Whether the rows are those of a split (`by group, highest first`), not one picked out (`the slowest group`)."""
    return (
        bool(draft.saying("by", "sort", unused=False))
        and not draft.saying("which", "when", unused=False)
        and not any(term.kind == "by" and _is_picked(draft, term.start) for term in draft.terms)
    )


def _is_picked(draft: Draft, start: int) -> bool:
    place = next(i for i, mark in enumerate(draft.marks) if mark.start == start)
    before = draft.near(place, -1)
    return bool(before and before.says(*LEVELS))


def _counts_rows(draft: Draft, place: int) -> bool:
    """Whether the number stands beside the word of rank or the rows."""
    for step in (1, -1):
        beside = draft.near(place, step)
        if beside and (beside.says(*LEVELS, *CHANGES) or beside.of("dimension") or beside.of("grain")):
            return True
    return False


def _read_change(draft: Draft) -> None:
    places = draft.saying(*CHANGES)
    strong = [place for place in places if not draft.marks[place].is_filler]
    if not strong or draft.intent is not Intent.MEASURE:
        return
    if not draft.kpi:
        raise Refused(nameless())
    kpi = find_kpi(draft.kpi)
    mark = draft.marks[strong[0]]
    if (
        mark.text == "change"
        and kpi.unit is Unit.HOURS
        and any(each.text.startswith("how long") for each in draft.marks)
    ):
        raise Refused(
            "Whether a change is a ticket or a difference is not clear: ask for the time to resolve of changes."
        )
    if kpi.unit is Unit.RATIO and any(draft.marks[at].text in _PACES for at in draft.saying("longest", "shortest")):
        raise Refused(f"{kpi.title} is neither fast nor slow, and what made it change is not in the data.")
    if draft.by:
        draft.order = _change_order(next(name for name in CHANGES if mark.says(name)), kpi)
        draft.use(strong[0], "order", mark.text)
        _read_limit_of_change(draft)
    _read_since(draft)
    draft.compare = draft.compare or "before"
    draft.absorb(*places, *draft.saying(*LEVELS))


def _read_since(draft: Draft) -> None:
    """`got worse since last quarter`: this quarter so far against the last."""
    last = draft.known.as_of + timedelta(days=1)
    for unit in ("week", "month", "quarter", "year"):
        whole = span_of(f"last {unit}", draft.known.as_of)
        said = any(mark.times and f"last {unit}" in mark.text for mark in draft.marks)
        if said and whole and draft.span == Span(whole.start, last):
            draft.span = span_of(f"this {unit}", draft.known.as_of) or draft.span


def _change_order(name: str, kpi: Kpi) -> Order:
    better = Order.RISEN if kpi.direction is Direction.HIGHER else Order.FALLEN
    if name in ("improved", "worsened") and kpi.direction is Direction.NEUTRAL:
        raise Refused(f"More or less {kpi.title.lower()} is neither better nor worse: ask where it rose or fell.")
    return {
        "improved": better, "worsened": _FLIPPED[better], "risen": Order.RISEN, "fallen": Order.FALLEN,
    }.get(name, Order.RISEN)  # fmt: skip


def _read_limit_of_change(draft: Draft) -> None:
    for at, mark in enumerate(draft.marks):
        if mark.number is not None and at not in draft.used and mark.number.is_integer() and _counts_rows(draft, at):
            draft.limit = min(int(mark.number), _MOST_ROWS) or None
            draft.use(at, "limit", f"{draft.limit} rows")
            return
    after = [draft.near(place) for place in draft.saying("which", unused=False)]
    singular = any(mark is not None and mark.of("dimension") for mark in after) and not draft.several
    draft.limit = 1 if singular else None


def _read_when(draft: Draft) -> None:
    if draft.by and draft.order is None and draft.saying("sort"):
        draft.order = Order.HIGHEST
        draft.use(draft.saying("sort")[0], "order", "highest first")
    for place in draft.saying("when"):
        after = draft.near(place)
        if after is not None and (after.of("dimension") or after.of("value")) and draft.where:
            draft.absorb(place)
    for place in draft.saying("first"):
        if place and draft.marks[place - 1].says(*LEVELS):
            draft.absorb(place)
    if draft.order or draft.grain:
        draft.absorb(*draft.saying("when"))
