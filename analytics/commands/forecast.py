"""forecast: what comes in, what goes out and what stays open in the weeks to come, with intervals and back-test."""

import argparse
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.commands.forecast_document import desk_document, part_document, series_document
from analytics.commands.forecast_text import desk_text, series_text
from analytics.errors import BacklightError, UnknownName
from analytics.filters import Filters, check_dimension
from analytics.flow.edges import Mark, edges
from analytics.forecast.forecast import Forecast, forecast, forecasts
from analytics.forecast.history import MOST_AHEAD
from analytics.forecast.own_forecast import own_forecast
from analytics.forecast.own_series import read_own_series
from analytics.kpis.inflow import INFLOW
from analytics.measure import measure
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine, open_engine

NAME = "forecast"
HELP = "forecast inflow, outflow and backlog, or a series of your own"
_WEEKS = {Grain.WEEK: 13, Grain.DAY: 4}
_MOST_WEEKS = 52
_MOST_PARTS = 50
_STEPS_A_WEEK = {Grain.WEEK: 1, Grain.DAY: 7}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--horizon", metavar="WEEKS", help=f"how far, 1 to {_MOST_WEEKS} weeks (13; by day 4)")
    parser.add_argument("--grain", metavar="GRAIN", help="week (default) or day")
    parser.add_argument("--by", metavar="DIMENSION", help=f"also for each value of a dimension, at most {_MOST_PARTS}")
    parser.add_argument(
        "--series", metavar="FILE", help="instead of tickets: a CSV of your own with a period and a value in each row"
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Forecast and describe; a refusal is a result too."""
    weeks = _read_weeks(arguments.horizon)
    if arguments.series is not None:
        return _own(arguments, weeks)
    grain = _read_grain(arguments.grain)
    filters, by = read_filters(arguments), check_dimension(arguments.by) if arguments.by else None
    engine = open_engine(folder)
    wanted = (weeks or _WEEKS[grain]) * _STEPS_A_WEEK[grain]
    found = forecast(engine, filters, wanted, grain)
    notes = (*_notes(filters, wanted, grain),)
    marks = _marks(engine, found, filters)
    parts = forecasts(engine, filters, by, _MOST_PARTS, wanted, grain) if by else {}
    left = _values(engine, filters, by) - len(parts) if by else 0
    if left > 0:
        notes = (
            *notes,
            f"Of the values of {by} the {len(parts)} with the most tickets are shown; {left:,} more are not.",
        )
    document = desk_document(found, marks, notes, grain, filters.start)
    if by:
        document |= {
            "by": by,
            "parts": [part_document(value, part, grain, filters.start) for value, part in parts.items()],
        }
    return document, desk_text(found, notes, grain, parts)


def _own(arguments: argparse.Namespace, weeks: int | None) -> tuple[dict[str, Any], str]:
    given = [name for name in ("by", "start", "end", "where") if getattr(arguments, name)]
    if given:
        named = {"start": "from", "end": "to"}.get(given[0], given[0])
        raise BacklightError(
            f"--{named} chooses tickets, and --series forecasts the numbers of a file: leave one of them out."
        )
    series = read_own_series(Path(arguments.series))
    if arguments.grain and arguments.grain != series.grain.value:
        raise BacklightError(
            f"{series.file} holds {series.grain.value}s, not {arguments.grain}s: leave --grain out, or give a file by "
            f"{arguments.grain}."
        )
    found = own_forecast(series, weeks)
    return series_document(found), series_text(found)


def _read_weeks(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.strip().isascii() and text.strip().isdigit() and 1 <= int(text.strip()[:9]) <= _MOST_WEEKS):
        raise BacklightError(
            f"--horizon {text} cannot be forecast: give whole weeks from 1 to {_MOST_WEEKS}, such as 13."
        )
    return int(text)


def _read_grain(text: str | None) -> Grain:
    known = [grain.value for grain in _WEEKS]
    if text is not None and text not in known:
        raise UnknownName("grain of a forecast", text, known)
    return Grain(text or Grain.WEEK)


def _notes(filters: Filters, wanted: int, grain: Grain) -> list[str]:
    said = []
    if wanted > MOST_AHEAD[grain]:
        said.append(
            f"By {grain.value} the forecast ends after {MOST_AHEAD[grain] // 7} weeks: by week it reaches further."
        )
    if filters.start:
        said.append("The first day of the period only shortens the history shown: what came before is learned from.")
    return said


def _marks(engine: Engine, found: Forecast, filters: Filters) -> tuple[Mark, ...]:
    """The edges of the records, also where no history lies between them."""
    return found.history.marks if found.history else edges(engine, filters.between(None, None)).marks


def _values(engine: Engine, filters: Filters, by: str) -> int:
    """How many values a dimension has among the tickets learned from."""
    return len(measure(engine, compose(INFLOW, filters.between(None, filters.end), [by])).frame)
