"""The table of an answer: its rows in order, with what was before, cut to the limit and the threshold."""

from dataclasses import dataclass
from datetime import date
from operator import ge, gt, le, lt
from typing import Any

import numpy as np
import pandas as pd

from analytics.ask.answering.answer_rows import joined_rows, row_keys, with_both
from analytics.ask.answering.measured import Measured
from analytics.ask.answering.value_words import counted
from analytics.ask.question import Order, Question, Threshold
from analytics.bound import Operator
from analytics.formatting import count_text
from analytics.kpi import Count
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.schema import CLOCK

MOST_LINES = 8
_HELD = {Operator.UNDER: lt, Operator.AT_MOST: le, Operator.OVER: gt, Operator.AT_LEAST: ge}


@dataclass(frozen=True)
class Picked:
    """`frame` has the rows kept: the ranked first, then what cannot be ranked.

    Counts of rows: `known` can be judged, `passed` of them the threshold (all where there is none), `ranked` of those
    are within the limit; `few` rest on too few tickets, `unknown` have no value, `unfinished` are not whole. Of those
    that passed `risen` and `fallen` changed, and `level` did not; all 0 without a comparison.
    """

    frame: pd.DataFrame
    known: int
    passed: int
    ranked: int
    few: int
    unknown: int
    unfinished: int
    risen: int = 0
    fallen: int = 0
    level: int = 0


@dataclass(frozen=True)
class Table:
    """`frame` is what is shown; `rows` the picked rows, or of a trend with a split, the groups whose lines it has."""

    frame: pd.DataFrame
    rows: Picked
    left_out: str


def table_of(found: Measured) -> Table:
    """The table of what was measured."""
    question = found.question
    groups = with_both(joined_rows(found, lambda side: side.groups, None), found)
    if question.grain is None:
        rows = _picked(groups, question, question.limit)
        return Table(rows.frame, rows, _left_out(rows, question))
    course = joined_rows(found, lambda side: side.split, question.grain)
    if not question.by:
        rows = _picked(course, question, question.limit)
        return Table(rows.frame, rows, _left_out(rows, question))
    rows = _picked(_by_size(groups, question), question, min(question.limit or MOST_LINES, MOST_LINES))
    return Table(_lines(course, rows, found), rows, _left_out(rows, question))


def _lines(course: pd.DataFrame, rows: Picked, found: Measured) -> pd.DataFrame:
    """The courses of the picked groups, each in the order of time and with a row for every period."""
    by = found.question.by
    wanted = pd.DataFrame(row_keys(rows.frame.head(rows.ranked), by), columns=list(by), dtype=object)
    periods = _periods(course, found)
    full = wanted.assign(_line=range(len(wanted))).merge(periods, how="cross")
    shown = full.merge(course.drop(columns="unfinished"), how="left", on=[*by, "period"])
    shown = shown.sort_values(["_line", "period"], kind="stable").drop(columns="_line").reset_index(drop=True)
    absent = shown["too_few"].isna()
    shown["too_few"] = shown["too_few"].eq(True)
    if isinstance(found.kpi.value, Count):
        shown.loc[absent, ["value", "numerator"]] = 0.0
    shown.loc[absent & shown["value"].isna(), "reason"] = "no tickets to measure"
    return shown[[name for name in course if name in shown]]


def _periods(course: pd.DataFrame, found: Measured) -> pd.DataFrame:
    """Every period from the first to the last of the course, also those in which nothing happened."""
    grain, known = found.question.grain, course["period"]
    if grain is None or known.empty:
        return pd.DataFrame({"period": known, "unfinished": pd.Series(dtype=bool)})
    starts = grain.starts(known.min().to_datetime64(), known.max().to_datetime64())
    open_end = np.datetime64(grain.start(found.day)) if found.day else np.datetime64("NaT")
    return pd.DataFrame({"period": starts.astype(known.dtype), "unfinished": starts >= open_end})


def _picked(frame: pd.DataFrame, question: Question, limit: int | None) -> Picked:
    few = frame["too_few"].to_numpy(dtype=bool)
    unknown = frame["value"].isna().to_numpy()
    open_end = _not_whole(frame, question)
    if question.order in (Order.RISEN, Order.FALLEN) and "change" in frame:
        lost = frame["change"].isna().to_numpy() & ~unknown & ~few
        few = few | lost
    told = frame[~(few | unknown | open_end)]
    passed = told[_passes(told, question.threshold)] if _is_split(question) else told
    ordered = _ordered(passed, question)
    ranked = ordered.head(limit) if limit else ordered
    cut = limit is not None or (question.threshold is not None and _is_split(question))
    rest = frame.iloc[:0] if cut else frame[few | unknown | open_end]
    kept = pd.concat([ranked, rest]) if len(rest) else ranked
    if _by_time(question):
        kept = kept.sort_values("period", kind="stable")
    change = passed["change"].to_numpy(dtype=float) if "change" in passed else np.zeros(0)
    return Picked(
        kept.reset_index(drop=True), len(told), len(passed), len(ranked), int((few & ~unknown & ~open_end).sum()),
        int((unknown & ~open_end).sum()), int(open_end.sum()), int((change > 0).sum()), int((change < 0).sum()),
        int((change == 0).sum()),
    )  # fmt: skip


def _is_split(question: Question) -> bool:
    return bool(question.by or question.grain)


def _by_time(question: Question) -> bool:
    """Whether the rows are a course, to be read in the order of time."""
    return bool(question.grain and not question.by and question.order is None and question.limit is None)


def _not_whole(frame: pd.DataFrame, question: Question) -> Any:
    """Rows of a period that is not over, or not asked about in full: shown, but nothing is ranked or judged by them."""
    if question.grain is None or "unfinished" not in frame or (_by_time(question) and question.threshold is None):
        return np.zeros(len(frame), dtype=bool)
    return frame["unfinished"].to_numpy(dtype=bool) | cut_periods(frame, question)


def cut_periods(frame: pd.DataFrame, question: Question) -> Any:
    """Which rows are periods that the question's days cut; a level has no length to be cut."""
    grain, span = question.grain, question.span
    if grain is None or question.measured.is_stock:
        return np.zeros(len(frame), dtype=bool)
    starts = pd.to_datetime(frame["period"]).dt.date.tolist()
    first, end = span.start or date.min, span.end or date.max
    return np.array([start < first or grain.next(start) > end for start in starts], dtype=bool)


def held(threshold: Threshold, value: float) -> bool:
    """Whether a value passes."""
    return bool(_HELD[threshold.operator](value, threshold.value))


def _passes(frame: pd.DataFrame, threshold: Threshold | None) -> Any:
    return np.array([threshold is None or held(threshold, value) for value in frame["value"].tolist()], dtype=bool)


def _ordered(frame: pd.DataFrame, question: Question) -> pd.DataFrame:
    """By what was asked for; else the clock and priorities in their order, all others the highest value first."""
    order, by = question.order, question.by
    if order is None and question.limit is None:
        if question.grain and not by:
            return frame.sort_values("period", kind="stable")
        if len(by) == 1 and (by[0] in CLOCK or by[0] == "priority") and "_size" not in frame:
            places = [_place(by[0], value) for value in frame[by[0]]]
            return frame.iloc[np.argsort(places, kind="stable")]
    column = "change" if order in (Order.RISEN, Order.FALLEN) and "change" in frame else "value"
    if "_size" in frame and order is None and question.threshold is None:
        column = "_size"
    ascending = order in (Order.LOWEST, Order.FALLEN) or (order is None and from_below(question.threshold))
    return frame.sort_values(column, ascending=ascending, kind="stable")


def from_below(threshold: Threshold | None) -> bool:
    """Under a limit, the lowest are the farthest from it."""
    return threshold is not None and threshold.operator in (Operator.UNDER, Operator.AT_MOST)


def _place(dimension: str, value: Any) -> int:
    if value is None:
        return 1_000
    return CLOCK[dimension].index(value) if dimension in CLOCK else int(value)


def _by_size(groups: pd.DataFrame, question: Question) -> pd.DataFrame:
    """What decides which lines are drawn without an order: of a share or a duration, how many tickets it rests on."""
    size = groups["value"] if groups["denominator"].isna().all() else groups["denominator"]
    return groups.assign(_size=size) if question.grain else groups


def _left_out(rows: Picked, question: Question) -> str:
    """What the table does not have, or does not rank, and why."""
    if not _is_split(question):
        return ""
    by_change = question.order in (Order.RISEN, Order.FALLEN)
    what = "and have no change" if by_change else "and are not ranked" if rows.few > 1 else "and is not ranked"
    few = f"fewer than {FEWEST_TICKETS} tickets {what}"
    told: tuple[tuple[int, str, str], ...] = (
        (rows.known - rows.passed, "do not pass", "does not pass"),
        (rows.passed - rows.ranked, f"are {_beyond(rows, question)}", f"is {_beyond(rows, question)}"),
        (rows.few, f"rest on {few}", f"rests on {few}"),
        (rows.unknown, "have no tickets to measure", "has no tickets to measure"),
        (rows.unfinished, "are not whole and not ranked", "is not whole and not ranked"),
    )
    said = [f"{_rows(count, question)} {one if count == 1 else more}" for count, more, one in told if count]
    return f"{'; '.join(said)}." if said else ""


def _beyond(rows: Picked, question: Question) -> str:
    if question.limit and question.limit <= rows.ranked:
        return f"beyond the {count_text(question.limit)} asked for"
    return "not drawn"


def _rows(count: int, question: Question) -> str:
    if len(question.by) == 1:
        return counted(count, question.by[0])
    if question.grain and not question.by:
        return f"{count_text(count)} {question.grain.value}{'s' if count != 1 else ''}"
    return f"{count_text(count)} combination{'s' if count != 1 else ''}"
