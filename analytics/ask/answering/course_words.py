"""The sentence of a trend: its latest period that is over, its peak, and of several lines the one that leads."""

from typing import Any

import pandas as pd

from analytics.ask.answering.answer_comparison import change_clause
from analytics.ask.answering.answer_scope import scope
from analytics.ask.answering.answer_table import Table, cut_periods, from_below
from analytics.ask.answering.measured import Measured
from analytics.ask.answering.span_words import period_name, period_words
from analytics.ask.answering.split_words import having_words, leader_words, rows_words, share_words
from analytics.ask.answering.value_words import acted, row_name, shown, tickets_words, title_words
from analytics.ask.question import Order
from analytics.formatting import count_text
from analytics.kpi import Count, Kpi
from analytics.period import Grain

Row = dict[Any, Any]


def course_sentence(found: Measured, table: Table) -> str:
    """`Ticket volume by week ...: 430 in the week of 22 Jun 2026, the latest; highest 512 in the week of ...`."""
    question, grain = found.question, found.question.grain
    if grain is None:
        raise ValueError("a course needs a grain")
    if question.threshold and not question.by:
        return _threshold(found, table, grain)
    known = _told(table.frame)
    if known.empty or not table.rows.ranked:
        return f"No {grain} {scope(found)} has enough tickets to tell the {title_words(found.kpi)}."
    if question.by:
        return _lines(found, table, grain)
    if question.order or question.limit:
        return _ranked(found, known, grain)
    return _trend(found, known, grain)


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["value"].notna() & ~frame["too_few"].astype(bool)]


def _trend(found: Measured, known: pd.DataFrame, grain: Grain) -> str:
    over = known[~known["unfinished"].astype(bool) & ~cut_periods(known, found.question)]
    kpi, rows = found.kpi, over if len(over) else known
    latest = rows.iloc[-1].to_dict()
    said = [f"{_point(latest, kpi, grain)}, the latest {grain} {'that is over' if len(over) else 'but not whole'}"]
    if len(rows) > 1:
        said[0] += f", {_way(rows.iloc[0].to_dict(), latest, kpi)} {_point(rows.iloc[0].to_dict(), kpi, grain)}"
        highest, lowest = (rows.loc[place].to_dict() for place in (rows["value"].idxmax(), rows["value"].idxmin()))
        said.append(f"highest {_point(highest, kpi, grain)}, lowest {_point(lowest, kpi, grain)}")
    return f"{_head(found, grain)}: {'; '.join(said)}{_altogether(found)}."


def _way(first: Row, latest: Row, kpi: Kpi) -> str:
    """How the latest stands to the first; whether that is a signal or noise, the Overview tells."""
    if shown(first["value"], kpi) == shown(latest["value"], kpi):
        return "as in the first,"
    return "up from" if latest["value"] > first["value"] else "down from"


def _ranked(found: Measured, rows: pd.DataFrame, grain: Grain) -> str:
    kpi = found.kpi
    lowest = found.question.order in (Order.LOWEST, Order.FALLEN)
    by_change = found.question.order in (Order.RISEN, Order.FALLEN) and "change" in rows
    listed = rows.sort_values("change" if by_change else "value", ascending=lowest, kind="stable").to_dict("records")
    second = f", then {_point(listed[1], kpi, grain)}" if listed[1:] else ""
    what = (
        f"the largest {'fall' if lowest else 'rise'} of {title_words(kpi)}"
        if by_change
        else leader_words(found, lowest)
    )
    first = f"The {grain} with {what} {scope(found)} was {period_name(_start(listed[0]), grain)}"
    return f"{first} with {shown(listed[0]['value'], kpi)}{second}."


def _threshold(found: Measured, table: Table, grain: Grain) -> str:
    rows, kpi = table.rows, found.kpi
    listed = rows.frame.head(rows.ranked).sort_values("period", kind="stable").to_dict("records")
    latest = f"; the latest {_point(listed[-1], kpi, grain)}" if listed else ""
    what = f"{count_text(rows.passed)} of {count_text(rows.known)} {grain}{'' if rows.known == 1 else 's'}"
    return f"{what} had {having_words(found)} {scope(found)}{latest}."


def _lines(found: Measured, table: Table, grain: Grain) -> str:
    """How many lines there are, and which leads over all the days."""
    question, rows = found.question, table.rows
    lowest = question.order in (Order.LOWEST, Order.FALLEN) or (
        question.order is None and from_below(question.threshold)
    )
    leader = rows.frame.head(rows.ranked).sort_values("value", ascending=lowest, kind="stable").iloc[0].to_dict()
    name = row_name(question.by, [leader[key] for key in question.by])
    total = rows.known + rows.few + rows.unknown
    what = rows_words(total, question.by)
    drawn = f"{count_text(rows.ranked)} of {what}" if rows.ranked < total else what
    when = "at the end" if found.kpi.is_stock else "overall"
    leads = f"{name} has {leader_words(found, lowest)} {when}, {share_words(leader, found)}"
    return f"{_head(found, grain)}, {drawn}: {leads}."


def _head(found: Measured, grain: Grain) -> str:
    return f"{found.kpi.title} by {grain} {scope(found)}"


def _altogether(found: Measured) -> str:
    """The whole, where it is more than the last point of a level."""
    whole, kpi = found.now.whole, found.kpi
    if whole.value is None:
        return ""
    change = change_clause(whole, found.before.whole, found.question) if found.before else ""
    if kpi.is_stock:
        return f"; at the end {shown(whole.value, kpi)}{change}" if change else ""
    if isinstance(kpi.value, Count):
        return f"; {tickets_words(whole.value)} {acted(kpi, whole.value)} in all{change}"
    return f"; {shown(whole.value, kpi)} over all {tickets_words(whole.tickets)}{change}"


def _point(row: Row, kpi: Kpi, grain: Grain) -> str:
    return f"{shown(row['value'], kpi)} {period_words(_start(row), grain)}"


def _start(row: Row) -> Any:
    return pd.Timestamp(row["period"]).date()
