"""SQL that finds the tickets which ask about an earlier one, as common table expressions over `tickets`.

Text is searched with DuckDB's regular expressions, on the tickets of the window alone.
"""

from datetime import timedelta

from analytics.diagnostic.chasing.chaser_words import chaser_words, plain_sql
from analytics.filters import Filters
from analytics.flow.moves import where

# In order of certainty; a ticket counts in the first that fits.
NAMES, SAYS, LINKED, AGAIN = 1, 2, 3, 4
_SHORTEST = 10
# Nothing but a number and a few words around it.
_LONGEST_BARE = 60
# A title may differ in so much of its letters and still be the same subject.
_NEAR = 0.1
# An account with more tickets than this in the window is shared, or a machine: what it repeats tells nothing.
_BUSIEST = 400
_HUMAN = (
    "(ticket_type IS NULL OR ticket_type IN ('incident', 'request'))",
    "COALESCE(NOT regexp_matches(lower(channel), :machines), TRUE)",
)
# Stretches as long as the days between: a pair lies in the same one or in two that touch.
_SPAN = "CAST(floor((opened_on - DATE '2000-01-01') / :again_within_days) AS INTEGER)"
_OPEN_THEN = "(earlier.ended_at IS NULL OR earlier.ended_at > later.opened_at)"


def demand_conditions(filters: Filters) -> list[str]:
    """SQL conditions for what people asked for in the window: incidents and requests, none of them by a machine."""
    return [*_HUMAN, *filters.period_conditions("opened_on"), *filters.value_conditions()]


def parameters(filters: Filters, again_within_days: int) -> dict[str, object]:
    """All bound parameters."""
    since = filters.start - timedelta(days=again_within_days) if filters.start else None
    return {
        **filters.parameters(), **chaser_words().parameters, "again_within_days": again_within_days,
        "earlier_from": since, "busiest": _BUSIEST, "near": _NEAR, "shortest": _SHORTEST, "longest_bare": _LONGEST_BARE,
    }  # fmt: skip


def chased_tables(filters: Filters) -> str:
    """`WITH ...` up to the table `chasers`: ticket_key, kind (1 names, 2 says, 3 linked, 4 again), asked_key.

    `asked_key` is the oldest ticket asked about, NULL where that cannot be told.
    """
    return ",\n".join(
        (f"WITH demand AS ({_demand(filters)})", f"named AS ({_named()})", f"worded AS ({_worded()})",
         f"linked AS ({_linked()})", f"again AS ({_again(filters)})", f"chasers AS ({_chasers()})")
    )  # fmt: skip


def chasers_condition(filters: Filters) -> str:
    """SQL over `tickets` that finds the chasers."""
    return f"ticket_key IN (\n{chased_tables(filters)}\nSELECT ticket_key FROM chasers)"


def alike_sql(filters: Filters) -> str:
    """Counts `alike`: tickets of people with an earlier one of the same category and subcategory still open."""
    same = " AND ".join(f"later.{one} IS NOT DISTINCT FROM earlier.{one}" for one in ("subcategory", "service"))
    return (
        f"WITH demand AS (SELECT * FROM tickets {where([*demand_conditions(filters), 'requester IS NOT NULL'])}),\n"
        f"busy AS ({_busy('demand')})\n"
        "SELECT count(DISTINCT later.ticket_key) AS alike\nFROM demand AS later JOIN demand AS earlier\n"
        "  ON earlier.requester = later.requester AND earlier.category = later.category\n"
        f"  AND {same}\n  AND {_pair()}\n"
        "WHERE later.requester NOT IN (SELECT requester FROM busy)"
    )


def _demand(filters: Filters) -> str:
    """Text is read once for each distinct title, and closely only where a part of it may fit."""
    columns = ", ".join(
        f"tickets.{name}"
        for name in (
            "ticket_key", "source", "ticket_type", "requester", "opened_at", "opened_on", "ended_at", "parent_id",
            "title",
        )
    )  # fmt: skip
    chosen = where(demand_conditions(filters))
    return (
        "\n  WITH asks AS (\n    SELECT title, regexp_matches(said, :asks_alone) AS is_alone,\n"
        "      CASE WHEN regexp_matches(said, :may_be_whole) THEN regexp_matches(said, :asks_whole) ELSE FALSE END AS "
        "is_whole,\n      regexp_matches(said, :asks_with_number) AS has_words,\n"
        "      CASE WHEN length(said) <= :longest_bare AND regexp_matches(said, '[0-9]')\n"
        "        THEN regexp_matches(said, :bare_number) ELSE FALSE END AS is_bare\n"
        f"    FROM (SELECT title, {plain_sql('title')} AS said\n"
        f"      FROM (SELECT DISTINCT title FROM tickets {chosen}) AS different) AS spoken\n  )\n"
        f"  SELECT {columns}, is_alone, is_whole, has_words, is_bare\n"
        f"  FROM (SELECT * FROM tickets {chosen}) AS tickets LEFT JOIN asks ON asks.title = tickets.title"
    )


def _named() -> str:
    """A bare number counts only while the person's own ticket is open, as does one of digits alone."""
    return (
        "\n  SELECT later.ticket_key, min(earlier.ticket_key) AS asked_key\n  FROM (\n"
        "    SELECT ticket_key, requester, opened_at, is_bare AND NOT has_words AND NOT is_alone AS is_bare,\n"
        "      ltrim(upper(unnest(regexp_extract_all(title, :numbers))), '#') AS number\n"
        "    FROM demand WHERE is_alone OR is_whole OR has_words OR is_bare\n  ) AS later\n"
        "  JOIN tickets AS earlier ON ltrim(upper(earlier.ticket_id), '#') = later.number\n"
        "    AND earlier.opened_at < later.opened_at\n"
        "  WHERE earlier.requester = later.requester\n"
        f"    AND (NOT later.is_bare OR {_OPEN_THEN})\n  GROUP BY 1"
    )


def _worded() -> str:
    return "\n  SELECT ticket_key, CAST(NULL AS INTEGER) AS asked_key FROM demand WHERE is_alone OR is_whole"


def _linked() -> str:
    return (
        "\n  SELECT later.ticket_key, earlier.ticket_key AS asked_key\n  FROM demand AS later JOIN tickets AS earlier\n"
        "    ON earlier.ticket_id = later.parent_id AND earlier.source = later.source\n"
        "    AND earlier.ticket_type = later.ticket_type AND earlier.requester = later.requester\n"
        f"  WHERE earlier.opened_on < later.opened_on AND {_OPEN_THEN}"
    )


def _again(filters: Filters) -> str:
    """The same person and nearly the same title on a later day, while the first was open. Numbers must be equal.

    Pairs by person and time come first: they are few, and only their titles are compared.
    """
    until = [*_HUMAN, *filters.value_conditions(), "length(title) >= :shortest", "requester IS NOT NULL"]
    bounds = (("opened_on >= :earlier_from", filters.start), ("opened_on < :to_date", filters.end))
    until += [bound for bound, day in bounds if day]
    subject = f"trim(regexp_replace(regexp_replace({plain_sql('title')}, :said_again, '', 'g'), ' +', ' ', 'g'))"
    columns = "ticket_key, requester, title, opened_at, opened_on, ended_at"
    return (
        f"\n  WITH told AS (\n    SELECT {columns}, {_SPAN} AS span\n    FROM tickets {where(until)}\n"
        f"  ), busy AS ({_busy('told')}),\n"
        "  reached AS (SELECT * FROM told UNION ALL SELECT * REPLACE (span + 1 AS span) FROM told),\n"
        "  pairs AS MATERIALIZED (\n"
        "    SELECT later.ticket_key, earlier.ticket_key AS asked_key, later.title, earlier.title AS asked_title\n"
        "    FROM told AS later JOIN reached AS earlier\n"
        f"      ON earlier.requester = later.requester AND earlier.span = later.span\n      AND {_pair()}\n"
        "    WHERE later.requester NOT IN (SELECT requester FROM busy)\n  ), subjects AS MATERIALIZED (\n"
        "    SELECT *, regexp_replace(subject, '[^0-9]+', ' ', 'g') AS digits\n"
        f"    FROM (SELECT title, {subject} AS subject\n"
        "      FROM (SELECT title FROM pairs UNION SELECT asked_title FROM pairs) AS paired) AS spoken\n  )\n"
        "  SELECT pairs.ticket_key, pairs.asked_key\n"
        "  FROM pairs JOIN subjects AS later ON later.title = pairs.title\n"
        "  JOIN subjects AS earlier ON earlier.title = pairs.asked_title AND earlier.digits = later.digits\n"
        "  WHERE least(length(earlier.subject), length(later.subject)) >= :shortest\n"
        "    AND abs(length(earlier.subject) - length(later.subject)) <= :near * length(later.subject)\n"
        "    AND levenshtein(earlier.subject, later.subject)\n"
        "      <= :near * least(length(earlier.subject), length(later.subject))\n"
        "    AND pairs.ticket_key IN (SELECT ticket_key FROM demand)"
    )


def _chasers() -> str:
    kinds = ((NAMES, "named"), (SAYS, "worded"), (LINKED, "linked"), (AGAIN, "again"))
    rows = "\n    UNION ALL ".join(f"SELECT ticket_key, asked_key, {kind} AS kind FROM {name}" for kind, name in kinds)
    return (
        "\n  SELECT ticket_key, min(kind) AS kind, min(asked_key) AS asked_key\n"
        f"  FROM (\n    {rows}\n  ) AS signs\n  GROUP BY 1"
    )


def _pair() -> str:
    """A later ticket on a later day than the earlier one, which was still open."""
    return (
        "earlier.opened_on < later.opened_on\n"
        "    AND later.opened_on - earlier.opened_on <= :again_within_days\n"
        f"    AND {_OPEN_THEN}"
    )


def _busy(table: str) -> str:
    return f"SELECT requester FROM {table} GROUP BY 1 HAVING count(*) > :busiest"
