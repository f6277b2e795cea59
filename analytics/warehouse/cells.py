"""Cells: the cleaned text of every column that a mapping reads, one row per record of the file."""

import duckdb

from analytics.warehouse.formats import Mapping

# Space, tab, line feed, carriage return, no-break space.
_SPACES = (32, 9, 10, 13, 160)
_APOSTROPHE = 39


def create_cells(connection: duckdb.DuckDBPyConnection, raw: str, mapping: Mapping) -> None:
    """Create the temporary table `cells` from the raw table `raw`.

    It has `record`, each canonical column the file fills, `status_<i>` (the columns a status may be told by, in
    order), `cancelled_<rule>_<position>`, `order_<i>` and `actor`; all text, NULL where the source says unknown.
    """
    nulls = {f"null_{i}": word for i, word in enumerate(sorted(mapping.format.nulls))}
    unknown = ", ".join(f"${name}" for name in nulls)
    read = _places(mapping)
    untidy = _untidy(connection, raw, sorted({place for places in read.values() for place in places}))
    columns = [f"{_first(places, unknown, untidy)} AS {name}" for name, places in read.items()]
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


def _untidy(connection: duckdb.DuckDBPyConnection, raw: str, places: list[int]) -> set[int]:
    """The columns in which a cell has white space around it or starts with an apostrophe; tidying all is slow."""
    ends = " OR ".join(f"suffix(c{{0}}, chr({code}))" for code in _SPACES)
    starts = ", ".join(str(code) for code in (*_SPACES, _APOSTROPHE))
    checks = ", ".join(f"bool_or(ascii(c{{0}}) IN ({starts}) OR {ends})".format(place) for place in places)
    found = connection.execute(f"SELECT {checks} FROM {raw}").fetchone() or ()
    return {place for place, is_untidy in zip(places, found, strict=True) if is_untidy}


def _first(places: tuple[int, ...], unknown: str, untidy: set[int]) -> str:
    cells = [_cell(f"c{place}", unknown, place in untidy) for place in places]
    return cells[0] if len(cells) == 1 else f"COALESCE({', '.join(cells)})"


def _cell(text: str, unknown: str, untidy: bool) -> str:
    """A cell's text, without the apostrophe that formula escaping puts before = + - @."""
    tidied = f"trim({text}, {' || '.join(f'chr({code})' for code in _SPACES)})" if untidy else text
    escaped = f"ascii({tidied}) = {_APOSTROPHE} AND substr({tidied}, 2, 1) IN ('=', '+', '-', '@')"
    plain = f"CASE WHEN {escaped} THEN substr({tidied}, 2) ELSE {tidied} END" if untidy else text
    return f"CASE WHEN {tidied} <> '' AND lower({tidied}) NOT IN ({unknown}) THEN {plain} END"
