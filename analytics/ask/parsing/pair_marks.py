"""Two values of one dimension side by side: together, as a range, or as something that is not measured."""

from itertools import pairwise

from analytics.ask.parsing.draft import Draft, Refused

_TOGETHER = ("and", "versus", "except", "only")
_LEVELS = (
    "most", "least", "best", "worst", "longest", "shortest", "risen", "fallen", "worse_than", "better_than", "over",
    "under",
)  # fmt: skip
_APART = ("in", "to", "of", "from", "with", "that", "are", "were", "into", "through", "on", "at")


def check_pairs(draft: Draft) -> None:
    """Raises `Refused` for values that are set against each other in a way that nothing measures.

    Those are `more tickets than Leeds`, `from Network to Email`, `incidents that are requests`; `P1 to P3` is a range.
    """
    for place in draft.chosen:
        before = draft.marks[place - 1] if place else None
        is_held = before is not None and (before.text == "than" or before.text.endswith(" than"))
        if before is None or not is_held or before.says("except", "versus"):
            continue
        if not _read_against(draft, place):
            raise Refused("Rows can be held against a number here, not against another row.")
    for first, last in pairwise(sorted(draft.chosen)):
        if draft.chosen[first] == draft.chosen[last]:
            _check(draft, first, last)


def _read_against(draft: Draft, place: int) -> bool:
    """`is the SLA of Network worse than Infrastructure`: both are wanted, side by side."""
    earlier = max((other for other in draft.chosen if other < place), default=None)
    name = draft.chosen[place]
    if earlier is None or draft.chosen[earlier] != name or len(draft.where.get(name, ())) < 2:
        return False
    if draft.saying("which", "except", unused=False) or any(draft.marks[at].of("dimension") for at in range(earlier)):
        return False
    draft.by += [name] if name not in draft.by else []
    for at in (at for at in range(place) if draft.marks[at].says(*_LEVELS)):
        draft.use(at, "compare", "side by side")
    draft.absorb(*(at for at in range(earlier + 1, place) if draft.marks[at].text.endswith("than")))
    return True


def check_periods(draft: Draft) -> None:
    """Raises `Refused` for `Network in May versus Email in April`, which mixes two comparisons."""
    chosen = sorted(draft.chosen)
    for first, last in pairwise(chosen):
        between = draft.marks[first + 1 : last]
        timed = any(mark.time("span") or mark.time("compare") for mark in between)
        after = any(mark.time("span") or mark.time("compare") for mark in draft.marks[last + 1 :])
        if draft.compare and timed and after and draft.chosen[first] == draft.chosen[last]:
            raise Refused("Two values and two periods are compared at once: compare one of them.")


def _check(draft: Draft, first: int, last: int) -> None:
    between = draft.marks[first + 1 : last]
    if any(mark.says(*_TOGETHER) for mark in between) or draft.saying("compare", unused=False):
        return
    is_range = any(mark.text in ("to", "-", "through") for mark in between)
    name = draft.chosen[first]
    if name == "priority" and is_range and draft.where.get(name):
        numbers = [value for value in draft.where[name] if isinstance(value, int)]
        draft.where[name] = list(range(min(numbers), max(numbers) + 1))
        return
    if any(mark.text in _APART or mark.text.startswith("that ") for mark in between):
        texts = "' and '".join(draft.marks[place].text for place in (first, last))
        raise Refused(f"How '{texts}' belong together is not clear: name them with 'and', or one of them.")
