"""kpis: the registry with definitions."""

import argparse
from pathlib import Path
from typing import Any

from analytics.kpis import KPIS
from analytics.warehouse.schema import DIMENSIONS

NAME = "kpis"
HELP = "list the KPIs with their definitions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """The registry."""
    kpis = [
        {
            "name": kpi.name,
            "title": kpi.title,
            "definition": kpi.definition,
            "unit": kpi.unit.value,
            "direction": kpi.direction.value,
            "anchor": kpi.anchor,
            "population": kpi.population,
            "caveats": list(kpi.caveats),
            "source": kpi.source,
        }
        for kpi in KPIS
    ]
    text = "\n".join(f"{kpi.name:24} {kpi.definition}" for kpi in KPIS)
    return {"kpis": kpis, "dimensions": list(DIMENSIONS)}, f"{text}\n\nSplit and filter by: {', '.join(DIMENSIONS)}"
