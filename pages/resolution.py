"""Resolution and SLA: how long it takes, honestly; which targets are met; which tickets are about to miss theirs."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.breach_risk_section import breach_risk_section
from pages.components.case_mix_section import case_mix_section
from pages.components.filter_bar import filter_bar
from pages.components.first_contact_section import first_contact_section
from pages.components.honest_mttr_section import honest_mttr_section
from pages.components.mttr_change_section import mttr_change_section
from pages.components.page import data_page
from pages.components.sections import sections
from pages.components.signals_section import signals_section
from pages.components.sla_section import sla_section
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row("Resolution and SLA", engine)
    named = {
        "Time to resolve": honest_mttr_section,
        "What moved it": mttr_change_section,
        "Groups, like with like": case_mix_section,
        "SLA adherence": sla_section,
        "About to breach": breach_risk_section,
        "First contact": first_contact_section,
        "Signal or noise": signals_section,
    }
    sections(named, view, engine)


data_page(_show)
