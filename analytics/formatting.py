"""How values, periods and times are written for people, the same on every screen and at the command line."""

from datetime import date, datetime

import pandas as pd

from analytics.kpi import Unit
from analytics.period import Grain

TOO_FEW = "too few"
UNKNOWN = "cannot tell"


def value_text(value: float | None, unit: Unit, too_few: bool = False) -> str:
    """`21.4 h`, `3.2 days`, `63.4 %`, `1,340`; `too few` and `cannot tell` where there is no number to act on."""
    if value is None or pd.isna(value):
        return UNKNOWN
    if too_few:
        return TOO_FEW
    match unit:
        case Unit.HOURS:
            return hours_text(value)
        case Unit.RATIO:
            return f"{value * 100:.1f} %"
        case Unit.TICKETS:
            return f"{value:,.0f}"


def hours_text(hours: float) -> str:
    """Minutes under two hours, hours under four days, else days: `45 min`, `21.4 h`, `7.4 days`."""
    if abs(hours) < 2:
        return f"{hours * 60:.0f} min"
    return f"{hours:.1f} h" if abs(hours) < 96 else f"{hours / 24:,.1f} days"


def hours_texts(*hours: float) -> tuple[str, ...]:
    """Hours that are set side by side, all in the unit of the largest: `4.3 days`, `3.9 days`."""
    largest = max((abs(one) for one in hours), default=0.0)
    if largest >= 96:
        return tuple(f"{one / 24:,.1f} days" for one in hours)
    return tuple(f"{one * 60:.0f} min" if largest < 2 else f"{one:.1f} h" for one in hours)


def change_text(value: float, before: float, unit: Unit) -> str:
    """The change from `before`: percentage points for a ratio, else per cent; `from none` where there was none."""
    if unit is Unit.RATIO:
        return f"{(value - before) * 100:+.1f} points"
    return f"{(value - before) / before:+.1%}".replace("%", " %") if before else "from none"


def period_text(start: date, grain: Grain) -> str:
    """`2016-04-30`, `week of 2016-04-25`, `Apr 2016`, `Q2 2016`, `2016`."""
    match grain:
        case Grain.DAY:
            return f"{start:%Y-%m-%d}"
        case Grain.WEEK:
            return f"week of {start:%Y-%m-%d}"
        case Grain.MONTH:
            return f"{start:%b %Y}"
        case Grain.QUARTER:
            return f"Q{(start.month + 2) // 3} {start.year}"
        case Grain.YEAR:
            return str(start.year)


def tick_text(start: date, grain: Grain) -> str:
    """A period on an axis, where room is short: `30 Apr`, `Apr 2016`, `Q2 2016`, `2016`."""
    return f"{start:%-d %b}" if grain in (Grain.DAY, Grain.WEEK) else period_text(start, grain)


def day_text(day: date) -> str:
    """`30 Jun 2026`."""
    return f"{day:%-d %b %Y}"


def moment_text(moment: datetime | None) -> str:
    """`30 Jun 2026, 17:59`, or `unknown`."""
    return f"{moment:%-d %b %Y, %H:%M}" if moment else "unknown"


def count_text(count: int) -> str:
    """`24,918`."""
    return f"{count:,}"


def percent_text(share: float) -> str:
    """`0.125` as `12 %`, and with one decimal below 10 %: `2.5 %`."""
    text = f"{share * 100:.{1 if abs(share) < 0.0995 else 0}f}"
    return f"{text.removesuffix('.0')} %"


def signed_text(number: float, decimals: int = 0) -> str:
    """A change: `+1,340`, `-12`, `+0.4`; what rounds to nought has no sign."""
    text = f"{number:+,.{decimals}f}"
    return text if any(digit in "123456789" for digit in text) else text[1:]


def age_text(days: float) -> str:
    """An age as a limit that others are measured by: `45 min`, `30.0 h`, `8.2 days`, `90 days`, `1,883.9 days`."""
    return hours_text(days * 24) if days < 4 else f"{days:,.1f}".removesuffix(".0") + " days"


def size_text(size: float) -> str:
    """Bytes as `740 kB` or `12.4 MB`."""
    return f"{max(size, 1_000) / 1_000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
