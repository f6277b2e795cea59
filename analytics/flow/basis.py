"""Basis: what stands behind a figure, so that it can be read and audited wherever it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Basis:
    """What a figure is (`definition`), the statement and bound parameters it came from, and the tickets used.

    `excluded` is (reason, tickets) for those of the selection that could not be used. `caveats` are sentences to keep
    in mind; `source` is where the definition comes from. None of these texts may quote an export.
    """

    definition: str
    sql: str
    parameters: Mapping[str, object]
    as_of: datetime | None
    used: int
    excluded: tuple[tuple[str, int], ...] = ()
    caveats: tuple[str, ...] = ()
    source: str = ""
    filters: str = field(default="")

    @property
    def tickets_excluded(self) -> int:
        """All that were not used."""
        return sum(count for _, count in self.excluded)

    def document(self) -> dict[str, Any]:
        """The basis as it stands in the command line's JSON."""
        return {
            "definition": self.definition,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "filters": self.filters,
            "tickets_used": self.used,
            "tickets_excluded": self.tickets_excluded,
            "excluded": [{"reason": reason, "tickets": count} for reason, count in self.excluded],
            "caveats": list(self.caveats),
            "sql": self.sql,
            "parameters": {name: _plain(value) for name, value in self.parameters.items()},
        }


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | None) else str(value)
