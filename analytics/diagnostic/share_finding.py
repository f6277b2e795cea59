"""A finding on a share of tickets or people: counted in one pass, judged against a threshold beyond chance."""

from dataclasses import dataclass, replace
from datetime import timedelta

from analytics.diagnostic.finding import CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.share import Share
from analytics.diagnostic.window import dried_up, last_days, past_caveats
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import count_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Counted:
    """What is counted over `tickets`, by a CTE `counted` with `is_whole` and `is_part`, one row a ticket or person.

    `so` says what the part is and `of` what the whole is, as in `had more than one ticket in a week` and `people`;
    `selection` finds the part's tickets; `unknown` is why there may be nothing to count. `least_known` is the share of
    rows which must be known to speak against a statement: what is not recorded is no "no".
    """

    table: str
    of: str
    so: str
    selection: Selection
    unknown: str
    least_known: float = 0.0

    @property
    def sql(self) -> str:
        """Counts `whole` and `part`."""
        return (
            f"WITH counted AS (\n{self.table}\n)\nSELECT count(*) FILTER (WHERE is_whole) AS whole,\n"
            "  count(*) FILTER (WHERE is_whole AND is_part) AS part,\n"
            "  count(*) FILTER (WHERE NOT is_whole) AS unknown\nFROM counted"
        )


def window_of(engine: Engine, filters: Filters, days: float) -> Filters:
    """The filters over the last so many days."""
    return last_days(engine, filters, round(days))


def share_finding(
    engine: Engine, window: Filters, name: str, counted: Counted, threshold: float, rule: str, basis: Basis
) -> Finding:
    """Agrees where the share is above the threshold beyond chance, partial where chance could do it.

    `basis` brings definition, parameters beside the window's own, caveats and source.
    """
    parameters = {**window.parameters(), **basis.parameters}
    found = engine.query(counted.sql, parameters).iloc[0]
    part, whole, unknown = (int(found[column]) for column in ("part", "whole", "unknown"))
    basis = replace(
        basis, sql=counted.sql, parameters=parameters, as_of=engine.as_of, used=whole,
        excluded=((counted.unknown, unknown),) if unknown else (), filters=window.sentence("looked at"),
        caveats=(*basis.caveats, *past_caveats(engine, window)),
    )  # fmt: skip
    last = window.end - timedelta(days=1) if window.end else None
    told = Finding(name, CANNOT_TELL, None, threshold, "ratio", "", rule, window.start, last, basis)
    if whole < FEWEST_TICKETS:
        return replace(told, reason=_too_few(whole, unknown, counted))
    if reason := dried_up(engine, window):
        return replace(told, reason=reason)
    share = Share(part, whole)
    if share.above(threshold) == DISAGREES and whole < counted.least_known * (whole + unknown):
        few = f"{share.words} of {count_text(whole)} {counted.of} {counted.so}, but of the other {count_text(unknown)}"
        return replace(told, reason=f"{few} {counted.unknown}: they cannot speak against it.")
    sentence = f"{share.words} of {count_text(whole)} {counted.of} {counted.so}."
    selection = replace(counted.selection, parameters={**parameters, **counted.selection.parameters})
    return replace(
        told, verdict=share.above(threshold), value=share.value, sentence=sentence,
        selection=selection if part else None,
    )  # fmt: skip


def _too_few(whole: int, unknown: int, counted: Counted) -> str:
    if unknown:
        why = f"{counted.unknown[0].upper()}{counted.unknown[1:]}"
        return f"{why}: only {whole} of {count_text(whole + unknown)} {counted.of} can be told." if whole else f"{why}."
    return f"Too few: {whole or 'no'} {counted.of} in this window, and it takes {FEWEST_TICKETS}."
