"""How old is the backlog? Bands, tickets against the desk's own lines, the oldest, and what outlived its purpose."""

from typing import Any

import streamlit as st

from analytics.flow.age_bands import BadBands, bands_text, read_bands, shipped_bands
from analytics.flow.age_points import age_points
from analytics.flow.ageing import Ageing, ageing, in_band, of_value
from analytics.flow.outlived import Outlived, outlived
from analytics.formatting import age_text, count_text
from analytics.warehouse.engine import Engine
from pages.charts.ageing import MOST_ROWS, age_strip, band_bars
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.message import show_error
from pages.components.results import asked, choice_texts
from pages.components.selection import open_selection, selection_button
from pages.components.table_height import table_height
from pages.components.ticket_table import ticket_columns
from pages.components.view import View
from pages.components.warehouse import store

SPLIT, SETTING = "age_by", "age_bands"
_SPLITS = {
    "none": "All",
    "assignment_group": "By group",
    "priority": "By priority",
    "ticket_type": "By type",
    "status": "By status",
}


def ageing_section(view: View, engine: Engine) -> None:
    """Draw it as of the end of the view's window."""
    splits = ["none", *(name for name in _SPLITS if name != "none" and _tells(engine, name))]
    by = asked_one(SPLIT, splits, "none")
    shown = asked(ageing, engine, view.filters, _bands(), None if by == "none" else by)
    st.markdown(shown.sentence)
    if not shown.tickets:
        basis_line("Age of open tickets", shown.basis, "ageing")
        return
    with st.container(gap="xsmall"):
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="xsmall"
        ):
            _choose_split(by, splits)
            _edit_bands()
        _bars(shown, view, engine)
        _strip(shown, view, engine, "assignment_group" if by == "none" else by)
        _lists(shown, engine)
        basis_line("Age of open tickets", shown.basis, "ageing")
    with st.container(gap="xsmall"):
        _outlived(asked(outlived, engine, view.filters), engine)


def _bands() -> tuple[int, ...]:
    try:
        return read_bands(store().setting(SETTING, bands_text(shipped_bands())))
    except BadBands:
        return shipped_bands()


def _tells(engine: Engine, dimension: str) -> bool:
    return len(choice_texts(engine, engine.snapshot, dimension)) > 1


def _choose_split(by: str, splits: list[str]) -> None:
    st.session_state[SPLIT] = by
    st.segmented_control(
        "Split by", splits, format_func=_SPLITS.__getitem__, key=SPLIT, required=True, on_change=_keep_split,
        label_visibility="collapsed",
    )  # fmt: skip


def _keep_split() -> None:
    write(SPLIT, [st.session_state[SPLIT] or "none"], ["none"])


def _edit_bands() -> None:
    with st.popover("Age bands", icon=":material/tune:"), st.form("age_bands_form", border=False):
        st.caption("Limits in days, one to six, rising. HDI counts under 10 days, 10 to 30, and over 30.")
        entered = st.text_input("Limits in days", bands_text(_bands()), max_chars=60)
        saved = st.form_submit_button("Save the bands", icon=":material/save:")
        shipped = st.form_submit_button("Use the shipped ones", type="tertiary")
        if saved or shipped:
            _save_bands(bands_text(shipped_bands()) if shipped else entered)


def _save_bands(entered: str) -> None:
    try:
        store().set_setting(SETTING, bands_text(read_bands(entered)))
    except BadBands as error:
        show_error(error)
        return
    st.rerun()


def _bars(shown: Ageing, view: View, engine: Engine) -> None:
    key = f"age_bars_{shown.by}_{len(shown.bands)}"
    event: Any = st.plotly_chart(
        band_bars(shown), config=CONFIG, key=key, on_select="rerun", selection_mode="points", alt=_bars_alt(shown)
    )
    hidden = len(shown.groups) - MOST_ROWS
    words = f" The {MOST_ROWS} largest of {count_text(len(shown.groups))} are drawn." if hidden > 0 else ""
    st.caption(f"Click a band for its tickets, the oldest first.{words}")
    point = clicked(event, key)
    if point:
        row, place = (int(number) for number in point["customdata"])
        band = shown.bands[place]
        held = (
            of_value(engine, view.filters, shown.by, shown.groups["value"].iloc[row]) if row >= 0 and shown.by else None
        )
        open_selection(f"Open tickets, {band.words} old", in_band(held or shown.open, band), engine)


def _bars_alt(shown: Ageing) -> str:
    parts = [f"{band.words}: {count_text(band.tickets)}" for band in shown.bands]
    return f"Open tickets by age. {', '.join(parts)}."


def _strip(shown: Ageing, view: View, engine: Engine, by: str) -> None:
    points = asked(age_points, engine, view.filters, by)
    if not shown.lines.known:
        st.caption(f"The desk's own lines cannot be told: {shown.lines.reason}.")
    event: Any = st.plotly_chart(
        age_strip(points, shown.lines), config=CONFIG, key=f"age_strip_{by}", on_select="rerun",
        selection_mode="points", alt=f"Each open ticket by its age. {shown.sentence}",
    )  # fmt: skip
    told = f"the ages that 50, 85 and 95 % of {count_text(shown.lines.tickets)} tickets ended in the 12 months before "
    st.caption(f"A point is an open ticket; click it to see it. Lines: {told}did not exceed. {points.reading}")
    point = clicked(event, f"age_strip_{by}")
    if point:
        open_selection("One open ticket", points.selection(int(point["customdata"][0])), engine)


def _lists(shown: Ageing, engine: Engine) -> None:
    with st.container(horizontal=True, gap="small"):
        for line, count in shown.past.items():
            title = f"Open tickets older than {line.removeprefix('p')} % of what ended"
            if count:
                label = f"{count_text(count)} past the {line.removeprefix('p')} % line"
                selection_button(label, title, shown.past_line(line), engine, f"age_past_{line}")
        selection_button(f"The {_oldest(shown)}", "The oldest open tickets", shown.oldest_list(), engine, "age_oldest")
    with st.expander(f"Ages of the {_oldest(shown)}", icon=":material/hourglass_bottom:"):
        columns = ticket_columns(shown.oldest) | {
            "age_days": st.column_config.NumberColumn("Age (days)", format="%.1f")
        }
        first = ["ticket_id", "age_days"]
        st.dataframe(
            shown.oldest, hide_index=True, height=table_height(shown.oldest), row_height=32, placeholder="",
            column_config=columns,
            column_order=[*first, *(name for name in shown.oldest.columns if name not in first)],
            alt=f"The oldest open tickets, from {age_text(float(shown.oldest['age_days'].max()))} on",
        )  # fmt: skip


def _oldest(shown: Ageing) -> str:
    return f"{count_text(len(shown.oldest))} oldest" if len(shown.oldest) > 1 else "oldest"


def _outlived(found: Outlived, engine: Engine) -> None:
    st.subheader("Which tickets outlived their purpose?", anchor=False)
    st.markdown(found.sentence)
    if found.unknown:
        st.caption(found.unknown)
    labels = {
        "either": "in all", "quiet": "without activity", "gone": "whose requester is probably gone",
        "both": "for both reasons",
    }  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for which, words in labels.items():
            count = getattr(found, which)
            if count:
                title = "Tickets that probably outlived their purpose"
                key = f"outlived_{which}"
                selection_button(f"{count_text(count)} {words}", title, found.selection(which), engine, key)
    basis_line("Tickets that outlived their purpose", found.basis, "outlived")
