"""compose(kpi, filters, by, grain) -> Query: the SQL text, its bound parameters, and nothing run yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.errors import BacklightError
from analytics.filters import Filters, check_dimension
from analytics.kpi import Count, Kpi, Ratio, Statistic, Stock
from analytics.period import Grain


@dataclass(frozen=True)
class Query:
    """One statement for one or more KPIs that share population and anchor.

    Columns it yields: `period` (with a grain), the dimensions in `by`, then for each KPI
    `<name>_numerator` (or `<name>_value` for a statistic) and `<name>_denominator`, as far as the KPI has them.
    """

    kpis: tuple[Kpi, ...]
    filters: Filters
    by: tuple[str, ...]
    grain: Grain | None
    sql: str
    parameters: dict[str, object]

    def __hash__(self) -> int:
        return hash((self.kpis, self.filters, self.by, self.grain))


def compose(kpi: Kpi | Sequence[Kpi], filters: Filters, by: Sequence[str] = (), grain: Grain | None = None) -> Query:
    """The query for a KPI, or for several that share population and anchor, split by dimensions and periods."""
    kpis = (kpi,) if isinstance(kpi, Kpi) else tuple(kpi)
    dimensions = tuple(check_dimension(name) for name in by)
    if len(set(dimensions)) < len(dimensions):
        raise BacklightError(f"A dimension is named twice in {', '.join(dimensions)}: name each once.")
    first = kpis[0]
    if isinstance(first.value, Stock):
        sql = _stock_sql(first, first.value, filters, dimensions, grain)
    else:
        sql = _flow_sql(kpis, filters, dimensions, grain)
    return Query(kpis, filters, dimensions, grain, sql, filters.parameters())


def account_sql(kpi: Kpi, filters: Filters) -> str:
    """SQL that counts the tickets in the filters by `reason`: 0 is used, n the n-th exclusion, -1 none of them."""
    reasons = "\n".join(f"    WHEN {e.condition} THEN {i}" for i, e in enumerate(kpi.exclusions, 1))
    return (
        f"SELECT\n  CASE\n    WHEN {kpi.population} THEN 0\n{reasons}\n    ELSE -1\n  END AS reason,\n"
        f"  count(*) AS tickets\nFROM tickets{_where(selection_conditions(kpi, filters))}\nGROUP BY 1\nORDER BY 1"
    )


def selection_conditions(kpi: Kpi, filters: Filters) -> list[str]:
    """SQL conditions for all tickets in the filters, whether the KPI uses them or not.

    A ticket without the anchor date is placed by when it ended, else by when it was opened. A stock rests on all
    tickets opened before the end of the period, whenever that was.
    """
    placed = f"COALESCE({kpi.anchor}, ended_on, opened_on)"
    period = Filters(end=filters.end) if kpi.is_stock else filters
    return period.period_conditions(placed) + filters.value_conditions()


def _flow_sql(kpis: tuple[Kpi, ...], filters: Filters, by: tuple[str, ...], grain: Grain | None) -> str:
    first = kpis[0]
    if any((kpi.population, kpi.anchor) != (first.population, first.anchor) for kpi in kpis):
        raise ValueError("KPIs in one query must share population and anchor")
    keys = ([f"{grain.sql(first.anchor)} AS period"] if grain else []) + list(by)
    measures = [column for kpi in kpis for column in _measures(kpi)]
    conditions = [first.population, *filters.period_conditions(first.anchor), *filters.value_conditions()]
    return f"SELECT{_columns([*keys, *measures])}\nFROM tickets{_where(conditions)}{_grouped(len(keys))}"


def _measures(kpi: Kpi) -> list[str]:
    match kpi.value:
        case Ratio(numerator, denominator):
            return [f"{numerator} AS {kpi.name}_numerator", f"{denominator} AS {kpi.name}_denominator"]
        case Statistic(statistic, denominator):
            return [f"{statistic} AS {kpi.name}_value", f"{denominator} AS {kpi.name}_denominator"]
        case Count(numerator):
            return [f"{numerator} AS {kpi.name}_numerator"]
        case Stock():
            raise ValueError("a stock is composed by itself")


def _stock_sql(kpi: Kpi, stock: Stock, filters: Filters, by: tuple[str, ...], grain: Grain | None) -> str:
    """Movements, summed up from the first day ever: what was there before the window counts."""
    signs = {stock.entered_on: "count(*)", stock.left_on: "-count(*)"}
    sides = [_movement(kpi.population, day, sign, filters, by, dated=grain is not None) for day, sign in signs.items()]
    movements = "movements AS (\n{}\n)".format("\nUNION ALL\n".join(sides))
    if grain is None:
        columns = _columns([*by, f"sum(tickets) AS {kpi.name}_numerator"])
        return f"WITH {movements}\nSELECT{columns}\nFROM movements{_grouped(len(by))}"
    groups = [f"groups AS (\n  SELECT DISTINCT {', '.join(by)} FROM movements\n)"] if by else []
    tables = ",\n".join([movements, _periods(filters, grain), *groups, _net(by, grain), _levels(kpi, by)])
    first = [f"period >= {grain.sql('CAST(:from_date AS DATE)')}"] if filters.start else []
    columns = _columns(["period", *by, f"{kpi.name}_numerator"])
    return f"WITH {tables}\nSELECT{columns}\nFROM levels{_where(first)}\nORDER BY {_ordinals(1 + len(by))}"


def _movement(population: str, day: str, sign: str, filters: Filters, by: tuple[str, ...], dated: bool) -> str:
    """Tickets that entered (or, with a minus, left) up to the end of the window; per day if `dated`."""
    until = Filters(end=filters.end).period_conditions(day)
    conditions = [population, f"{day} IS NOT NULL", *until, *filters.value_conditions()]
    keys = [*([f"{day} AS moved_on"] if dated else []), *by]
    grouped = f"\nGROUP BY {_ordinals(len(keys))}" if keys else ""
    return f"SELECT{_columns([*keys, f'{sign} AS tickets'])}\nFROM tickets{_where(conditions)}{grouped}"


def _periods(filters: Filters, grain: Grain) -> str:
    """Every period of the calendar, also those in which nothing moved."""
    days = _where(Filters(end=filters.end).period_conditions("calendar_on"))
    return f"periods AS (\n  SELECT DISTINCT {grain.sql('calendar_on')} AS period\n  FROM calendar{days}\n)"


def _net(by: tuple[str, ...], grain: Grain) -> str:
    columns = _columns([f"{grain.sql('moved_on')} AS period", *by, "sum(tickets) AS tickets"])
    return f"net AS (\nSELECT{columns}\nFROM movements\nGROUP BY {_ordinals(1 + len(by))}\n)"


def _levels(kpi: Kpi, by: tuple[str, ...]) -> str:
    keys = [f"groups.{name}" for name in by]
    same = "".join(
        f"\n  AND ({key} = net.{name} OR ({key} IS NULL AND net.{name} IS NULL))"
        for key, name in zip(keys, by, strict=True)
    )
    partition = f"PARTITION BY {', '.join(keys)} " if by else ""
    level = f"sum(COALESCE(net.tickets, 0)) OVER ({partition}ORDER BY periods.period) AS {kpi.name}_numerator"
    crossed = "\nCROSS JOIN groups" if by else ""
    columns = _columns(["periods.period", *keys, level])
    return f"levels AS (\nSELECT{columns}\nFROM periods{crossed}\nLEFT JOIN net ON net.period = periods.period{same}\n)"


def _columns(columns: Sequence[str]) -> str:
    return f" {columns[0]}" if len(columns) == 1 else "\n  " + ",\n  ".join(columns)


def _where(conditions: Sequence[str]) -> str:
    joined = "\n  AND ".join(dict.fromkeys(conditions))
    return f"\nWHERE {joined}" if conditions else ""


def _ordinals(keys: int) -> str:
    return ", ".join(str(i + 1) for i in range(keys))


def _grouped(keys: int) -> str:
    return f"\nGROUP BY {_ordinals(keys)}\nORDER BY {_ordinals(keys)}" if keys else ""
