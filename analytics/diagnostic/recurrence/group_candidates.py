"""Candidates: every item, near title or service that could be a recurring group, and how improbable each is."""

from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pandas as pd

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.recurring_items import COLUMNS, item_groups, service_groups
from analytics.diagnostic.recurrence.recurring_span import RecurringSpan
from analytics.diagnostic.recurrence.recurring_titles import title_groups
from analytics.diagnostic.recurrence.usual_rate import improbable
from analytics.warehouse.engine import Engine

# A column that hardly any ticket has cannot speak for them.
_FEWEST_TICKETS, _FEWEST_SHARE = 5, 0.05
# Titles and services are set against their own past: it takes as long as the window at least.
PAST_DAYS = 90


@dataclass(frozen=True)
class Candidates:
    """What could come back: `frame` has the rows of items and titles (else services), `odd` marks the improbable ones.

    `items`, `titles`, `services` say by what things can be told; `tickets` were looked at. `capped` distinct titles
    were not compared with all others.
    """

    frame: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*COLUMNS, "odd"]))
    tickets: int = 0
    capped: int = 0
    items: bool = False
    has_titles: bool = False
    titles: bool = False
    services: bool = False
    has_past: bool = False
    sql: str = ""

    @property
    def told(self) -> bool:
        """Whether one thing can be told from another: by its item or its title."""
        return self.items or self.titles

    @property
    def improbable(self) -> pd.DataFrame:
        """The candidates that came more often than like things do."""
        odd = self.frame[self.frame["odd"].astype(bool)]
        return odd.sort_values(["p", "tickets"], ascending=[True, False], kind="stable")

    def past_of(self, definition: GroupDefinition) -> float:
        """How probable as many are by the item's own past; 1 where that cannot be told."""
        frame = self.frame
        same = frame["configuration_item"] == definition.configuration_item
        category = frame["category"]
        same &= category.isna() if definition.category is None else category == definition.category
        found = frame.loc[same, "p_past"].dropna()
        return float(found.iloc[0]) if len(found) else 1.0


def group_candidates(engine: Engine, span: RecurringSpan) -> Candidates:
    """By items and titles where tickets have them; by services and categories only where they have neither."""
    conditions = " AND ".join(span.conditions("window_start"))
    sql = (
        "SELECT count(*) AS tickets, count(configuration_item) AS items, count(title) AS titles,\n"
        "  count(*) FILTER (WHERE service IS NOT NULL AND category IS NOT NULL) AS services\n"
        f"FROM tickets\nWHERE {conditions}"
    )
    counted = engine.query(sql, span.parameters).iloc[0]
    past = engine.query("SELECT min(opened_on) AS first_day FROM tickets")["first_day"].iloc[0]
    has_past = not pd.isna(past) and past <= pd.Timestamp(span.start - timedelta(days=PAST_DAYS))
    fewest = max(_FEWEST_TICKETS, _FEWEST_SHARE * counted["tickets"])
    items, titles, services = (bool(counted[name] >= fewest) for name in ("items", "titles", "services"))
    frames, capped = [], 0
    if items:
        frames.append(_marked(item_groups(engine, span)))
    if titles:
        odd = frames[0][frames[0]["odd"]] if frames else pd.DataFrame(columns=["configuration_item"])
        found = title_groups(engine, span, tuple(odd["configuration_item"].astype(str).unique()[:200]))
        frames.append(_marked(found.frame, has_past))
        capped = found.capped
    if services and not items and not titles:
        frames.append(_marked(service_groups(engine, span), has_past))
    kept = [frame for frame in frames if len(frame)]
    frame = pd.concat(kept, ignore_index=True) if kept else Candidates().frame
    return Candidates(
        frame,
        int(counted["tickets"]),
        capped,
        items,
        titles,
        titles and has_past,
        services and has_past,
        has_past,
        sql,
    )


def _marked(frame: pd.DataFrame, can_tell: bool = True) -> pd.DataFrame:
    p = frame["p"].to_numpy(dtype=float) if can_tell else np.full(len(frame), np.nan)
    return frame.assign(odd=improbable(p))
