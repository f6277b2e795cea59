"""Which KPI a question asks for: the one it names, else what its words about tickets count."""

from dataclasses import dataclass

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.time_marks import is_from, opened_instead
from analytics.ask.parsing.variant_marks import varied_names
from analytics.ask.question import Intent
from analytics.ask.span import ALL_TIME
from analytics.filters import Value
from analytics.kpi import Unit
from analytics.kpis import find_kpi
from analytics.warehouse.schema import OPEN_STATUSES

_NAMELESS = "Name what to measure, such as tickets, the backlog, SLA or the time to resolve."


_ENDED = ("closed", "resolved", "solved", "completed", "fixed")
_SPEEDS = ("slowest", "fastest", "quickest", "slower", "faster", "quicker")
_OPENED = ("opened", "created", "logged", "raised", "submitted", "reported", "registered")


@dataclass(frozen=True)
class States:
    """Places of the words for opened, ended and open tickets, and of those for tickets themselves."""

    opened: tuple[int, ...]
    ended: tuple[int, ...]
    still_open: tuple[int, ...]
    tickets: tuple[int, ...]


def read_kpi(draft: Draft) -> None:
    """The KPI into the draft, with those named beside it as rivals; empty where nothing names one."""
    named = _named(draft)
    varied = varied_names(draft, named)
    draft.kpi = varied[0] if varied else ""
    draft.rivals = varied[1:]
    _read_breach(draft)
    _read_state(draft)
    if draft.rivals:
        names = (draft.kpi, *draft.rivals)
        titles = " and ".join(find_kpi(name).title for name in names)
        raise Refused(f"One measure can be asked for at a time, and these are {len(names)}: {titles}.", kpis=names)


def _named(draft: Draft) -> list[str]:
    names: list[str] = []
    for place, mark in enumerate(draft.marks):
        sense = mark.of("kpi")
        if sense and place not in draft.used:
            names += [sense.name] if sense.name not in names else []
            draft.use(place, "kpi", find_kpi(sense.name).title)
    return names


def _read_breach(draft: Draft) -> None:
    places = draft.saying("breach")
    if not places:
        return
    for place in places:
        draft.use(place, "kpi", "SLA adherence, the share that did not breach")
    if draft.saying("how_many"):
        raise Refused("The number of breaches is not measured; SLA adherence is the share that met the target.")
    if draft.kpi not in ("sla_adherence", "response_sla_adherence", "sla_adherence_conventional"):
        draft.rivals += [draft.kpi] if draft.kpi not in ("", "volume") else []
        draft.kpi = "sla_adherence"
    draft.is_inverted = True
    draft.notes.append("Breaches are told by SLA adherence: the share that met the target; the rest missed it.")


def _read_state(draft: Draft) -> None:
    """What `open`, `opened`, `closed` and `reopened` do to the KPI, and the KPI of questions that name none."""
    found = _states(draft)
    if draft.kpi:
        _beside_a_kpi(draft, found)
        return
    draft.kpi = _timed(draft, found) or _counted(draft, found)
    if not draft.kpi:
        return
    if draft.kpi == "backlog" and (found.opened or (found.still_open and is_from(draft))):
        opened_instead(draft)
    if draft.kpi == "outflow" and found.opened:
        draft.rivals.append("volume")
    if find_kpi(draft.kpi).unit is Unit.HOURS:
        draft.absorb(*draft.saying("how_long"))
    for place in (*found.opened, *found.ended, *found.still_open, *draft.saying("ticket")):
        draft.use(place, "kpi", find_kpi(draft.kpi).title)


def _states(draft: Draft) -> States:
    whole = [place for place in draft.saying("of_all", unused=False) if "tickets" in draft.marks[place].text.split()]
    tickets = tuple(draft.saying("ticket") + whole + typed_places(draft))
    still_open = draft.saying("open") + [place for place in draft.saying("older") if _is_no_age(draft, place)]
    verbs = [place for place in draft.saying("open_verb") if _is_verb(draft, place)]
    opened = [place for place in draft.saying("opened") if not draft.marks[place].says("list_them") or tickets]
    return States(
        tuple(opened + verbs),
        tuple(draft.saying("ended")),
        tuple(place for place in still_open if place not in verbs),
        tickets,
    )


def _is_no_age(draft: Draft, place: int) -> bool:
    """Whether words such as `open for` say no age here: `open for Bristol`."""
    after = draft.near(place)
    has_amount = after is not None and (
        after.times or after.number is not None or after.says("over", "under", "at_least")
    )
    return (
        draft.marks[place].text in ("open for", "outstanding for", "unresolved for", "waiting for") and not has_amount
    )


def _timed(draft: Draft, found: States) -> str:
    """The KPI of a question about how long something takes; empty for another."""
    slow = draft.saying("how_long", "longest", "shortest")
    if slow and draft.saying("answered"):
        draft.absorb(*draft.saying("how_long", "answered"))
        return "first_response_time"
    fast = [place for place in slow if draft.marks[place].text in _SPEEDS]
    if (draft.saying("paced", unused=False) or (fast and found.ended)) and not any(
        mark.time("duration") for mark in draft.marks
    ):
        return "mttr"
    if draft.by and draft.saying("paced") and not found.tickets and any(mark.time("duration") for mark in draft.marks):
        return "mttr"
    if draft.saying("how_long") and found.ended and not found.still_open:
        draft.absorb(*draft.saying("how_long"))
        return "mttr"
    if slow and draft.saying("resolution"):
        draft.absorb(*draft.saying("resolution"))
        return "mttr"
    is_state = found.still_open or found.ended or draft.saying("older", "younger", "oldest")
    limited = draft.saying("over", "under", "at_least", "at_most", "how_many")
    return "mttr" if (slow or draft.saying("took")) and not (limited or is_state) else ""


def _counted(draft: Draft, found: States) -> str:
    """The KPI of a question about a number of tickets, by what is said of them; empty for another."""
    ranked, many = draft.saying("most", "least"), draft.saying("how_many", "most", "least")
    aged = found.tickets and draft.saying("older", "younger", "oldest")
    if found.ended and any(draft.marks[place].text.startswith(("but ", "and ")) for place in found.still_open):
        raise Refused(
            "Tickets that are resolved and not closed are not told apart: ask for the open or the ended ones."
        )
    if found.still_open or aged or _has_open_status(draft):
        return "backlog"
    if found.ended and (found.tickets or many):
        return "outflow"
    if draft.saying("reopened") and (ranked or draft.saying("worst", "best")) and not found.tickets:
        draft.absorb(*draft.saying("reopened"))
        return "reopen_rate"
    grown = draft.saying("risen", "fallen") and draft.saying("most", "which", unused=False)
    limited = draft.saying("over", "under", "at_least", "at_most") and not many
    moved = bool(draft.saying("reopened") and (many or draft.saying("list_them", "which")))
    moved = moved or bool(draft.saying("handoffs") and (limited or draft.saying("list_them")))
    named = found.tickets or (found.opened and many) or draft.saying("busy", "top")
    if named or grown or moved or (draft.saying("how_many") and "priority" in draft.where):
        return "volume"
    return _bare(draft, found)


def _bare(draft: Draft, found: States) -> str:
    """The KPI of words that only tickets can be: `closed last month by group`, `aging over 90 days`."""
    if draft.intent is Intent.DEFINITION or draft.saying("define", "mean_verb"):
        return ""
    if draft.saying("older", "younger"):
        return "backlog"
    if draft.by and any(draft.marks[place].text in ("biggest", "largest") for place in draft.saying("most")):
        return "volume"
    if any(draft.marks[place].text in _ENDED for place in found.ended):
        timed = any(mark.time("duration") for mark in draft.marks)
        return "volume" if timed else "outflow"
    if draft.saying("reopened"):
        draft.absorb(*draft.saying("reopened"))
        return "reopen_rate"
    if any(draft.marks[place].text in _OPENED for place in found.opened):
        return "volume"
    return _unsaid(draft)


def _unsaid(draft: Draft) -> str:
    """`P1 by group`, `list P1 of Network`: values with a shape, and nothing but tickets can be meant."""
    is_shaped = draft.by or draft.grain or draft.saying("list_them", unused=False) or draft.saying("trend")
    is_limited = draft.where or (draft.span != ALL_TIME and draft.by)
    if not is_limited or not is_shaped or any(not mark.is_known for mark in draft.marks):
        return ""
    draft.notes.append("No measure was named: these are the tickets opened.")
    return "volume"


def _is_verb(draft: Draft, place: int) -> bool:
    """Whether `open` is what somebody did: `how many tickets did the department open`."""
    before = {word for mark in draft.marks[:place] for word in mark.text.split()}
    follows = draft.marks[place + 1] if place + 1 < len(draft.marks) else None
    last = draft.marks[place - 1] if place else None
    is_told = last is not None and (last.text in ("that", "who") or bool(last.of("dimension")))
    return bool(before & {"did", "does", "do"} or (is_told and draft.marks[place].text != "open")) and not (
        follows and follows.says("ticket")
    )


def typed_places(draft: Draft) -> list[int]:
    """Places of the types of ticket, such as incidents, which count tickets as well."""
    return [
        place
        for place, mark in enumerate(draft.marks)
        if any(sense.name == "ticket_type" for sense in (*mark.all_of("value"), *mark.all_of("absent")))
    ]


def _has_open_status(draft: Draft) -> bool:
    wanted: list[Value] = draft.where.get("status", [])
    return bool(wanted) and all(value in OPEN_STATUSES for value in wanted) and not draft.saying("opened")


def _beside_a_kpi(draft: Draft, found: States) -> None:
    anchor = find_kpi(draft.kpi).anchor
    if draft.kpi == "backlog" and any(draft.marks[place].text in _ENDED for place in found.ended):
        raise Refused("The backlog holds open tickets only: ask for the outflow, or for the backlog as it is.")
    if found.still_open:
        _read_open(draft)
    if draft.kpi == "volume" and found.ended:
        draft.kpi = "outflow"
        draft.rivals += ["volume"] if found.opened else []
    elif _are_opened(draft, found) and (anchor != "opened_on" or draft.kpi == "backlog"):
        opened_instead(draft)
    draft.absorb(*found.opened, *found.ended, *found.still_open)
    if find_kpi(draft.kpi).unit is Unit.HOURS:
        draft.absorb(*draft.saying("how_long"))


def _are_opened(draft: Draft, found: States) -> bool:
    return not found.ended and any(not draft.marks[place].is_filler for place in found.opened)


def _read_open(draft: Draft) -> None:
    """`open` beside a KPI: a number of open tickets is the backlog, any other KPI is of those with an open status."""
    if draft.kpi in ("volume", "backlog"):
        draft.kpi = "backlog"
    elif find_kpi(draft.kpi).unit is Unit.HOURS and draft.kpi != "first_response_time":
        raise Refused("An open ticket has no time to resolve yet: ask for the backlog, by age if you like.")
    elif draft.intent is not Intent.FORECAST:
        known = [value for value in OPEN_STATUSES if value in draft.known.values.get("status", ())]
        draft.where.setdefault("status", []).extend(known)
        draft.notes.append("Open is read as a status of new, in progress or pending.")


def nameless() -> str:
    """What is said where no KPI was named."""
    return _NAMELESS
