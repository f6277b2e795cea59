"""A text that the title of a ticket must hold: quoted text that is no value, and what follows words like `about`."""

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.value_marks import quoted_values

_JOINTS = ("in", "of", "from", "for", "at")
_ENDS = ("by", "which", "versus", "compare", "except", "over", "under")


def read_titles(draft: Draft) -> None:
    """The text into the draft; raises `Refused` for a second one."""
    for place, mark in enumerate(draft.marks):
        if mark.quoted and not quoted_values(draft, mark):
            _take(draft, place, place + 1)
            before = draft.next(place, -1)
            draft.absorb(*([before] if before is not None and draft.marks[before].says("about") else []))
    for place in draft.saying("in_title"):
        _read_before(draft, place)
    for place in draft.saying("about"):
        _read_after(draft, place)


def _read_before(draft: Draft, place: int) -> None:
    """`docking in the title`."""
    if place and place - 1 in draft.used and draft.title:
        draft.absorb(place)
    first = place
    while first and _may_be_title(draft, first - 1) and not draft.marks[first - 1].is_filler:
        first -= 1
    if first < place:
        _take(draft, first, place)
        draft.absorb(place, *([first - 1] if first and draft.marks[first - 1].says("about") else []))


def _read_after(draft: Draft, place: int) -> None:
    """`mentioning docking station`; after a looser word such as `about`, a value of the data is that value."""
    first = place + 1
    while first < len(draft.marks) and draft.marks[first].is_filler and not draft.marks[first].of("value"):
        first += 1
    last = first
    while last < len(draft.marks) and _may_be_title(draft, last) and not (last > first and _starts_a_term(draft, last)):
        last += 1
    while last > first and draft.marks[last - 1].is_filler:
        last -= 1
    if last == first or any(at in draft.used for at in range(first, last)):
        return
    if last - first == 1 and draft.marks[first].of("value") and draft.marks[place].says("loosely"):
        return
    _take(draft, first, last)
    draft.absorb(place)


def _starts_a_term(draft: Draft, place: int) -> bool:
    """Whether a word such as `in` leads to a value here: `mentioning VPN in London`."""
    after = draft.marks[place + 1] if place + 1 < len(draft.marks) else None
    return draft.marks[place].text in _JOINTS and after is not None and after.of("value") is not None


def _may_be_title(draft: Draft, place: int) -> bool:
    mark = draft.marks[place]
    if mark.typed:
        return not mark.times
    if mark.times or mark.quoted or mark.says(*_ENDS) or mark.of("kpi"):
        return False
    return not mark.is_known or bool(mark.of("value")) or mark.is_filler


def _take(draft: Draft, first: int, last: int) -> None:
    if draft.title:
        raise Refused("Only one text in the title can be looked for at a time.")
    draft.title = " ".join(mark.typed or mark.text for mark in draft.marks[first:last])
    draft.use(first, "title", f"the title has '{draft.title}'")
    draft.absorb(*range(first, last))
