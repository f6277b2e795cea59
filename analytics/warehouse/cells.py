"""Cells: the cleaned text of every column that a mapping reads, one row per record of the file."""

import duckdb

from analytics.warehouse.formats import Mapping


def create_cells(connection: duckdb.DuckDBPyConnection, raw: str, mapping: Mapping) -> None:
    """Create the temporary table `cells` from the raw table `raw`.

    It has `record`, each canonical column the file fills, `status_<i>` (the columns a status may be told by, in
    order), `cancelled_<rule>_<position>`, `order_<i>` and `actor`; all text, NULL where the source says unknown.
    """
    nulls = {f"null_{i}": word for i, word in enumerate(sorted(mapping.format.nulls))}
    unknown = ", ".join(f"${name}" for name in nulls)
    columns = [f"{_first(places, unknown)} AS {name}" for name, places in _places(mapping).items()]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT {', '.join(['record', *columns])} FROM {raw}", nulls
    )


def status_columns(mapping: Mapping) -> tuple[str, ...]:
    """The columns of `cells` that may tell the status, in order of preference."""
    places = (*mapping.positions.get("status", ()), *mapping.status_fallback)
    return tuple(f"status_{i}" for i in range(len(places)))


def cancelled_columns(mapping: Mapping) -> tuple[tuple[str, int], ...]:
    """Columns of `cells` that may say cancelled, each with the index of its rule in the mapping."""
    return tuple((f"cancelled_{i}_{place}", i) for i, (_, places) in enumerate(mapping.cancelled) for place in places)


def _places(mapping: Mapping) -> dict[str, tuple[int, ...]]:
    status = (*mapping.positions.get("status", ()), *mapping.status_fallback)
    places = dict(mapping.positions)
    places |= {f"status_{i}": (place,) for i, place in enumerate(status)}
    places |= {f"cancelled_{i}_{place}": (place,) for i, (_, found) in enumerate(mapping.cancelled) for place in found}
    places |= {f"order_{i}": (place,) for i, place in enumerate(mapping.event_order)}
    return places | ({"actor": mapping.event_actor} if mapping.event_actor else {})


def _first(places: tuple[int, ...], unknown: str) -> str:
    cells = [_cell(place, unknown) for place in places]
    return cells[0] if len(cells) == 1 else f"COALESCE({', '.join(cells)})"


def _cell(place: int, unknown: str) -> str:
    """A cell's text, without the apostrophe that formula escaping puts before = + - @."""
    text = f"trim(c{place}, ' \t\r\n\u00a0')"
    escaped = f"starts_with({text}, '''') AND substr({text}, 2, 1) IN ('=', '+', '-', '@')"
    return (
        f"CASE WHEN {text} = '' OR (length({text}) <= 20 AND lower({text}) IN ({unknown})) THEN NULL "
        f"WHEN {escaped} THEN substr({text}, 2) ELSE {text} END"
    )
