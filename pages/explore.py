"""Explore: any KPI split, filtered, compared and charted by clicking."""

from collections.abc import Callable

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.explore_address import PIVOT
from pages.components.explore_boards import DIFFERS, explore_boards
from pages.components.explore_contrast import explore_contrast
from pages.components.explore_controls import (
    add_condition,
    choose_comparison,
    choose_kpi,
    comparison_words,
    conditions,
)
from pages.components.explore_headline import explore_headline, explore_trend
from pages.components.explore_links import explore_links
from pages.components.explore_pivot import explore_pivot
from pages.components.explore_state import Explored, as_of_day, explored
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.results import settle_memory
from pages.components.sections import Section, sections
from pages.components.title_row import title_row
from pages.components.view import View


def _leaderboards(shown: Explored, engine: Engine) -> None:
    number, course = st.columns([1, 3], gap="small")
    with number:
        explore_headline(shown, engine)
    with course:
        explore_trend(shown, engine)
    explore_boards(shown, engine)


def _drawing(draw: Callable[[Explored, Engine], None], shown: Explored) -> Section:
    def drawn(_: View, engine: Engine) -> None:
        draw(shown, engine)

    return drawn


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="explore_controls"):
        choose_kpi()
        compared = st.container(width="content")
        more = st.container(horizontal=True, vertical_alignment="center", width="content", gap="xsmall")
    shown = explored(view, engine)
    with head:
        title_row("Explore", engine, comparison_words(shown))
    with compared:
        choose_comparison(shown)
    with more:
        add_condition(shown, as_of_day(engine))
        explore_links(shown)
    conditions(shown)
    named = {"Leaderboards": _leaderboards, PIVOT: explore_pivot, DIFFERS: explore_contrast}
    sections({name: _drawing(draw, shown) for name, draw in named.items()}, view, engine)
    settle_memory()


data_page(_show)
