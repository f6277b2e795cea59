"""Items that come back: an item and category with tickets on more days than like items have, or services."""

import numpy as np
import pandas as pd

from analytics.diagnostic.recurrence.recurring_span import IN_WINDOW, SPELL, RecurringSpan
from analytics.diagnostic.recurrence.usual_rate import against_past, among_peers
from analytics.warehouse.engine import Engine

COLUMNS = (
    "kind", "category", "service", "configuration_item", "title", "tickets", "spells", "before", "p",
    "p_window", "p_past", "expected", "example",
)  # fmt: skip


def item_groups(engine: Engine, span: RecurringSpan) -> pd.DataFrame:
    """One row an item and category of the last year, with `COLUMNS`; `example`, a title as written, is empty here.

    `tickets` and `spells` are of the window, `before` of the year up to it, `expected` the days with a ticket that are
    usual in the window. `p` is of as many days with tickets, in the window or over the whole year, by the items of the
    same category; `p_window` of the window alone; `p_past` by the item's own past, which stands in for both where like
    items are too few.
    """
    found = _counted(engine, span, "configuration_item")
    window, year = (among_peers(found[name], found["category"]) for name in ("days", "days_year"))
    past = against_past(found["days"], found["days_before"], found["category"])
    either = np.minimum(2 * np.fmin(window.p, year.p), 1.0)
    peers = ~np.isnan(either)
    return found.assign(
        kind="item", service=None, title=None, p=np.where(peers, either, past.p), p_past=past.p,
        p_window=np.where(peers, window.p, past.p), expected=np.where(peers, window.expected, past.expected),
        example="",
    )[list(COLUMNS)]  # fmt: skip


def service_groups(engine: Engine, span: RecurringSpan) -> pd.DataFrame:
    """The same for services with a category, each against its own past: services are not alike in size."""
    found = _counted(engine, span, "service")
    past = against_past(found["days"], found["days_before"], pd.Series(0, index=found.index))
    return found.assign(
        kind="service", configuration_item=None, title=None, p=past.p, p_window=past.p, p_past=past.p,
        expected=past.expected, example="",
    )[list(COLUMNS)]  # fmt: skip


def _counted(engine: Engine, span: RecurringSpan, thing: str) -> pd.DataFrame:
    named = ["category IS NOT NULL"] if thing == "service" else []
    conditions = [f"{thing} IS NOT NULL", *named, *span.conditions()]
    frame = engine.query(
        f"SELECT {thing}, category,\n  count(*) FILTER (WHERE {IN_WINDOW}) AS tickets,\n"
        f"  count(*) FILTER (WHERE NOT {IN_WINDOW}) AS before,\n"
        f"  count(DISTINCT opened_on) FILTER (WHERE {IN_WINDOW}) AS days,\n"
        f"  count(DISTINCT opened_on) FILTER (WHERE NOT {IN_WINDOW}) AS days_before,\n"
        "  count(DISTINCT opened_on) AS days_year,\n"
        f"  count(DISTINCT {SPELL}) FILTER (WHERE {IN_WINDOW}) AS spells\n"
        f"FROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY 1, 2\nORDER BY 1, 2",
        span.parameters,
    )
    return frame.astype({thing: object, "category": object})
