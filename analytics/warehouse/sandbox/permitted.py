"""The permitted tables: what a person's own SQL may read, column by column, and how it is taken from a snapshot."""

from hashlib import sha256

from analytics.warehouse.schema import CALENDAR, IMPORTS, STAYS, TICKET_EVENTS, TICKETS, Column

# How an import was read, and what it said of single cells, are left out; rejected rows are raw text and stay away.
_NOT_OF_IMPORTS = ("hash", "mapping", "warnings")
FACTS: tuple[Column, ...] = (
    Column("as_of", "TIMESTAMP", "The time of the newest event, in the reporting time zone: what is 'now' here."),
    Column("as_of_on", "DATE", "Its day: `opened_on > as_of_on - 30` are the last 30 days."),
    Column("reporting_time_zone", "VARCHAR", "The zone of all columns that end in `_on`."),
)
PERMITTED: dict[str, tuple[Column, ...]] = {
    "tickets": TICKETS,
    "ticket_events": TICKET_EVENTS,
    "stays": STAYS,
    "calendar": CALENDAR,
    "imports": tuple(column for column in IMPORTS if column.name not in _NOT_OF_IMPORTS),
    "facts": FACTS,
}
PEOPLE: tuple[str, ...] = tuple(column.name for column in TICKETS if column.person)
_VALUES_OF_EVENTS = ("old_value", "new_value")
_FACTS = (
    "SELECT CAST(max(value) FILTER (WHERE name = 'as_of') AS TIMESTAMP) AS as_of, "
    "CAST(CAST(max(value) FILTER (WHERE name = 'as_of') AS TIMESTAMP) AS DATE) AS as_of_on, "
    "max(value) FILTER (WHERE name = 'reporting_time_zone') AS reporting_time_zone FROM {place}.facts"
)


def selection(table: str, place: str, people: bool) -> str:
    """The statement that takes a permitted table from a snapshot attached as `place`; without `people` no names."""
    if table == "facts":
        return _FACTS.format(place=place)
    taken = ", ".join(_taken(table, column, people) for column in PERMITTED[table])
    return f"SELECT {taken} FROM {place}.{table}"


def _taken(table: str, column: Column, people: bool) -> str:
    """Texts are plain: the snapshot's lists of values would be in the copy, and make comparisons fail."""
    if column.person and not people:
        return f"CAST(NULL AS {column.type}) AS {column.name}"
    if table == "ticket_events" and column.name in _VALUES_OF_EVENTS and not people:
        names = ", ".join(f"'{name}'" for name in PEOPLE)
        return f"CASE WHEN field IN ({names}) THEN NULL ELSE CAST({column.name} AS VARCHAR) END AS {column.name}"
    return f"CAST({column.name} AS {column.type}) AS {column.name}"


# Changes with what is taken, so that a copy made by an earlier version is not used.
LAYOUT: str = sha256(
    "\n".join(selection(table, "s", people) for table in PERMITTED for people in (False, True)).encode()
).hexdigest()[:8]
