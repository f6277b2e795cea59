"""Filters: their order does not matter, twice is once, a previous period is as long, and nothing is lost in words."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.commands.filter_arguments import read_where
from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED, Filters
from analytics.kpis import KPIS
from analytics.query import compose
from analytics.warehouse.schema import DIMENSIONS
from tests.properties.desks import desks, examples, filters, opened, value_filters

quick = settings(max_examples=60, deadline=None, derandomize=True)
words = st.text(min_size=1, max_size=12).map(str.strip).filter(lambda text: text and text != NOT_RECORDED)
any_where = st.dictionaries(
    st.sampled_from([name for name in DIMENSIONS if name != "priority"]),
    st.lists(st.one_of(st.none(), words), max_size=3),
    max_size=3,
)


@examples
@given(desks, value_filters(), st.data())
def test_the_order_of_dimensions_and_values_does_not_matter(
    listed: list[dict[str, Any]], where: dict[str, list[Any]], data: st.DataObject
) -> None:
    names = data.draw(st.permutations(list(where)))
    turned = {name: data.draw(st.permutations(where[name])) for name in names}
    with opened(listed) as desk:
        for kpi in KPIS:
            one, other = (desk.result(kpi.name, filters=Filters.of(where=w)) for w in (where, turned))
            assert (one.value, one.tickets) == (other.value, other.tickets), kpi.name


@examples
@given(desks, value_filters())
def test_a_value_named_twice_is_named_once(listed: list[dict[str, Any]], where: dict[str, list[Any]]) -> None:
    twice = {name: values + values for name, values in where.items()}
    with opened(listed) as desk:
        for kpi in KPIS:
            one, other = (desk.result(kpi.name, filters=Filters.of(where=w)) for w in (where, twice))
            assert (one.value, one.tickets) == (other.value, other.tickets), kpi.name


@examples
@given(desks)
def test_narrowing_commutes_and_is_idempotent(listed: list[dict[str, Any]]) -> None:
    with opened(listed) as desk:
        for priority, source in product((1, None), ("one", "two")):
            narrowed = Filters().only("priority", priority).only("source", source)
            assert narrowed == Filters().only("source", source).only("priority", priority)
            assert narrowed == narrowed.only("source", source)
            wanted = [t for t in listed if t["opened_at"] and t["priority"] == priority and t["source"] == source]
            assert desk.value("volume", narrowed) == len(wanted)


@examples
@given(desks, filters())
def test_a_narrower_filter_never_counts_more(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        for kpi in KPIS:
            wider = Filters() if not kpi.is_stock else Filters(end=chosen.end)
            assert desk.result(kpi.name, filters=chosen).tickets <= desk.result(kpi.name, filters=wider).tickets


@quick
@given(filters())
def test_the_previous_period_is_as_long_and_ends_where_this_one_starts(chosen: Filters) -> None:
    before = chosen.previous()
    if chosen.start is None or chosen.end is None:
        assert before is None
        return
    assert before is not None
    assert before.start is not None
    assert before.end == chosen.start
    assert before.end - before.start == chosen.end - chosen.start
    assert before.where == chosen.where


@quick
@given(any_where)
def test_filters_written_for_the_command_line_are_read_back(where: dict[str, list[Any]]) -> None:
    pairs = [f"{name}={NOT_RECORDED if v is None else v}" for name, values in where.items() for v in values]
    assert Filters.of(where=read_where(pairs)) == Filters.of(where=where)


@quick
@given(st.lists(st.sampled_from([None, 1, 2, 3, 4, 5]), min_size=1, unique=True))
def test_priorities_are_read_back_as_numbers(values: list[int | None]) -> None:
    pairs = [f"priority={'' if value is None else value}" for value in values]
    assert read_where(pairs) == {"priority": values}


@quick
@given(any_where, st.sampled_from(KPIS))
def test_no_value_ever_enters_the_text_of_a_query(where: dict[str, list[Any]], kpi: Any) -> None:
    marked = {name: [None if v is None else f"§{v}" for v in values] for name, values in where.items()}
    query = compose(kpi, Filters.of(date(2024, 1, 1), None, marked))
    assert "§" not in query.sql
    assert "2024" not in query.sql
    wanted = [v for values in marked.values() for v in set(values) if v is not None]
    assert sorted(str(v) for v in query.parameters.values() if str(v).startswith("§")) == sorted(wanted)


@quick
@given(filters())
def test_the_sentence_names_every_value_and_both_ends(chosen: Filters) -> None:
    sentence = chosen.sentence("opened")
    for dimension, values in chosen.where:
        assert dimension.replace("_", " ") in sentence
        assert all((NOT_RECORDED if value is None else str(value)) in sentence for value in values)
    assert chosen.start is None or str(chosen.start) in sentence
    assert chosen.end is None or str(chosen.end - timedelta(days=1)) in sentence


@pytest.mark.parametrize("end", [date(2024, 1, 1), date(2023, 12, 31)])
def test_an_empty_period_is_refused(end: date) -> None:
    with pytest.raises(BacklightError, match="exclusive"):
        Filters.of(date(2024, 1, 1), end)
