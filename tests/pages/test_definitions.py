"""The Definitions page, with data, without, and with hostile words in the address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.kpis import KPIS
from analytics.rules import RULES
from analytics.store import open_store
from analytics.warehouse.importer import import_exports
from analytics.warehouse.schema import TABLES

ROOT = Path(__file__).parents[2]
EXPORT = "Number,Opened,State,Priority,Short description,Assignment group,Resolved\n" + "".join(
    f"INC000{n:04},2025-01-{n:02} 10:00:00,Closed,2 - High,Mail,Desk,2025-01-{n:02} 12:00:00\n" for n in range(1, 21)
)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database folder that the page uses."""
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "database"))
    st.cache_resource.clear()
    yield tmp_path / "database"
    st.cache_resource.clear()


@pytest.fixture
def loaded(database: Path, tmp_path: Path) -> Path:
    """A database with twenty incidents."""
    file = tmp_path / "incidents.csv"
    file.write_text(EXPORT)
    import_exports(database, [file])
    return database


def _page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "definitions.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def _words(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.subheader, *app.code, *app.text))


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.name)
@pytest.mark.usefixtures("database")
def test_a_link_opens_each_kpi_without_any_data(kpi: object) -> None:
    app = _page(kpi=kpi.name)  # type: ignore[attr-defined]
    assert not app.exception
    words = _words(app)
    for text in (kpi.title, kpi.definition, kpi.population, kpi.source, kpi.numerator_words, *kpi.caveats):  # type: ignore[attr-defined]
        assert text in words
    assert not app.toggle


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.name)
def test_every_kpi_says_in_words_what_it_counts(kpi: object) -> None:
    assert kpi.numerator_words  # type: ignore[attr-defined]
    assert bool(kpi.denominator_words) is hasattr(kpi.value, "denominator")  # type: ignore[attr-defined]


@pytest.mark.usefixtures("loaded")
def test_used_and_left_out_are_counted_when_asked_for() -> None:
    app = _page(kpi="mttr")
    assert not app.dataframe
    app.toggle[0].set_value(True).run()
    assert app.dataframe[0].value.to_numpy().tolist() == [["used", "20"]]


@pytest.mark.usefixtures("database")
def test_search_narrows_the_kpis_and_says_when_nothing_matches() -> None:
    app = _page(search="REOPEN")
    assert "reopen_rate" in app.radio[0].value or "Reopen rate" in app.radio[0].options
    assert len(app.radio[0].options) < len(KPIS)
    app = _page(search="nothing like this")
    assert not app.radio
    assert "No KPI matches" in app.info[0].value


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("kpi", ["", "nonsense", "![x](http://127.0.0.1/x.png)"])
def test_an_unknown_kpi_in_the_address_shows_the_first(kpi: str) -> None:
    app = _page(kpi=kpi)
    assert not app.exception
    assert app.subheader[1].value == KPIS[0].title


@pytest.mark.usefixtures("database")
def test_every_rule_is_shown() -> None:
    app = _page(section="Rules")
    assert [header.value for header in app.subheader] == ["Definitions", *(rule.title for rule in RULES)]


@pytest.mark.usefixtures("database")
def test_the_dictionary_holds_every_column_of_every_table() -> None:
    app = _page(section="Data dictionary")
    shown = {name for frame in app.dataframe for name in frame.value["column"]}
    assert shown == {column.name for columns in TABLES.values() for column in columns}
    assert len(app.dataframe) == len(TABLES)


@pytest.mark.usefixtures("loaded")
def test_the_dictionary_says_how_much_is_filled() -> None:
    app = _page(section="Data dictionary")
    app.toggle[0].set_value(True).run()
    tickets = app.dataframe[0].value.set_index("column")["filled"]
    assert tickets["opened_at"] == 1.0
    assert tickets["due_at"] == 0.0


def test_a_target_that_is_entered_is_kept_and_can_be_given_up(database: Path) -> None:
    app = _page(kpi="sla_adherence")
    assert app.number_input[0].value == 90.0
    app.number_input[0].set_value(95.0)
    app.button[0].click().run()
    assert not app.exception
    assert open_store(database).targets()["sla_adherence"] == 95 / 100
    assert "At least 95 %" in "\n".join(element.value for element in app.caption)
    app.button[1].click().run()
    assert open_store(database).targets()["sla_adherence"] == 90 / 100


@pytest.mark.usefixtures("database")
def test_a_kpi_that_neither_way_is_better_has_no_target() -> None:
    assert not _page(kpi="volume").number_input
