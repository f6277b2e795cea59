"""A contrast in words: what differs most. They quote an export, so they are inert text wherever they are shown."""

from typing import Any

from analytics.explore.contrast import SHARE, VALUE, Contrast
from analytics.formatting import count_text, hours_text, percent_text
from analytics.kpi import Unit

_MOST_NAMED = 3
_TIMES_FROM = 2


def contrast_sentence(found: Contrast) -> str:
    """How many of the comparisons differ beyond chance; nothing is an answer too. Our own words alone."""
    if found.reason:
        return f"Cannot tell what differs: {found.reason}."
    sizes = f"{count_text(found.tickets_here)} tickets and {count_text(found.tickets_there)} {other_words(found)}"
    judged = f"{count_text(len(found.frame))} {'comparison' if len(found.frame) == 1 else 'comparisons'}"
    if found.clear.empty:
        return f"Nothing differs beyond chance: {judged} of {sizes}."
    clear = len(found.clear)
    return f"{count_text(clear)} of {judged} {'differs' if clear == 1 else 'differ'} beyond chance, of {sizes}."


def finding_sentences(found: Contrast, most: int = _MOST_NAMED) -> list[str]:
    """The largest clear differences, a sentence each: of the KPI first, then of the shares."""
    clear = found.clear
    named = [row for kind in (VALUE, SHARE) for row in clear[clear["kind"] == kind].head(most).itertuples()]
    return [row_sentence(found, row) for row in named]


def row_sentence(found: Contrast, row: Any) -> str:
    """`Category VPN: 14 % of the tickets, 8 % before (+6.0 points, 95 % interval +4.1 to +8.2).`."""
    of = f"{row.dimension.replace('_', ' ').capitalize()} {row.label}" if row.dimension else "All tickets"
    before = other_words(found)
    if row.kind == SHARE:
        return f"{of}: {percent_text(row.here)} of the tickets, {percent_text(row.there)} {before} ({_points(row)})."
    title = found.kpi.title[0].lower() + found.kpi.title[1:] if found.kpi.title[1:2].islower() else found.kpi.title
    if found.kpi.unit is not Unit.HOURS:
        return f"{of}: {title} {percent_text(row.here)}, {percent_text(row.there)} {before} ({_points(row)})."
    return (
        f"{of}: typically {hours_text(row.here)}, {hours_text(row.there)} {before} "
        f"({times_text(row.difference)} as long, 95 % interval {interval_text(found, row)})."
    )


def other_words(found: Contrast) -> str:
    """`in the rest`, or `before`."""
    return "in the rest" if found.sides.nested else "in the other period"


def is_times(found: Contrast, row: Any) -> bool:
    """Whether the difference is a multiple of hours, not of points."""
    return bool(row.kind == VALUE and found.kpi.unit is Unit.HOURS)


def times_text(times: float) -> str:
    """A multiple: `0.8 %`, `36 %`, `121 %`, from two on `2.8 times`."""
    return f"{_number(times)} times" if times >= _TIMES_FROM else percent_text(times)


def difference_text(found: Contrast, row: Any) -> str:
    """`+6.0 points`, `36 %` or `2.8 times`."""
    return times_text(row.difference) if is_times(found, row) else f"{row.difference * 100:+.1f} points"


def interval_text(found: Contrast, row: Any) -> str:
    """`+4.1 to +8.2`, in the difference's unit."""
    if is_times(found, row):
        lo = _number(row.lo) if row.lo >= _TIMES_FROM else times_text(row.lo)
        return f"{lo} to {times_text(row.hi)}"
    return f"{row.lo * 100:+.1f} to {row.hi * 100:+.1f}"


def _number(times: float) -> str:
    return f"{times:,.1f}".removesuffix(".0")


def _points(row: Any) -> str:
    return f"{row.difference * 100:+.1f} points, 95 % interval {row.lo * 100:+.1f} to {row.hi * 100:+.1f}"
