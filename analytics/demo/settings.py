"""The simulated desk's settings, read from data/demo.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

SETTINGS = Path(__file__).parents[2] / "data" / "demo.toml"
DAY = 24 * 60

Source = Literal["incidents", "requests", "applications"]


@dataclass(frozen=True)
class Group:
    """An assignment group: staffed hours, how loaded it is, and its habits (see the comments in demo.toml)."""

    name: str
    utilisation: float
    opens: float
    closes: float
    agents: int
    pace: float
    unowned: float
    reprioritises: float


@dataclass(frozen=True)
class Work:
    """One kind of ticket: how many, where they go, how long they take (hours), and how people word them."""

    key: str
    category: str
    source: Source
    share: float
    group: str
    effort: float
    lead: float
    priorities: tuple[float, ...]
    services: tuple[str, ...]
    titles: tuple[str, ...]
    things: tuple[str, ...]
    endings: tuple[str, ...]
    type: str
    plant: str = ""
    behaviour: Literal["queued", "booked", "chases"] = "queued"
    first_line: float = 0.0
    bounces_with: str = ""
    item: str = ""
    items: int = 0
    items_from: int = 1
    own_item: bool = False
    begins: datetime | None = None
    ends: datetime | None = None
    growth_from: date | None = None
    growth: float = 1.0
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class Settings:
    """The whole desk, `without` some of its planted truths.

    Tables that only one module reads stay mappings, as written in the file.
    """

    start: date
    end: date
    holidays: frozenset[date]
    rhythm: Mapping[str, Any]
    opens: float
    closes: float
    targets: Mapping[str, tuple[float, ...]]
    habits: Mapping[str, Any]
    clean_up: Mapping[str, Any]
    onboarding: Mapping[str, Any]
    records: Mapping[str, Any]
    bad_change: Mapping[str, Any]
    people: Mapping[str, Any]
    groups: tuple[Group, ...]
    work: tuple[Work, ...]
    without: frozenset[str] = frozenset()

    @property
    def days(self) -> int:
        """How many days are simulated."""
        return (self.end - self.start).days + 1

    @property
    def horizon(self) -> int:
        """The moment of the export, in minutes since the start."""
        return self.days * DAY

    def minute(self, moment: datetime | date) -> int:
        """`moment` (UTC; a date is its midnight) in whole minutes since the start of the simulation."""
        moment = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
        return int((moment - datetime.combine(self.start, time())) / timedelta(minutes=1))

    def group_index(self, name: str) -> int:
        """The position of the group called `name`; StopIteration if demo.toml does not define it."""
        return next(index for index, group in enumerate(self.groups) if group.name == name)


def _work(table: Mapping[str, Any], endings: list[str]) -> Work:
    values = {"endings": endings, "type": "request" if table["source"] == "requests" else "incident", **table}
    values["begins"], values["ends"] = values.pop("from", None), values.pop("to", None)
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Work(**(values | lists))


@cache
def settings() -> Settings:
    """The desk described in data/demo.toml."""
    table = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    period = table["period"]
    named = {field.name: table[field.name] for field in fields(Settings) if field.name in table}
    return Settings(
        **named
        | {
            "start": period["start"],
            "end": period["end"],
            "holidays": frozenset(period["holidays"]),
            "opens": table["business"]["opens"],
            "closes": table["business"]["closes"],
            "groups": tuple(Group(**group) for group in table["groups"]),
            "work": tuple(_work(work, table["titles"]["endings"]) for work in table["work"]),
        }
    )
