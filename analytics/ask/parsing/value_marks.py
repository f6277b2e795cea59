"""The data's own values in a question: which are wanted, which are not, and a text that the title must hold."""

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.exception_marks import is_left_out, read_not_recorded
from analytics.ask.parsing.lexicon import PREFERENCE
from analytics.ask.parsing.mark import Mark
from analytics.ask.parsing.pair_marks import check_pairs
from analytics.ask.parsing.phrase_book import Sense, phrase_of
from analytics.filters import NOT_RECORDED, Value

_RAISED = ("raise", "raised", "submit", "submitted", "request", "requested", "report", "reported", "raises")
_RANKS = ("most", "least", "top", "worst", "best")
_STRONGER = ("kpi", "variant", "dimension", "signal", "grain", "unmeasured")


def read_values(draft: Draft) -> None:
    """Values and exceptions into the draft."""
    for place, mark in enumerate(draft.marks):
        if place not in draft.used:
            senses = _value_senses(draft, place, mark)
            if senses:
                take_value(draft, place, senses)
    _read_numbered(draft)
    _read_priorities(draft)
    read_not_recorded(draft)
    check_pairs(draft)


def _read_numbered(draft: Draft) -> None:
    """`groups 70 and 25`, `grp 70`, `Group 70 and 25` of groups that are called Group 70 and Group 25."""
    for place, mark in enumerate(draft.marks):
        sense = mark.of("dimension") or (mark.of("value") if mark.text[-1:].isdigit() else None)
        if sense and sense.name == "priority":
            continue
        at = place + 1
        while sense and at < len(draft.marks) and (draft.marks[at].number is not None or draft.marks[at].says("and")):
            number = draft.marks[at]
            named = [s for s in _called(draft, sense.name, number.text) if number.number is not None]
            if named and at not in draft.used:
                draft.absorb(*range(place, at))
                take_value(draft, at, tuple(named))
            at += 1


def _read_priorities(draft: Draft) -> None:
    """`priority is not 4`: a bare number after the word."""
    for place, mark in enumerate(draft.marks):
        before = draft.next(place, -1)
        while before is not None and draft.marks[before].says("except"):
            before = draft.next(before, -1)
        named = before is not None and any(s.name == "priority" for s in draft.marks[before].all_of("dimension"))
        if (
            named
            and before is not None
            and place not in draft.used
            and mark.number in draft.known.values.get("priority", ())
        ):
            draft.absorb(before)
            take_value(draft, place, (Sense("value", "priority", (int(mark.number or 0),)),))


def _called(draft: Draft, dimension: str, number: str) -> list[Sense]:
    """The values of the dimension that end with the number and start with a word for the dimension."""
    found = [s for s in draft.known.lexicon.holding([number]) if s.name == dimension]
    return [s for s in found if str(s.values[0]).split()[-1:] == [number] and len(str(s.values[0]).split()) == 2]


def _value_senses(draft: Draft, place: int, mark: Mark) -> tuple[Sense, ...]:
    senses = tuple(sorted(mark.all_of("value"), key=lambda s: PREFERENCE.index(s.name)))
    if mark.quoted and not senses:
        senses = quoted_values(draft, mark)
    if not senses:
        return ()
    named = named_beside(draft, place, senses)
    if named:
        return tuple(sense for sense in senses if sense.name == named)
    is_marked = mark.quoted or (mark.capital and not all(m.capital for m in draft.marks if m.text.isalpha()))
    is_place = place > 0 and draft.marks[place - 1].text in ("in", "from", "at") and not mark.typed
    if mark.is_filler and not (is_marked or is_place or _is_set_against(draft, place, senses)):
        return ()
    if not mark.quoted and _means_more(mark) and not _counts(draft, place):
        return ()
    return _likeliest(draft, place, senses)


def _is_set_against(draft: Draft, place: int, senses: tuple[Sense, ...]) -> bool:
    """Whether a word such as `us` stands against a value of its kind: `pl vs us`."""
    return _is_versus(draft, place) and not _joined_with(draft, place).isdisjoint(sense.name for sense in senses)


def _likeliest(draft: Draft, place: int, senses: tuple[Sense, ...]) -> tuple[Sense, ...]:
    """The senses by what stands around the value, the likeliest first."""
    joined = _joined_with(draft, place)
    together = tuple(sense for sense in senses if sense.name in joined)
    if together:
        return together
    if joined and _is_versus(draft, place):
        return _shared(draft, draft.marks[place], senses, joined)
    split = _split_by(draft)
    if _follows_an_exception(draft, place):
        return tuple(sorted(senses, key=lambda sense: sense.name not in split))
    after = draft.marks[place + 1] if place + 1 < len(draft.marks) else None
    if (place and draft.marks[place - 1].text == "from") or (after is not None and after.text in _RAISED):
        senses = tuple(sorted(senses, key=lambda sense: sense.name not in ("department", "site")))
    free = tuple(sense for sense in senses if sense.name not in split)
    return free or senses


def _follows_an_exception(draft: Draft, place: int) -> bool:
    """Whether it is left out of the rows of a split, and so most likely is one of them."""
    before = draft.near(place, -1)
    return bool(before and before.says("except"))


def _means_more(mark: Mark) -> bool:
    """Whether it is a word of the grammar before it is a value; Outlook is a product rather than a forecast."""
    return any(mark.of(kind) for kind in _STRONGER if kind != "signal" or not mark.says("forecast"))


def _joined_with(draft: Draft, place: int) -> set[str]:
    """Dimensions of the values that `and` or `or` joins with this one."""
    found: set[str] = set()
    for step in (-1, 1):
        word, other = place + step, place + 2 * step
        if 0 <= other < len(draft.marks) and draft.marks[word].says("and", "versus"):
            taken = draft.chosen.get(other)
            found |= {taken} if taken else {sense.name for sense in draft.marks[other].all_of("value")}
    return found


def _is_versus(draft: Draft, place: int) -> bool:
    beside = [draft.marks[at] for at in (place - 1, place + 1) if 0 <= at < len(draft.marks)]
    return any(mark.says("versus") and not mark.says("and") for mark in beside)


def _shared(draft: Draft, mark: Mark, senses: tuple[Sense, ...], others: set[str]) -> tuple[Sense, ...]:
    """The value as a part of one in the dimension of that against which it is set; they are of one kind or refused."""
    parts = [sense for sense in draft.known.lexicon.holding(phrase_of(mark.text)) if sense.name in others]
    names = [sense.name for sense in parts]
    alone = tuple(sense for sense in parts if names.count(sense.name) == 1)
    if alone:
        draft.notes.append(f"'{mark.text}' was read as {alone[0].name.replace('_', ' ')} {values_text(alone[0])}.")
        return alone
    kinds = " and ".join(sorted({name.replace("_", " ") for name in (senses[0].name, *others)}))
    raise Refused(f"'{mark.text}' is set against a value of another kind ({kinds}): compare two of one kind.")


def _counts(draft: Draft, place: int) -> bool:
    """Whether a type of ticket that is a verb too stands right before what counts tickets: `change volume`."""
    mark, after = draft.marks[place], draft.marks[place + 1] if place + 1 < len(draft.marks) else None
    is_type = any(sense.name == "ticket_type" for sense in mark.all_of("value"))
    return bool(is_type and mark.says("changed") and after and (after.of("kpi") or after.says("ticket")))


def quoted_values(draft: Draft, mark: Mark) -> tuple[Sense, ...]:
    """The values of the data that quoted text names."""
    return tuple(s for s in draft.known.lexicon.senses(phrase_of(mark.text)) if s.kind == "value")


def _split_by(draft: Draft) -> set[str]:
    """Dimensions that follow a word such as `by`."""
    places = draft.saying("by")
    following = [draft.near(place) for place in places]
    plural = [mark for mark in draft.marks if any(sense.plural for sense in mark.all_of("dimension"))]
    return {sense.name for mark in (*following, *plural) if mark for sense in mark.all_of("dimension")}


def named_beside(draft: Draft, place: int, senses: tuple[Sense, ...]) -> str:
    """The dimension that a word beside the value names: `team` in `network team`, `category` in `category network`."""
    dimensions = {sense.name for sense in senses}
    listed = _named_after_list(draft, place, dimensions)
    if listed:
        return listed
    for step in (1, -1):
        beside = draft.next(place, step)
        if beside is None or beside in draft.used or (step == 1 and beside != place + 1):
            continue
        mark = draft.marks[beside]
        found = next((s.name for s in mark.all_of("dimension") if s.name in dimensions), "")
        if found and (beside == place - 1 or not _is_split(draft, beside, place)):
            draft.absorb(beside)
            return found
    return ""


def _named_after_list(draft: Draft, place: int, dimensions: set[str]) -> str:
    """`high and low impact`: the dimension follows the last of the values."""
    if place + 3 >= len(draft.marks) or not draft.marks[place + 1].says("and", "versus"):
        return ""
    other, after = draft.marks[place + 2], draft.marks[place + 3]
    shared = dimensions & {sense.name for sense in other.all_of("value")}
    return next((sense.name for sense in after.all_of("dimension") if sense.name in shared), "")


def _is_split(draft: Draft, dimension: int, value: int) -> bool:
    """Whether the dimension is one to split by, such as after `by` or `which`, and does not belong to the value."""
    before = min(dimension, value) - 1
    signals = _RANKS if dimension > value else ("by", "which", *_RANKS)
    while before >= 0 and draft.marks[before].is_filler and not draft.marks[before].says(*signals):
        before -= 1
    return before >= 0 and draft.marks[before].says(*signals)


def take_value(draft: Draft, place: int, senses: tuple[Sense, ...]) -> None:
    """Takes the mark for the first of the senses, or for the one chosen; raises `Refused` where it stands oddly."""
    chosen = senses[min(draft.choices.get(place, 0), len(senses) - 1)]
    if len(senses) > 1:
        draft.options[place] = [sense.name for sense in senses]
    draft.chosen[place] = chosen.name
    _check_beside(draft, place, chosen)
    _check_split(draft, place, chosen)
    is_unwanted = is_left_out(draft, place)
    target = draft.without if is_unwanted else draft.where
    listed = target.setdefault(chosen.name, [])
    listed.extend(value for value in chosen.values if value not in listed)
    words = f"{chosen.name.replace('_', ' ')} {'is not' if is_unwanted else 'is'} {values_text(chosen)}"
    draft.use(place, "except" if is_unwanted else "value", words)
    if draft.marks[place].is_inner:
        draft.notes.append(f"'{draft.marks[place].text}' was read as {words}.")
    if chosen.name == "priority":
        _read_more(draft, place, listed)
    if len(chosen.values) > 1 and chosen.name == "priority":
        draft.notes.append(f"'{draft.marks[place].text}' was read as {words}.")


def _read_more(draft: Draft, place: int, listed: list[Value]) -> None:
    """`priority 1 or 2`, `P1 and 2`: numbers that go on from a priority."""
    at = place + 1
    while (
        at + 1 < len(draft.marks)
        and draft.marks[at].says("and", "versus")
        and draft.marks[at + 1].number in range(1, 6)
    ):
        value = int(draft.marks[at + 1].number or 0)
        listed.extend([value] if value not in listed else [])
        draft.use(at + 1, "value", f"priority is {value}")
        draft.absorb(*([] if draft.marks[at].says("versus") and not draft.marks[at].says("and") else [at]))
        at += 2


def values_text(sense: Sense) -> str:
    """`Phone or phone`; it quotes the export."""
    return " or ".join(NOT_RECORDED if value is None else str(value) for value in sense.values)


def _check_beside(draft: Draft, place: int, chosen: Sense) -> None:
    """`London team` where London is a site: no team of that name, and nothing is guessed."""
    before = draft.marks[place - 1].of("dimension") if place and place - 1 not in draft.used else None
    is_other = (
        before and not before.plural and not _is_split(draft, place - 1, place) and not draft.marks[place - 1].of("kpi")
    )
    if before and is_other and before.name in PREFERENCE and before.name != chosen.name and not draft.choices:
        raise Refused(
            f"There is no {before.name.replace('_', ' ')} '{draft.marks[place].text}' in your data; "
            f"it is a {chosen.name.replace('_', ' ')}.",
            ((chosen.name, value) for value in chosen.values),
        )
    if place + 1 >= len(draft.marks) or place + 1 in draft.used:
        return
    mark = draft.marks[place + 1]
    dimension = mark.of("dimension")
    kind = dimension and not dimension.plural and dimension.name != chosen.name and dimension.name in PREFERENCE
    if dimension and kind and not mark.all_of("kpi") and not _is_split(draft, place + 1, place) and not draft.choices:
        following = draft.near(place + 1)
        if (
            following is not None
            and following.of("value")
            and dimension.name in [s.name for s in following.all_of("value")]
        ):
            return
        raise Refused(
            f"There is no {dimension.name.replace('_', ' ')} '{draft.marks[place].text}' in your data; "
            f"it is a {chosen.name.replace('_', ' ')}.",
            ((chosen.name, value) for value in chosen.values),
        )


def _check_split(draft: Draft, place: int, chosen: Sense) -> None:
    """`mttr by London`: a value is nothing to split by; `closed by Network` and `by phone` are something else."""
    before = place - 1
    while before >= 0 and draft.marks[before].is_filler and not draft.marks[before].says("by"):
        before -= 1
    is_split = before >= 0 and draft.marks[before].text in ("by", "per", "split by", "for each", "by each")
    done = draft.saying("opened", "ended", "reopened", unused=False)
    is_named = any(
        i in draft.used and draft.marks[i].of("dimension") for i in (place - 1, place + 1) if 0 <= i < len(draft.marks)
    )
    if is_split and not (done or is_named or chosen.name in ("channel", "ticket_type", "priority")):
        raise Refused(
            f"'{draft.marks[place].text}' is a {chosen.name.replace('_', ' ')}, and nothing to split by.",
            ((chosen.name, value) for value in chosen.values),
        )
