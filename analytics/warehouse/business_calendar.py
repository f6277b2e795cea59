"""The business calendar: when the desk is staffed, and how many business minutes lie before each day.

One calendar per database, kept among the snapshot's facts, so that a number belongs to the calendar it was computed
with. Opening hours are those of the clock on the wall in the reporting time zone, on the days when it changes too.
"""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from analytics.errors import BacklightError, BadDate, UnknownName
from analytics.warehouse.public_holidays import countries, find_country, find_subdivision, public_holidays

FACT = "business_calendar"
CLOSED_DAY = "Closed day"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHIPPED = Path(__file__).parents[2] / "data" / "business-hours.toml"
_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_WHOLE_DAY = 24 * 60


@dataclass(frozen=True)
class BusinessCalendar:
    """`days` are weekdays from 0, Monday; `opens` and `closes` minutes after midnight; `closed` further closed days.

    `country` and `subdivision` are the codes whose public holidays are closed days; None for no holidays.
    """

    days: tuple[int, ...]
    opens: int
    closes: int
    country: str | None = None
    subdivision: str | None = None
    closed: tuple[date, ...] = ()

    @classmethod
    def of(
        cls,
        days: str,
        hours: str,
        country: str | None = None,
        subdivision: str | None = None,
        closed: Iterable[date] = (),
    ) -> Self:
        """The calendar from what a person writes; raises `BacklightError` for what cannot be meant."""
        opens, closes = read_hours(hours)
        code = find_country(country) if country else None
        if subdivision and code is None:
            raise BacklightError(f"'{subdivision}' is a subdivision of no country: name the country too.")
        part = find_subdivision(code, subdivision) if code and subdivision else None
        return cls(read_days(days), opens, closes, code, part, tuple(sorted(set(closed))))

    @classmethod
    def kept(cls, fact: str | None) -> Self:
        """The calendar that a snapshot's fact describes; the shipped one for a snapshot without."""
        if not fact:
            return cls(**asdict(shipped_calendar()))
        read = json.loads(fact)
        closed = tuple(date.fromisoformat(day) for day in read["closed"])
        return cls(**read | {"days": tuple(read["days"]), "closed": closed})

    @property
    def fact(self) -> str:
        """The calendar as text among the snapshot's facts."""
        return json.dumps(asdict(self), default=str)

    @property
    def days_text(self) -> str:
        """`mon-fri`, `sun-thu` or `mon,wed`, as the command line takes it."""
        return _runs_text(self.days, WEEKDAYS, ",")

    @property
    def hours_text(self) -> str:
        """`08:00-18:00`."""
        return f"{_clock(self.opens)}-{_clock(self.closes)}"

    @property
    def sentence(self) -> str:
        """`Monday to Friday, 08:00 to 18:00, closed on the public holidays of United Kingdom (ENG)`."""
        where = countries()[self.country] if self.country else ""
        where += f" ({self.subdivision})" if self.subdivision else ""
        count = len(self.closed)
        further = f"on {count} further {'day' if count == 1 else 'days'}" if count else ""
        holidays = f"on the public holidays of {where}" if where else ""
        on_days = " and ".join(filter(None, (holidays, further)))
        closed = f"closed {on_days}" if on_days else "no public holidays"
        open_days = _runs_text(self.days, _FULL, ", ", " to ")
        return f"{open_days}, {_clock(self.opens)} to {_clock(self.closes)}, {closed}"

    def closed_days(self, years: range) -> dict[date, str]:
        """Day -> why it is closed: public holidays by name, and further closed days."""
        found = public_holidays(self.country, self.subdivision, years)
        return found | {day: found.get(day, CLOSED_DAY) for day in self.closed if day.year in years}

    def document(self) -> dict[str, Any]:
        """The calendar as it stands in the command line's JSON."""
        return {
            "days": self.days_text,
            "hours": self.hours_text,
            "country": self.country,
            "subdivision": self.subdivision,
            "closed": [day.isoformat() for day in self.closed],
        }


@cache
def shipped_calendar() -> BusinessCalendar:
    """The calendar of a new database, from data/business-hours.toml."""
    read = tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))
    return BusinessCalendar.of(read["days"], read["hours"], read["country"], read["subdivision"], read["closed"])


def read_days(text: str) -> tuple[int, ...]:
    """Weekdays from `mon-fri`, `sun-thu` or `mon,wed`; raises `UnknownName` or, for none, `BacklightError`."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        first, _, last = part.partition("-")
        start, end = _weekday(first), _weekday(last or first)
        found |= {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
    if not found:
        raise BacklightError("A business calendar needs at least one weekday: write days as mon-fri or mon,wed.")
    return tuple(sorted(found))


def read_hours(text: str) -> tuple[int, int]:
    """Minutes after midnight from `08:00-18:00`; 24:00 is the end of the day. Raises `BacklightError`."""
    found = _HOURS.fullmatch(text.strip())
    parts = [int(part) for part in found.groups()] if found else []
    if not parts or parts[1] > 59 or parts[3] > 59 or parts[2] * 60 + parts[3] > _WHOLE_DAY:
        raise BacklightError(f"'{text}' are no business hours: write them as 08:00-18:00.")
    opens, closes = parts[0] * 60 + parts[1], parts[2] * 60 + parts[3]
    if closes <= opens:
        raise BacklightError(
            f"Business hours {text} end before they start: write the opening time first, such as 08:00-18:00, "
            "or 00:00-24:00 for around the clock."
        )
    return opens, closes


def read_closed_day(text: str) -> date:
    """A further closed day from 2026-12-24; raises `BadDate`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDate(text, "--closed") from None


def _weekday(text: str) -> int:
    short = text.strip().casefold()[:3]
    if short not in WEEKDAYS or not _FULL[WEEKDAYS.index(short)].casefold().startswith(text.strip().casefold()):
        raise UnknownName("weekday", text.strip(), WEEKDAYS)
    return WEEKDAYS.index(short)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _runs_text(days: tuple[int, ...], words: tuple[str, ...], comma: str, dash: str = "-") -> str:
    """Weekdays as ranges of three or more and single days; a week may run over Sunday."""
    starts = [day for day in days if (day - 1) % 7 not in days] or [days[0]]
    runs = [[(start + n) % 7 for n in range(7)] for start in starts]
    runs = [run[: next((n for n, day in enumerate(run) if day not in days), 7)] for run in runs]
    parts = [f"{words[r[0]]}{dash}{words[r[-1]]}" if len(r) > 2 else comma.join(words[d] for d in r) for r in runs]
    return comma.join(parts)
