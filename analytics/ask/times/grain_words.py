"""Grains in words: `by week`, `monthly`, `over time`."""

from datetime import date

from analytics.ask.times.time_term import Form, Found, Meaning, form
from analytics.period import Grain

_UNIT = r"(?:calendar |iso )?(?P<unit>day|week|month|quarter|year)s?"
_NOT_OF = r"(?! of (?:the |a )?(?:day|week|month|year))"
_ADVERBS = {
    "daily": Grain.DAY, "weekly": Grain.WEEK, "monthly": Grain.MONTH,
    "quarterly": Grain.QUARTER, "yearly": Grain.YEAR, "annually": Grain.YEAR, "annual": Grain.YEAR,
}  # fmt: skip
Kind = tuple[str, Meaning] | None


def _unit(match: Found, _as_of: date) -> Kind:
    return "grain", Grain(match["unit"])


def _adverb(match: Found, _as_of: date) -> Kind:
    return "grain", _ADVERBS[match["adverb"]]


def _fitting(_match: Found, _as_of: date) -> Kind:
    return "grain", None


GRAIN_FORMS: tuple[Form, ...] = (
    form(rf"(?:by|per|each|every|for each|for every|and|and by|and per|x)(?: the)? {_UNIT}{_NOT_OF}", _unit),
    form(rf"(?:at |as of )?(?:the )?(?:end|start) of (?:each|every) {_UNIT}", _unit),
    form(r"(?P<unit>day|week|month|quarter|year) (?:by|to|after) (?P=unit)", _unit),
    form(r"over the (?P<unit>day|week|month|quarter|year)s", _unit),
    form(rf"(?:on a |as a )?(?P<adverb>{'|'.join(_ADVERBS)})(?: basis)?", _adverb),
    form(rf"(?P<adverb>{'|'.join(_ADVERBS)}) (?:trends?|development|evolution)", _adverb),
    form(rf"(?:trends?|development|evolution|history) (?:by|per) {_UNIT}", _unit),
    form(
        r"(?:over|across|through) time|(?:the |a )?trend(?:s|ing|line)?(?: over time)?|(?:the )?time ?series|timeline"
        r"|(?:the )?(?:development|evolution|history)(?: of)?",
        _fitting,
    ),
)
ARTICLE = form(r"(?:an?|each) (?P<unit>day|week|month|quarter|year)", _unit)
