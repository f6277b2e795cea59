"""Distances: a KPI as it is usually reported beside the same KPI counted otherwise, and how far they are apart."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.fcr_rules import ENDED, RULES, fcr_rules
from analytics.flow.mass_closures import mass_closures
from analytics.flow.open_tickets import OpenTickets, open_tickets
from analytics.flow.sla_views import sla_views
from analytics.flow.survival import CAN_BE_TIMED, survival
from analytics.formatting import count_text, hours_text
from analytics.kpis.backlog import BACKLOG
from analytics.kpis.median_time_to_resolve import MEDIAN_TIME_TO_RESOLVE
from analytics.kpis.mttr import MTTR
from analytics.kpis.mttr_business import MTTR_BUSINESS
from analytics.measure import FEWEST_TICKETS, measure, measure_each
from analytics.query import compose
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

# A rule on the pace, not on contacts: it measures something else, and is shown without being judged.
_PACE = "resolved within one hour, one group"


@dataclass(frozen=True)
class Distance:
    """`usual` and `other` in words, `distance` from 0 to 1 between them.

    One that is not `judged` has two figures that mean different things. `selection` finds the tickets between both;
    `source` is where they are from, which may quote an export.
    """

    title: str
    usual: str
    other: str
    distance: float
    judged: bool = True
    selection: Selection | None = None
    source: str = ""

    @property
    def words(self) -> str:
        """As in `SLA adherence: 82.3 % of those that ended, 76.9 % ...`."""
        return f"{self.title}: {self.usual}, but {self.other}"


def distances(engine: Engine, window: Filters) -> tuple[Distance, ...]:
    """Those that the data allow, the widest of the judged ones first."""
    found = [_sla(engine, window), _time(engine, window), _clean_ups(engine, window), *_first_contact(engine, window)]
    known = [one for one in (*found, *_shown_only(engine, window)) if one is not None]
    return tuple(sorted(known, key=lambda one: (not one.judged, -one.distance)))


def _sla(engine: Engine, window: Filters) -> Distance | None:
    """Tickets breached and still open left out, or counted."""
    row = sla_views(engine, window, by=()).resolution.iloc[0]
    if np.isnan(row["ours"]) or np.isnan(row["conventional"]):
        return None
    conditions = ["sla_met IS NOT NULL AND ended_at IS NULL AND opened_at IS NOT NULL"]
    conditions += [*window.period_conditions("judged_on"), *window.value_conditions()]
    behind = Selection("tickets breached and still open", " AND ".join(conditions), window.parameters())
    ours, conventional = float(row["ours"]), float(row["conventional"])
    counted = f"{_share(ours)} counting the {count_text(int(row['breached_and_open']))} breached and still open"
    usual = f"{_share(conventional)} of the tickets that ended"
    return Distance("SLA adherence", usual, counted, abs(conventional - ours), selection=behind)


def _time(engine: Engine, window: Filters) -> Distance | None:
    """The share done within the usual median: of those that ended, and of all that were opened."""
    shown = open_tickets(engine, window)
    curve = survival(engine, window, until=None if shown.is_present else shown.moment).whole
    ended = curve.tickets - curve.censored
    if curve.too_few or ended < FEWEST_TICKETS or curve.ended_median is None:
        return None
    honest = curve.within(curve.ended_median).share
    if honest is None:
        return None
    usual = float(curve.ended[curve.hours <= curve.ended_median].sum() / curve.ended.sum())
    conditions = [shown.condition, CAN_BE_TIMED, *window.period_conditions("opened_on"), *window.value_conditions()]
    bound = window.parameters() | shown.parameters
    behind = Selection("tickets opened in this time and still open", " AND ".join(conditions), bound)
    return Distance(
        "Time to resolve", f"{_share(usual)} of those that ended took at most {hours_text(curve.ended_median)}",
        f"{_share(honest)} of all, with the {count_text(curve.censored)} {_still(shown)}", abs(usual - honest),
        selection=behind,
    )  # fmt: skip


def _still(shown: OpenTickets) -> str:
    return "still open" if shown.is_present else "still open then"


def _clean_ups(engine: Engine, window: Filters) -> Distance | None:
    """What is open, and what would be had nothing been closed in bulk."""
    closures = mass_closures(engine, window)
    excess = float(closures.frame["excess"].sum())
    still_open = measure(engine, compose(BACKLOG, window)).value
    if still_open is None or still_open + excess < FEWEST_TICKETS:
        return None
    days = [day.date() for day in closures.frame["day"]]
    places = {f"closed_{place}": day for place, day in enumerate(days)}
    listed = ", ".join(f":{name}" for name in places)
    conditions = [f"opened_on IS NOT NULL AND ended_on IN ({listed})", *window.value_conditions()]
    behind = Selection(
        "tickets closed on the days of a clean-up", " AND ".join(conditions), window.parameters() | places
    )
    other = f"{still_open + excess:,.0f} would be without the {excess:,.0f} closed in bulk beyond the usual"
    return Distance(
        "Backlog", f"{still_open:,.0f} are open", other if days else "nothing was closed in bulk",
        excess / (still_open + excess),
        selection=behind if days else None,
    )  # fmt: skip


def _first_contact(engine: Engine, window: Filters) -> list[Distance]:
    """Per source: the highest and the lowest figure of the rules on contacts; the rule on the pace is shown only."""
    frame = fcr_rules(engine, window).frame
    told = frame[frame["share"].notna()]
    found = []
    for source, rules in told.groupby("source", dropna=False, sort=False):
        contacts = rules[rules["rule"] != _PACE]
        for part, judged in ((contacts, True), (rules, False)):
            if len(part) < 2 or (not judged and len(part) == len(contacts)):
                continue
            high, low = part.loc[part["share"].idxmax()], part.loc[part["share"].idxmin()]
            between = Distance(
                "First contact resolution", f"{_share(high['share'])} by the rule '{high['rule']}'",
                f"{_share(low['share'])} by '{low['rule']}'", float(high["share"] - low["share"]), judged,
            )  # fmt: skip
            behind = _between_rules(window, str(high["rule"]), str(low["rule"]))
            found.append(replace(between, selection=behind, source="" if pd.isna(source) else str(source)))
    return found


def _between_rules(window: Filters, high: str, low: str) -> Selection:
    """Ended tickets that pass by one rule and not by the other."""
    one, other = ({rule.words: rule for rule in RULES}[words] for words in (high, low))
    conditions = [
        ENDED,
        f"({one.known}) AND ({other.known}) AND ({one.passes}) <> ({other.passes})",
        *window.period_conditions("ended_on"), *window.value_conditions(),
    ]  # fmt: skip
    return Selection("tickets on which the two rules differ", " AND ".join(conditions), window.parameters())


def _shown_only(engine: Engine, window: Filters) -> list[Distance]:
    """The mean beside the median, and clock hours beside business hours: each is right, and says something else."""
    results = measure_each(engine, (MTTR, MEDIAN_TIME_TO_RESOLVE, MTTR_BUSINESS), window)
    mean = results[MTTR.name]
    if mean.value is None or mean.too_few or mean.value <= 0:
        return []
    others = ((MEDIAN_TIME_TO_RESOLVE, "as the median"), (MTTR_BUSINESS, "in business hours"))
    return [
        Distance(
            MTTR.title, f"{hours_text(mean.value)} as a mean by the clock", f"{hours_text(value)} {words}",
            abs(mean.value - value) / max(mean.value, value), False,
        )
        for kpi, words in others
        if (value := results[kpi.name].value) is not None
    ]  # fmt: skip


def _share(share: float) -> str:
    return f"{share * 100:.1f} %"
