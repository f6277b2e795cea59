"""Gate: what is not shown, and why. A refusal is a result with a reason, never an empty picture."""

from collections.abc import Mapping

from analytics.flow.edges import CLOSED_ONLY, COLLAPSE, PARTIAL, RAMP_UP, START, Mark
from analytics.forecast.backtest import FEWEST_KNOWN, Tested
from analytics.forecast.history import LENGTH, History
from analytics.formatting import count_text, day_text
from analytics.period import Grain

# Fewer tickets than one a week on average tell nothing of the next weeks.
_FEWEST_TICKETS = {Grain.WEEK: 26, Grain.DAY: 26}
_RECENT = {Grain.WEEK: 26, Grain.DAY: 182}
# A history that ended so long ago says nothing of the time after today.
_LONGEST_GAP_DAYS = 91
# An interval takes this many periods to be calibrated.
FEWEST_FOR_INTERVALS = {Grain.WEEK: 42, Grain.DAY: 294, Grain.MONTH: 24, Grain.QUARTER: 16}
_NAMES = {"inflow": "Inflow", "outflow": "Outflow", "backlog": "The backlog", "value": "The series"}


def refusal(history: History | None, marks: tuple[Mark, ...] = ()) -> str:
    """Why nothing can be forecast, in a sentence; empty where something can. `marks` explain a history of None."""
    if history is None:
        return f"No forecast: there is no whole week whose records are sound. {_most_telling(marks)}".strip()
    grain, recent = history.grain, slice(-_RECENT[history.grain], None)
    gap = (history.records_until - history.ends).days
    if gap > _LONGEST_GAP_DAYS:
        why = next((mark.sentence for mark in history.marks if mark.kind == COLLAPSE), "")
        until = f"the sound records end on {day_text(history.last_day)}, long before the data do"
        return f"No forecast: {until}. {why}".strip()
    if history.known < FEWEST_KNOWN[grain]:
        length = f"{history.known} whole {grain.value}s" if history.known != 1 else f"1 whole {grain.value}"
        needed = f"{FEWEST_KNOWN[grain]} whole {grain.value}s of sound records"
        return f"No forecast: it takes {needed}, and there {'is' if history.known == 1 else 'are'} {length}."
    tickets = int(history.inflow[recent].sum())
    if tickets < _FEWEST_TICKETS[grain] or not history.outflow[recent].any():
        days = int((len(history.inflow[recent]) * LENGTH[grain]).astype(int))
        ended = int(history.outflow[recent].sum())
        return (
            f"No forecast: too few tickets, {count_text(tickets)} opened and {count_text(ended)} ended in the last "
            f"{days // 7} weeks; it takes {_FEWEST_TICKETS[grain]} opened and some ended."
        )
    return ""


def withheld(tested: Tested | None) -> Mapping[str, str]:
    """Series -> why it is not shown, for those that the back-test forbids: what loses to naive is not shown."""
    if tested is None:
        return {}
    errors = {series: one.relative_error for series, one in tested.backtests.items()}
    return {series: _loses(series, error, tested) for series, error in errors.items() if not error < 1}


def _loses(series: str, error: float, tested: Tested) -> str:
    origins = len(tested.backtests[series].known)
    where = f"{_NAMES[series]} is not forecast: from {origins} past dates"
    if not tested.backtests[series].naive_error:
        return f"{where} saying 'as now' was right to the ticket, so a model adds nothing."
    return f"{where} the model was {error:.2f} times as far off as saying 'as now', so it adds nothing."


def _most_telling(marks: tuple[Mark, ...]) -> str:
    """The sentences of at most two marks."""
    ranked = sorted((mark for mark in marks if mark.left_out), key=lambda mark: _TELLING.index(mark.kind))
    return " ".join(mark.sentence for mark in ranked[:2])


_TELLING = (COLLAPSE, CLOSED_ONLY, START, RAMP_UP, PARTIAL)
