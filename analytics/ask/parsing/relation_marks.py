"""Words that relate two parts of a question in a way that nothing measures: `tickets of tickets`."""

from itertools import pairwise

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.mark import Mark
from analytics.warehouse.schema import OPEN_STATUSES

_SPEAKERS = ("i", "you")
_POLITE = ("list_them", "compare")
_RELATING = frozenset(
    ("from", "within", "like", "per", "through", "via", "during", "into", "with", "affected", "affecting", "affect")
)
_ANY = ("any", "some")


def check_relations(draft: Draft) -> None:
    """Raises `Refused` for tickets of a speaker, tickets within tickets, and troubles of any kind."""
    _check_speaker(draft)
    _check_tickets_of_tickets(draft)
    _check_any_problems(draft)
    read_state(draft)


def _check_speaker(draft: Draft) -> None:
    for first, second in pairwise(draft.marks):
        is_speaker = second.text in _SPEAKERS or (second.text == "for" and _follows(draft, second, "me"))
        if _is_ticket(first) and is_speaker and not draft.saying(*_POLITE):
            raise Refused("Who asks is not known here, so their own tickets cannot be told: name a group or a site.")
        if first.text == "assigned" and _is_ticket(second):
            raise Refused("Whether a ticket has an owner is told of the open tickets only: ask who owns them.")


def _follows(draft: Draft, mark: Mark, text: str) -> bool:
    place = draft.marks.index(mark) + 1
    return place < len(draft.marks) and draft.marks[place].text == text


def _is_ticket(mark: Mark) -> bool:
    return mark.says("ticket") or any(sense.name == "ticket_type" for sense in mark.all_of("value"))


def _check_tickets_of_tickets(draft: Draft) -> None:
    """`incidents within incidents`, `tickets per incident`: only fillers and a word of relation stand between."""
    places = [place for place, mark in enumerate(draft.marks) if _is_ticket(mark)]
    for first, last in pairwise(places):
        between = draft.marks[first + 1 : last]
        words = {word for mark in between for word in mark.text.split()}
        is_bare = all(mark.is_filler or mark.says("by") for mark in between)
        again = words == {"of"} and draft.marks[last].says("ticket")
        if between and is_bare and (again or words & _RELATING):
            raise Refused("How tickets are related to other tickets is not in the data: ask for one kind of them.")


def _check_any_problems(draft: Draft) -> None:
    """`any problems?` asks whether something is wrong, not for a type of ticket."""
    asked = [mark for mark in draft.marks if not mark.is_filler or mark.text in _ANY]
    texts = [mark.text for mark in asked]
    if len(texts) == 2 and texts[0] in _ANY and texts[1] in ("problem", "problems", "issue", "issues"):
        raise Refused(
            "Whether anything is wrong is no number: ask for tickets, the backlog, SLA or the time to resolve."
        )


def read_state(draft: Draft) -> None:
    """`tickets with status open` wants the open tickets; `status waiting` is no status of the data."""
    for place, mark in enumerate(draft.marks[:-1]):
        before = draft.near(place, -1)
        after = draft.marks[place + 1]
        sense = mark.of("dimension")
        is_status = sense is not None and sense.name == "status" and not sense.plural
        if not is_status or (before is not None and before.says("by", "which")) or not after.says("open"):
            continue
        if after.text not in ("open", "unresolved", "active"):
            raise Refused(f"There is no status '{after.text}' in your data.", _statuses(draft))
        draft.absorb(place)


def _statuses(draft: Draft) -> list[tuple[str, str]]:
    return [("status", value) for value in OPEN_STATUSES if value in draft.known.values.get("status", ())]
