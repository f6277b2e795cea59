"""A format laid over the header of one file: which positions feed which canonical column."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.warehouse.formats.export_format import CancelledRule, ExportFormat
from analytics.warehouse.formats.headers import positions_of


@dataclass(frozen=True)
class Mapping:
    """`positions`: canonical column -> positions in the header, in order of preference; only columns found."""

    format: ExportFormat
    positions: dict[str, tuple[int, ...]]
    status_fallback: tuple[int, ...] = ()
    cancelled: tuple[tuple[CancelledRule, tuple[int, ...]], ...] = ()
    event_order: tuple[int, ...] = ()
    event_actor: tuple[int, ...] = ()
    unused: tuple[int, ...] = ()
    """Positions that nothing reads."""

    @property
    def is_event_log(self) -> bool:
        """Whether the file is read as one row per update of a ticket."""
        return bool(self.format.event_time) and self.format.event_time in self.positions


def resolve(format: ExportFormat, header: Sequence[str]) -> Mapping:
    """The mapping of `format` to a file with this `header`; columns that the file lacks are left out."""
    found = {name: positions_of(rule.headers, header) for name, rule in format.columns.items()}
    positions = {name: places for name, places in found.items() if places}
    fallback = positions_of(format.status_fallback, header)
    rules = ((rule, positions_of(rule.headers, header)) for rule in format.cancelled)
    cancelled = tuple((rule, places) for rule, places in rules if places)
    order, actor = positions_of(format.event_order, header), positions_of(format.event_actor, header)
    used = {place for places in positions.values() for place in places} | {*fallback, *order, *actor}
    used |= {place for _, places in cancelled for place in places}
    unused = tuple(place for place in range(len(header)) if place not in used)
    return Mapping(format, positions, fallback, cancelled, order, actor, unused)
