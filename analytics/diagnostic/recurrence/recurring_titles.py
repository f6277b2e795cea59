"""Titles that come back: nearly the same title on one service and category."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.diagnostic.recurrence.near_titles import near_titles
from analytics.diagnostic.recurrence.normalised_title import normalised_title, place_words
from analytics.diagnostic.recurrence.recurring_items import COLUMNS
from analytics.diagnostic.recurrence.recurring_span import IN_WINDOW, SPELL_DAYS, RecurringSpan
from analytics.diagnostic.recurrence.usual_rate import against_past, among_peers
from analytics.warehouse.engine import Engine

# Rows of one title, service and category on one day; the rarest titles beyond are left out, and said so.
_MOST_ROWS = 300_000
_MOST_PREFIXES = 50


@dataclass(frozen=True)
class TitleGroups:
    """`frame` has a row a group, with `COLUMNS`; `capped` distinct titles were not compared with the others."""

    frame: pd.DataFrame
    capped: int


def title_groups(engine: Engine, span: RecurringSpan, without_items: Sequence[str] = ()) -> TitleGroups:
    """Groups of nearly the same title, without the tickets of some items.

    A group counts as improbable only where it is so among the titles of its service and category, and by its own past
    too: where a desk has written `password reset` every week for a year, that is demand.
    """
    places, numbers = place_names(engine), ticket_numbers(engine)
    now = _read(engine, span, IN_WINDOW, without_items, places, numbers)
    if now.empty:
        return TitleGroups(pd.DataFrame(columns=list(COLUMNS)), 0)
    then = _read(engine, span, f"NOT {IN_WINDOW}", without_items, places, numbers)
    distinct = now.groupby(["block", "normal"], as_index=False)["tickets"].sum().rename(columns={"normal": "title"})
    near = near_titles(distinct)
    distinct = distinct.rename(columns={"title": "normal", "tickets": "_"}).assign(leader=near.leader)
    now = now.merge(distinct, on=["block", "normal"])
    then = then.merge(distinct, on=["block", "normal"], how="left")
    # A title of the past that nobody wrote lately still counts for what its block used to bring.
    then["leader"] = then["leader"].where(then["leader"].notna(), then["normal"])
    return TitleGroups(_judged(now, then, span), near.capped)


def _judged(now: pd.DataFrame, then: pd.DataFrame, span: RecurringSpan) -> pd.DataFrame:
    keys = ["block", "leader"]
    spell = (pd.to_datetime(now["opened_on"]) - pd.Timestamp(span.start)).dt.days // SPELL_DAYS
    groups = now.assign(spell=spell).groupby(keys, sort=True)
    frame = pd.DataFrame(
        {
            "service": groups["service"].first(), "category": groups["category"].first(),
            "tickets": groups["tickets"].sum(), "days": groups["opened_on"].nunique(),
            "spells": groups["spell"].nunique(), "example": groups["title"].first(),
        }
    )  # fmt: skip
    past = then.groupby(keys, sort=True).agg(before=("tickets", "sum"), days_before=("opened_on", "nunique"))
    every = frame.join(past, how="outer")
    every[list(_NUMBERS)] = every[list(_NUMBERS)].fillna(0)
    blocks = pd.Series(every.index.get_level_values("block"), index=every.index)
    own = against_past(every["days"], every["days_before"], blocks)
    shown = (every["tickets"] > 0).to_numpy()
    every, blocks = every[shown], blocks[shown]
    peers = among_peers(every["days"], blocks).p
    # Both must say so; where one cannot tell, the other does not suffice.
    p = np.where(np.isnan(peers), own.p[shown], np.maximum(peers, own.p[shown]))
    every = every.reset_index().rename(columns={"leader": "title"})
    every = every.assign(
        kind="title", configuration_item=None, p=p, p_window=p, p_past=own.p[shown], expected=own.expected[shown]
    )
    texts = ["service", "category", "example"]
    every[texts] = every[texts].astype(object).where(every[texts].notna(), None)
    return every.astype({"tickets": int, "spells": int, "before": int})[list(COLUMNS)]


_NUMBERS = ("tickets", "days", "spells", "before", "days_before")


def _read(
    engine: Engine, span: RecurringSpan, when: str, without: Sequence[str], places: frozenset[str],
    numbers: re.Pattern[str] | None,
) -> pd.DataFrame:  # fmt: skip
    """Rows of `service`, `category`, `opened_on`, `tickets`, `normal` (the title) and `block`."""
    left_out = {f"item_{place}": name for place, name in enumerate(without)}
    others = f"(configuration_item IS NULL OR configuration_item NOT IN ({', '.join(f':{n}' for n in left_out)}))"
    conditions = ["title IS NOT NULL", when, *span.conditions(), *([others] if left_out else [])]
    frame = engine.query(
        "SELECT title, service, category, opened_on, count(*) AS tickets\nFROM tickets\n"
        f"WHERE {' AND '.join(conditions)}\nGROUP BY 1, 2, 3, 4\nORDER BY 5 DESC, 1, 4\nLIMIT {_MOST_ROWS}",
        span.parameters | left_out,
    )
    normal = {title: normal_of(title, places, numbers) for title in frame["title"].unique()}
    frame = frame.assign(normal=frame["title"].map(normal), block=block_of(frame["service"], frame["category"]))
    return frame[frame["normal"] != ""]


def normal_of(title: str, places: frozenset[str], numbers: re.Pattern[str] | None) -> str:
    """The normalised title; empty where it is about another ticket, which it names: that is somebody asking."""
    return "" if numbers and numbers.search(title) else normalised_title(title, places)


def block_of(service: pd.Series, category: pd.Series) -> pd.Series:
    """One text for each service and category."""
    return service.astype(object).fillna("").astype(str) + "\x1f" + category.astype(object).fillna("").astype(str)


def place_names(engine: Engine) -> frozenset[str]:
    """The words of the sites that the tickets name."""
    found = engine.query("SELECT site FROM tickets WHERE site IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 500")
    return place_words(str(name) for name in found["site"])


def ticket_numbers(engine: Engine) -> re.Pattern[str] | None:
    """What a ticket's number looks like here, such as INC0012345; None where numbers have no letters in front."""
    sample = engine.query("SELECT ticket_id FROM tickets WHERE ticket_id IS NOT NULL ORDER BY ticket_key LIMIT 20000")
    prefixes = sample["ticket_id"].astype(str).str.extract(r"^([A-Za-z]+[-_ ]?)\d{3,}$")[0].dropna()
    common = prefixes.value_counts().head(_MOST_PREFIXES).index
    if not len(common):
        return None
    return re.compile(rf"\b(?:{'|'.join(re.escape(str(one)) for one in common)})\d{{3,}}", re.IGNORECASE)
