"""What if? Changes supposed, the fan they lead to beside the present course, and saved scenarios compared."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.filters import Filters
from analytics.forecast.changes import Automation
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import HORIZON, Forecast, forecast
from analytics.forecast.frequent_types import frequent_types
from analytics.forecast.outcome import CAVEATS, Outcome, what_if
from analytics.forecast.outlook import outlook
from analytics.forecast.scenario import Scenario, weeks_ahead
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.charts.scenario import scenario_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.change_builder import add_change, changes_asked, list_changes
from pages.components.elasticity_control import asked_elasticity, elasticity_field, own_elasticity
from pages.components.results import asked
from pages.components.saved_scenarios import save_scenario, saved_scenarios, show_deleted
from pages.components.scenario_comparison import scenario_comparison
from pages.components.view import View
from pages.components.warehouse import store

_TITLE = "What if?"
_KNOWN_WEEKS = 26


def scenario_section(view: View, engine: Engine) -> None:
    """Draw the builder and what it leads to from the end of the view's window on."""
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    present = asked(forecast, engine, view.filters, HORIZON[Grain.WEEK])
    if present.paths is None or present.history is None:
        st.markdown(f"What a change would do cannot be said. {present.sentence}")
        basis_line(_TITLE, present.basis, "scenario")
        return
    words = st.container(gap="xxsmall")
    follows = _controls(view, engine, present)
    # A click on a control above has changed them by now.
    changes, saved = changes_asked(), store().scenarios()
    present = asked(forecast, engine, view.filters, weeks_ahead(changes, present.history.last_day))
    found = what_if(engine, view.filters, present, Scenario("", changes), follows, asked)
    if found is not None:
        _say(words, found)
        _draw(view, engine, present, found)
        list_changes(changes, found.reading, found.not_counted)
        if any(isinstance(change, Automation) for change in changes):
            _types(view.filters, engine, present)
    basis_line(_TITLE, replace(present.basis, caveats=(*present.basis.caveats, *CAVEATS)), "scenario")
    scenario_comparison(view, engine, present, saved, follows)


def _controls(view: View, engine: Engine, present: Forecast) -> float:
    """One row: add, save, what is saved, and how closures follow the work; the elasticity to reckon with."""
    own = own_elasticity(engine, view.filters)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        add_change(engine, present)
        save_scenario(changes_asked())
        saved_scenarios(store().scenarios())
        with st.popover(f"Elasticity {asked_elasticity(own):g}", icon=":material/tune:", type="tertiary"):
            follows = elasticity_field(own)
            st.caption(own.sentence)
    show_deleted()
    return follows


def _say(words: DeltaGenerator, found: Outcome) -> None:
    with words:
        st.markdown(f"**{found.sentence}**")
        if found.claim:
            st.caption(found.claim)


def _draw(view: View, engine: Engine, present: Forecast, found: Outcome) -> None:
    before = outlook(present, BACKLOG, view.filters.start, engine.as_of)
    after = outlook(replace(present, fans=found.fans), BACKLOG, view.filters.start, engine.as_of)
    mark = found.in_a_month.day if found.in_a_month else None
    after = replace(after, known=after.known.tail(_KNOWN_WEEKS))
    figure = scenario_figure(after, before if found.scenario.changes else None, mark)
    st.plotly_chart(figure, config=CONFIG, key="scenario_fan", alt=found.sentence)


def _types(filters: Filters, engine: Engine, present: Forecast) -> None:
    """How the types were chosen, with their counts; values only in the table."""
    until = present.history.ends if present.history else present.last_day
    types = asked(frequent_types, engine, filters, until)
    with st.expander("Which types?", icon=":material/category:"):
        st.markdown(types.sentence)
        if types.reason:
            return
        hours = "Hours booked, median" if types.measured_by == "handle_hours" else "Hours to resolve, median"
        table = pd.DataFrame(
            {
                types.dimension.capitalize(): types.frame["value"].astype(str),
                "Chosen": types.frame["chosen"],
                "Tickets": types.frame["tickets"],
                "Share": types.frame["share"],
                hours: types.frame["median_hours"],
            }
        )
        st.dataframe(
            table, hide_index=True, height="content", row_height=32, alt="The most frequent types, the quickest first",
            column_config={
                "Tickets": st.column_config.NumberColumn(format="localized"),
                "Share": st.column_config.NumberColumn(format="percent"),
                hours: st.column_config.NumberColumn(format="%.1f"),
            },
        )  # fmt: skip
