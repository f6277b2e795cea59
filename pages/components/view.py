"""A view: everything the filter bar says, as filters for the numbers and as an address for a link."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.filters import Filters, read_value
from analytics.period import Grain
from analytics.window import Preset

Address = dict[str, str | list[str]]


@dataclass(frozen=True)
class View:
    """`dates` (the last one inclusive) only with `Preset.DATES`; `chosen` are the values as the widgets name them."""

    filters: Filters
    grain: Grain
    preset: Preset
    dates: tuple[date, ...]
    chosen: tuple[tuple[str, tuple[str, ...]], ...]

    def address(self) -> Address:
        """The query parameters that bring this view back."""
        period: Address = {} if self.preset is Preset.DAYS_90 else {"period": self.preset.value}
        days: Address = {"dates": [day.isoformat() for day in self.dates]} if self.dates else {}
        return period | days | {name: list(values) for name, values in self.chosen}


def over_days(view: View, start: date, last: date) -> View:
    """The view over the days from `start` to `last`, both inclusive."""
    filters = view.filters.between(start, last + timedelta(days=1))
    return replace(view, filters=filters, preset=Preset.DATES, dates=(start, last))


def of_values(view: View, dimension: str, texts: tuple[str, ...]) -> View:
    """The view narrowed to some values of a dimension."""
    chosen = tuple(sorted({**dict(view.chosen), dimension: texts}.items()))
    where = {name: [read_value(name, text) for text in values] for name, values in chosen}
    return replace(view, filters=Filters.of(view.filters.start, view.filters.end, where), chosen=chosen)
