"""Words that are only a part of a value: taken where the value is the only one, else the values are offered."""

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.value_marks import named_beside, take_value, values_text

_FEW, _SHORTEST = 5, 5


def read_parts(draft: Draft) -> None:
    """Words that nothing knows, but which are part of a value: taken where it is the only one."""
    place = 0
    while place < len(draft.marks):
        mark = draft.marks[place]
        if place in draft.used or mark.is_known:
            place += 1
            continue
        last = place + 1
        while last < len(draft.marks) and last not in draft.used and not draft.marks[last].is_known:
            last += 1
        _part(draft, place, last)
        place = last


def _part(draft: Draft, first: int, last: int) -> None:
    words = [mark.text for mark in draft.marks[first:last]]
    if any(mark.typed for mark in draft.marks[first:last]):
        return
    found = draft.known.lexicon.holding(words)
    if len(words) == 1 and len(words[0]) >= _SHORTEST:
        found = tuple(dict.fromkeys((*found, *draft.known.lexicon.starting(words[0]))))
    named = named_beside(draft, last - 1, found) if found else ""
    found = tuple(s for s in found if s.name == named) if named else found
    if not found:
        return
    if first and draft.marks[first - 1].says("by"):
        raise Refused(f"There is nothing called '{' '.join(words)}' to split by.")
    if len(found) > 1:
        texts = ", ".join(f"{s.name.replace('_', ' ')} {s.values[0]}" for s in found[:_FEW])
        raise Refused(
            f"'{' '.join(words)}' is part of several values: {texts}.", ((s.name, s.values[0]) for s in found[:_FEW])
        )
    take_value(draft, first, found)
    draft.absorb(*range(first, last))
    draft.notes.append(f"'{' '.join(words)}' was read as {found[0].name.replace('_', ' ')} {values_text(found[0])}.")
