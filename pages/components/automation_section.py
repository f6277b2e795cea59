"""What to automate? The frequent simple types, how steady they are, what it would do, and whether it did."""

from dataclasses import replace
from datetime import date

import streamlit as st

from analytics.flow.basis import Basis
from analytics.forecast.changes import Automation, InflowChange
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import HORIZON, Forecast, forecast
from analytics.forecast.outcome import CAVEATS, Mark, Outcome, what_if
from analytics.forecast.outlook import Outlook, outlook
from analytics.forecast.remedy import remedy
from analytics.forecast.scenario import Scenario
from analytics.period import Grain
from analytics.plan.automation import Candidates, automation_candidates, last_weeks_end
from analytics.warehouse.engine import Engine
from pages.charts.scenario import scenario_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts, write
from pages.components.automation_checks import automation_checks
from pages.components.automation_table import automation_table, candidate_rows
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View

SHARE, _USUAL = "automated", 50
_TITLE = "What to automate"
_KNOWN_WEEKS = 26


def automation_section(view: View, engine: Engine) -> None:
    """Draw the candidates, the expected course of the backlog, and the checks of what was begun."""
    present = asked(forecast, engine, view.filters, HORIZON[Grain.WEEK])
    until = present.history.ends if present.history else _end_of_data(view, engine)
    found = asked(automation_candidates, engine, view.filters, until)
    st.markdown(found.sentence)
    if found.candidates:
        share = _share()
        outcomes = _by_type(found, present, view, engine, share)
        automation_table(found, outcomes)
        candidate_rows(found, view, engine)
        basis_line(_TITLE, found.basis, "automation")
        _course(present, view, engine, share)
    else:
        st.caption("A column for the category, subcategory or service, or a longer period, would help.")
    automation_checks(engine)


def _end_of_data(view: View, engine: Engine) -> date:
    last = engine.as_of.date() if engine.as_of else date(2000, 1, 1)
    return last_weeks_end(last, view.filters.end)


def _asked_share() -> int:
    text = next(iter(asked_texts(SHARE)), "")
    return min(max(int(text), 1), 100) if text.isascii() and text.isdigit() and len(text) < 4 else _USUAL


def _share() -> float:
    st.session_state[SHARE] = _asked_share()
    st.number_input(
        "Of their tickets, automated or self-served, in %", min_value=1, max_value=100, step=10, key=SHARE, width=330,
        on_change=_keep_share,
    )  # fmt: skip
    return int(st.session_state[SHARE]) / 100


def _keep_share() -> None:
    write(SHARE, [str(st.session_state[SHARE])], [str(_USUAL)])


def _by_type(found: Candidates, present: Forecast, view: View, engine: Engine, share: float) -> list[Mark | None]:
    """What automating each type alone does within 30 days; None where nothing can be forecast."""
    marks = []
    for one in found.candidates:
        change = InflowChange(found.types.dimension, one.value, -100 * share)
        outcome = what_if(engine, view.filters, present, Scenario("", (change,)), ask=asked)
        marks.append(outcome.in_a_month if outcome else None)
    return marks


def _course(present: Forecast, view: View, engine: Engine, share: float) -> None:
    st.subheader("The expected course of the backlog", anchor=False)
    outcome = what_if(engine, view.filters, present, Scenario("", (Automation(share),)), ask=asked)
    if outcome is None:
        st.markdown(f"What automation would do to the backlog cannot be said. {present.sentence}")
        st.caption(remedy(present, bool(view.filters.where)))
        basis_line("The expected course", present.basis, "automation_course")
        return
    st.markdown(f"**{outcome.sentence}**")
    if outcome.claim:
        st.caption(outcome.claim)
    _draw(outcome, present, view, engine)
    basis_line("The expected course", _with_caveats(present.basis), "automation_course")


def _draw(outcome: Outcome, present: Forecast, view: View, engine: Engine) -> None:
    before = outlook(present, BACKLOG, view.filters.start, engine.as_of)
    after = outlook(_changed(present, outcome), BACKLOG, view.filters.start, engine.as_of)
    mark = outcome.in_a_month.day if outcome.in_a_month else None
    figure = scenario_figure(_short(after), before, mark)
    st.plotly_chart(figure, config=CONFIG, key="automation_fan", alt=outcome.sentence)


def _changed(present: Forecast, outcome: Outcome) -> Forecast:
    return replace(present, fans=outcome.fans)


def _short(shown: Outlook) -> Outlook:
    return replace(shown, known=shown.known.tail(_KNOWN_WEEKS))


def _with_caveats(basis: Basis) -> Basis:
    return replace(basis, caveats=(*basis.caveats, *CAVEATS))
