"""What is wanted of the KPI: a number, the tickets, a definition, why it changed, what comes, who owns what is open."""

from datetime import date, timedelta
from typing import cast

from analytics.ask.answering.span_words import span_words
from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.mark import Mark
from analytics.ask.parsing.rank_marks import CHANGES
from analytics.ask.parsing.time_marks import read_future
from analytics.ask.question import Intent, Threshold
from analytics.ask.span import ALL_TIME, Span, before, months_back, span_of
from analytics.bound import Operator
from analytics.kpi import Unit
from analytics.kpis import find_kpi

_ASSUMED = "last month"
_FURTHEST_HOURS = 24 * 3_660


def read_asked(draft: Draft) -> None:
    """Words such as `why`, `forecast`, `unassigned` and `define` into the intent of the draft."""
    future = read_future(draft)
    explained = [place for place in draft.saying("define") if draft.marks[place].text.startswith("explain")]
    forecast = _forecast_words(draft)
    strong = [place for place in forecast if not draft.marks[place].is_filler]
    for intent, places in (
        (Intent.OWNERS, draft.saying("owners")),
        (Intent.WHY, draft.saying("why") or (explained if draft.saying(*CHANGES) else [])),
        (Intent.FORECAST, strong or ([-1] if future else [])),
    ):
        if places:
            draft.intent = intent
            for place in places:
                if place >= 0:
                    draft.use(place, "intent", intent.value)
            draft.absorb(*draft.saying("what_is", "how_many", "how_long"))
            break
    ranked = [at for at in draft.saying("most", "top") if draft.marks[at].text not in ("more", "high")]
    if draft.intent is Intent.WHY and ranked and not any(mark.text.startswith("why") for mark in draft.marks):
        raise Refused(
            "What causes tickets is no dimension of the registry: ask for the tickets by category or service."
        )
    if draft.intent is Intent.FORECAST:
        _check_future(draft, {draft.marks[place].text for place in forecast})
        draft.absorb(*forecast)
        _read_ahead(draft)
        unread = [mark for place, mark in enumerate(draft.marks) if place not in draft.used]
        if any(term.kind == "span" for mark in unread for term in mark.times) and future:
            raise Refused("A time that is over and one that is to come are both named: ask about one of them.")


def _check_future(draft: Draft, said: set[str]) -> None:
    if said and said <= {"in the future", "future"} and draft.saying("opened", "ended"):
        raise Refused("What was opened or closed lies in the past: ask for a forecast of the tickets.")


def _forecast_words(draft: Draft) -> list[int]:
    """Words of what comes; `how long until tickets are resolved` asks for a duration."""
    found = [place for place in draft.saying("forecast") if not _is_no_forecast(draft, place)]
    if draft.saying("ended") and not draft.saying("cleared"):
        return [place for place in found if not draft.marks[place].says("how_long")]
    return found


def _is_no_forecast(draft: Draft, place: int) -> bool:
    """Outlook the product, and `tickets going to London`."""
    mark, after = draft.marks[place], draft.marks[place + 1 : place + 2]
    return bool(mark.of("value") or (mark.text == "going to" and after and after[0].of("value")))


def _read_ahead(draft: Draft) -> None:
    """How far ahead: the days named, or those up to so long from now."""
    tomorrow = draft.known.as_of + timedelta(days=1)
    for place, mark in enumerate(draft.marks):
        future, duration, named = mark.time("future"), mark.time("duration"), mark.time("span")
        if future and isinstance(future.value, Span) and draft.span == ALL_TIME:
            draft.span = future.value
        elif named and isinstance(named.value, Span) and _is_to_come(mark, named.value, draft):
            draft.span = Span(
                months_back(cast(date, named.value.start), -12), months_back(cast(date, named.value.end), -12)
            )
            draft.use(place, "period", span_words(draft.span))
        elif duration and draft.span == ALL_TIME and cast(float, duration.value) < _FURTHEST_HOURS:
            draft.span = Span(tomorrow, tomorrow + timedelta(hours=cast(float, duration.value)))
            draft.use(place, "period", span_words(draft.span))


def _is_to_come(mark: Mark, span: Span, draft: Draft) -> bool:
    """Whether a month without a year is the next one: `the forecast for July`."""
    is_over = span.start is not None and span.end is not None and span.end <= draft.known.as_of
    return is_over and not span.code and not any(letter.isdigit() for letter in mark.text)


def read_clearing(draft: Draft) -> None:
    """`when will the backlog be cleared`: when it will be at 0."""
    places = draft.saying("cleared")
    if places and draft.intent is Intent.FORECAST and draft.kpi == "backlog":
        draft.threshold = draft.threshold or Threshold(Operator.AT_MOST, 0)
        for place in places:
            draft.use(place, "threshold", "an empty backlog")


def read_default_kpi(draft: Draft) -> None:
    """The backlog is what owners, causes and forecasts are of, where nothing else is named."""
    if draft.kpi or draft.intent is Intent.MEASURE:
        return
    if draft.intent is Intent.OWNERS or draft.saying("cleared", unused=False):
        draft.kpi = "backlog"
    elif draft.intent is Intent.FORECAST and (draft.saying("ticket", unused=False)):
        draft.kpi = "volume"


def settle_kpi(draft: Draft) -> None:
    """Owners are those of what is open; tickets that come are the inflow, as it is."""
    if draft.intent is Intent.OWNERS:
        if draft.kpi not in ("", "backlog", "volume"):
            raise Refused("Owners are told of the open tickets only, not of another measure.")
        draft.kpi = "backlog"


def check_forecast(draft: Draft) -> None:
    """`when will the group be faster`: a day is told for the backlog only."""
    if draft.intent is Intent.FORECAST:
        if draft.saying("when") and draft.kpi != "backlog":
            raise Refused("Only for the backlog can it be told when it will be cleared or under a number.")
        draft.absorb(*draft.saying("when"))


def read_definition(draft: Draft) -> None:
    """`what is FCR`: a measure, nothing else, and not `our` one."""
    if draft.intent is not Intent.MEASURE or not draft.kpi:
        return
    asked = draft.saying("define", unused=True)
    strong = [p for p in asked if not draft.marks[p].is_filler and not draft.marks[p].says("what_is", "changed")]
    bare = draft.saying("what_is") and _names_only_a_kpi(draft)
    meant = draft.saying("mean_verb") and draft.saying("what_is", "define")
    if bare or (strong and _has_nothing_else(draft)) or meant:
        draft.intent = Intent.DEFINITION
        for place in draft.saying("define", "what_is", "mean_verb"):
            draft.use(place, "intent", "definition")


def _has_nothing_else(draft: Draft) -> bool:
    return not (draft.by or draft.grain or draft.where or draft.without or draft.span != ALL_TIME or draft.compare)


def _names_only_a_kpi(draft: Draft) -> bool:
    """Whether nothing but the KPI follows `what is`: `what is the backlog` asks for a number."""
    others = [
        mark for place, mark in enumerate(draft.marks)
        if not mark.says("what_is", "define", "mean_verb") and not mark.of("kpi") and not mark.of("variant")
    ]  # fmt: skip
    return not others and any(mark.of("kpi") for mark in draft.marks)


def read_list(draft: Draft) -> None:
    """`show open tickets`, `which tickets ...`: the tickets themselves, not their number."""
    if (
        draft.intent is not Intent.MEASURE
        or not draft.kpi
        or draft.by
        or draft.grain
        or draft.compare
        or draft.has_trend
    ):
        return
    kpi = find_kpi(draft.kpi)
    lists = draft.saying("list_them", "details", "oldest")
    asks = [place for place in draft.saying("which") if _asks_for_tickets(draft, place)]
    named = any(mark.of("kpi") and not mark.is_filler for mark in draft.marks)
    if draft.saying("how_many", unused=False) or kpi.unit is not Unit.TICKETS or not (lists or asks):
        return
    if named and not asks and not draft.bounds and not draft.saying("details"):
        return
    draft.intent = Intent.TICKETS
    for place in (*lists, *asks):
        draft.use(place, "intent", "the tickets themselves")
    if draft.saying("oldest", unused=False):
        draft.notes.append("The list can be sorted by age.")


def check_subject(draft: Draft) -> None:
    """Refuses `what is an incident`: only measures are defined here."""
    rest = [mark for mark in draft.marks if not (mark.says("what_is") or mark.text in ("a", "an", "the"))]
    is_bare = len(rest) == 1 and not rest[0].of("kpi") and not rest[0].text.endswith("s")
    if is_bare and draft.saying("what_is", unused=False):
        raise Refused("Only measures are defined here, such as the backlog or SLA adherence.")


def lists_oldest(draft: Draft) -> bool:
    """`the oldest open tickets`: a list that can be sorted by age, not a rank or an age."""
    places = draft.saying("oldest", unused=False)
    is_list = draft.intent is Intent.MEASURE and not (draft.by or draft.grain or draft.saying("how_many", "how_long"))
    asked = any(mark.number is not None or mark.text == "how" for mark in draft.marks)
    tickets = any(mark.says("ticket") and mark.text.endswith("s") for mark in draft.marks)
    return bool(places) and is_list and tickets and not asked and draft.kpi == "backlog"


def _asks_for_tickets(draft: Draft, place: int) -> bool:
    after = draft.next(place)
    while after is not None and (
        draft.marks[after].of("value") or draft.marks[after].says("open", "reopened", "opened", "ended")
    ):
        if any(sense.name == "ticket_type" for sense in draft.marks[after].all_of("value")):
            return True
        after = draft.next(after)
    return after is not None and draft.marks[after].says("ticket")


def compared_span(draft: Draft) -> Span | None:
    """The span that the question is compared with; without a period of its own, last month is taken, and said."""
    if draft.intent is Intent.WHY and draft.compare is None and draft.span != ALL_TIME:
        draft.compare = "before"
    if draft.compare is None:
        return None
    if isinstance(draft.compare, Span):
        return draft.compare
    if draft.span == ALL_TIME:
        draft.span = span_of(_ASSUMED, draft.known.as_of) or ALL_TIME
        draft.notes.append(f"No period was named, so it is {span_words(draft.span, draft.known.as_of)}.")
    from analytics.ask.span import year_before

    found = before(draft.span) if draft.compare == "before" else year_before(draft.span)
    if found is None:
        raise Refused("There is no period before that one to compare with: name a first and a last day.")
    return found


def absorb_changes(draft: Draft) -> None:
    """Words of change say nothing more where a reason, a forecast or a comparison is asked for."""
    if draft.intent in (Intent.WHY, Intent.FORECAST) or draft.compare is not None or draft.has_trend or draft.grain:
        draft.absorb(*draft.saying(*CHANGES))
