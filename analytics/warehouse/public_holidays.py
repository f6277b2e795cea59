"""Public holidays of a country or a part of it, by the library `holidays`: worked out offline, named in English."""

from datetime import date
from functools import cache
from typing import Any

from analytics.errors import BacklightError, UnknownName


@cache
def countries() -> dict[str, str]:
    """Two-letter code -> English name of every country whose holidays are known, by name."""
    # The library takes a tenth of a second to load, which commands that ask for no holidays should not wait for.
    from holidays.registry import COUNTRIES

    named = {
        entry[1]: module.replace("_", " ").title().replace(" And ", " and ") for module, entry in COUNTRIES.items()
    }
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def find_country(text: str) -> str:
    """The two-letter code of a country given by code, three-letter code or name; raises `UnknownName`."""
    from holidays.registry import COUNTRIES

    codes: dict[str, str] = {code.casefold(): entry[1] for entry in COUNTRIES.values() for code in entry[1:]}
    codes |= {name.casefold(): code for code, name in countries().items()}
    wanted = text.strip().casefold()
    if wanted not in codes:
        raise UnknownName("country", text.strip(), [*countries().values(), *countries()])
    return codes[wanted]


@cache
def subdivisions(country: str) -> tuple[str, ...]:
    """The codes of the parts of a country that have holidays of their own."""
    return tuple(_calendar(country).subdivisions)


def find_subdivision(country: str, text: str) -> str:
    """The code of a part of the country given by code or name; raises `BacklightError` if the country has no such."""
    known = subdivisions(country)
    aliases = getattr(_calendar(country), "subdivisions_aliases", {}) or {}
    codes: dict[str, str] = {name.casefold(): code for name, code in aliases.items()} | {
        code.casefold(): code for code in known
    }
    wanted = text.strip().casefold()
    if wanted in codes:
        return codes[wanted]
    if not known:
        raise BacklightError(f"{countries()[country]} has no subdivisions: leave the subdivision out.")
    raise UnknownName(f"subdivision of {countries()[country]}", text.strip(), [*aliases, *known])


def public_holidays(country: str | None, subdivision: str | None, years: range) -> dict[date, str]:
    """Day -> name of every public holiday in the years; empty without a country."""
    if country is None or not len(years):
        return {}
    found = _calendar(country, subdivision, years)
    return {day: str(found[day]) for day in sorted(found)}


def _calendar(country: str, subdivision: str | None = None, years: range = range(0)) -> Any:
    import holidays

    languages = holidays.country_holidays(country).supported_languages
    language = "en_US" if "en_US" in languages else None
    return holidays.country_holidays(country, subdiv=subdivision, years=years, language=language, expand=False)
