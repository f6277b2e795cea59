"""Leaderboards as tables: names, values with bars, tickets, change and share, in words and sorted as numbers."""

from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st

from analytics.explore.leaderboard import Leaderboard, is_counted
from analytics.formatting import TOO_FEW, count_text, percent_text, signed_text, value_text
from analytics.kpi import Unit
from pages.charts.theme import BLUE

# Better and worse, as the themes in .streamlit/config.toml have them for text.
_ON_LIGHT, _ON_DARK = ("#00694D", "#A84400"), ("#35C79B", "#FF9A52")
_CHOSEN = "✓ "


def board_rows(board: Leaderboard, drawn: pd.DataFrame, chosen: Collection[str]) -> pd.DataFrame:
    """The columns shown, as numbers; the values that the filter wants are ticked."""
    labels = [f"{_CHOSEN if label in chosen else ''}{label}" for label in drawn["label"]]
    rows = pd.DataFrame({"label": labels, "bar": drawn["value"].fillna(0.0).to_numpy(), "value": drawn["value"]})
    if not is_counted(board.kpi):
        rows["n"] = drawn["n"].to_numpy()
    if board.compared:
        rows["change"] = drawn["change"].to_numpy()
    rows["share"] = drawn["share"].to_numpy()
    return rows.reset_index(drop=True)


def board_table(
    board: Leaderboard, rows: pd.DataFrame, better_up: bool | None, dark: bool
) -> tuple[Any, dict[str, Any]]:
    """The styled table and its columns."""
    formats: dict[str, Any] = {
        "value": lambda value: TOO_FEW if pd.isna(value) else value_text(value, board.kpi.unit),
        "n": count_text,
        "change": lambda change: "" if pd.isna(change) else change_words(change, board.kpi.unit),
        "share": percent_text,
    }
    styled = rows.style.format({name: how for name, how in formats.items() if name in rows})
    if "change" in rows and better_up is not None:
        styled = styled.map(lambda change: _color(change, better_up, dark), subset=["change"])
    most = float(rows["bar"].max())
    columns = {
        "label": st.column_config.TextColumn(board.dimension.replace("_", " ").capitalize(), width=150),
        "bar": st.column_config.ProgressColumn(
            "", format=" ", min_value=0, max_value=most if most > 0 else 1, width=70, color=BLUE
        ),
        "value": st.column_config.NumberColumn("Tickets" if is_counted(board.kpi) else "Value", width=80),
        "n": st.column_config.NumberColumn("Tickets", width=70, help="Tickets the value rests on"),
        "change": st.column_config.NumberColumn("Change", width=85),
        "share": st.column_config.NumberColumn("Share", width=65, help="Of all tickets counted here"),
    }
    return styled, {name: column for name, column in columns.items() if name in rows}


def change_words(change: float, unit: Unit) -> str:
    """A change in the KPI's unit: `+3.2 h`, `-120`, `+2.1 points`."""
    match unit:
        case Unit.RATIO:
            return f"{signed_text(change * 100, 1)} points"
        case Unit.TICKETS:
            return signed_text(change)
        case Unit.HOURS:
            words = value_text(abs(change), unit)
            return words if words == value_text(0.0, unit) else f"{'-' if change < 0 else '+'}{words}"


def _color(change: float, better_up: bool, dark: bool) -> str:
    if pd.isna(change) or change == 0:
        return ""
    better, worse = _ON_DARK if dark else _ON_LIGHT
    return f"color: {better if (change > 0) == better_up else worse}"
