"""What tickets say: titles from templates, subcategories, services and item names, as tables to pick from."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.demo.clock import Bools, Ints
from analytics.demo.desk import Desk
from analytics.demo.facts import of_kind
from analytics.demo.settings import Settings, Work
from analytics.demo.text import blank, joined, numbered, padded, picked


def _titles(work: Work) -> list[tuple[str, str]]:
    return [
        ((title.format(thing=thing) if "{" in title else title) + ending, thing)
        for title, thing, ending in product(work.titles, work.things, work.endings)
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Words:
    """The tables that positions in `Facts` refer to."""

    titles: pa.Array
    subcategories: pa.Array
    services: pa.Array
    categories: pa.Array
    prefixes: pa.Array


def words(settings: Settings) -> Words:
    """All wordings of the desk."""
    rows = [row for work in settings.work for row in _titles(work)]
    return Words(
        titles=pa.array([_capital(title) for title, _ in rows]),
        subcategories=pa.array([_capital(thing) for _, thing in rows]),
        services=pa.array([service for work in settings.work for service in work.services]),
        categories=pa.array([work.category for work in settings.work]),
        prefixes=pa.array([work.item or "CI" for work in settings.work]),
    )


def titles(desk: Desk, table: Words, rows: Ints) -> pa.Array:
    """Short descriptions; one that asks about another ticket names its number."""
    plain = picked(table.titles, desk.facts.title[rows])
    parent = desk.parent[rows]
    if not (parent >= 0).any():
        return plain
    asked = joined(plain, " ", incident_numbers(desk, np.maximum(parent, 0)), "?")
    return pc.if_else(pa.array(parent >= 0), asked, plain)


def items(desk: Desk, table: Words, rows: Ints) -> pa.Array:
    """Names of configuration items; null where nobody filled it in."""
    item = desk.facts.item[rows]
    return blank(joined(picked(table.prefixes, desk.kind[rows]), "-", padded(np.maximum(item, 0), 4)), item < 0)


def incident_numbers(desk: Desk, rows: Ints) -> pa.Array:
    """ServiceNow numbers of incidents."""
    return numbered("INC", desk.number[rows], 7)


def group_names(desk: Desk) -> list[str]:
    """The groups, by position."""
    return [group.name for group in desk.settings.groups]


def is_request(desk: Desk, rows: Ints) -> Bools:
    """Which tickets are requests."""
    return np.asarray(of_kind(desk.settings, "type", desk.kind[rows]) == "request")
