"""What Explore is set to: one question, made of the filter bar's view and the page's own parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from analytics.ask.question import Question
from analytics.ask.question_address import BEFORE, NOT, YEAR_BEFORE, question_of
from analytics.ask.span import Span, before
from analytics.errors import BacklightError
from analytics.explore.leaderboard import Ranked
from analytics.filters import Filters
from analytics.formatting import day_text
from analytics.kpis import KPIS
from analytics.kpis.volume import VOLUME
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import DIMENSIONS, TRAITS
from pages.components.address import asked_one, asked_texts
from pages.components.explore_address import PRESET_CODES
from pages.components.results import choice_texts, shown_extent
from pages.components.view import View

KPI, COMPARE, GRAIN, BY, ORDER, FULL, NOTHING = "kpi", "compare", "grain", "by", "order", "full", "none"
CONDITIONS = (*(f"{NOT}{name}" for name in DIMENSIONS), "bound", "title")
_OWN = (GRAIN, BY, COMPARE, *CONDITIONS)
# What a desk acts on comes first; a status only repeats how old a ticket is.
_FIRST = ("assignment_group", "category", "service", "priority", "ticket_type", "site", "channel", "department")
_LAST = ("source", "status", "opened_weekday", "opened_hour", "ended_weekday", "ended_hour")


@dataclass(frozen=True)
class Explored:
    """The `question`; the `view` with all its filters; the `grain` of lines; the order of leaderboards.

    `earlier` are the filters over the compared period; None with `why_not`, our own words, where there is none.
    """

    question: Question
    view: View
    grain: Grain
    ranked: Ranked
    earlier: Filters | None
    why_not: str

    @property
    def filters(self) -> Filters:
        """Which tickets."""
        return self.question.filters

    def over(self, filters: Filters) -> Question:
        """The same number of other tickets, not split: what a bar or a cell stands for."""
        same = (filters.start, filters.end) == (self.filters.start, self.filters.end)
        plain = replace(self.question, filters=filters, by=(), grain=None, compare=None, order=None)
        return plain if same else replace(plain, period="")


def explored(view: View, engine: Engine) -> Explored:
    """Read the address; what it asks for and cannot be read is said in one sentence and left out."""
    kpi = asked_one(KPI, [known.name for known in KPIS], VOLUME.name)
    span = _span(view, engine)
    address = {KPI: [kpi]} | _days(span) | {name: list(texts) for name, texts in view.chosen}
    refused = []
    for name in _OWN:
        texts = asked_texts(name)
        if texts and texts != [NOTHING]:
            try:
                question_of(address | {name: texts}, as_of_day(engine))
            except BacklightError as error:
                refused.append(str(error))
            else:
                address[name] = texts
    if refused:
        st.text(f"This link also asks for what cannot be read; it is left out: {' '.join(refused)}")
    question = replace(question_of(address, as_of_day(engine)), period=span.code)
    compared = None if asked_texts(COMPARE) == [NOTHING] else question.compare or before(span)
    question = replace(question, compare=compared)
    earlier, why_not = _earlier(question, engine)
    ranked = Ranked(asked_one(ORDER, list(Ranked), Ranked.TICKETS))
    return Explored(
        question, replace(view, filters=question.filters), question.grain or view.grain, ranked, earlier, why_not
    )


def offered(engine: Engine) -> list[str]:
    """Dimensions that tell tickets apart, those that a desk acts on first."""
    order = [*_FIRST, *(name for name in TRAITS if name not in (*_FIRST, *_LAST)), *_LAST]
    return [name for name in order if len(choice_texts(engine, engine.snapshot, name)) > 1]


def put(changes: Mapping[str, Sequence[str]]) -> None:
    """Change parameters all at once: one entry in the browser's history. The period is named, so it stays."""
    now = {name: asked_texts(name) for name in st.query_params}
    now.setdefault("period", ["90 days"])
    st.query_params.from_dict({name: list(texts) for name, texts in (now | dict(changes)).items() if texts})


def span_words(span: Span) -> str:
    """`2 Jan 2026 to 1 Apr 2026`, `15 May 2026`; only of a bounded span."""
    if span.start is None or span.end is None:
        raise ValueError("words of a span need both its days")
    last = span.end - timedelta(days=1)
    return day_text(last) if span.start == last else f"{day_text(span.start)} to {day_text(last)}"


def _span(view: View, engine: Engine) -> Span:
    """The view's days, with a code where the filter bar's period moves along with the data."""
    plain = Span(view.filters.start, view.filters.end)
    code = PRESET_CODES.get(view.preset, "") if engine.as_of else ""
    return replace(plain, code=code)


def _days(span: Span) -> dict[str, list[str]]:
    return {name: [str(day)] for name, day in (("from", span.start), ("to", span.end)) if day}


def as_of_day(engine: Engine) -> date:
    """The day of the newest event."""
    return engine.as_of.date() if engine.as_of else date(2000, 1, 1)


def _earlier(question: Question, engine: Engine) -> tuple[Filters | None, str]:
    """The compared period, if the data covers it."""
    compared, first = question.compare, shown_extent(engine, engine.snapshot).first_day
    if compared is None:
        return None, "" if asked_texts(COMPARE) == [NOTHING] else "Choose a period with two ends to see what changed."
    if compared.end is None or first is None or (compared.start or first) < first:
        return None, f"No change is shown: the data starts on {day_text(first)}." if first else ""
    return question.filters.between(compared.start, compared.end), ""


COMPARED = {BEFORE: "against the period before", YEAR_BEFORE: "against a year earlier", NOTHING: "without comparison"}
