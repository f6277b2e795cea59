"""Selection: tickets named by words and by the SQL condition that finds them, for whatever a person clicks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analytics.filters import Filters
from analytics.kpi import Kpi
from analytics.tickets import MOST_ROWS, PEOPLE, SHOWN_COLUMNS, TicketList, behind_condition, shown_column
from analytics.warehouse.engine import Engine

# A condition that names tickets by their place in one snapshot, which another import changes.
_BY_PLACE = re.compile(r"ticket_key\s*(=|IN\s*\()\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Selection:
    """`words` complete "1,204 ..." and may quote an export; `condition` is SQL over the table `tickets`.

    Values stand in `parameters`, never in the condition. `order` is an SQL order; the newest come first by default.
    """

    words: str
    condition: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    order: str = "opened_at DESC, ticket_id"

    @property
    def holds_for_one_snapshot(self) -> bool:
        """Whether the condition names tickets by `ticket_key`, which means others once the data has changed."""
        return bool(_BY_PLACE.search(self.condition))

    def counted_words(self, count: int) -> str:
        """The words after a count of tickets: `ticket opened in May` where there is one."""
        return self.words.replace("tickets", "ticket", 1) if count == 1 else self.words


def kpi_selection(kpi: Kpi, filters: Filters, used: bool = True) -> Selection:
    """The tickets the KPI counts under the filters, or with `used` False those it leaves out."""
    verdict = "counted in" if used else "left out of"
    words = f"{filters.sentence(kpi.verb)}, {verdict} {kpi.title}"
    return Selection(words, behind_condition(kpi, filters, used), filters.parameters())


def of_title(selection: Selection, text: str) -> Selection:
    """The tickets of a selection whose title has a text, in any case of letters; all of them for no text."""
    wanted = " ".join(text.split())
    if not wanted:
        return selection
    return replace(
        selection,
        words=f"{selection.words}, with '{wanted}' in the title",
        condition=f"({selection.condition}) AND position(:searched_title IN lower(title)) > 0",
        parameters={**selection.parameters, "searched_title": wanted.lower()},
    )


def count_tickets(engine: Engine, selection: Selection) -> int:
    """How many tickets the selection holds."""
    sql = f"SELECT count(*) AS tickets FROM tickets WHERE {selection.condition}"
    return int(engine.query(sql, dict(selection.parameters))["tickets"].iloc[0])


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
    return TicketList(engine.query(sql, parameters), count_tickets(engine, selection), sql)
