"""No strategic work: leadership's own weeks in three classes, from a time log; no ticket can tell."""

import pandas as pd

from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.growth_cost import WEEKS_A_MONTH
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.time_shares import CLASSES, TimeShares, time_shares
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.warehouse.engine import Engine

NAME = "no_strategic_work"
MEANING = (
    "Operational: keeping things running. Tactical: improving how they run. Strategic: what changes how the business "
    "works"
)


def no_strategic_work(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """The share of strategic work in the latest logged weeks; the filters, which are of tickets, play no part.

    `details` has a row a week, `trend` the strategic share by week.
    """
    wanted = round(numbers.threshold(NAME, "weeks_logged"))
    found = time_shares(known.time_log, wanted)
    reason = _reason(found, wanted)
    share = None if reason else found.share("strategic")
    by_week = found.by_week
    trend = pd.DataFrame({"period": pd.to_datetime(by_week["week"]), "value": by_week["strategic"].astype(float)})
    said = CANNOT_TELL if reason else _verdict(found, numbers)
    return Finding(
        NAME, said, share, numbers.threshold(NAME, "strategic_share"), "ratio",
        "" if reason else _sentence(found, numbers), rule_words(numbers), found.first, found.last, _basis(engine),
        reason, None, _details(found), trend, _cost(found, numbers, said),
    )  # fmt: skip


def rule_words(numbers: Numbers) -> str:
    """The rule with the thresholds in force."""
    strategic, operational = (numbers.threshold(NAME, name) for name in ("strategic_share", "operational_share"))
    weeks = numbers.threshold(NAME, "weeks_logged")
    return (
        f"Agrees where, in the latest {weeks:g} logged weeks, less than {strategic * 100:g} % of the time went to "
        f"strategic work; in part where enough did, but operational work took more than {operational * 100:g} %. "
        f"Cannot tell under {weeks:g} logged weeks: then it is perception only."
    )


def _reason(found: TimeShares, wanted: int) -> str:
    if found.weeks >= wanted:
        return ""
    logged = f"{found.weeks or 'no'} {'week is' if found.weeks == 1 else 'weeks are'} logged"
    noun = "week" if wanted == 1 else "weeks"
    return f"Perception only, as {logged}: log {wanted} {noun} under 'Where does time go?'."


def _verdict(found: TimeShares, numbers: Numbers) -> Verdict:
    if found.share("strategic") < numbers.threshold(NAME, "strategic_share"):
        return AGREES
    return PARTIAL if found.share("operational") > numbers.threshold(NAME, "operational_share") else DISAGREES


def log_sentence(found: TimeShares, numbers: Numbers) -> str:
    """Where the logged weeks' time went, or how many weeks it still takes to tell."""
    wanted = round(numbers.threshold(NAME, "weeks_logged"))
    if not found.weeks:
        return f"No week is logged yet: log {wanted}, and they show whether there is time for strategic work."
    rest = "" if found.weeks >= wanted else f" It takes {wanted} weeks to tell: log {wanted - found.weeks} more."
    return f"{_sentence(found, numbers)}{rest}"


def _sentence(found: TimeShares, numbers: Numbers) -> str:
    strategic, operational = (numbers.threshold(NAME, name) for name in ("strategic_share", "operational_share"))
    noun = "week" if found.weeks == 1 else "weeks"
    return (
        f"{found.words}, of {found.hours:,.0f} hours in {found.weeks} logged {noun} ({found.days_text}); wanted are at "
        f"most {operational * 100:g} % operational and at least {strategic * 100:g} % strategic."
    )


def _details(found: TimeShares) -> pd.DataFrame:
    names = {"week": "Week of"} | {work: f"{work.capitalize()} hours" for work in CLASSES}
    return found.frame.rename(columns=names)[::-1].reset_index(drop=True)


def _cost(found: TimeShares, numbers: Numbers, said: Verdict) -> Cost | None:
    """Strategic hours that are missing, with the best and the worst week as ends."""
    if said != AGREES:
        return None
    wanted = numbers.threshold(NAME, "strategic_share")
    missing = found.frame[list(CLASSES)].sum(axis=1) * wanted - found.frame["strategic"]
    monthly = missing * WEEKS_A_MONTH
    mean = float(monthly.mean())
    short = f"({wanted * 100:g} % - {found.share('strategic') * 100:.1f} %)"
    formula = (
        f"{found.hours / found.weeks:,.1f} hours a week x {short} x 52 / 12 weeks a month = {mean:,.1f} hours of "
        "strategic work that are missing; the ends are those of the best and the worst week."
    )
    return Cost(mean, max(float(monthly.min()), 0.0), float(monthly.max()), formula)


def _basis(engine: Engine) -> Basis:
    return Basis(
        "Hours of each class over all hours, in the latest logged weeks of the time log that is kept here.",
        "", {}, engine.as_of, 0,
        caveats=(
            "No ticket is used: people logged these hours themselves.",
            "The filters, which choose tickets, play no part.",
            f"{MEANING}.",
        ),
        source="70 / 20 / 10 (operational / tactical / strategic) as the articles give it; not a measured benchmark.",
    )  # fmt: skip
