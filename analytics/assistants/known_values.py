"""Known values: a filter on a value that no ticket has is refused, for nought would be mistaken for an answer."""

from collections.abc import Sequence

from analytics.assistants.errors import UnknownValue
from analytics.choices import choices
from analytics.filters import Filters, Value, plain_value
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK

_FIXED: dict[str, tuple[Value, ...]] = {"priority": (1, 2, 3, 4, 5), **CLOCK}


def check_values(engine: Engine, filters: Filters) -> None:
    """Raises `UnknownValue`, with the nearest one, for a value that no ticket of the data has."""
    for dimension, values in (*filters.where, *filters.without):
        wanted = [value for value in values if value is not None]
        known = _FIXED.get(dimension) or _found(engine, dimension, wanted)
        for value in wanted:
            if value not in known:
                raise UnknownValue(dimension, value, _FIXED.get(dimension) or choices(engine, dimension))


def _found(engine: Engine, dimension: str, values: Sequence[Value]) -> tuple[Value, ...]:
    if not values:
        return ()
    chosen = Filters.of(where={dimension: values})
    (condition,) = chosen.value_conditions()
    sql = f"SELECT DISTINCT {dimension} AS found FROM tickets WHERE {condition}"
    return tuple(plain_value(value) for value in engine.query(sql, chosen.parameters())["found"].astype(object))
