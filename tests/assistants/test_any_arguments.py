"""Whatever an assistant sends comes back as a document or as one sentence: nothing unexpected goes wrong."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.assistants.desk import Desk
from analytics.assistants.server import called
from analytics.assistants.tools import TOOLS
from analytics.bound import MEASURES
from analytics.kpis import KPIS
from analytics.warehouse.schema import DIMENSIONS
from tests.assistants.small_desk import ODD, PEOPLE

many = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
_dimension = st.sampled_from([*DIMENSIONS, "assignee", "title"])
_value = st.one_of(st.none(), st.integers(-1, 6), st.sampled_from(["Network", "Desk", "Leeds", ODD, "incident"]), _text)
_chosen = st.dictionaries(_dimension, st.lists(_value, max_size=2), max_size=2)
_day = st.sampled_from(["2026-05-01", "2026-06-15", "2026-07-01", "1900-01-01", "9999-12-31", "x"])
_likely: dict[str, st.SearchStrategy[Any]] = {
    "kpi": st.sampled_from([kpi.name for kpi in KPIS]),
    "by": st.lists(_dimension, max_size=2),
    "grain": st.sampled_from(["week", "month", "year", "hour"]),
    "from": _day,
    "to": _day,
    "period": st.sampled_from(
        ["last month", "last 90 days", "year to date", "last 0 days", "last 99999999 years", "x"]
    ),
    "where": _chosen,
    "without": _chosen,
    "bounds": st.lists(
        st.builds("{}{}{}".format, st.sampled_from([*MEASURES, "title"]), st.sampled_from([">", "<="]), st.integers()),
        max_size=2,
    ),
    "compare": st.sampled_from(["before", "year before", "2026-05-01..2026-05-31", "..", "2026-06-01.."]),
    "order": st.sampled_from(["desc", "asc", "change desc", "change asc"]),
    "limit": st.integers(-1, 600),
    "threshold": st.sampled_from(["<0.8", ">=48", "<nan", ">1e400"]),
    "title": st.sampled_from(["printer", "%", "", "JAMMED"]),
    "dimension": _dimension,
    "rows": st.integers(0, 101),
    "used": st.booleans(),
}
_junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), _text),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(_text, inner, max_size=2)),
    max_leaves=4,
)
_quick = [tool for tool in TOOLS if tool.name not in ("evidence", "ask")]


@st.composite
def _calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    tool = draw(st.sampled_from(_quick))
    fields = sorted(tool.arguments.model_json_schema()["properties"])
    wanted = tool.arguments.model_json_schema().get("required", [])
    optional = draw(st.lists(st.sampled_from(fields), max_size=4)) if fields else []
    sent = {name: draw(_likely[name]) for name in {*wanted, *optional}}
    if draw(st.integers(0, 5)) == 0:
        sent[draw(st.sampled_from([*fields, "other"]))] = draw(_junk)
    return tool.name, sent


@many
@given(_calls())
def test_every_call_ends_well(folder: Path, call: tuple[str, dict[str, Any]]) -> None:
    tool, sent = call
    result = called(Desk(folder), tool, sent)
    (content,) = result.content
    assert content.type == "text"
    assert "unexpected" not in content.text, sent
    assert not [person for person in PEOPLE if person in content.text]
    if not result.is_error:
        assert json.loads(content.text) == result.structured_content
