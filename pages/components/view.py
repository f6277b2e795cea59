"""A view: everything the filter bar says, as filters for the numbers and as an address for a link."""

from dataclasses import dataclass
from datetime import date

from analytics.filters import Filters
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


def narrowed(address: Address, start: str, last: str) -> Address:
    """The address over the days from `start` to `last`, both inclusive."""
    return address | {"period": Preset.DATES.value, "dates": [start, last]}
