"""Reporting is manual: what the loaded tickets cannot give at once has to be put together by hand."""

from dataclasses import replace
from datetime import timedelta
from statistics import median

from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.five_kpis import OneOfFive, five_kpis, five_table
from analytics.diagnostic.freshness import Freshness, freshness
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.window import last_days
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import count_text, day_text
from analytics.kpis.volume import VOLUME
from analytics.measure import account
from analytics.query import account_sql
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

NAME = "reporting_is_manual"


def reporting_is_manual(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:
    """How many of the five core KPIs can be computed, how fresh the tickets are, and how fast answers came.

    `value` is the number of KPIs, or where only their age speaks for it, the days; `details` has a row a KPI.
    """
    window = last_days(engine, filters, round(numbers.threshold(NAME, "window_days")))
    wanted, fresh = numbers.threshold(NAME, "kpis_wanted"), freshness(engine)
    found = five_kpis(engine, window, numbers.threshold(NAME, "usable_share"))
    behind = account(engine, VOLUME, window)
    told, missing = [one for one in found if one.is_told], [one for one in found if not one.is_told]
    reason = "" if behind.used else "No ticket was opened in this window, so there is nothing to report on."
    said = CANNOT_TELL if reason else _verdict(len(told), wanted, fresh, numbers)
    last = window.end - timedelta(days=1) if window.end else None
    sentence = "" if reason else _sentence(told, missing, fresh, known, said)
    finding = Finding(
        NAME, said, None if reason else float(len(told)), wanted, "KPIs", sentence, rule_words(numbers),
        window.start, last, _basis(engine, window), reason, _selection(missing), five_table(found),
        cost=_cost(numbers, len(missing), len(found), said),
    )  # fmt: skip
    if said != PARTIAL or fresh.days is None:
        return finding
    return replace(finding, value=float(fresh.days), threshold=numbers.threshold(NAME, "stale_days"), unit="days old")


def rule_words(numbers: Numbers) -> str:
    """The rule with the thresholds in force."""
    wanted, stale = numbers.threshold(NAME, "kpis_wanted"), numbers.threshold(NAME, "stale_days")
    days, share = numbers.threshold(NAME, "window_days"), numbers.threshold(NAME, "usable_share")
    return (
        f"Agrees where fewer than {wanted:g} of the five core KPIs can be computed from the tickets of the last "
        f"{days:g} days: from at least 5 tickets, and from {share * 100:g} % of those that it should count. In part "
        f"where they can, but the newest event was more than {stale:g} days old at the import, or that is not known. "
        "Else it speaks against the statement as far as tickets can: how slides are made, no ticket tells."
    )


def _verdict(told: int, wanted: float, fresh: Freshness, numbers: Numbers) -> Verdict:
    if told < wanted:
        return AGREES
    is_fresh = fresh.days is not None and fresh.days <= numbers.threshold(NAME, "stale_days")
    return DISAGREES if is_fresh else PARTIAL


def _sentence(told: list[OneOfFive], missing: list[OneOfFive], fresh: Freshness, known: Known, said: Verdict) -> str:
    total = len(told) + len(missing)
    lacking = "; ".join(f"{one.title} ({one.why_not})" for one in missing)
    rest = f"; not {lacking}" if missing else ""
    close = " How slides are made, no ticket tells." if said == DISAGREES else ""
    return (
        f"{_counted(len(told), total)} core KPIs can be computed from the loaded tickets{rest}. "
        f"{_fresh_words(fresh)} {_answer_words(known)}{close}"
    )


def _counted(told: int, total: int) -> str:
    return f"All {total}" if told == total else f"{told or 'None'} of the {total}"


def _fresh_words(fresh: Freshness) -> str:
    if fresh.days is None or fresh.newest is None or fresh.imported is None:
        return "How fresh they are cannot be told: no time of an import or of an event is known."
    age = {0: "on the day", 1: "1 day"}.get(fresh.days, f"{count_text(fresh.days)} days")
    before = "of the import" if fresh.days == 0 else "before the import"
    return f"Their newest event is of {day_text(fresh.newest)}, {age} {before} ({day_text(fresh.imported)})."


def _answer_words(known: Known) -> str:
    if not known.answer_seconds:
        return "How long this product takes to answer is not known yet: it has not drawn enough pages."
    # A tenth of a second is as good as at once, and no clock here is finer.
    middle, count = max(median(known.answer_seconds), 0.1), len(known.answer_seconds)
    pages = "The latest page took" if count == 1 else f"Half of the latest {count_text(count)} pages took"
    return f"{pages} at most {middle:,.1f} seconds to draw here."


def _selection(missing: list[OneOfFive]) -> Selection | None:
    """The tickets for want of which the first missing KPI cannot be told."""
    lacking = next((one.behind for one in missing if one.behind.unusable and one.behind.kpi is not VOLUME), None)
    return lacking.selection() if lacking else None


def _cost(numbers: Numbers, missing: int, total: int, said: Verdict) -> Cost | None:
    """Of the questions that leadership asks, those on a missing KPI; all where the tickets are stale."""
    if said not in (AGREES, PARTIAL):
        return None
    questions, each = numbers.guess(NAME, "questions_per_month"), numbers.guess(NAME, "hours_per_question")
    share = missing / total if said == AGREES else 1.0
    low, hours, high = (
        count * time * share
        for count, time in zip(
            (questions.low, questions.value, questions.high), (each.low, each.value, each.high), strict=True
        )
    )
    part = f" x {missing} of {total} KPIs that are missing" if said == AGREES else ""
    words = f"{questions.value:g} questions a month x {each.value:g} hours by hand{part}"
    return Cost(hours, low, high, f"{words} = {hours:,.1f} hours. Both numbers are assumed.")


def _basis(engine: Engine, window: Filters) -> Basis:
    behind = account(engine, VOLUME, window)
    return Basis(
        "How many of the five core KPIs (mean time to resolve, first contact resolution, SLA adherence, ticket volume "
        "by category, backlog) rest on enough usable tickets; tickets still open or cancelled are not missed where "
        "the KPI does not mean them.",
        account_sql(VOLUME, window), window.parameters(), engine.as_of, behind.used, behind.excluded,
        (
            "A fact of the process, of which tickets see only a part: others may still ask for a slide.",
            "Where no category is recorded, the volume by service counts.",
            "The times to draw a page are this product's own, of the pages with data, taken where it runs.",
        ),
        filters=window.sentence("opened"),
    )  # fmt: skip
