"""Reports feel wrong: a KPI says something else once what is left out of it counts, or rests on too few tickets."""

from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.distances import Distance, distances
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.five_kpis import OneOfFive, five_kpis
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.window import dried_up, last_days, past_caveats
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.sla_views import sla_sql
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.kpis.sla_adherence_conventional import SLA_ADHERENCE_CONVENTIONAL
from analytics.kpis.volume import VOLUME
from analytics.measure import FEWEST_TICKETS, account, measure_each
from analytics.period import Grain
from analytics.warehouse.engine import Engine

NAME = "reports_feel_wrong"
_TREND_DAYS = 364
_LEAST_USED = 0.05


def reports_feel_wrong(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """How far a KPI as usually reported is from the same with what that leaves out, and what no KPI can use.

    `value` is the widest distance, or the largest unusable share where only that is too large; `details` has a row
    for each comparison and for each KPI's unusable tickets, `trend` the distance of the two SLA figures by month.
    """
    window = last_days(engine, filters, round(numbers.threshold(NAME, "window_days")))
    found, behind = distances(engine, window), account(engine, VOLUME, window)
    told = [one for one in five_kpis(engine, window, _LEAST_USED) if one.is_told]
    judged = [one for one in found if one.judged]
    poor = sorted(told, key=lambda one: -(one.behind.unusable_share or 0.0))
    can_be = judged and behind.used >= FEWEST_TICKETS
    reason = dried_up(engine, window) if can_be else "No KPI here can be counted in two ways."
    said = CANNOT_TELL if reason else _verdict(judged, poor, numbers)
    by_share = said == PARTIAL
    value = poor[0].behind.unusable_share if by_share else judged[0].distance if judged else None
    selection = poor[0].behind.selection() if by_share else judged[0].selection if judged else None
    last = window.end - timedelta(days=1) if window.end else None
    return Finding(
        NAME, said, None if reason else value, numbers.threshold(NAME, "unusable_share" if by_share else "distance"),
        "ratio", "" if reason else _sentence(judged, poor, numbers), rule_words(numbers), window.start, last,
        _basis(engine, window), reason, None if reason else selection, _details(found, told),
        _trend(engine, window) if not by_share else _no_trend(), _cost(said),
    )  # fmt: skip


def rule_words(numbers: Numbers) -> str:
    """The rule with the thresholds in force."""
    days, distance = numbers.threshold(NAME, "window_days"), numbers.threshold(NAME, "distance")
    share = numbers.threshold(NAME, "unusable_share")
    return (
        f"Agrees where, in the last {days:g} days, one KPI as usually reported and the same with what that leaves out "
        f"are more than {distance * 100:g} points apart: SLA adherence without and with tickets breached and still "
        "open; the share done within the usual median of those that ended and of all; the backlog with and without "
        "what was closed in bulk; first contact resolution by the rules on contacts that the columns allow. In part "
        f"where only more than {share * 100:g} % of the tickets that a KPI should count are unusable. Mean beside "
        "median and clock beside business hours are shown and not judged: each is right, and means something else."
    )


def _verdict(judged: list[Distance], poor: list[OneOfFive], numbers: Numbers) -> Verdict:
    if judged[0].distance > numbers.threshold(NAME, "distance"):
        return AGREES
    unusable = (poor[0].behind.unusable_share or 0.0) if poor else 0.0
    return PARTIAL if unusable > numbers.threshold(NAME, "unusable_share") else DISAGREES


def _sentence(judged: list[Distance], poor: list[OneOfFive], numbers: Numbers) -> str:
    limit = numbers.threshold(NAME, "distance")
    wide = [one for one in judged if one.distance > limit]
    said = [f"{_distance_words(one)}." for one in wide] or [
        f"No two definitions are further apart than {judged[0].distance * 100:.1f} points ({judged[0].words})."
    ]
    return " ".join([*said, _unusable_words(poor, numbers)])


def _distance_words(one: Distance) -> str:
    return f"{one.words}: {one.distance * 100:.1f} points apart"


def _unusable_words(poor: list[OneOfFive], numbers: Numbers) -> str:
    limit = numbers.threshold(NAME, "unusable_share")
    large = [one for one in poor if (one.behind.unusable_share or 0.0) > limit]
    if not large:
        return f"No KPI that can be computed lacks more than {limit * 100:g} % of the tickets that it should count."
    listed = "; ".join(
        f"{one.title} cannot use {(one.behind.unusable_share or 0.0) * 100:.0f} % ({one.behind.main_reason})"
        for one in large
    )
    return f"Of the tickets that it should count, {listed}."


def _details(found: tuple[Distance, ...], told: list[OneOfFive]) -> pd.DataFrame:
    rows = [
        (f"{one.title} ({one.source})" if one.source else one.title, one.usual, one.other,
         f"{one.distance * 100:.1f} points" if one.judged else "not judged")
        for one in found
    ]  # fmt: skip
    for one in told:
        why = f" ({one.behind.main_reason})" if one.behind.unusable else ""
        share = f"{(one.behind.unusable_share or 0.0) * 100:.1f} %"
        rows.append((one.title, f"{one.behind.used:,} tickets used", f"{one.behind.unusable:,} unusable{why}", share))
    return pd.DataFrame(rows, columns=["KPI", "As usually reported", "Counted otherwise", "Apart"])


def _trend(engine: Engine, window: Filters) -> pd.DataFrame:
    """Conventional SLA adherence less that with open breaches, by month of the last year; empty where not told."""
    if window.end is None:
        return _no_trend()
    year = window.between(Grain.MONTH.start(window.end - timedelta(days=_TREND_DAYS)), window.end)
    results = measure_each(engine, (SLA_ADHERENCE, SLA_ADHERENCE_CONVENTIONAL), year, grain=Grain.MONTH)
    ours, conventional = (
        result.frame[~result.frame["too_few"] & result.frame["value"].notna()].set_index("period")["value"]
        for result in results.values()
    )
    apart = (conventional - ours).dropna()
    return pd.DataFrame({"period": apart.index, "value": apart.to_numpy(dtype=float)})


def _no_trend() -> pd.DataFrame:
    return pd.DataFrame({"period": [], "value": []})


def _cost(said: Verdict) -> Cost | None:
    if said not in (AGREES, PARTIAL):
        return None
    return unknown_cost("", "no ticket tells what wrong decisions cost.")


def _basis(engine: Engine, window: Filters) -> Basis:
    behind = account(engine, SLA_ADHERENCE, window)
    return Basis(
        "The distance between a KPI as usually reported and the same KPI with what that leaves out, and the share of "
        "the tickets that each KPI should count and cannot use.",
        sla_sql(window, None), window.parameters(), engine.as_of, behind.used, behind.excluded,
        (
            "The tickets counted here are those of SLA adherence; each comparison rests on its own.",
            "The newest tickets had little time to end: the honest share knows that and allows for it.",
            "A distance says that the choice of definition matters, not which of them is right.",
            "Whether a report is believed, no ticket tells.", *past_caveats(engine, window),
        ),
        filters=window.sentence("judged"),
    )  # fmt: skip
