"""Bridge sentences: why the backlog changed, written by rule from its bridge and the contributions to it.

They quote values of an export, so a page shows them as inert text.
"""

from typing import Any

import pandas as pd

from analytics.flow.bridge import Bridge
from analytics.flow.contributions import Contributions
from analytics.formatting import count_text
from analytics.measure import FEWEST_TICKETS

_MOST_FURTHER = 2


def bridge_sentences(found: Bridge, split: Contributions | None = None) -> tuple[str, ...]:
    """The change, and who made it; a value with fewer than five tickets moved is not named."""
    said = [change_sentence(found)]
    if split is not None and found.basis.used:
        said += _makers(found, split)
    if found.leak:
        said.append(f"These movements leave {count_text(abs(found.leak))} tickets unexplained.")
    return tuple(said)


def change_sentence(found: Bridge) -> str:
    """The change alone: `The backlog grew by 412 (from 1,020 to 1,432).`."""
    if not found.basis.used:
        return "No ticket was in the backlog in this period."
    if not found.change:
        moved = count_text(found.opened)
        return (
            f"The backlog is where it was: {count_text(found.start)} at the start and at the end, "
            f"with {moved} opened and {moved} closed between."
        )
    return f"The backlog {_moved_by(found.change)} (from {count_text(found.start)} to {count_text(found.end)})."


def subject(dimension: str, value: object) -> str:
    """`Category 'Integration'`, `Priority 2`, `Tickets without a category`."""
    words = dimension.replace("_", " ")
    if value is None:
        return f"Tickets without {'an' if words[0] in 'aeiou' else 'a'} {words}"
    return f"{words.capitalize()} {value}" if dimension == "priority" else f"{words.capitalize()} '{value}'"


def _makers(found: Bridge, split: Contributions) -> list[str]:
    frame = split.frame
    told = frame[(frame["opened"] + frame["ended"] >= FEWEST_TICKETS) & (frame["change"] != 0)]
    if not found.change:
        return _against_each_other(split, told)
    with_it = told[told["change"] * found.change > 0]
    if with_it.empty:
        words = split.dimension.replace("_", " ")
        return [f"No {words} with {FEWEST_TICKETS} tickets or more changed it."]
    first = with_it.iloc[0].to_dict()
    parts = _parts(first, split)
    reason = [] if split.before else [_no_comparison(split)]
    return [f"{_share(first, found, split)}{parts}.", *_further(with_it, found), *reason]


def _share(row: dict[Any, Any], found: Bridge, split: Contributions) -> str:
    name = subject(split.dimension, row["value"])
    if abs(row["change"]) > abs(found.change):
        return f"{name} {_moved_by(row['change'])}"
    made = "all" if row["change"] == found.change else count_text(abs(row["change"]))
    return f"{name} made {made} of it"


def _parts(row: dict[Any, Any], split: Contributions) -> str:
    if split.before is None:
        return f": {count_text(row['opened'])} arrived and {count_text(row['ended'])} were closed"
    demand, throughput, carry_over = (int(row[name]) for name in ("demand", "throughput", "carry_over"))
    join = "but" if demand * throughput < 0 else "and"
    return (
        f": {_more(demand)} arrived {'than' if demand else 'as'} in the {split.before_words} before {join} "
        f"{_more(-throughput)} were closed; {_carried(carry_over, int(row['change']))}"
    )


def _more(more: int) -> str:
    return f"{count_text(abs(more))} {'more' if more > 0 else 'fewer'}" if more else "as many"


def _carried(carry_over: int, change: int) -> str:
    if not carry_over:
        return "it had been level before"
    moved = f"been {'growing' if carry_over > 0 else 'shrinking'} by {count_text(abs(carry_over))}"
    return f"it had already {moved}" if carry_over * change > 0 else f"before, it had {moved}"


def _further(with_it: pd.DataFrame, found: Bridge) -> list[str]:
    """The next ones, where the first made less than half; all others, where it made more than all."""
    against = found.change - int(with_it["change"].iloc[0])
    if against * found.change < 0:
        return [f"All others together {_moved_by(against)}."]
    if 2 * abs(int(with_it["change"].iloc[0])) >= abs(found.change) or len(with_it) < 2:
        return []
    names = [
        f"{_quoted(row['value'])} with {count_text(abs(row['change']))}"
        for row in with_it.iloc[1 : 1 + _MOST_FURTHER].to_dict("records")
    ]
    return [f"Next {'is' if len(names) == 1 else 'are'} {' and '.join(names)}."]


def _quoted(value: object) -> str:
    """A value as it stands in a sentence: a priority plain, text in quotes."""
    if value is None:
        return "those not recorded"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _against_each_other(split: Contributions, told: pd.DataFrame) -> list[str]:
    up, down = told[told["change"] > 0], told[told["change"] < 0]
    if up.empty or down.empty:
        return []
    (grown, more), (shrunk, less) = (
        (subject(split.dimension, rows["value"].iloc[0]), int(rows["change"].iloc[0])) for rows in (up, down)
    )
    return [f"{grown} {_moved_by(more)} and {shrunk[0].lower()}{shrunk[1:]} {_moved_by(less)}."]


def _moved_by(change: int) -> str:
    if not change:
        return "did not change"
    return f"{'grew' if change > 0 else 'shrank'} by {count_text(abs(int(change)))}"


def _no_comparison(split: Contributions) -> str:
    return f"Whether more arrived or fewer were closed than before cannot be told: {split.why_not}."
