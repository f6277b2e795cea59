"""Something in every table, as people would enter it, and all rows of a database to compare."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Date, DateTime, Float, Integer, String, insert, select

from analytics.store import Store
from analytics.store.actions import Action
from analytics.store.database import Database
from analytics.store.moments import utc
from analytics.store.problem_records import ProblemRecord
from analytics.store.tables import METADATA

DAY = date(2026, 6, 30)
ODD = "'; DROP TABLE actions; --\r\n\u2028 日本 \U0001f692 \x01\x1b[31m =1+1 %s :x \\ \" {}"


def fill(store: Store) -> None:
    """Enter something through each door, then two rows straight into each table that is still empty."""
    number = store.actions.add(Action(ODD, who="Ada", due_on=DAY, promised_percent=-20.5))
    store.actions.change(number, 1, status="done", who="")
    store.actions.comment(number, ODD)
    store.problems.add(ProblemRecord("k", "Printer", "Ada", DAY, DAY))
    store.problems.dismiss("other", ODD, DAY)
    store.set_target("mttr", 0.1 + 0.2)
    store.save_mapping("mine", ODD)
    with store.database.writing() as connection:
        for table in METADATA.sorted_tables:
            if connection.execute(select(table)).first() is None:
                connection.execute(insert(table), [_row(list(table.columns), n) for n in (1, 2)])


def rows_of(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, moments in UTC."""
    with database.reading() as connection:
        return {
            table.name: [
                {name: utc(value) if isinstance(value, datetime) else value for name, value in row.items()}
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in METADATA.sorted_tables
        }


def _row(columns: list[Column[Any]], number: int) -> dict[str, Any]:
    # Numbers are left to the database, so that it counts.
    return {column.name: _value(column, number) for column in columns if column.name != "id"}


def _value(column: Column[Any], number: int) -> object:
    if column.nullable and number == 2:
        return None
    if isinstance(column.type, String):
        return json.dumps(f"é{number}")[: column.type.length]
    if isinstance(column.type, DateTime):
        return datetime(2026, 3, 29, 1, 30, 15, 123456 + number, UTC)
    if isinstance(column.type, Date):
        return DAY + timedelta(number)
    if isinstance(column.type, Float):
        return 0.1 * 3 / number
    assert isinstance(column.type, Integer)
    return number
