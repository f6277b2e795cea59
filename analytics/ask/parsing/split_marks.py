"""The split of a question: by which dimensions, and by which periods."""

from analytics.ask.answering.value_words import dimension_words
from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.phrase_book import Sense
from analytics.errors import PersonDimension
from analytics.period import Grain

_MOST = 2
_ANYBODY = ("users", "people", "employees", "colleagues", "staff", "customers", "everyone", "requesters", "callers")
_RANKS = ("top", "bottom", "best", "worst", "most", "least", "longest", "shortest")


def read_persons(draft: Draft) -> None:
    """Refuses a question that compares or picks people."""
    places = [place for place in draft.saying("person") if not _are_of_a_place(draft, place)]
    named = len(draft.where.get("assignment_group", [])) > 1
    if (
        places
        and all(draft.marks[place].text in ("who", "whom") for place in places)
        and not _adds_who(draft, places)
        and (named or _split_by_groups(draft))
    ):
        draft.absorb(*places)
    elif places:
        raise Refused(str(PersonDimension(draft.marks[places[0]].text)).replace("assignment_group", "assignment group"))


def _adds_who(draft: Draft, places: list[int]) -> bool:
    """`by group and who closed them`."""
    return any(place and draft.marks[place - 1].says("and") for place in places)


def _are_of_a_place(draft: Draft, place: int) -> bool:
    """Whether people are only those of a site or department: `tickets raised by our colleagues in London`."""
    mark, before = draft.marks[place], draft.near(place, -1)
    after = draft.next(place)
    is_asked = before is not None and (
        before.says("which", "how_many", "top", "most") or before.text in ("per", "each")
    )
    if mark.text not in _ANYBODY or is_asked or after is None or draft.chosen.get(after) not in ("site", "department"):
        return False
    draft.absorb(place, *(at for at in range(max(place - 2, 0), place) if draft.marks[at].says("by")))
    return True


def read_splits(draft: Draft) -> None:
    """Dimensions and grains that are named, with or without a word such as `by`."""
    for place, mark in enumerate(draft.marks):
        sense, grain = mark.of("dimension"), mark.of("grain")
        if place in draft.used or mark.of("kpi"):
            continue
        if sense:
            _check_dimension(draft, place)
        if sense and not (sense.name == "opened_hour" and mark.text == "hours" and not _is_asked_by(draft, place)):
            _split(draft, place, sense)
        elif grain:
            _read_grain(draft, place, Grain(grain.name))
    for name in [name for name in draft.by if name in draft.without and _is_all(draft, name)]:
        draft.by.remove(name)
    _read_verb(draft)
    _read_choice(draft)
    draft.absorb(*(place for place in draft.saying("by", "of_all") if _is_followed(draft, place)))
    if len(draft.by) > _MOST:
        raise Refused(f"A question may be split by two dimensions, and {len(draft.by)} are named.")


def _check_dimension(draft: Draft, place: int) -> None:
    """Refuses `the new tool` and `whose priority changed`."""
    mark, after = draft.marks[place], draft.near(place)
    before = draft.marks[place - 1].text if place else ""
    if mark.text == "during the day" and not draft.saying("when", "by", unused=False):
        raise Refused("Which hours are the day is not clear: name them, such as between 9 and 17 o'clock.")
    if before == "whose" and after is not None and after.says("changed"):
        raise Refused(f"Whether the {mark.text} of a ticket changed is not measured.")
    if before == "new":
        raise Refused(f"What is new about a {mark.text} is not in the data.")


def _is_asked_by(draft: Draft, place: int) -> bool:
    """Whether the word is one to split by, not a unit: `by hours`, `which hours`."""
    before = draft.near(place, -1)
    return bool(before and before.says("by", "which", *_RANKS))


def _read_verb(draft: Draft) -> None:
    """`group mttr by service`: what to do, and no second split."""
    for place, mark in enumerate(draft.marks):
        after = draft.marks[place + 1] if place + 1 < len(draft.marks) else None
        is_verb = place == 0 or (after is not None and after.says("by"))
        if mark.text == "group" and is_verb and len(draft.by) > 1:
            draft.by.remove("assignment_group")


def settle_clock(draft: Draft) -> None:
    """What left the backlog is split by the weekday or hour on which it did."""
    if draft.kpi == "outflow":
        draft.by = [name.replace("opened_", "ended_") for name in draft.by]


def _read_choice(draft: Draft) -> None:
    """`who handles most, the service desk or the network`: the rows are what is to be chosen from."""
    if draft.by or not draft.saying(*_RANKS) or not draft.saying("versus"):
        return
    draft.by += [name for name, values in draft.where.items() if len(set(map(str, values))) > 1][:1]


def _is_followed(draft: Draft, place: int) -> bool:
    """Whether a word such as `by` belongs to what follows it, or may stand for nothing."""
    mark, after = draft.marks[place], draft.next(place)
    if mark.is_filler or mark.says("sort"):
        return True
    if after is None or (draft.marks[after].times and not draft.marks[after].time("grain")):
        return False
    if after in draft.used:
        return True
    is_each = draft.marks[after].says("ticket") and not draft.marks[after].text.endswith("s")
    return not is_each and (bool(draft.marks[after].of("kpi")) or draft.marks[after].says("how_many", "ticket"))


def _split(draft: Draft, place: int, sense: Sense) -> None:
    name = sense.name
    if name.startswith("opened_") and draft.saying("ended", unused=False) and not draft.saying("opened", unused=False):
        name = name.replace("opened_", "ended_")
    if name not in draft.by:
        draft.by.append(name)
    if sense.plural:
        draft.several.add(name)
    draft.use(place, "by", f"by {dimension_words(name)}")


def _read_grain(draft: Draft, place: int, grain: Grain) -> None:
    if draft.grain not in (None, grain):
        return
    before = draft.near(place, -1)
    ranked = draft.saying(*_RANKS, "which", "when", unused=False)
    if (
        draft.grain
        or ranked
        or (before and before.says("by", "which", "over", "compare"))
        or draft.saying("over", "under", "at_least", "at_most")
    ):
        draft.grain = grain
        sense = draft.marks[place].of("grain")
        if sense and draft.marks[place].text.endswith("s"):
            draft.several.add("grain")
        draft.use(place, "grain", f"by {grain}")


def _is_all(draft: Draft, name: str) -> bool:
    """Whether the dimension was only named to except some of it: `for all groups but the service desk`."""
    places = [i for i, mark in enumerate(draft.marks) if any(sense.name == name for sense in mark.all_of("dimension"))]
    return any(place and draft.marks[place - 1].text.endswith("all") for place in places)


def _split_by_groups(draft: Draft) -> bool:
    """Whether `who` is asked of groups: `who has the biggest backlog by team`."""
    before = [draft.near(place, -1) for place, mark in enumerate(draft.marks) if mark.of("dimension")]
    return any(mark is not None and mark.says("by") for mark in before)
