"""Changes: as texts and as JSON, both ways, whatever stands in a value; and what is refused, in one sentence."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED
from analytics.forecast.change_text import change_from, from_link, linked, text_of
from analytics.forecast.changes import Automation, Change, Freeze, InflowChange, PeopleChange
from analytics.forecast.scenario import Scenario, scenario_of
from tests.properties.desks import examples

JULY = date(2026, 7, 1)
EXAMPLES: list[tuple[str, str, Change]] = [
    ("inflow", "category=Mail:-25%@2026-07-01", InflowChange("category", "Mail", -25.0, JULY)),
    ("inflow", "category=a:b=c@d:-5%:+12.5%", InflowChange("category", "a:b=c@d:-5%", 12.5)),
    ("inflow", "priority=1:+10%", InflowChange("priority", 1, 10.0)),
    ("inflow", "site=:-100%", InflowChange("site", None, -100.0)),
    ("people", "Service Desk:+2", PeopleChange("Service Desk", 2.0)),
    ("people", "A: +1:-3*8.5@2026-07-01", PeopleChange("A: +1", -3.0, JULY, 8.5)),
    ("freeze", "2026-12-21..2027-01-03", Freeze(date(2026, 12, 21), date(2027, 1, 3))),
    ("freeze", "2026-12-21..2026-12-21:20%", Freeze(date(2026, 12, 21), date(2026, 12, 21), 0.2)),
    ("automation", "50%@2026-07-01", Automation(0.5, JULY)),
    ("automation", "50%*3", Automation(0.5, None, 3)),
]


@pytest.mark.parametrize(("kind", "text", "change"), EXAMPLES)
def test_a_text_is_a_change(kind: str, text: str, change: Change) -> None:
    assert change_from(kind, text) == change
    assert change_from(*text_of(change)) == change
    assert from_link(linked(change)) == change


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("inflow", "category=Mail:-25", "is not a change of inflow: write it as category=Mail:-25%@2026-07-01."),
        ("inflow", "category=Mail:25%", "is not a change of inflow"),
        ("inflow", "categroy=Mail:-25%", "There is no dimension 'categroy'. Did you mean 'category'?"),
        ("inflow", "assignee=Ada:-25%", "Backlight does not compare people"),
        ("inflow", "category=Mail:-101%", "-101 per cent of the arrivals cannot be reckoned with: use -100 to 1,000."),
        ("inflow", "category=Mail:-25%@2026-02-30", "'2026-02-30' for the start of a change is not a date"),
        ("inflow", "priority=9:-25%", "'9' is not a priority"),
        ("people", "Desk:2", "is not a change of people: write it as Service Desk:+2@2026-07-01."),
        ("people", "Desk:+5000", "5000 people cannot be reckoned with: use -1000 to 1,000."),
        ("freeze", "2027-01-03..2026-12-21", "is empty: let it end after it begins."),
        ("freeze", "2026-12-21..2027-01-03:120%", "1.2 of the usual closures, as a share cannot be reckoned with"),
        ("automation", "half", "is not a change of automation: write it as 50%@2026-07-01."),
        ("automation", "50%*99", "99 types cannot be reckoned with: use 1 to 10."),
    ],
)
def test_what_is_none_is_one_sentence(kind: str, text: str, said: str) -> None:
    with pytest.raises(BacklightError) as refused:
        change_from(kind, text)
    assert said in str(refused.value)
    assert from_link(f"{kind}:{text}") is None


_texts = st.text(max_size=40).filter(lambda text: text not in ("", NOT_RECORDED) and text.isprintable())
_days = st.one_of(st.none(), st.dates())
_changes = st.one_of(
    st.builds(InflowChange, st.just("service"), st.one_of(st.none(), _texts), st.integers(-100, 900), _days),
    st.builds(PeopleChange, _texts, st.integers(-99, 99), _days, st.one_of(st.none(), st.integers(0, 99))),
    st.builds(lambda day, share: Freeze(day, day, share / 100), st.dates(), st.integers(0, 100)),
    st.builds(Automation, st.integers(0, 100).map(lambda share: share / 100), _days, st.integers(1, 9)),
)


@examples
@given(st.lists(_changes, max_size=5))
def test_every_change_comes_back_from_its_address_and_from_json(changes: list[Change]) -> None:
    assert [from_link(linked(change)) for change in changes] == changes
    scenario = Scenario("plan", tuple(changes))
    assert scenario_of("plan", scenario.json) == scenario


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "[" * 100_000,
        '[{"kind": "magic"}]',
        '[{"kind": "inflow"}]',
        '[{"kind": "inflow", "dimension": "assignee", "value": "Ada", "percent": 5}]',
        '[{"kind": "inflow", "dimension": "category", "value": "Mail", "percent": NaN}]',
        '[{"kind": "inflow", "dimension": "category", "value": "Mail", "percent": true}]',
        '[{"kind": "inflow", "dimension": "category", "value": ["Mail"], "percent": 5}]',
        '[{"kind": "people", "group": "Desk", "people": 1e999}]',
        '[{"kind": "people", "group": "Desk", "people": 1, "more": 2}]',
        '[{"kind": "freeze", "start": "2026-12-21", "last": "soon"}]',
        '[{"kind": "automation", "types": Infinity}]',
        str([{"kind": "automation"}] * 21).replace("'", '"'),
    ],
)
def test_json_that_is_no_scenario_is_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(BacklightError) as refused:
        scenario_of("plan", text)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (InflowChange("ticket_type", None, 5.0), "Inflow of ticket type 'not recorded' up by 5 % from now on"),
        (PeopleChange("Desk", -1.0, JULY), "'Desk' loses 1 person from 1 Jul 2026 on"),
        (PeopleChange("Desk", 2.0, None, 8.5), "'Desk' gains 2 people of 8.5 tickets a week each from now on"),
        (Freeze(JULY, date(2026, 7, 3)), "Freeze from 1 Jul 2026 to 3 Jul 2026: no closures"),
        (Freeze(JULY, JULY, 0.2), "Freeze from 1 Jul 2026 to 1 Jul 2026: 20 % of the usual closures"),
        (Automation(), "50 % of the 5 most frequent simple types automated or self-served from now on"),
    ],
)
def test_a_change_says_what_it_is(change: Any, words: str) -> None:
    assert change.sentence == words
