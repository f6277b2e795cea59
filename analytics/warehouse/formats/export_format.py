"""What an export format is: which header means which canonical column, and what the tool's words mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

UNITS = ("", "seconds", "minutes", "hours", "h:m:s")
OFFSETS = ("", "seconds", "minutes", "hours")
TRUST = ("high", "medium", "low", "none")
CHANGE_TIERS = ("standard", "normal", "emergency")

COMMON_NULLS = frozenset(
    {
        "", "?", "null", "(null)", "none", "nan", "nat", "n/a", "#n/a", "not assigned", "not set", "(empty)", "-", "--",
        "undefined", "0001-01-01t00:00:00", "0001-01-01t00:00:00z", "0001-01-01 00:00:00", "0000-00-00 00:00:00",
        "0000-00-00",
    }
)  # fmt: skip


@dataclass(frozen=True)
class ColumnRule:
    """How one canonical column is read; per row the first non-empty of the `headers` present in a file wins."""

    headers: tuple[str, ...]
    minus: int = 0
    """Integer columns: this is taken off the value (stations - 1 = reassignments)."""
    true: tuple[str, ...] = ()
    """Boolean columns: casefolded words that mean TRUE; a word in neither list is NULL."""
    false: tuple[str, ...] = ()
    negative: bool = False
    """Boolean columns: text that starts with '-' is TRUE, other text FALSE (time remaining)."""
    unit: str = ""
    """Duration columns: what the text counts, one of UNITS; the canonical column holds hours."""
    after_opened: str = ""
    """Time columns: the text counts these after the opening, one of OFFSETS."""
    words: Mapping[str, float] = field(default_factory=dict)
    """Number columns: casefolded word -> number; with words, anything else is NULL."""


@dataclass(frozen=True)
class CancelledRule:
    """A row is cancelled if one of `headers` holds one of the casefolded `words`."""

    headers: tuple[str, ...]
    words: tuple[str, ...]
    listed: bool = False
    """The cell is a list (tags): the word is one of several, separated by spaces, commas or semicolons."""


@dataclass(frozen=True)
class ExportFormat:
    """One layout of an export, as data. Built-in ones are files in `data/formats`; a saved mapping is one too."""

    name: str
    title: str
    tool: str = ""
    verified: bool = False
    signature: tuple[tuple[str, ...], ...] = ()
    """Every item is needed; an item is a tuple of alternative headers."""
    helpers: tuple[str, ...] = ()
    exact_helpers: tuple[str, ...] = ()
    """Helpers that count only in exactly this letter case."""
    id_pattern: str = ""
    """A regular expression that most ticket numbers match from the start, or empty."""
    repeated_ids: bool | None = None
    """TRUE: ids repeat (an event log). FALSE: one row per ticket. None: says nothing."""
    columns: Mapping[str, ColumnRule] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)
    status_by_type: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Canonical ticket type -> words that mean another status there than in `status`; looked up first."""
    status_fallback: tuple[str, ...] = ()
    """Headers whose words are looked up in `status` where the status column's own word is unknown or empty."""
    priority: Mapping[str, int] = field(default_factory=dict)
    ticket_type: Mapping[str, str] = field(default_factory=dict)
    ticket_type_prefix: Mapping[str, str] = field(default_factory=dict)
    """Upper-case prefix of the ticket id, up to its first digit -> canonical ticket type."""
    default_ticket_type: str = ""
    cancelled: tuple[CancelledRule, ...] = ()
    change_tier: Mapping[str, str] = field(default_factory=dict)
    nulls: frozenset[str] = COMMON_NULLS
    """Casefolded text that means unknown, the common ones included."""
    event_time: str = ""
    """Canonical time column of an update if a file has one row per update; empty: one row per ticket."""
    event_order: tuple[str, ...] = ()
    event_actor: tuple[str, ...] = ()
    time_zone: str = "local"
    """'utc': text without an offset is UTC. 'local': it is in the zone of the person who exported."""
    date_formats: tuple[str, ...] = ()
    """strptime formats to try first; empty: decided from the values alone."""
    has_resolution_time: bool = True
    first_contact_replies: int | None = None
    sla_trust: str = "none"
    sla_note: str = ""
    limits: tuple[str, ...] = ()
