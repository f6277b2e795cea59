"""What is left of a question: a word with a meaning that was not understood is never passed over."""

from rapidfuzz import fuzz, process

from analytics.ask.answering.value_words import dimension_words
from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.mark import Mark
from analytics.filters import NOT_RECORDED
from analytics.kpi import Unit
from analytics.kpis import find_kpi

_HARMLESS = (
    "which",
    "list_them",
    "ticket",
    "and",
    "how_many",
    "of_all",
    "sort",
    "what_is",
    "only",
    "took",
    "compare",
    "loosely",
)
_FEW, _LONG = 5, 5


def check_scope(draft: Draft) -> None:
    """Refuses what is known not to be measured."""
    for mark in draft.marks:
        sense = mark.of("unmeasured")
        if sense and not mark.of("value") and not mark.of("kpi"):
            raise Refused(f"'{mark.text}' is not measured here: {sense.name}.")
        absent = mark.of("absent")
        if absent and not mark.of("value") and not mark.of("kpi") and not mark.of("signal"):
            listed = " or ".join(str(value) for value in absent.values)
            if any(v is not None for v in draft.known.values.get(absent.name, ())) or absent.name == "priority":
                raise Refused(f"No ticket in your data has the {dimension_words(absent.name)} {listed}.")


def check_leftovers(draft: Draft) -> None:
    """Raises `Refused` naming the words that were not understood."""
    left = [place for place in range(len(draft.marks)) if _is_left(draft, place)]
    if not left:
        return
    unknown = [place for place in left if not draft.marks[place].is_known]
    for place in unknown:
        _refuse_value(draft, place)
    if unknown:
        words = " ".join(draft.marks[place].typed or draft.marks[place].text for place in unknown)
        raise Refused(f"'{words}' is nothing that Backlight measures or your data names.")
    for place in left:
        if draft.marks[place].number is not None and place and draft.marks[place - 1].of("dimension"):
            _refuse_value(draft, place)
    words = "', '".join(draft.marks[place].text for place in left)
    raise Refused(f"'{words}' was not understood here.")


def _is_left(draft: Draft, place: int) -> bool:
    mark = draft.marks[place]
    if mark.text == "like" and _follows(draft, place, "value"):
        return True  # what is like a value is not it
    if place in draft.used:
        return False
    if _is_out_of_place(draft, place):
        return True
    if mark.says("mine"):
        after = draft.near(place)
        return after is None or not after.of("kpi")
    if mark.says("unit"):
        return not draft.kpi or find_kpi(draft.kpi).unit is not Unit.HOURS
    if mark.typed and not mark.times and not _is_safe(mark):
        return True
    return not (mark.is_filler or mark.says(*_HARMLESS) or _is_untyped(draft, mark))


def _is_out_of_place(draft: Draft, place: int) -> bool:
    """Whether a small word stands where it must mean something that was not understood: `in us`, a last `and`."""
    mark = draft.marks[place]
    return (
        (mark.says("and") and place == len(draft.marks) - 1)
        or (mark.text == "us" and place > 0 and draft.marks[place - 1].text == "in")
        or (mark.says("sort") and not (draft.by or draft.grain))
        or _is_somebody(draft, place)
    )


def _follows(draft: Draft, place: int, kind: str) -> bool:
    return place + 1 < len(draft.marks) and draft.marks[place + 1].of(kind) is not None


def _is_somebody(draft: Draft, place: int) -> bool:
    """`tickets I closed`: who asks is not known."""
    after = draft.marks[place + 1] if place + 1 < len(draft.marks) else None
    return (
        draft.marks[place].text == "i" and after is not None and after.says("opened", "ended", "open_verb", "reopened")
    )


def _is_safe(mark: Mark) -> bool:
    """Whether a corrected word may stand for nothing: its letters were only swapped, or it is long."""
    return sorted(mark.typed) == sorted(mark.text) or len(mark.text) >= _LONG


def _is_untyped(draft: Draft, mark: Mark) -> bool:
    """`incidents` in data that has no types of ticket: all tickets, and it is said."""
    absent = mark.of("absent")
    if absent is None or absent.name not in ("ticket_type", "status"):
        return False
    note = f"Your data does not tell the {dimension_words(absent.name)}, so '{mark.text}' is all tickets."
    draft.notes += [note] if note not in draft.notes else []
    return True


def _refuse_value(draft: Draft, place: int) -> None:
    """An unknown word beside a dimension is a value that the data does not have."""
    for step in (1, -1):
        at = place + step
        beside = draft.marks[at] if 0 <= at < len(draft.marks) else None
        sense = beside.of("dimension") if beside else None
        if sense is None or sense.plural:
            continue
        text = draft.marks[place].typed or draft.marks[place].text
        values = [NOT_RECORDED if v is None else str(v) for v in draft.known.values.get(sense.name, ())]
        near = [
            name for name, *_ in process.extract(text, values, scorer=fuzz.WRatio, limit=_FEW, processor=str.casefold)
        ]
        raise Refused(
            f"There is no {dimension_words(sense.name)} '{text}' in your data.",
            ((sense.name, name) for name in near if name != NOT_RECORDED),
        )
