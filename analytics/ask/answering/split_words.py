"""The sentence of a split: who leads, who passes, who moved, or how two stand against each other."""

from typing import Any

from analytics.ask.answering.answer_comparison import against, apart_clause, change_clause, compared_days, moved_clause
from analytics.ask.answering.answer_scope import is_now, nothing, scope
from analytics.ask.answering.answer_table import Picked
from analytics.ask.answering.measured import Measured
from analytics.ask.answering.value_words import (
    capital,
    counted,
    limit_text,
    row_name,
    several,
    shown,
    tickets_words,
    title_words,
    value_name,
)  # fmt: skip
from analytics.ask.question import Order
from analytics.formatting import count_text, percent_text
from analytics.kpi import Count, Direction, Kpi, Unit

_NAMED = 3
Row = dict[Any, Any]


def split_sentence(found: Measured, rows: Picked) -> str:
    """The answer in words; it quotes values of the export."""
    question = found.question
    if question.versus and len(rows.frame) == 2:
        return _versus(found, rows)
    if none := nothing(found):
        return none
    if question.threshold:
        return _threshold(found, rows)
    if question.order in (Order.RISEN, Order.FALLEN) and found.before:
        return _movers(found, rows)
    return _ranking(found, rows)


def value_words(row: Row, kpi: Kpi) -> str:
    """`43.4 h (120 tickets)`, `1,204`, or why there is no number."""
    if row["value"] != row["value"]:
        return "cannot be told (no tickets)"
    if kpi.unit is Unit.TICKETS:
        return count_text(int(row["value"]))
    count = tickets_words(row["denominator"])
    return f"too few to tell ({count})" if row["too_few"] else f"{shown(row['value'], kpi)} ({count})"


def share_words(row: Row, found: Measured) -> str:
    """A row's number, of a count with its share of all: `459 of 4,411 (10 %)`."""
    whole = found.now.whole.value or 0.0
    if found.kpi.unit is not Unit.TICKETS or not whole:
        return value_words(row, found.kpi)
    return f"{count_text(int(row['value']))} of {count_text(int(whole))} ({percent_text(row['value'] / whole)})"


def leader_words(found: Measured, lowest: bool) -> str:
    """What the first of a ranking has: `the highest mean time to resolve`, `the most tickets opened`."""
    kpi, most = found.kpi, "fewest" if lowest else "most"
    if kpi.is_stock:
        return f"the {most} open tickets"
    if isinstance(kpi.value, Count):
        return f"the {most} tickets {kpi.verb}"
    return f"the {'lowest' if lowest else 'highest'} {title_words(kpi)}"


def having_words(found: Measured) -> str:
    """What those that pass have: `SLA adherence under 80 %`, `over 20 open tickets`."""
    kpi, limit = found.kpi, limit_text(found.question.threshold, found.kpi)
    if kpi.is_stock:
        return f"{limit} open tickets"
    return f"{limit} tickets {kpi.verb}" if isinstance(kpi.value, Count) else f"{title_words(kpi)} {limit}"


def rows_words(count: int, by: tuple[str, ...]) -> str:
    """`12 assignment groups`; of two dimensions `12 combinations`."""
    return counted(count, by[0]) if len(by) == 1 else f"{count_text(count)} combination{'' if count == 1 else 's'}"


def _versus(found: Measured, rows: Picked) -> str:
    """Both values, and how far they are apart."""
    kpi, (name,) = found.kpi, found.question.by
    named = list(dict(found.question.filters.where)[name])
    listed = sorted(rows.frame.to_dict("records"), key=lambda row: named.index(row[name]))
    both = " and ".join(f"{value_name(name, row[name])} {value_words(row, kpi)}" for row in listed)
    first, second = listed
    told = all(row["value"] == row["value"] and not row["too_few"] for row in listed)
    apart = apart_clause(value_name(name, first[name]), first["value"] - second["value"], kpi) if told else ""
    return f"{kpi.title} {scope(found)}: {both}{apart}."


def _threshold(found: Measured, rows: Picked) -> str:
    """`4 of 12 assignment groups had SLA adherence under 80 % last month: 'A' 71.2 % (120 tickets), ...`."""
    kpi, by = found.kpi, found.question.by
    first = rows.frame.head(min(rows.ranked, _NAMED)).to_dict("records")
    named = ", ".join(f"{_row(row, by)} {value_words(row, kpi)}" for row in first)
    more = rows.passed - len(first)
    tail = f": {named}{f' and {count_text(more)} more' if more else ''}" if first else ""
    have = "have" if is_now(found) else "had"
    return (
        f"{count_text(rows.passed)} of {rows_words(rows.known, by)} {have} {having_words(found)} {scope(found)}{tail}."
    )


def _ranking(found: Measured, rows: Picked) -> str:
    """`'Network' had the highest mean time to resolve last month: 43.4 h (120 tickets), then 'Email' with ...`."""
    question, kpi = found.question, found.kpi
    if not rows.ranked:
        some = several(question.by[0]) if len(question.by) == 1 else "combinations"
        return f"None of the {some} has enough tickets {scope(found)} to tell the {title_words(kpi)}."
    lowest = question.order is Order.LOWEST
    best = rows.frame.head(rows.ranked).sort_values("value", ascending=lowest, kind="stable").to_dict("records")
    best = best[: _NAMED if question.limit == _NAMED else 2]
    has = f"{'has' if is_now(found) else 'had'} {leader_words(found, lowest)}"
    others = " and ".join(f"{_row(row, question.by)} with {value_words(row, kpi)}" for row in best[1:])
    second = f", then {others}" if others else ""
    leader = f"{capital(_row(best[0], question.by))} {has} {scope(found)}"
    return f"{leader}: {share_words(best[0], found)}{second}{_altogether(found)}."


def _altogether(found: Measured) -> str:
    """The whole beside a ranking of shares or durations, and how it changed."""
    whole, kpi = found.now.whole, found.kpi
    change = change_clause(whole, found.before.whole, found.question) if found.before else ""
    if kpi.unit is Unit.TICKETS:
        return f"; all together {shown(whole.value, kpi)}{change}" if change else ""
    return f"; all together {shown(whole.value, kpi)} over {tickets_words(whole.tickets)}{change}"


def _movers(found: Measured, rows: Picked) -> str:
    """`3 of 5 groups got worse in mean time to resolve last month against April 2026: most 'A' ...`."""
    question, kpi = found.question, found.kpi
    rising = question.order is Order.RISEN
    moved = rows.risen if rising else rows.fallen
    if not rows.risen + rows.fallen + rows.level:
        some = several(question.by[0]) if len(question.by) == 1 else "combinations"
        days = f"{scope(found)} and {compared_days(question)}"
        return f"None of the {some} has enough tickets both {days} to tell how the {title_words(kpi)} changed."
    told = rows_words(rows.risen + rows.fallen + rows.level, question.by)
    head = f"{count_text(moved)} of {told} {_moved(kpi, rising)} {title_words(kpi)} {scope(found)} {against(question)}"
    first = rows.frame.head(min(moved, rows.ranked, 2)).to_dict("records")
    if not first:
        return f"{head}."
    second = f", then {_row(first[1], question.by)} {moved_clause(first[1], kpi)}" if first[1:] else ""
    return f"{head}: most {_row(first[0], question.by)}, {moved_clause(first[0], kpi)}{second}."


def _moved(kpi: Kpi, rising: bool) -> str:
    if kpi.direction is Direction.NEUTRAL:
        return f"{'rose' if rising else 'fell'} in"
    return f"got {'better' if rising is (kpi.direction is Direction.HIGHER) else 'worse'} in"


def _row(row: Row, by: tuple[str, ...]) -> str:
    return row_name(by, [row[name] for name in by])
