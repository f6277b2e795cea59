"""Values not wanted, limits and a text of the title: what they keep and what they drop, by two routes."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.bound import Bound, Operator
from analytics.commands.filter_arguments import read_where
from analytics.filters import Filters
from analytics.kpis import KPIS, find_kpi
from analytics.query import compose
from analytics.tickets import list_tickets
from analytics.warehouse.schema import SOURCE_COLUMNS, names
from tests.properties.desks import FIRST, ODD_WORDS, ZONES, desks, examples, opened, value_filters
from tests.reference.kpis import Cells, desk_frame, reference
from tests.warehouse_of import Desk

COLUMNS = names(SOURCE_COLUMNS)
TITLES = (
    None,
    "VPN is down",
    "100% of disk_full",
    "100x of disk-full",
    "Réseau 日本",
    "ÉCOLE vpn",
    "a\\b",
    ":title_text",
)
quick = settings(max_examples=60, deadline=None, derandomize=True)
_counts = st.sampled_from(["reassignment_count", "reopen_count", "reply_count"])
_operators = st.sampled_from(Operator)
bounds = st.one_of(
    st.builds(Bound, _counts, _operators, st.integers(-1, 3).map(float)),
    st.builds(Bound, st.just("resolution_hours"), _operators, st.integers(-2, 40).map(lambda n: n / 2)),
    st.builds(Bound, st.sampled_from(["opened_on", "ended_on"]), _operators,
              st.integers(0, 40).map(lambda n: FIRST.date() + timedelta(days=n))),
)  # fmt: skip
_HOLDS = {
    Operator.UNDER: lambda value, limit: value < limit,
    Operator.AT_MOST: lambda value, limit: value <= limit,
    Operator.OVER: lambda value, limit: value > limit,
    Operator.AT_LEAST: lambda value, limit: value >= limit,
}


def _kept(ticket: Cells, chosen: Filters) -> bool:
    """The definition, ticket by ticket: unknown is not a value to be excluded, and not within any limit."""
    wanted = all(ticket[name] in values for name, values in chosen.where)
    unwanted = any(ticket[name] in values for name, values in chosen.without)
    within = all(_within(ticket, bound) for bound in chosen.bounds)
    text = chosen.title_text.lower()
    titled = not text or (ticket["title"] is not None and text in ticket["title"].lower())
    return wanted and not unwanted and within and titled


def _within(ticket: Cells, bound: Bound) -> bool:
    value = ticket["hours" if bound.column == "resolution_hours" else bound.column]
    known = value is not None and not (bound.column == "resolution_hours" and value < 0)
    return known and _HOLDS[bound.operator](value, bound.limit)


def _titled(listed: list[dict[str, Any]], data: st.DataObject) -> list[dict[str, Any]]:
    return [ticket | {"title": data.draw(st.sampled_from(TITLES))} for ticket in listed]


def _numbers(desk: Desk, chosen: Filters) -> dict[str, float | None]:
    return {kpi.name: desk.value(kpi.name, chosen) for kpi in KPIS}


@examples
@given(desks, st.sampled_from(ZONES), value_filters(), value_filters(), st.lists(bounds, max_size=2), st.data())
def test_every_kpi_by_two_routes(
    listed: list[dict[str, Any]],
    zone: str,
    where: dict[str, list[Any]],
    without: dict[str, list[Any]],
    limits: list[Bound],
    data: st.DataObject,
) -> None:
    listed = _titled(listed, data)
    chosen = Filters.of(where=where, without=without, bounds=limits, title_text=data.draw(_some_text))
    slow = [ticket for ticket in desk_frame(listed, COLUMNS, zone) if _kept(ticket, chosen)]
    with opened(listed, zone) as desk:
        for kpi in KPIS:
            found = desk.result(kpi.name, filters=chosen)
            if kpi.is_stock:
                opened_on = [t for t in slow if t["opened_on"] is not None]
                assert found.value == sum(t["ended_on"] is None for t in opened_on)
            else:
                value, _, _ = reference(kpi.name, slow, lambda *_: "all").get("all", (None, None, None))
                assert found.value is None or abs(found.value - (value or 0)) < 1e-9, kpi.name
                assert (found.value is None) == (value is None and kpi.name not in ("volume", "inflow", "outflow"))
            assert list_tickets(desk.engine, kpi, chosen).total == found.tickets, kpi.name


_some_text = st.sampled_from(["", "", "vpn", "100%", "disk_full", "réseau", "école", "\\", ":title_text", "  VPN  is "])


@examples
@given(desks, value_filters())
def test_with_a_value_and_without_it_are_all(listed: list[dict[str, Any]], where: dict[str, list[Any]]) -> None:
    with opened(listed) as desk:
        for dimension, values in where.items():
            for kpi in ("volume", "inflow", "outflow", "backlog"):
                have = desk.value(kpi, Filters.of(where={dimension: values}))
                have_not = desk.value(kpi, Filters.of(without={dimension: values}))
                assert have is not None
                assert have_not is not None
                assert have + have_not == desk.value(kpi), (kpi, dimension, values)


@examples
@given(desks, value_filters())
def test_not_recorded_stays_unless_it_is_named(listed: list[dict[str, Any]], where: dict[str, list[Any]]) -> None:
    unknown = pd.DataFrame(listed, columns=[*COLUMNS]).query("opened_at.notna()")
    with opened(listed) as desk:
        for dimension, values in where.items():
            found = desk.by("volume", dimension, Filters.of(without={dimension: values}))
            missing = int(unknown[dimension].isna().sum())
            assert found.get(None, 0) == (0 if None in values else missing)


@examples
@given(desks, bounds)
def test_a_limit_and_its_opposite_leave_out_only_what_is_unknown(listed: list[dict[str, Any]], bound: Bound) -> None:
    opposite = {
        Operator.UNDER: Operator.AT_LEAST, Operator.AT_LEAST: Operator.UNDER,
        Operator.OVER: Operator.AT_MOST, Operator.AT_MOST: Operator.OVER,
    }[bound.operator]  # fmt: skip
    other = Bound(bound.column, opposite, bound.limit)
    with opened(listed) as desk:
        one, two = (desk.value("volume", Filters.of(bounds=[b])) for b in (bound, other))
        known = desk.engine.query(
            f"SELECT count({bound.column}) AS known FROM tickets WHERE opened_on IS NOT NULL"
        )["known"].iloc[0]  # fmt: skip
        assert (one or 0) + (two or 0) == known
        assert desk.value("volume", Filters.of(bounds=[bound, other])) == 0


@examples
@given(desks, st.data())
def test_a_text_of_the_title_is_no_pattern(listed: list[dict[str, Any]], data: st.DataObject) -> None:
    listed = _titled(listed, data)
    titles = pd.Series([t["title"] for t in listed if t["opened_at"]], dtype=object).dropna().str.lower()
    with opened(listed) as desk:
        for text in ("%", "_", "100%", "disk_full", "vpn", "\\", ".*", ":title_text", "'"):
            expected = int(titles.str.contains(text, regex=False).sum()) if len(titles) else 0
            assert desk.value("volume", Filters.of(title_text=text)) == expected, text


@quick
@given(value_filters(), value_filters(), st.lists(bounds, max_size=3), st.sampled_from(KPIS))
def test_nothing_chosen_enters_the_text_of_a_query(
    where: dict[str, list[Any]], without: dict[str, list[Any]], limits: list[Bound], kpi: Any
) -> None:
    chosen = Filters.of(where=where, without=without, bounds=limits, title_text="§secret")
    query = compose(kpi, chosen)
    assert "§" not in query.sql
    assert not [word for word in ODD_WORDS if word in query.sql and word != ":from_date"]
    assert set(query.parameters.values()) >= {bound.limit for bound in chosen.bounds} | {"§secret"}


@quick
@given(value_filters(), st.lists(bounds, max_size=3))
def test_the_sentence_says_every_exception_limit_and_text(without: dict[str, list[Any]], limits: list[Bound]) -> None:
    chosen = Filters.of(without=without, bounds=limits, title_text="vpn")
    sentence = chosen.sentence("opened")
    assert sentence.count(" is not ") >= len(chosen.without)
    assert all(bound.words in sentence for bound in chosen.bounds)
    assert "the title has 'vpn'" in sentence


@quick
@given(value_filters(), value_filters(), st.lists(bounds, max_size=3))
def test_only_a_period_and_wanted_values_are_plain(
    where: dict[str, list[Any]], without: dict[str, list[Any]], limits: list[Bound]
) -> None:
    chosen = Filters.of(date(2024, 1, 1), None, where, without, limits)
    assert chosen.are_plain == (not without and not limits)
    assert not Filters.of(title_text="x").are_plain


@examples
@given(desks, value_filters(), st.lists(bounds, max_size=2))
def test_their_order_does_not_matter(
    listed: list[dict[str, Any]], without: dict[str, list[Any]], limits: list[Bound]
) -> None:
    one = Filters.of(without=without, bounds=limits)
    other = Filters.of(without=dict(reversed(without.items())), bounds=[*reversed(limits), *limits])
    assert one == other
    assert compose(find_kpi("mttr"), one).sql == compose(find_kpi("mttr"), other).sql
    with opened(listed) as desk:
        assert str(_numbers(desk, one)) == str(_numbers(desk, other))


def test_what_the_command_line_reads_it_can_say() -> None:
    assert Filters.of(without=read_where(["priority=1", "priority=", "site=Leeds"])).conditions_words == [
        "priority is not 1 or not recorded",
        "site is not Leeds",
    ]
