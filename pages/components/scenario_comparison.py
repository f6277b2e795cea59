"""Saved scenarios beside each other: up to four expected courses in one picture, and the numbers behind them."""

import math
from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.errors import BacklightError
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.outcome import Mark, Outcome, what_if
from analytics.forecast.outlook import outlook
from analytics.forecast.scenario import Scenario, scenario_of, weeks_ahead
from analytics.formatting import UNKNOWN, day_text
from analytics.store.scenarios import SavedScenario
from analytics.warehouse.engine import Engine
from pages.charts.scenario import comparison_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts, write
from pages.components.message import show_error
from pages.components.results import asked
from pages.components.view import View

COMPARE = "compare"
MOST = 4


def scenario_comparison(
    view: View, engine: Engine, present: Forecast, saved: tuple[SavedScenario, ...], follows: float
) -> None:
    """Draw it once something is saved."""
    st.subheader("Compare what is saved", anchor=False)
    if not saved:
        st.caption("Save a scenario, and it can be compared here with others and with the present course.")
        return
    chosen = [one for kept in _chosen(saved) if (one := _opened(kept))]
    if present.history is None or not chosen:
        return
    # All as far ahead as the one that needs it most.
    changes = [change for scenario in chosen for change in scenario.changes]
    present = asked(forecast, engine, view.filters, weeks_ahead(changes, present.history.last_day))
    outcomes = [what_if(engine, view.filters, present, scenario, follows, asked) for scenario in chosen]
    found = [one for one in outcomes if one]
    if not found:
        return
    _draw(view, engine, present, found)
    _table(engine, view, present, found, follows)


def _chosen(saved: tuple[SavedScenario, ...]) -> list[SavedScenario]:
    named = {kept.name: kept for kept in saved}
    wanted = [name for name in asked_texts(COMPARE) if name in named][:MOST]
    st.session_state[COMPARE] = wanted
    st.multiselect(
        "Scenarios to compare", list(named), key=COMPARE, max_selections=MOST, on_change=_keep,
        label_visibility="collapsed", placeholder=f"Choose up to {MOST}",
    )  # fmt: skip
    return [named[name] for name in st.session_state[COMPARE]]


def _keep() -> None:
    write(COMPARE, st.session_state[COMPARE])


def _opened(kept: SavedScenario) -> Scenario | None:
    try:
        return scenario_of(kept.name, kept.changes)
    except BacklightError as error:
        show_error(error, "A saved scenario could not be read")
        st.text(kept.name)
        return None


def _draw(view: View, engine: Engine, present: Forecast, found: list[Outcome]) -> None:
    start, as_of = view.filters.start, engine.as_of
    shown = [(one.scenario.name, outlook(replace(present, fans=one.fans), BACKLOG, start, as_of)) for one in found]
    mark = found[0].in_a_month.day if found[0].in_a_month else None
    figure = comparison_figure(outlook(present, BACKLOG, start, as_of), shown, mark)
    alt = f"The expected backlog of {len(found)} saved scenarios and of the present course until "
    st.plotly_chart(figure, config=CONFIG, key="scenario_comparison", alt=f"{alt}{day_text(present.last_day)}.")


def _table(engine: Engine, view: View, present: Forecast, found: list[Outcome], follows: float) -> None:
    nothing = what_if(engine, view.filters, present, Scenario("Present course"), follows, asked)
    rows = [_row(one) for one in ([nothing] if nothing else []) + found]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content", row_height=32,
        alt="The backlog of each scenario in 30 days and at the end, and its difference from the present course",
    )  # fmt: skip
    for one in found:
        for line in one.not_counted:
            st.text(f"Not counted in '{one.scenario.name}': {line}")


def _row(one: Outcome) -> dict[str, str]:
    first, last = one.in_a_month or one.marks[-1], one.marks[-1]
    return {
        "Scenario": one.scenario.name,
        f"Open on {day_text(first.day)}": _level(first),
        f"Open on {day_text(last.day)}": _level(last),
        "Then against the present course": _difference(last) if one.scenario.changes else "",
        "Chance of fewer open then than today": _chance(last.under_today),
    }


def _level(mark: Mark) -> str:
    known = math.isfinite(mark.lo80)
    return f"{mark.expected:,.0f}" + (f" ({mark.lo80:,.0f} to {mark.hi80:,.0f})" if known else "")


def _difference(mark: Mark) -> str:
    known = math.isfinite(mark.difference_lo80)
    return f"{mark.difference:+,.0f}" + (
        f" ({mark.difference_lo80:+,.0f} to {mark.difference_hi80:+,.0f})" if known else ""
    )


def _chance(share: float) -> str:
    return f"{share:.0%}".replace("%", " %") if math.isfinite(share) else UNKNOWN
