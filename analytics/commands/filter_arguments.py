"""The arguments that choose tickets, the same for every command that measures."""

import argparse
import re

from analytics.bound import read_bound
from analytics.errors import BacklightError
from analytics.filters import Filters, Value, check_dimension, read_date, read_value

_COMPARED = re.compile(r"\s*[A-Za-z_]+\s*(!=|<=|>=|<|>|=)")


def add_filter_arguments(parser: argparse.ArgumentParser) -> None:
    """--from, --to and --where."""
    parser.add_argument("--from", dest="start", metavar="DATE", help="first day")
    parser.add_argument("--to", dest="end", metavar="DATE", help="day after the last one")
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="DIMENSION=VALUE",
        help="filter (repeat for more; same dimension: any of them); also DIMENSION!=VALUE, COLUMN>NUMBER, COLUMN<DATE",
    )


def read_filters(arguments: argparse.Namespace) -> Filters:
    """The filters asked for; raises `BacklightError` for what cannot be read."""
    start = read_date(arguments.start, "--from") if arguments.start else None
    end = read_date(arguments.end, "--to") if arguments.end else None
    wanted: list[str] = []
    unwanted: list[str] = []
    bounds: list[str] = []
    for text in arguments.where:
        found = _COMPARED.match(text)
        listed = {"!=": unwanted, "=": wanted}.get(found[1] if found else "=", bounds)
        listed.append(text.replace("!=", "=", 1) if listed is unwanted else text)
    return Filters.of(start, end, read_where(wanted), read_where(unwanted), map(read_bound, bounds))


def read_where(pairs: list[str]) -> dict[str, list[Value]]:
    """Dimension to values from `dimension=value` texts."""
    chosen: dict[str, list[Value]] = {}
    for pair in pairs:
        dimension, equals, value = pair.partition("=")
        if not equals:
            raise BacklightError(f"'{pair}' is not a filter: write it as DIMENSION=VALUE, such as priority=1.")
        chosen.setdefault(check_dimension(dimension.strip()), []).append(read_value(dimension.strip(), value.strip()))
    return chosen
