"""What can the business build? Candidates by risk, where each piece stands, who builds, and the work session."""

from datetime import date

import streamlit as st

from analytics.filters import Filters
from analytics.flow.outlived import Outlived, outlived
from analytics.formatting import count_text
from analytics.plan.citizen_work import CitizenWork, citizen_work
from analytics.plan.today import today
from analytics.plan.work_session import agenda_text, minutes_text
from analytics.warehouse.engine import Engine
from pages.components.basis import basis_line
from pages.components.builders_part import builders_part
from pages.components.citizen_part import citizen_part
from pages.components.handed_items_part import handed_items_part
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View
from pages.components.warehouse import store
from pages.components.work_session_part import work_session_part

_CLAIM = "A claim from an article, not measured here: the business can halve the backlog with the people you have."


def handed_work_section(view: View, engine: Engine) -> None:
    """Draw the candidates and everything that is entered about them."""
    day = today()
    found = asked(citizen_work, engine, view.filters.between(None, view.filters.end))
    st.markdown(found.sentence)
    st.caption(_CLAIM)
    if found.candidates:
        citizen_part(found, engine)
    elif not found.requests:
        st.caption("Import an export that tells requests from incidents, or choose a later end of the period.")
    basis_line("What the business can build", found.basis, "citizen_work")
    st.subheader("In the hands of the business", anchor=False)
    handed_items_part(day, engine)
    st.subheader("Who builds?", anchor=False)
    builders_part()
    old = asked(outlived, engine, _requests_only(view, found))
    _outlived(old, engine)
    st.subheader("Work session", anchor=False)
    _session(found, asked(outlived, engine, view.filters), day)


def _requests_only(view: View, found: CitizenWork) -> Filters:
    """The view's filters with requests alone, where the export tells them apart."""
    return view.filters.only("ticket_type", "request") if found.requests else view.filters


def _outlived(old: Outlived, engine: Engine) -> None:
    st.subheader("Requests that outlived their purpose", anchor=False)
    st.text(old.sentence)
    if old.either:
        selection_button(
            f"{count_text(old.either)} to decide on", "Open tickets that probably outlived their purpose",
            old.selection("either"), engine, "handed_outlived",
        )  # fmt: skip
        st.caption("Somebody decides on each: still wanted, or closed with a word to whoever asked.")
    basis_line("Requests that outlived their purpose", old.basis, "handed_outlived_basis")


def _session(found: CitizenWork, old: Outlived, day: date) -> None:
    works = [kept.entered for kept in store().handed_work.all()]
    builders = [kept.entered for kept in store().builders.all()]
    work_session_part(
        lambda held_on: agenda_text(held_on, works, builders, found, old), lambda: minutes_text(works), day
    )  # fmt: skip
