"""Selection: tickets named by words and by the SQL condition that finds them, for whatever a person clicks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.tickets import MOST_ROWS, PEOPLE, SHOWN_COLUMNS, TicketList, shown_column
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Selection:
    """`words` complete "1,204 ..." and may quote an export; `condition` is SQL over the table `tickets`.

    Values stand in `parameters`, never in the condition. `order` is an SQL order; the newest come first by default.
    """

    words: str
    condition: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    order: str = "opened_at DESC, ticket_id"


def select_tickets(engine: Engine, selection: Selection, rows: int = 1_000, people: bool = False) -> TicketList:
    """The tickets of a selection, times in the reporting time zone.

    `people` adds the names of people, which only an administrator may turn on.
    """
    columns = [shown_column(name, engine.reporting_time_zone) for name in (*SHOWN_COLUMNS, *(PEOPLE if people else ()))]
    sql = (
        f"SELECT {', '.join(columns)}\nFROM tickets\nWHERE {selection.condition}\n"
        f"ORDER BY {selection.order}\nLIMIT {min(rows, MOST_ROWS)}"
    )
    parameters = dict(selection.parameters) | {"zone": engine.reporting_time_zone}
    total = engine.query(f"SELECT count(*) AS tickets FROM tickets WHERE {selection.condition}", parameters)
    return TicketList(engine.query(sql, parameters), int(total["tickets"].iloc[0]), sql)
