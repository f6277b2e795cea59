"""What a question leaves out: values after words such as `except`, and values that are not recorded."""

from analytics.ask.parsing.draft import Draft
from analytics.filters import NOT_RECORDED


def is_left_out(draft: Draft, place: int) -> bool:
    """Whether the value follows a word such as `except`, or a value that does."""
    before = draft.next(place, -1)
    while before is not None and before in draft.used and draft.marks[before].of("dimension"):
        before = draft.next(before, -1)
    if before is None:
        return False
    mark = draft.marks[before]
    if mark.says("by") or mark.says("ended", "handoffs"):
        before = _negated_verb(draft, before)
        mark = draft.marks[before]
    if mark.says("except"):
        draft.absorb(before)
        return True
    if mark.says("and", "versus") and not mark.says("compare"):
        earlier = draft.next(before, -1)
        while earlier is not None and earlier in draft.used and draft.marks[earlier].of("dimension"):
            earlier = draft.next(earlier, -1)
        before = earlier if earlier is not None else before
    elif draft.chosen.get(before) not in (None, draft.chosen.get(place)):
        return False  # `except Service Desk, P1 tickets`: a value of another kind is wanted
    return any(term.kind == "except" and term.start == draft.marks[before].start for term in draft.terms)


def _negated_verb(draft: Draft, place: int) -> int:
    """Where `not` stands in `not handled by the service desk`; the place itself without it."""
    verb: int | None = draft.next(place, -1) if draft.marks[place].says("by") else place
    before = draft.next(verb, -1) if verb is not None and draft.marks[verb].says("ended") else None
    if verb is None or before is None or not draft.marks[before].says("except"):
        return place
    draft.absorb(place, verb)
    return before


def read_not_recorded(draft: Draft) -> None:
    """`no category`, `without a site`, `category not recorded`."""
    for place in draft.saying("not_recorded"):
        for step in (-1, 1):
            beside = draft.near(place, step)
            sense = beside.of("dimension") if beside else None
            at = draft.next(place, step)
            if sense and at is not None and at not in draft.used:
                is_unwanted = is_left_out(draft, place)
                (draft.without if is_unwanted else draft.where).setdefault(sense.name, []).append(None)
                draft.absorb(at)
                draft.use(
                    place, "except" if is_unwanted else "value", f"{sense.name.replace('_', ' ')} is {NOT_RECORDED}"
                )
                break
    for place in draft.saying("except"):
        at = draft.next(place)
        sense = draft.marks[at].of("dimension") if at is not None else None
        if at is not None and at not in draft.used and sense and not sense.plural:
            draft.where.setdefault(sense.name, []).append(None)
            draft.absorb(place)
            draft.use(at, "value", f"{sense.name.replace('_', ' ')} is {NOT_RECORDED}")
