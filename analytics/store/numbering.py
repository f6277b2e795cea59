"""Numbering: the highest number that each table has ever given to a row. None of them is given again.

A later click on an old page could mean another row by it, and answers that were shown are known by their numbers.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Column, Connection, MetaData, String, Table, cast, func, insert, select, update
from sqlalchemy.dialects.postgresql import REGCLASS

_SQLITE = Table("sqlite_sequence", MetaData(), Column("name", String), Column("seq"))


def highest_numbers(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """Table name -> its highest number so far, 0 before the first; for those that number their rows."""
    return {each.name: _highest(connection, each) for each in tables if _is_numbered(each)}


def go_on_after(connection: Connection, each: Table, number: int) -> None:
    """Have the next row of a table get a number above `number`, and above all that were given before."""
    highest = max(number, _highest(connection, each))
    if highest == 0:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.setval(func.pg_get_serial_sequence(each.name, "id"), highest)))
        return
    mine = _SQLITE.c.name == each.name
    if not connection.execute(update(_SQLITE).where(mine).values(seq=highest)).rowcount:
        connection.execute(insert(_SQLITE).values(name=each.name, seq=highest))


def fault_of_numbers(numbers: Mapping[str, object]) -> bool:
    """Whether these cannot be the highest numbers of tables."""
    return not all(type(number) is int and 0 <= number < 2**31 for number in numbers.values())


def _is_numbered(each: Table) -> bool:
    return "id" in each.primary_key.columns


def _highest(connection: Connection, each: Table) -> int:
    if connection.dialect.name == "postgresql":
        sequence = cast(func.pg_get_serial_sequence(each.name, "id"), REGCLASS)
        given = connection.execute(select(func.pg_sequence_last_value(sequence))).scalar()
    else:
        given = connection.execute(select(_SQLITE.c.seq).where(_SQLITE.c.name == each.name)).scalar()
    return max(int(given or 0), connection.execute(select(func.max(each.c.id))).scalar() or 0)
