"""recurring: what comes back more often than like things do."""

import argparse
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.diagnostic.evidence.problems_return import found_groups, problems_return, rule_words
from analytics.diagnostic.gathered import known, numbers
from analytics.diagnostic.recurrence.group_state import STATES
from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.store import open_store
from analytics.warehouse.engine import open_engine

NAME = "recurring"
HELP = "what comes back more often than like things do, with its state and whether anyone owns it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--state", choices=STATES, help="only groups of this state")
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """List the groups, the least probable first; of the filters' period only the end counts."""
    engine, store = open_engine(folder), open_store(folder)
    filters, entered, limits = read_filters(arguments), known(store), numbers(store)
    found, finding = found_groups(engine, filters, limits, entered), problems_return(engine, filters, limits, entered)
    reasons = {one.group_key: one.reason for one in store.problems.dismissed()}
    groups = [group for group in found.groups if arguments.state in (None, group.state)]
    document = {
        "as_of": engine.as_of.isoformat() if engine.as_of else None,
        "sentence": finding.sentence,
        "reason": finding.reason,
        "rule": rule_words(limits),
        "period": finding.document([], 0)["period"],
        "groups": [group.document() | {"dismissed_because": reasons.get(group.key)} for group in groups],
        "frequent_demand": found.frequent.astype(object).where(found.frequent.notna(), None).to_dict("records"),
        "frequent_demand_total": found.frequent_total,
        "machine_alerts": found.alerts.tickets,
        "tickets_used": found.candidates.tickets,
    }
    return document, "\n".join([finding.sentence or f"Cannot tell: {finding.reason}", *map(_line, groups)])


def _line(group: RecurringGroup) -> str:
    values = (group.definition.configuration_item, group.definition.service, group.definition.category)
    what = ", ".join([*filter(None, values), *([f"'{group.typical_title}'"] if group.typical_title else [])])
    return (
        f"{group.key}  {group.state}, {group.tickets} tickets, {group.returned} after an earlier one was resolved, "
        f"problem record: {group.record}. {what}"
    )
