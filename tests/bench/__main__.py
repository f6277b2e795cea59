"""Measure Backlight's speed against the targets: `make bench`, `make bench ARGS="--tickets 1000000 --only page"`."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version

from tests.bench.comparison import Comparison, markdown
from tests.bench.desk import RESULTS

SIZES = (1_000_000, 10_000_000)
ROUNDS = {"queries": 7, "flow": 5, "ask": 5, "sql": 3, "import": 3, "page": 3}
AT_EVERY_SIZE = ("queries", "flow")


def main() -> int:
    """Run what was asked for; print the table and keep it in bench-results/."""
    chosen = _arguments()
    RESULTS.mkdir(exist_ok=True)
    found: list[Comparison] = []
    for part in chosen.only:
        # Questions, SQL, a page and an import are measured on the smallest desk that was asked for.
        for tickets in chosen.tickets if part in AT_EVERY_SIZE else (min(chosen.tickets),):
            print(f"Measuring {part} with {tickets:,} tickets", file=sys.stderr, flush=True)
            rounds = chosen.rounds or ROUNDS[part]
            measured = _measurer(part)(tickets, rounds)
            found += measured
            print(markdown(measured), file=sys.stderr, flush=True)
    text = f"{_machine()}\n\n{markdown(found)}\n"
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    (RESULTS / f"{stamp}.md").write_text(text)
    (RESULTS / f"{stamp}.json").write_text(json.dumps([asdict(one) | {"ratio": one.ratio} for one in found], indent=1))
    print(text)
    return 0


def _measurer(part: str) -> Callable[[int, int], list[Comparison]]:
    """Each part brings its own dependencies, so it is loaded when asked for."""
    match part:
        case "queries":
            from tests.bench.queries import compare_queries as measure
        case "flow":
            from tests.bench.flow_queries import compare_flow as measure
        case "ask":
            from tests.bench.asking import compare_asking as measure
        case "sql":
            from tests.bench.sql_beside import compare_beside as measure
        case "import":
            from tests.bench.imports import compare_imports as measure
        case _:
            from tests.bench.page import compare_pages as measure
    return measure


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--tickets", type=_numbers, default=SIZES, help="one size or several: 1000000,10000000")
    parser.add_argument(
        "--only", type=_parts, default=tuple(ROUNDS), help="queries, flow, ask, sql, import, page, or several: ask,page"
    )
    parser.add_argument("--rounds", type=int, help="how often each competitor takes its turn")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.replace("_", "").split(","))


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if unknown := set(parts) - set(ROUNDS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose from {', '.join(ROUNDS)}")
    return parts


def _machine() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "plotly", "streamlit"))
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{machine}, {packages}; medians of alternating runs."


if __name__ == "__main__":
    sys.exit(main())
