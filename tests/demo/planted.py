"""What the product finds of what was planted in a simulated desk: for each truth a hit, and how many false alarms."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.demo import write_exports
from analytics.filters import Filters
from analytics.flow.bridge import bridge
from analytics.flow.bridge_sentences import bridge_sentences
from analytics.flow.case_mix import case_mix
from analytics.flow.contributions import contributions
from analytics.flow.handoffs import handoffs
from analytics.flow.mass_closures import mass_closures
from analytics.flow.owner_classes import UNNAMED
from analytics.flow.ownership import ownership
from analytics.flow.reprioritisation import reprioritisation
from analytics.measure import FEWEST_TICKETS
from analytics.selection import select_tickets
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.importer import import_exports

Truth = dict[str, Any]
END = date(2026, 7, 1)
# Tickets that a habit of a fraction of them touches at least; below it nobody should be accused of one.
_HABIT = 0.1


@dataclass(frozen=True)
class Finding:
    """Whether the planted truth was found, and what else was claimed that nobody planted."""

    hit: bool
    false_alarms: int
    said: str = ""


def growing_category(engine: Engine, truth: Truth) -> Finding:
    """Named first in the bridge since it began to grow."""
    window = Filters.of(date.fromisoformat(truth["where"]["since"][:10]), END)
    split, whole = contributions(engine, window, "category"), bridge(engine, window)
    said = bridge_sentences(whole, split)[1]
    first = split.frame["value"].iloc[0] == truth["where"]["category"]
    return Finding(first and truth["where"]["category"] in said and whole.leak == 0, 0, said)


def bouncing_pair(engine: Engine, truth: Truth) -> Finding:
    """First in ping-pong; any other pair that goes back and forth is a false alarm."""
    pairs = handoffs(engine, Filters()).ping_pong
    named = [{row.group_a, row.group_b} for row in pairs.itertuples() if row.tickets >= FEWEST_TICKETS]
    planted = set(truth["where"]["groups"])
    return Finding(named[:1] == [planted], sum(pair != planted for pair in named))


def bulk_clean_up(engine: Engine, truth: Truth) -> Finding:
    """Its day is marked; any other day is a false alarm."""
    days = mass_closures(engine, Filters()).frame["day"].dt.date.tolist()
    planted = date.fromisoformat(truth["where"]["at"][:10])
    return Finding(planted in days, sum(day != planted for day in days), str(days))


def tickets_without_owner(engine: Engine, truth: Truth) -> Finding:
    """Listed exactly, of the incidents, whose numbers the truth holds."""
    found = ownership(engine, Filters.of(where={"source": ["ServiceNow"], "ticket_type": ["incident"]}))
    older, group = truth["where"]["older_than_days"], truth["where"]["group"]
    listed = select_tickets(engine, found.selection(UNNAMED, older, (group,))).frame["ticket_id"]
    missing, more = set(truth["tickets"]) - set(listed), set(listed) - set(truth["tickets"])
    return Finding(not missing, len(more), f"{len(listed)} listed, {len(missing)} missing, {len(more)} more")


def slow_group(engine: Engine, truth: Truth) -> Finding:
    """Slowest after case mix, and beyond chance; a false alarm is another group said to be slower than it."""
    frame = case_mix(engine, Filters()).shown
    mine = frame[frame["value"] == truth["where"]["group"]].iloc[0]
    others = frame[frame["value"] != truth["where"]["group"]]
    return Finding(
        bool(frame["value"].iloc[0] == truth["where"]["group"] and mine["lo"] > 1),
        int((others["lo"] >= mine["ratio"]).sum()),
        f"{mine['ratio']:.2f} ({mine['lo']:.2f} to {mine['hi']:.2f}), next {others['ratio'].max():.2f}",
    )


def reprioritisation_habit(engine: Engine, truth: Truth) -> Finding:
    """First among the groups, with the planted share; a false alarm is another group with the habit."""
    groups = reprioritisation(engine, Filters()).groups
    first = groups.iloc[0]
    close = abs(first["share"] - truth["magnitude"]["share_in_group"]) <= 0.02
    others = groups[(groups["assignment_group"] != truth["where"]["group"]) & (groups["at_least"] >= _HABIT)]
    hit = bool(first["assignment_group"] == truth["where"]["group"] and close)
    return Finding(hit, len(others), f"{first['share']:.3f}")


DETECTORS: dict[str, Callable[[Engine, Truth], Finding]] = {
    detector.__name__: detector
    for detector in (
        growing_category,
        bouncing_pair,
        bulk_clean_up,
        tickets_without_owner,
        slow_group,
        reprioritisation_habit,
    )
}


def findings(folder: Path, seed: int, tickets: int) -> dict[str, Finding]:
    """Simulate a desk, import its exports, and look for everything that was planted."""
    exports = folder / "exports"
    exports.mkdir(parents=True)
    import_exports(folder / "db", write_exports(exports, tickets, seed))
    truths = {truth["kind"]: truth for truth in json.loads((exports / "truths.json").read_text())["truths"]}
    engine = open_engine(folder / "db")
    try:
        return {kind: detect(engine, truths[kind]) for kind, detect in DETECTORS.items()}
    finally:
        engine.close()


def table(found: dict[int, dict[str, Finding]]) -> pd.DataFrame:
    """A row for each truth: seeds, hits, seeds with a false alarm, and false alarms."""
    return pd.DataFrame(
        [
            {
                "truth": kind,
                "seeds": len(found),
                "hits": sum(each[kind].hit for each in found.values()),
                "false_alarms": sum(each[kind].false_alarms for each in found.values()),
                "missed_by": [seed for seed, each in found.items() if not each[kind].hit],
            }
            for kind in DETECTORS
        ]
    )
