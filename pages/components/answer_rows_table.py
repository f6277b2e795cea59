"""The table of an answer, in its order, and the same as a file."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.ask.answer import Answer
from analytics.ask.answering.value_words import dimension_words
from analytics.export import csv_bytes
from analytics.filters import NOT_RECORDED, plain_value
from analytics.formatting import TOO_FEW, count_text, period_text
from analytics.kpi import Unit
from pages.components.answer_picture import open_row

_HEIGHT, _MOST_WITHOUT_SCROLLING = 330, 9
_TICKETS, _NOTE = "Tickets", "Note"


def answer_table(shown: Answer) -> None:
    """Draw it with the file's download; a chosen row leads to its tickets."""
    frame = shown_rows(shown)
    table: Any = st.dataframe(
        frame, hide_index=True, row_height=32, key="answer_table", on_select="rerun", selection_mode="single-row",
        height="content" if len(frame) <= _MOST_WITHOUT_SCROLLING else _HEIGHT, column_config=row_columns(shown, frame),
        alt=f"{count_text(len(frame))} rows of {shown.kpi.title}", placeholder="",
    )  # fmt: skip
    _follow(shown, [int(row) for row in table.selection.rows])
    st.download_button(
        "Download as CSV", lambda: csv_bytes(shown_rows(shown)), file_name=f"{shown.kpi.name}.csv", mime="text/csv",
        icon=":material/download:", on_click="ignore", type="tertiary",
    )  # fmt: skip


def shown_rows(shown: Answer) -> pd.DataFrame:
    """The rows as people read them: per cents, hours, and why a value is not there."""
    table, kpi = shown.table, shown.kpi
    rows: dict[str, Any] = {}
    grain = shown.question.grain
    if "period" in table and grain:
        rows["Period"] = [period_text(period, grain) for period in table["period"]]
    for name in shown.question.by:
        rows[_capital(dimension_words(name))] = [_named(value) for value in table[name]]
    factor = 100 if kpi.unit is Unit.RATIO else 1
    few = table["too_few"].astype(bool)
    rows[kpi.title] = (table["value"].astype(float) * factor).mask(few).to_numpy()
    if "before" in table:
        rows["Before"] = (table["before"].astype(float) * factor).to_numpy()
        rows["Change"] = _rounded(table["change"].astype(float) * factor).mask(few).to_numpy()
    if kpi.unit is not Unit.TICKETS:
        rows[_TICKETS] = table["denominator"].to_numpy()
    notes = [_note(row) for _, row in table.iterrows()]
    return pd.DataFrame(rows | ({_NOTE: notes} if any(notes) else {}))


def _rounded(changes: "pd.Series[float]") -> "pd.Series[float]":
    """Nought has no sign."""
    return changes.round(1) + 0.0


def _follow(shown: Answer, chosen: list[int]) -> None:
    """A table keeps its selection over reruns, so it is compared with the last."""
    before, st.session_state.answer_row = st.session_state.get("answer_row"), chosen
    if chosen and chosen != before:
        open_row(shown, chosen[0])


def row_columns(shown: Answer, frame: pd.DataFrame) -> dict[str, Any]:
    """How the columns of these rows are written: per cents, hours, points."""
    decimals = 0 if shown.kpi.unit is Unit.TICKETS else 1
    unit = {Unit.RATIO: " %%", Unit.HOURS: " h", Unit.TICKETS: ""}[shown.kpi.unit]
    plain, signed = f"%.{decimals}f{unit}", f"%+.{decimals}f{unit.replace(' %%', ' points')}"
    known = {
        shown.kpi.title: st.column_config.NumberColumn(format=plain if unit else "localized"),
        "Before": st.column_config.NumberColumn(format=plain if unit else "localized"),
        "Change": st.column_config.NumberColumn(format=signed),
        _TICKETS: st.column_config.NumberColumn(format="localized"),
    }
    return {name: column for name, column in known.items() if name in frame}


def _note(row: "pd.Series[Any]") -> str:
    if bool(row["too_few"]):
        return TOO_FEW
    if row.get("reason"):
        return str(row["reason"])
    return "not finished" if row.get("unfinished", False) else ""


def _named(value: object) -> str:
    plain = plain_value(value)
    return NOT_RECORDED if plain is None else str(plain)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
