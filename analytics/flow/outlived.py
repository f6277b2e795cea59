"""Outlived: open tickets that probably outlived their purpose, each with the reason, for somebody to decide."""

from dataclasses import dataclass

from analytics.filters import Filters
from analytics.flow.activity import Records, active_sql, one_of, source_records
from analytics.flow.age_lines import age_lines
from analytics.flow.basis import Basis
from analytics.flow.open_tickets import OpenTickets, open_tickets, selected, share_text, without_opening
from analytics.formatting import age_text, count_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

LEAST_DAYS = 90
QUIET_DAYS = 90
GONE_DAYS = 180
REASONS: dict[str, str] = {
    "quiet": f"no activity for {QUIET_DAYS} days",
    "gone": f"nothing opened or updated for the requester for {GONE_DAYS} days",
    "both": "both",
}
_DEFINITION = (
    f"Open tickets that are older than 95 % of what the desk ended in the 12 months before and at least {LEAST_DAYS} "
    f"days old, and either saw no activity for {QUIET_DAYS} days or are for a requester of whom nothing was opened or "
    f"updated for {GONE_DAYS} days."
)
_CAVEATS = (
    "A suspicion, not a verdict: somebody should look before anything is closed.",
    "Activity is the opening, the last update, or any recorded change. An update by a machine counts as one.",
    "Where most people ask only once, a requester of whom nothing else was heard need not be gone.",
    "Requesters are told apart by name alone. No name is shown.",
)
_HEARD = """heard AS (
  SELECT DISTINCT requester
  FROM tickets
  WHERE requester IS NOT NULL AND ((opened_at > :gone_since AND opened_at <= :moment)
    OR (updated_at > :gone_since AND updated_at <= :moment))
)"""
_PAST_CAVEAT = "The window ends before the data does: what happened later is not used."


@dataclass(frozen=True)
class Outlived:
    """Of `tickets` open, `old` are past `older_than_days`; of these so many are `quiet`, a requester `gone`, `both`.

    `quiet_unknown` and `gone_unknown` are the old ones of which the export does not tell. Where `reason` is not empty,
    how old is very old cannot be told, and all but `tickets` is 0.
    """

    open: OpenTickets
    tickets: int
    older_than_days: float
    reason: str
    old: int
    quiet: int
    gone: int
    both: int
    quiet_unknown: int
    gone_unknown: int
    conditions: dict[str, str]
    basis: Basis

    @property
    def either(self) -> int:
        """Tickets with at least one of the two reasons."""
        return self.quiet + self.gone - self.both

    @property
    def sentence(self) -> str:
        """The answer in one sentence; it quotes no export."""
        age = age_text(self.older_than_days)
        if self.reason:
            return f"Which tickets outlived their purpose cannot be told: {self.reason}."
        if not self.old:
            return f"No ticket {self.open.when} is older than {age}: none looks forgotten."
        if not self.either:
            lead = f"Of {count_text(self.old)} tickets {self.open.when} and older than {age}, none can be told"
            return f"{lead} to have outlived its purpose."
        return (
            f"{count_text(self.either)} of {count_text(self.tickets)} tickets {self.open.when}"
            f"{share_text(self.either, self.tickets)} probably outlived their purpose: older than {age}, and nothing "
            f"happened for {QUIET_DAYS} days or the requester is probably gone."
        )

    @property
    def unknown(self) -> str:
        """What could not be told of the old tickets, in a sentence; empty where all was."""
        missing = (
            (self.quiet_unknown, "whether anything happened is not recorded"),
            (self.gone_unknown, "the requester is not recorded"),
        )
        parts = [f"{why} for {count_text(count)}" for count, why in missing if count]
        return f"Of these {count_text(self.old)} very old tickets, {', and '.join(parts)}." if parts else ""

    def selection(self, which: str) -> Selection:
        """The tickets `quiet`, `gone`, `both` or `either`, oldest first; the words say why they are listed."""
        why = REASONS.get(which, " or ".join((REASONS["quiet"], REASONS["gone"])))
        why = " and ".join((REASONS["quiet"], REASONS["gone"])) if which == "both" else why
        words = f", older than {age_text(self.older_than_days)}: {why}"
        return selected(self.open, words, self.conditions[which], self.basis.parameters)


def outlived(engine: Engine, filters: Filters) -> Outlived:
    """The open tickets that probably outlived their purpose, as of the end of the window."""
    shown, lines = open_tickets(engine, filters), age_lines(engine, filters)
    days = max(lines.p95 or 0.0, float(LEAST_DAYS))
    tables, parameters = _judged(shown, source_records(engine), days)
    sql = _sql(tables, shown)
    counts = {str(name): int(count) for name, count in engine.query(sql, parameters).iloc[0].items()}
    if lines.p95 is None:
        counts = {name: count if name == "tickets" else 0 for name, count in counts.items()}
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, counts["tickets"], without_opening(engine, shown),
        _CAVEATS if shown.is_present else (*_CAVEATS, _PAST_CAVEAT), filters=shown.words,
    )  # fmt: skip
    return Outlived(
        open=shown, older_than_days=days, reason=lines.reason, conditions=_conditions(tables), basis=basis, **counts
    )


def _judged(shown: OpenTickets, records: Records, days: float) -> tuple[str, dict[str, object]]:
    """Tables for a WITH; the last, `old`, has a row for each very old ticket and what can be told of it."""
    since = {"quiet_since": shown.days_before(QUIET_DAYS), "gone_since": shown.days_before(GONE_DAYS)}
    asleep, of_asleep = one_of("source", records.ended_before(since["quiet_since"]), "asleep")
    asking, of_asking = one_of("source", records.asked_after(since["gone_since"]), "asking")
    recorded, requested = f"(is_recorded AND NOT {asleep})", f"(active.requester IS NOT NULL AND {asking})"
    old = (
        f"old AS (\n  SELECT ticket_key,\n    {recorded} AND last_activity_at <= :quiet_since AS is_quiet,\n"
        f"    {requested} AND heard.requester IS NULL AS is_gone,\n    NOT {recorded} AS is_quiet_unknown,\n"
        f"    NOT {requested} AS is_gone_unknown\n  FROM active\n"
        "  LEFT JOIN heard ON heard.requester = active.requester\n  WHERE opened_at < :very_old\n)"
    )
    moments = {**since, "changes_since": since["quiet_since"], "very_old": shown.days_before(days)}
    parameters = {**shown.parameters, "moment": shown.moment, **moments, **of_asleep, **of_asking}
    return f"{active_sql(shown)},\n{_HEARD},\n{old}", parameters


def _sql(tables: str, shown: OpenTickets) -> str:
    parts = {name: f"is_{name}" for name in ("quiet", "gone", "quiet_unknown", "gone_unknown")}
    counts = ",\n  ".join(
        f"count(*) FILTER (WHERE {condition}) AS {name}"
        for name, condition in {**parts, "both": "is_quiet AND is_gone"}.items()
    )
    everything = f"(SELECT count(*) FROM tickets WHERE {shown.condition}) AS tickets"
    return f"WITH {tables}\nSELECT\n  {everything},\n  count(*) AS old,\n  {counts}\nFROM old"


def _conditions(tables: str) -> dict[str, str]:
    """What to add to `open` to find the tickets of each reason."""
    reasons = {
        "quiet": "is_quiet", "gone": "is_gone", "both": "is_quiet AND is_gone", "either": "is_quiet OR is_gone",
    }  # fmt: skip
    return {
        name: f"ticket_key IN (\n    WITH {tables}\n    SELECT ticket_key FROM old WHERE {condition}\n  )"
        for name, condition in reasons.items()
    }
