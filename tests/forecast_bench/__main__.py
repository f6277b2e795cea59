"""Measure forecasts against rivals: `make forecast-bench`, `make forecast-bench ARGS="--quick"`."""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from analytics.period import Grain
from tests.forecast_bench.cases import Case, daily, weekly
from tests.forecast_bench.combination import add_combinations
from tests.forecast_bench.replay import Replay, replays
from tests.forecast_bench.rivals import add_rivals, rivals, versions
from tests.forecast_bench.speed import speeds
from tests.forecast_bench.streams import KEPT, Stream, streams
from tests.forecast_bench.table import (
    gate_table,
    speed_table,
    standings_table,
    streams_table,
    targets_table,
    worst_list,
)
from tests.forecast_bench.targets import backlogs, flows

_PAGE = Path(__file__).parents[2] / "docs" / "forecast-bench.md"
# What a run prints begins with these words, and replaces what follows them on the page.
_MEASURED = "Measured on "
_ORIGINS, _QUICK_ORIGINS, _QUICK_SERIES = 12, 6, 24


def main() -> int:
    """Forecast, compare, print the tables and keep them in bench-results/forecasts/."""
    chosen = _arguments()
    began = datetime.now(UTC)
    found = list(streams())
    by_week = _told(weekly(found, chosen.series), Grain.WEEK, chosen)
    by_day = [] if chosen.quick else _told(daily(found), Grain.DAY, chosen)
    text = "\n".join(
        [_head(chosen.rivals, began), *_body(by_week, by_day, found), *_speed(chosen.quick or chosen.made)]
    )
    path = KEPT / f"{began:%Y%m%d-%H%M%S}.md"
    path.write_text(text, encoding="utf-8")
    print(text)
    if chosen.docs:
        kept = _PAGE.read_text(encoding="utf-8").partition(_MEASURED)[0]
        _PAGE.write_text(f"{kept}{text}", encoding="utf-8")
    return 0


def _told(cases: Sequence[Case], grain: Grain, chosen: argparse.Namespace) -> list[Replay]:
    print(f"{len(cases)} histories by {grain.value}", file=sys.stderr, flush=True)
    origins = _QUICK_ORIGINS if chosen.quick or grain is Grain.DAY else _ORIGINS
    found = [replay for case in cases for replay in replays(case, origins)]
    if not chosen.alone:
        add_rivals(found, rivals(grain, chosen.quick, chosen.slow), chosen.rivals, chosen.made)
        for replay in found:
            add_combinations(replay)
    return found


def _body(by_week: Sequence[Replay], by_day: Sequence[Replay], found: Sequence[Stream]) -> list[str]:
    real, simulated = ([one for one in by_week if one.case.stream.real is kind] for kind in (True, False))
    sets = {"real": real, "real, shown": _shown(real), "simulated": simulated, "simulated, shown": _shown(simulated)}
    parts = ["## Targets\n", targets_table({name: kept for name, kept in sets.items() if kept})]
    parts += ["## Streams\n", streams_table(by_week, [(stream.name, stream.real) for stream in found])]
    for name, kept in (("Real desks", real), ("Simulated desk", simulated)):
        if kept:
            parts += [f"## {name}, inflow and outflow by week\n", standings_table(flows(kept)), gate_table(flows(kept))]
            parts += [f"## {name}, backlog by week\n", standings_table(backlogs(kept)), gate_table(backlogs(kept))]
            parts += [f"Where Backlight is furthest behind, {name.lower()}:\n", worst_list(kept)]
    for name, kind in (("Real desks", True), ("Simulated desk", False)):
        kept = [one for one in by_day if one.case.stream.real is kind]
        if kept:
            parts += [f"## {name}, inflow and outflow by day, in total\n", standings_table(flows(kept))]
            parts += [f"## {name}, backlog by day, in total\n", standings_table(backlogs(kept))]
    return parts


def _shown(replays: Sequence[Replay]) -> list[Replay]:
    return [one for one in replays if one.shown]


def _speed(quick: bool) -> list[str]:
    return [] if quick else ["## Speed\n", speed_table(speeds(3))]


def _head(python: Path, began: datetime) -> str:
    own = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "pandas", "duckdb"))
    return (
        f"{_MEASURED}{began:%d %b %Y}: {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, {own}; rivals: {versions(python)}.\n"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="forecast-bench", description=__doc__)
    parser.add_argument("--rivals", type=Path, required=True, metavar="PYTHON", help="the Python that has the rivals")
    parser.add_argument("--series", type=int, metavar="N", help="at most so many histories by week (default all)")
    parser.add_argument("--quick", action="store_true", help="few series, origins and rivals: under five minutes")
    parser.add_argument("--slow", action="store_true", help="AutoARIMA with a season of 52 weeks too: takes hours")
    parser.add_argument("--alone", action="store_true", help="against naive and seasonal naive alone: under a minute")
    parser.add_argument("--made", action="store_true", help="only the rivals whose forecasts an earlier run has made")
    parser.add_argument("--docs", action="store_true", help="write the tables into docs/forecast-bench.md as well")
    chosen = parser.parse_args()
    if chosen.quick and chosen.series is None:
        chosen.series = _QUICK_SERIES
    return chosen


if __name__ == "__main__":
    sys.exit(main())
