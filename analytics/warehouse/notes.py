"""Notes: what the loaded data does to a KPI's meaning, said beside the number."""

import duckdb

_RESOLUTION_KPIS = ("mttr", "median_time_to_resolve", "p90_time_to_resolve")


def create_notes(connection: duckdb.DuckDBPyConnection, target: str) -> None:
    """Create `<target>.notes` (kpi, note): one sentence for each KPI and source that has something to say."""
    connection.execute(f"CREATE TABLE {target}.notes (kpi VARCHAR, note VARCHAR)")
    notes = [*_first_contact(connection, target), *_standing_in(connection)]
    if notes:
        connection.executemany(f"INSERT INTO {target}.notes VALUES (?, ?)", notes)


def _first_contact(connection: duckdb.DuckDBPyConnection, target: str) -> list[tuple[str, str]]:
    found = connection.execute(
        f"SELECT CAST(source AS VARCHAR), first_contact_rule, count(*) FROM {target}.tickets "
        "WHERE first_contact_rule IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    return [("fcr", f"{source}: {_rule(rule)} ({count:,} tickets).") for source, rule, count in found]


def _rule(rule: str) -> str:
    return "the tool's own flag" if rule == "flag" else f"a proxy: {rule}"


def _standing_in(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Formats without a resolution time, told from the mapping each import was read with."""
    found = connection.execute(
        "SELECT DISTINCT format FROM imports WHERE mapping LIKE '%has_resolution_time = false%' ORDER BY 1"
    ).fetchall()
    sentence = "the closing time stands in for the resolution time, which this format does not have."
    return [(kpi, f"{name}: {sentence}") for (name,) in found for kpi in _RESOLUTION_KPIS]
