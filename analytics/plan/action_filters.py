"""The tickets that an action is about: filters as the JSON that is kept with it, and back."""

import json

from analytics.errors import BacklightError
from analytics.filters import Filters, Value


def filters_json(filters: Filters) -> str:
    """The values wanted per dimension; the period is left out, since an action goes on."""
    return json.dumps({dimension: list(values) for dimension, values in filters.where}, sort_keys=True)


def filters_of(text: str) -> Filters:
    """The filters of what was kept; all tickets where it cannot be read, as by a newer version."""
    try:
        found = json.loads(text or "{}")
        where = {name: [_value(name, one) for one in _listed(values)] for name, values in found.items()}
        return Filters.of(where=where)
    except (ValueError, TypeError, AttributeError, BacklightError):
        return Filters()


def filters_words(filters: Filters) -> str:
    """`all tickets`, or `tickets where assignment group is Network`; it quotes the export."""
    if not filters.where:
        return "all tickets"
    return " ".join(filters.between(None, None).sentence("").replace(" at any time", "", 1).split())


def _listed(values: object) -> list[object]:
    return values if isinstance(values, list) else [values]


def _value(name: str, value: object) -> Value:
    if value is None or isinstance(value, str) or (name == "priority" and type(value) is int):
        return value
    raise TypeError(name)
