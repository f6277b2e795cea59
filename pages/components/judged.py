"""Judged: the finding on a statement, worked out once for a snapshot, the filters, the numbers and what is known."""

from datetime import timedelta

import streamlit as st

from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.gathered import known, numbers
from analytics.diagnostic.judgement import rule_of
from analytics.diagnostic.questionnaire import Questionnaire, Statement
from analytics.diagnostic.window import end_of
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine
from pages.components.results import asked
from pages.components.view import View
from pages.components.warehouse import store

# Of a statement that names what is broken: agreeing is the bad news.
VERDICT_ICONS: dict[Verdict, str] = {
    AGREES: ":orange[:material/warning:]",
    PARTIAL: ":orange[:material/contrast:]",
    DISAGREES: ":green[:material/check_circle:]",
    CANNOT_TELL: ":gray[:material/help:]",
}


def judged(sheet: Questionnaire, view: View, engine: Engine) -> list[tuple[Statement, Finding | None]]:
    """Each statement with its finding; None where it is perception only."""
    # A rule looks at its own window: the beginning of the period plays no part.
    filters, limits, entered = view.filters.between(None, view.filters.end), numbers(store()), known(store())
    found = []
    with st.spinner("Asking the tickets"):
        for statement in sheet.statements:
            rule = rule_of(statement)
            found.append((statement, asked(rule, engine, filters, limits, entered) if rule else None))
    return found


def own_days(view: View, engine: Engine) -> str:
    """Which days are looked at, whatever the length of the chosen period."""
    end = end_of(engine, view.filters)
    if end is None:
        return "Each rule looks at days of its own."
    return (
        f"Each rule looks at days of its own up to {day_text(end - timedelta(days=1))}, however long the period above."
    )
