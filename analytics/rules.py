"""Rules: which of several possible readings decides a number, in words and in the SQL or order that does it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One decision. `order` lists alternatives, the first that applies wins; `why` is what goes wrong without it."""

    name: str
    title: str
    says: str
    why: str
    order: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule(
        "ended",
        "When a ticket leaves the backlog",
        "A ticket leaves the backlog once, at the first of these times that is known.",
        "A finished ticket without any date would otherwise stay in the backlog for ever.",
        ("resolved", "closed", "its last update, if its status is resolved, closed or cancelled"),
    ),
    Rule(
        "resolved",
        "What counts as resolved",
        "The resolution time is the tool's own; a ticket resolved more than once counts its last resolution. Only in a "
        "format that has no resolution time at all does the closing time stand in, and the KPI says so.",
        "Closing often follows days later and automatically: mixing the two in one format would bend every average.",
    ),
    Rule(
        "cancelled",
        "Cancelled, merged and spam tickets",
        "They count as volume, inflow and outflow, because they arrived and had to be handled. They are left out of "
        "resolution times, first contact resolution, SLA adherence and the reopen rate.",
        "Nobody resolved them: counting them would reward cancelling.",
    ),
    Rule(
        "sla",
        "When a target is met or missed",
        "Met and missed are judged by the first of these that is known. A ticket still open past its due time is "
        "missed, in the period in which it was due; one open and not yet due is not judged; one without a target is "
        "unknown, never met.",
        "Leaving out tickets already late and still open can show 100 % while the backlog burns.",
        ("the tool's own flag", "the resolution time against the due time", "the closing time against the due time"),
    ),
    Rule(
        "first-contact",
        "What counts as resolved at the first contact",
        "The first rule that the columns of an export allow. The note beside the KPI says which one, per source; all "
        "but the flag are proxies.",
        "Tools define it differently, and a proxy cannot see a call-back.",
        (
            "the tool's own flag",
            "at most one reply, not reopened, one assignment group",
            "not reopened, one assignment group",
        ),
    ),
    Rule(
        "as-of",
        "As of when",
        "Every number is as of the newest event in the loaded data, not as of today. What is open, late or unfinished "
        "is decided at that moment.",
        "Judged by today's clock, an export from last month would turn late on its own.",
    ),
    Rule(
        "days",
        "Days, weeks and time zones",
        "Times are kept in UTC. A time written without a zone is read in the zone chosen at import. Days, weeks (from "
        "Monday) and months are those of the reporting time zone.",
        "A ticket opened at half past midnight belongs to one day only; which one must not depend on the server.",
    ),
    Rule(
        "newest",
        "The same ticket in two files",
        "The newer export wins, by the time of the last update; what the newer file has no column for stays as it was. "
        "An exact repeat of a file changes nothing.",
        "Exports overlap: without this, monthly files would count a ticket every month.",
    ),
    Rule(
        "unknown",
        "Unknown is not zero",
        "What an export does not say stays empty. It is never read as 0, as 'no', or as 'met', and the tickets "
        "concerned are listed as not used, with the reason.",
        "A missing column would otherwise look like a perfect score.",
    ),
    Rule(
        "few",
        "Too few to show",
        "An average or a share that rests on fewer than five tickets is shown as 'too few'.",
        "Three tickets make a story, not a number to act on; and they may point at a person.",
    ),
)
