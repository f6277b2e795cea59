"""track: earlier forecasts held against what came; keeps one when asked to."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.filters import Filters
from analytics.forecast.fan import BANDS
from analytics.forecast.forecast import forecast
from analytics.forecast.kept import filters_of, filters_text, keep
from analytics.forecast.track import Track, track
from analytics.formatting import day_text, signed_text
from analytics.kpis.backlog import BACKLOG
from analytics.store import open_store
from analytics.store.kept_forecasts import KeptForecast
from analytics.warehouse.engine import Engine, open_engine

NAME = "track"
HELP = "hold earlier forecasts against what came, or keep one"
_UNNAMED = "Kept at the command line"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--keep", nargs="?", const=_UNNAMED, metavar="NAME", help="keep the forecast that begins where the filters end"
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Keep if asked, score and describe. With `--where` only the forecasts of those tickets."""
    filters, engine, store = read_filters(arguments), open_engine(folder), open_store(folder)
    try:
        number = None
        if arguments.keep is not None:
            number = keep(store, engine, filters, forecast(engine, filters), arguments.keep)
        records = [record for record in store.kept_forecasts() if _is_asked(record, filters, number)]
    finally:
        store.close()
    # A forecast just kept begins where the filters end: it is held against all that came since.
    until = filters.end if number is None else None
    found = [(record, track(engine, record, until)) for record in records]
    return _document(engine, found, number), _text(engine, found, number)


def _is_asked(record: KeptForecast, filters: Filters, number: int | None) -> bool:
    if record.removed:
        return False
    if number is not None:
        return record.id == number
    return filters.between(None, None) == Filters() or record.forecast.filters == filters_text(filters)


def _document(engine: Engine, found: list[tuple[KeptForecast, Track]], number: int | None) -> dict[str, Any]:
    return {
        "as_of": engine.as_of.isoformat() if engine.as_of else None,
        "kept": number,
        "forecasts": [_one(record, tracked) for record, tracked in found],
    }


def _one(record: KeptForecast, found: Track) -> dict[str, Any]:
    kept, verdict = record.forecast, found.verdict
    return {
        "id": record.id,
        "name": record.name,
        "by_itself": record.by_itself,
        "kept_at": record.kept_at.isoformat(),
        "filters": filters_of(kept.filters).sentence(BACKLOG.verb),
        "grain": kept.grain,
        "origin": kept.origin.isoformat(),
        "known_until": kept.known_until.isoformat(),
        "horizon": kept.horizon,
        "model": kept.model,
        "snapshot": kept.snapshot,
        "verdict": verdict.word,
        "sentence": verdict.sentence,
        "since": verdict.since.isoformat() if verdict.since else None,
        "periods_come": found.come,
        "deviation": _parts(found),
        "relative_error": dict(found.relative_error),
        "net": found.net,
        "expected_net": found.expected_net,
        "changed": found.changed,
        "notes": list(found.notes),
        "rows": [_row(row) for row in found.frame.to_dict("records")],
    }


def _parts(found: Track) -> dict[str, float] | None:
    return {name: round(value, 3) for name, value in vars(found.deviation).items()} if found.deviation else None


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    numbers = {name: _number(row[name]) for name in ("mean", *BANDS, "actual")}
    return {"period": row["period"].date().isoformat(), "series": row["series"], **numbers} | {
        name: None if row[name] is None else bool(row[name]) for name in ("in80", "in95")
    }


def _number(value: float) -> float | None:
    return float(value) if pd.notna(value) and np.isfinite(value) else None


def _text(engine: Engine, found: list[tuple[KeptForecast, Track]], number: int | None) -> str:
    """For a person at a terminal: two or three lines a forecast."""
    lines = ["Kept." if number is not None else ""] + [line for one in found for line in _lines(*one)]
    if not found:
        lines.append("No forecast of these tickets is kept yet: 'python -m analytics track --keep NAME' keeps one.")
    as_of = f"as of {engine.as_of:%Y-%m-%d %H:%M}" if engine.as_of else "as of: unknown"
    return "\n".join([*filter(None, lines), as_of])


def _lines(record: KeptForecast, found: Track) -> list[str]:
    kept = record.forecast
    of = filters_of(kept.filters).sentence(BACKLOG.verb)
    head = f"{record.id}  {record.name}: {kept.horizon} {kept.grain}s from {day_text(kept.origin)}, of {of}"
    net = (
        f"net flow {signed_text(found.net)}, expected {signed_text(found.expected_net)}"
        if found.net is not None and found.expected_net is not None
        else ""
    )
    errors = ", ".join(f"{series} {error:.2f}" for series, error in found.relative_error.items())
    against = f"error over that of 'as then': {errors}" if errors else ""
    told = "; ".join(filter(None, (net, against)))
    return [head, *(f"  {line}" for line in (found.sentence, told, found.changed, *found.notes) if line)]
