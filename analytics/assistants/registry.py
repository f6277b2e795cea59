"""The registry as an assistant reads it: KPIs with their definitions, dimensions with their values."""

from typing import Any

import pandas as pd

from analytics.assistants.arguments import DefinitionArguments, DimensionArguments, NoArguments
from analytics.assistants.desk import Desk
from analytics.bound import MEASURES
from analytics.filters import check_dimension, plain_value
from analytics.kpi import Kpi
from analytics.kpis import KPIS, find_kpi
from analytics.measure import notes
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK, TICKETS

MOST_VALUES = 100
_MEANINGS = {column.name: column.meaning for column in TICKETS if column.dimension}


def list_kpis(_desk: Desk, _arguments: NoArguments) -> dict[str, Any]:
    """Every KPI in short, and the columns that a bound may limit."""
    bounds = [
        {"column": name, "meaning": measure.words, "limit": "a day" if measure.dated else measure.unit or "a number"}
        for name, measure in MEASURES.items()
    ]
    return {"kpis": [_described(kpi) for kpi in KPIS], "bounds": bounds}


def definition(desk: Desk, arguments: DefinitionArguments) -> dict[str, Any]:
    """One KPI in full: who counts, which day counts, what is left out and why, and what this data does to it."""
    kpi, engine = find_kpi(arguments.kpi), desk.engine
    return {
        **_described(kpi),
        "population": kpi.population,
        "anchor": kpi.anchor,
        "numerator": kpi.numerator_words or None,
        "denominator": kpi.denominator_words or None,
        "excluded": [exclusion.reason for exclusion in kpi.exclusions],
        "source": kpi.source,
        "notes_on_this_data": notes(engine, kpi),
        "as_of": engine.as_of.isoformat() if engine.as_of else None,
    }


def list_dimensions(desk: Desk, arguments: DimensionArguments) -> dict[str, Any]:
    """Every dimension with how many values it has, or one of them with its values."""
    engine = desk.engine
    as_of = engine.as_of.isoformat() if engine.as_of else None
    if arguments.dimension:
        return {**_values(engine, check_dimension(arguments.dimension)), "as_of": as_of}
    counts = ", ".join(f"count(DISTINCT {name}) AS {name}, count({name}) AS {name}_known" for name in _MEANINGS)
    found = engine.query(f"SELECT count(*) AS tickets, {counts} FROM tickets").iloc[0]
    dimensions = [
        {
            "dimension": name,
            "meaning": meaning,
            "values": int(found[name]),
            "tickets_not_recorded": int(found["tickets"] - found[f"{name}_known"]),
        }
        for name, meaning in _MEANINGS.items()
    ]
    return {"dimensions": dimensions, "tickets": int(found["tickets"]), "as_of": as_of}


def _described(kpi: Kpi) -> dict[str, Any]:
    return {
        "kpi": kpi.name,
        "title": kpi.title,
        "definition": kpi.definition,
        "unit": kpi.unit.value,
        "direction": kpi.direction.value,
        "caveats": list(kpi.caveats),
    }


def _values(engine: Engine, name: str) -> dict[str, Any]:
    order = name if name == "priority" or name in CLOCK else f"2 DESC, {name}"
    found = engine.query(
        f"SELECT {name}, count(*) AS tickets FROM tickets GROUP BY 1 ORDER BY {name} IS NULL, {order} "
        f"LIMIT {MOST_VALUES}"
    )
    total = engine.query(f"SELECT count(DISTINCT {name}) AS found, count(*) - count({name}) AS missing FROM tickets")
    listed = zip(found[name].astype(object), found["tickets"], strict=True)
    return {
        "dimension": name,
        "meaning": _MEANINGS[name],
        "values": [{"value": plain_value(v), "tickets": int(n)} for v, n in listed if not pd.isna(v)],
        "values_total": int(total["found"].iloc[0]),
        "tickets_not_recorded": int(total["missing"].iloc[0]),
    }
