"""Problem records: who owns what returns, by when its cause should be known, and whether it stayed gone."""

import pandas as pd
import streamlit as st

from analytics.diagnostic.recurrence.recurring_table import weekly_counts
from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.plan.problem_counts import exported_problems, problem_counts
from analytics.plan.problem_group import ProblemGroup, problem_group
from analytics.plan.today import today
from analytics.store.problem_records import KeptProblem
from analytics.warehouse.engine import Engine
from pages.charts.recurring import ASIDE, OWNED, recurring_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.problem_card import problem_card
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View
from pages.components.warehouse import store

_MOST_DRAWN = 12
_ORDER = {"open": 0, "cause known": 1, "fixed": 2, "dropped": 3}


def problem_records_section(view: View, engine: Engine) -> None:
    """Draw the records; all of them, whatever the view's filters, which only narrow what the export holds."""
    kept = sorted(store().problems.all(), key=lambda one: (_ORDER[one.entered.status], one.entered.root_cause_due_on))
    day = today()
    counts = problem_counts(engine, view.filters, kept, day)
    st.markdown(counts.sentence)
    groups = {one.id: asked(problem_group, engine, one.entered.filters, one.entered.fixed_on) for one in kept}
    if kept:
        _picture(kept, groups, engine)
    basis_line("Problem records", counts.basis, "problem_records")
    if counts.exported:
        selection_button(
            "Those in the export", "Problem records in the export", exported_problems(view.filters), engine,
            "exported_problems",
        )  # fmt: skip
    if not kept:
        st.caption("A record is opened from what returns: choose a group there, and name the person who owns it.")
        st.page_link(
            "pages/self_check.py", label="To what returns", icon=":material/arrow_forward:",
            query_params=view.address() | {"show": "What returns?"},
        )  # fmt: skip
    for one in kept:
        problem_card(one, groups[one.id], day, engine)


def _picture(kept: list[KeptProblem], groups: dict[int, ProblemGroup], engine: Engine) -> None:
    end, drawn = end_of(engine, Filters()), [one for one in kept if groups[one.id].found][:_MOST_DRAWN]
    if end is None or not drawn:
        return
    days = [pd.Series(groups[one.id].opened_on) for one in drawn]
    figure = recurring_figure(
        weekly_counts(days, end),
        [one.entered.title for one in drawn],
        [ASIDE if one.entered.status == "dropped" else OWNED for one in drawn],
        [one.entered.fixed_on for one in drawn],
    )
    alt = f"Tickets a week of {len(drawn)} problems over a year, a row each, with the day of the fix."
    st.plotly_chart(figure, config=CONFIG, key="problem_weeks", alt=alt)
