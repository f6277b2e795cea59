"""What is to be said of one ticket: its facts in words, and whether it kept its target."""

from collections.abc import Mapping
from datetime import datetime

from analytics.formatting import UNKNOWN, hours_text, moment_text
from analytics.ticket_timeline import TicketTimeline
from analytics.tickets import PEOPLE

_PLAIN = {
    "source_status": "Status", "priority": "Priority", "assignment_group": "Group", "ticket_type": "Type",
    "category": "Category", "service": "Service", "configuration_item": "Configuration item", "channel": "Channel",
}  # fmt: skip
_TIMES = {"opened_at": "Opened", "first_response_at": "First response", "due_at": "Due", "resolved_at": "Resolved",
          "closed_at": "Closed"}  # fmt: skip
_DURATIONS = {
    "response_hours": "Time to first response", "resolution_hours": "Time to resolve",
    "business_resolution_hours": "In business hours", "pending_hours": "On hold", "handle_hours": "Work booked",
}  # fmt: skip
_COUNTS = {"reopen_count": "Reopenings", "reply_count": "Replies"}
# Facts that are missed where they are unknown; of the others nothing is said.
_ALWAYS = ("priority", "assignment_group", "opened_at", "first_response_at", "due_at", "resolved_at")


def ticket_facts(found: TicketTimeline) -> list[tuple[str, str]]:
    """Name and text of each fact, in the order in which they are read. The names are ours, the texts an export's."""
    facts = found.facts
    status = facts["source_status"] or facts["status"]
    plain = [(words, _text(dict(facts) | {"source_status": status}, name)) for name, words in _PLAIN.items()]
    people = [(name.capitalize(), str(facts[name])) for name in PEOPLE if facts.get(name)]
    times = [(words, _moment(facts, name)) for name, words in _TIMES.items()]
    spans = [(words, hours_text(_number(facts[name])) if facts[name] is not None else "")
             for name, words in _DURATIONS.items()]  # fmt: skip
    counts = [(words, f"{_number(facts[name]):.0f}" if facts[name] is not None else "")
              for name, words in _COUNTS.items()]  # fmt: skip
    listed = [*plain, *people, *times, *spans, ("Hand-offs", _hand_offs(found)), *counts]
    return [(words, text) for words, text in listed if text]


def sla_sentence(found: TicketTimeline) -> str:
    """Whether the resolution target was met, how late or how early, or why that cannot be told."""
    met, late = found.facts["sla_met"], found.late_hours
    if found.facts["status"] == "cancelled":
        return "The ticket was cancelled, so its target is not judged."
    if found.facts["ended_at"] is None:
        return _still_open(met, late)
    if met is None:
        return "Whether the target was met cannot be told: the data has no due time for this ticket."
    if late is None or (late <= 0) is not bool(met):
        return f"Target {'met' if met else 'missed'}, says the source."
    return f"Target met, {hours_text(-late)} before it was due." if met else f"Target missed by {hours_text(late)}."


def _still_open(met: object, late: float | None) -> str:
    if late is not None and late > 0:
        return f"Still open, {hours_text(late)} past its due time."
    if met is False:
        return "Still open, and its source says that the target was missed."
    return f"Still open, due in {hours_text(-late)}." if late is not None else "Still open, without a due time."


def _hand_offs(found: TicketTimeline) -> str:
    """As the source counts them, and as its history does where that differs."""
    counted = found.facts["reassignment_count"]
    if counted is None:
        return "" if found.hand_offs is None else str(found.hand_offs)
    differs = found.hand_offs is not None and found.hand_offs != int(_number(counted))
    return f"{_number(counted):.0f}" + (f" (the history has {found.hand_offs})" if differs else "")


def _text(facts: Mapping[str, object], name: str) -> str:
    value = facts[name]
    if value is None:
        return "not recorded" if name in _ALWAYS else ""
    return f"{_number(value):.0f}" if name == "priority" else str(value).replace("in_progress", "in progress")


def _moment(facts: Mapping[str, object], name: str) -> str:
    value = facts[name]
    if isinstance(value, datetime):
        return moment_text(value)
    return (UNKNOWN if name == "opened_at" else "none recorded") if name in _ALWAYS else ""


def _number(value: object) -> float:
    return float(str(value))
