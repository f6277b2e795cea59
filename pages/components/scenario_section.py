"""What if? Changes supposed, the fan they lead to beside the present course, and saved scenarios compared."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.filters import Filters
from analytics.forecast.changes import Automation
from analytics.forecast.elasticity import Elasticity, elasticity
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import HORIZON, Forecast, forecast
from analytics.forecast.frequent_types import frequent_types
from analytics.forecast.outcome import CAVEATS, Outcome, what_if
from analytics.forecast.outlook import outlook
from analytics.forecast.scenario import Scenario
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.charts.scenario import scenario_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts, write
from pages.components.basis import basis_line
from pages.components.change_builder import add_change, changes_asked, list_changes
from pages.components.results import asked
from pages.components.saved_scenarios import save_scenario, saved_scenarios, show_deleted
from pages.components.scenario_comparison import scenario_comparison
from pages.components.view import View
from pages.components.warehouse import store

_TITLE = "What if?"
_KNOWN_WEEKS = 26
ELASTICITY = "what_if_elasticity"
_SHARES = tuple(f"{hundredth / 100:.2f}" for hundredth in range(101))


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
    own = asked(_elasticity, engine, view.filters)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        add_change(engine, present)
        save_scenario(changes_asked())
        saved_scenarios(store().scenarios())
        with st.popover("Elasticity", icon=":material/tune:", type="tertiary"):
            follows = _follows(own)
    show_deleted()
    return follows


def _follows(own: Elasticity) -> float:
    """Not above 1: there a desk would close less than it was spared, and fewer arrivals would raise the backlog."""
    texts = [text for text in asked_texts(ELASTICITY) if text in _SHARES]
    st.session_state[ELASTICITY] = float(texts[0]) if texts else 1.0
    st.number_input(
        "Elasticity of closures", min_value=0.0, max_value=1.0, step=0.05, key=ELASTICITY, on_change=_keep,
        help="By how many per cent closures change when the work on hand changes by one. 1: in proportion; 0: as many "
        "as before, whatever is there.",
    )  # fmt: skip
    st.caption(
        f"{own.sentence} It is reckoned with 1 unless another number is entered: a quick ticket less spares less work "
        "than a slow one takes."
    )
    return float(st.session_state[ELASTICITY])


def _keep() -> None:
    write(ELASTICITY, [f"{st.session_state[ELASTICITY]:.2f}"], ["1.00"])


def _elasticity(engine: Engine, filters: Filters) -> Elasticity:
    past = asked(forecast, engine, filters, HORIZON[Grain.WEEK]).history
    return elasticity(past) if past else Elasticity(reason="there is no history")


def _say(words: DeltaGenerator, found: Outcome) -> None:
    with words:
        st.markdown(f"**{found.sentence}**")
        if found.claim:
            st.caption(found.claim)


def _draw(view: View, engine: Engine, present: Forecast, found: Outcome) -> None:
    before = outlook(present, BACKLOG, view.filters.start, engine.as_of)
    after = outlook(replace(present, fans=found.fans), BACKLOG, view.filters.start, engine.as_of)
    mark = found.marks[0].day if len(found.marks) > 1 else None
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
