"""Promised against realised: what was said an action would bring, beside what its KPI shows."""

from dataclasses import dataclass

from analytics.diagnostic.questionnaire import Statement, questionnaires
from analytics.formatting import percent_text
from analytics.kpi import Unit
from analytics.plan.effect import Effect


@dataclass(frozen=True)
class Promised:
    """`promised` and `realised` are shares of what was expected (-0.2 is a fifth less), None where not known."""

    promised: float | None
    realised: float | None
    sentence: str


def promised(promised_percent: float | None, found: Effect | None) -> Promised:
    """The two side by side, in words. What may as well be no change is not told as realised."""
    if promised_percent is None:
        return Promised(None, _realised(found), "Nothing was promised in numbers.")
    share = promised_percent / 100
    said = f"Promised: {signed_share(share)}."
    if found is None or found.estimate is None:
        return Promised(share, None, f"{said} What came of it cannot be told yet.")
    percent = found.estimate.percent
    if percent is None:
        return Promised(share, None, f"{said} What came of it cannot be given in per cent.")
    realised, low, high = percent
    if found.estimate.is_told:
        return Promised(share, realised, f"{said} Realised: {signed_share(realised)}. {_judged(share, low, high)}")
    yet = " yet" if found.verdict == "too early to tell" else ""
    ends = f"{signed_share(low)} to {signed_share(high)}"
    return Promised(
        share, None, f"{said} What came of it cannot be told{yet}: {ends} is possible, {_among(share, low, high)}."
    )


def statement_of(name: str) -> Statement | None:
    """The statement with this id, of any questionnaire; None where there is none."""
    found = [one for sheet in questionnaires() for one in sheet.statements if one.id == name]
    return found[0] if found else None


def claim_of(name: str) -> str:
    """What articles claim for the remedy of a statement; empty where nothing is."""
    statement = statement_of(name)
    return statement.claim if statement else ""


def signed_share(share: float) -> str:
    """`-0.12` as `-12 %`."""
    return f"{'+' if share > 0 else ''}{percent_text(share)}"


def _realised(found: Effect | None) -> float | None:
    percent = found.estimate.percent if found and found.estimate and found.estimate.is_told else None
    return percent[0] if percent and found and found.kpi.unit is not Unit.RATIO else None


def _judged(share: float, low: float, high: float) -> str:
    if low * share < 0:
        return "The opposite of what was promised."
    if low <= share <= high:
        return "The promise is kept, as far as can be told."
    return "More than was promised." if _is_more(share, low, high) else "Less than was promised."


def _among(share: float, low: float, high: float) -> str:
    if low <= share <= high:
        return "what was promised too"
    return "more than was promised" if _is_more(share, low, high) else "less than was promised in any case"


def _is_more(share: float, low: float, high: float) -> bool:
    return high < share if share < 0 else low > share
