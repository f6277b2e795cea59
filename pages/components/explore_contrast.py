"""What differs: the view against the period before, other values of a dimension, or all other tickets."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from analytics.ask.question import Question
from analytics.explore.contrast import SHARE, VALUE, Contrast, contrast
from analytics.explore.contrast_words import contrast_sentence, difference_text, finding_sentences, interval_text
from analytics.explore.sides import Sides
from analytics.filters import Filters, read_value
from analytics.formatting import count_text, hours_text, percent_text
from analytics.kpi import Unit
from analytics.warehouse.engine import Engine
from pages.charts.explore_contrast import contrast_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_one
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.explore_boards import AGAINST
from pages.components.explore_state import Explored, offered, put, span_words
from pages.components.explore_tickets import open_tickets, picked
from pages.components.message import show_sentences
from pages.components.results import asked

_BEFORE, _REST = "before", "rest"
_MOST_DRAWN = 12
# A status repeats how old a ticket is, which sets any two periods apart.
_NOT_COMPARED = ("status",)
_KINDS = {VALUE: "the KPI", SHARE: "share of tickets"}


def explore_contrast(shown: Explored, engine: Engine) -> None:
    """Draw what differs most, with the choice of what it is compared with."""
    options = _options(shown)
    if not options:
        st.markdown(
            "**There is nothing yet to compare.** Choose a value in the filter bar or on a leaderboard, or a period "
            "that has one before it."
        )
        return
    against = asked_one(AGAINST, list(options), next(iter(options)))
    st.session_state.explore_against = against
    st.selectbox(
        "Compared with", list(options), key="explore_against", format_func=options.__getitem__, width=380,
        label_visibility="collapsed", on_change=_keep,
    )  # fmt: skip
    names = tuple(name for name in offered(engine) if name not in _NOT_COMPARED)
    found = asked(contrast, engine, shown.question.kpi, _sides(against, shown), names)
    st.markdown(f"**{contrast_sentence(found)}**")
    show_sentences(finding_sentences(found))
    for kind, title in ((VALUE, found.kpi.title), (SHARE, "Share of the tickets")):
        _drawn(found, kind, title, shown, engine)
    _table(found, shown, engine)
    _left_out(found)
    basis_line("What differs", found.basis, "contrast")


def _options(shown: Explored) -> dict[str, str]:
    """What the view can be compared with, in our own words."""
    plain = shown.filters
    before = (
        {_BEFORE: f"Against {span_words(shown.question.compare)}"} if shown.earlier and shown.question.compare else {}
    )
    values = {name: f"Against the rest by {name.replace('_', ' ')}" for name, _ in plain.where}
    several = len(plain.where) > 1 or not plain.are_plain
    return values | ({_REST: "Against all other tickets of the period"} if several else {}) | before


def _keep() -> None:
    put({AGAINST: [st.session_state.explore_against]})


def _sides(against: str, shown: Explored) -> Sides:
    here = shown.filters
    if against == _BEFORE and shown.earlier:
        return Sides(here, shown.earlier, nested=False, told=())
    if against == _REST:
        told = tuple(dict.fromkeys(name for name, _ in (*here.where, *here.without)))
        return Sides(here, Filters(here.start, here.end), nested=True, told=told)
    others = tuple(pair for pair in here.where if pair[0] != against)
    return Sides(here, replace(here, where=others), nested=True, told=(against,))


def _drawn(found: Contrast, kind: str, title: str, shown: Explored, engine: Engine) -> None:
    rows = found.clear[found.clear["kind"] == kind].head(_MOST_DRAWN).reset_index(drop=True)
    if rows.empty:
        return
    words = (
        "how long it takes, 100 % being as long as the others"
        if kind == VALUE and found.kpi.unit is Unit.HOURS
        else "difference in points"
    )
    st.markdown(f"**{title}**: {words}, with 95 % intervals")
    key = f"contrast_{kind}"
    event = st.plotly_chart(
        contrast_figure(found, rows), config=CONFIG, key=key, on_select="rerun", selection_mode="points",
        alt=f"{title}: the {len(rows)} largest differences beyond chance",
    )  # fmt: skip
    point = clicked(event, key)
    if point:
        open_tickets(_behind(rows.iloc[int(point["customdata"][0])], shown), shown, engine)


def _table(found: Contrast, shown: Explored, engine: Engine) -> None:
    """All comparisons; a click on a row opens its tickets."""
    if found.frame.empty:
        return
    with st.expander(f"All {count_text(len(found.frame))} comparisons", icon=":material/table_rows:"):
        rows = found.frame.head(_MOST_ROWS)
        key = f"contrasts_{sha256(repr(rows['label'].tolist()).encode()).hexdigest()[:12]}"
        event: Any = st.dataframe(
            _words(found, rows), hide_index=True, key=key, on_select="rerun", selection_mode="single-cell", height=420,
            row_height=32, alt=f"{len(rows)} comparisons", placeholder="",
        )  # fmt: skip
        st.caption("Click a row for what is in it.")
        for row, _ in event.selection.cells[:1]:
            _picked(rows.iloc[int(row)], shown, engine)


_MOST_ROWS = 1_000


def _words(found: Contrast, rows: pd.DataFrame) -> pd.DataFrame:
    listed = list(rows.itertuples())
    hours = [row.kind == VALUE and found.kpi.unit is Unit.HOURS for row in listed]
    texts = [hours_text if timed else percent_text for timed in hours]
    return pd.DataFrame({
        "Dimension": [row.dimension.replace("_", " ") or "all tickets" for row in listed],
        "Value": [row.label for row in listed],
        "Compared": [_KINDS[row.kind] for row in listed],
        "Here": [text(row.here) for text, row in zip(texts, listed, strict=True)],
        "There": [text(row.there) for text, row in zip(texts, listed, strict=True)],
        "Difference": [difference_text(found, row) for row in listed],
        "95 % interval": [interval_text(found, row) for row in listed],
        "Tickets here": rows["n_here"].to_numpy(),
        "Tickets there": rows["n_there"].to_numpy(),
        "p, corrected": rows["adjusted"].round(4).to_numpy(),
        "Beyond chance": rows["clear"].to_numpy(),
    })  # fmt: skip


def _picked(row: pd.Series, shown: Explored, engine: Engine) -> None:
    dimension, label = str(row["dimension"]), str(row["label"])
    only = {dimension: [label]} if dimension else {}
    picked(label or "All tickets", _behind(row, shown), only, shown, engine, "contrast")


def _behind(row: pd.Series, shown: Explored) -> Question:
    filters = shown.filters
    if row["dimension"]:
        filters = filters.only(row["dimension"], read_value(row["dimension"], row["label"]))
    return shown.over(filters)


def _left_out(found: Contrast) -> None:
    parts = []
    if found.not_judged:
        parts.append(f"{count_text(found.not_judged)} values have too few tickets to be judged.")
    if found.left_out:
        names = ", ".join(name.replace("_", " ") for name in found.left_out)
        parts.append(f"Not compared, as no value is on both sides: {names}.")
    if parts:
        st.caption(" ".join(parts))
