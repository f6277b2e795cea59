"""Targets: the value a KPI should reach, in the KPI's unit. Entered ones win over the shipped examples."""

import math
import tomllib
from pathlib import Path

from sqlalchemy import Connection, select

from analytics.store.errors import BadTarget, BadTargetsFile
from analytics.store.names import checked_name
from analytics.store.tables import ENTERED_TARGETS
from analytics.store.upsert import put, remove

SHIPPED = Path(__file__).parents[2] / "data" / "targets.toml"


def shipped_targets(file: Path = SHIPPED) -> dict[str, float]:
    """KPI name -> target, from the file that people may edit."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadTargetsFile(_shown(file), str(error)) from error
    for kpi, value in values.items():
        if not _is_number(value):
            raise BadTargetsFile(_shown(file), f"'{kpi}' is not a number")
    return {kpi: float(value) for kpi, value in values.items()}


def entered_targets(connection: Connection) -> dict[str, float]:
    """KPI name -> target, as people entered them."""
    columns = ENTERED_TARGETS.c
    return {row.kpi: row.value for row in connection.execute(select(columns.kpi, columns.value).order_by(columns.kpi))}


def enter_target(connection: Connection, kpi: str, value: float | None) -> None:
    """Set the target of one KPI; None goes back to the shipped one, if there is one."""
    checked_name("KPI", kpi)
    if value is None:
        remove(connection, ENTERED_TARGETS, kpi)
    elif _is_number(value):
        put(connection, ENTERED_TARGETS, kpi, float(value))
    else:
        raise BadTarget(kpi, value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _shown(file: Path) -> str:
    return "/".join(file.parts[-2:])
