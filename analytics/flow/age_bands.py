"""Age bands: the limits in days between which open tickets are counted."""

import tomllib
from functools import cache
from pathlib import Path

from analytics.errors import BacklightError

_FILE = Path(__file__).parents[2] / "data" / "ageing.toml"
_MOST_LIMITS, _LONGEST_DAYS = 6, 36_500


class BadBands(BacklightError):
    """Limits of age bands that are no one to six rising numbers of days."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"{given[:60]!a} cannot be age bands: write 1 to {_MOST_LIMITS} whole numbers of days, each larger than "
            f"the one before and none above {_LONGEST_DAYS:,}, such as 10, 30."
        )


def check_bands(limits: tuple[int, ...]) -> tuple[int, ...]:
    """`limits`, if they are one to six rising positive whole numbers of days; else raises `BadBands`."""
    rising = all(low < high for low, high in zip((0, *limits), limits, strict=False))
    whole = all(type(limit) is int and limit <= _LONGEST_DAYS for limit in limits)
    if not 1 <= len(limits) <= _MOST_LIMITS or not whole or not rising:
        raise BadBands(bands_text(limits))
    return limits


def read_bands(text: str) -> tuple[int, ...]:
    """The limits written as `10, 30`; raises `BadBands`."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
        raise BadBands(text)
    return check_bands(tuple(int(part) for part in parts))


def bands_text(limits: tuple[int, ...]) -> str:
    """`10, 30`, as `read_bands` takes it."""
    return ", ".join(str(limit) for limit in limits)


@cache
def shipped_bands() -> tuple[int, ...]:
    """The limits in data/ageing.toml; HDI counts under 10 days, 10 to 30, and over 30."""
    try:
        return check_bands(tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["band_limits_days"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BacklightError(
            f"{_FILE.name} cannot be read ({error}): write one line such as band_limits_days = [10, 30]."
        ) from error
