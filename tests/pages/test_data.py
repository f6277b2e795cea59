"""The Data page: each state a person can get it into, through the real child processes."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import open_store
from analytics.warehouse.engine import open_engine
from analytics.warehouse.formats import format_to_toml, load_formats
from analytics.warehouse.importer import import_exports
from analytics.warehouse.snapshots import current_snapshot, importing
from pages.components.upload import safe_name

ROOT = Path(__file__).parents[2]
HEADER = "Number,Opened,State,Priority,Short description,Assignment group,Resolved\n"
ROWS = [
    f"INC000{n:04},2025-01-{n:02} 10:00:00,Closed,2 - High,Mail,Desk,2025-01-{n:02} 12:00:00\n" for n in range(1, 21)
]
EXPORT = (HEADER + "".join(ROWS)).encode()
HOSTILE = "![x](http://127.0.0.1:9/x.png) **bold** [l](http://127.0.0.1:9/)"
# What fetches or follows nothing, whatever text it is given.
INERT = ("text", "code", "dataframe", "arrow_data_frame", "json")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database folder that the page and its child processes use."""
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "database"))
    st.cache_resource.clear()
    yield tmp_path / "database"
    st.cache_resource.clear()


@pytest.fixture
def loaded(database: Path, tmp_path: Path) -> Path:
    """A database with one import."""
    file = tmp_path / "incidents.csv"
    file.write_bytes(EXPORT)
    import_exports(database, [file])
    return database


def _page(part: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "data.py"), default_timeout=120)
    if part:
        app.query_params["part"] = part
    return app.run()


def _drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    return app.run()


def _import(app: AppTest) -> AppTest:
    """Press the button and look again until the child process is done."""
    _button(app, "Import").click().run()
    deadline = time.monotonic() + 90
    while "import_run" in app.session_state and time.monotonic() < deadline:
        time.sleep(0.3)
        app.run()
    assert not app.exception
    return app


def _button(app: AppTest, label: str):  # noqa: ANN202
    return next(button for button in app.button if button.label.startswith(label))


def _texts(app: AppTest) -> str:
    return "\n".join(element.value for element in app.text)


def _said(app: AppTest) -> str:
    return "\n".join([_texts(app), *(element.value for element in (*app.markdown, *app.caption, *app.info))])


@pytest.mark.usefixtures("database")
def test_without_data_the_import_comes_first() -> None:
    app = _page()
    assert not app.exception
    assert _button(app, "Load the simulated desk")
    assert "Nothing is loaded yet" in _page("Loaded").info[0].value


def test_a_file_is_shown_before_it_is_imported_and_then_accounted_for(database: Path) -> None:
    app = _drop(_page("Import"), ("incidents.csv", EXPORT))
    assert "ServiceNow list export" in _texts(app)
    assert current_snapshot(database) is None
    _import(app)
    assert "20 rows read = 20 tickets + 0 merged + 0 rejected" in _said(app)
    assert open_engine(database).query("SELECT count(*) AS n FROM tickets")["n"].item() == 20


@pytest.mark.usefixtures("loaded")
def test_the_same_file_again_changes_nothing() -> None:
    app = _drop(_page("Import"), ("incidents.csv", EXPORT))
    assert "changes nothing" in _said(app)
    _import(app)
    assert "Nothing has changed" in _said(app)


@pytest.mark.usefixtures("database")
def test_rejected_rows_are_shown_with_line_and_reason() -> None:
    bad = "INC0009999,never,New,2 - High,Mail,Desk,\n"
    app = _import(_drop(_page("Import"), ("incidents.csv", EXPORT + bad.encode())))
    assert "21 rows read = 20 tickets + 0 merged + 1 rejected" in _said(app)
    rejected = app.dataframe[1].value
    assert rejected["line"].tolist() == [22]
    assert "never" in rejected["reason"].item()


def test_a_file_that_cannot_be_read_is_left_out_and_nothing_is_lost(loaded: Path) -> None:
    before = current_snapshot(loaded)
    app = _drop(_page("Import"), ("report.csv", b"%PDF-1.4\nhello"), ("more.csv", (HEADER + ROWS[0]).encode()))
    assert "is a PDF" in _texts(app)
    assert _button(app, "Import 1 file").disabled is False
    assert current_snapshot(loaded) == before


@pytest.mark.usefixtures("database")
def test_a_header_without_rows_has_nothing_to_import() -> None:
    app = _drop(_page("Import"), ("empty.csv", HEADER.encode()))
    assert "nothing to import" in _said(app)
    assert _button(app, "Nothing to import yet").disabled


@pytest.mark.usefixtures("database")
def test_an_unknown_layout_opens_the_editor() -> None:
    app = _drop(_page("Import"), ("shapes.csv", b"colour,shape\nred,round\nblue,square\n"))
    assert "No column looks like a ticket number" in _texts(app)
    assert "Choose at least" in app.info[0].value
    assert _button(app, "Nothing to import yet").disabled


def test_a_mapping_is_saved_used_and_recognised_the_next_time(database: Path) -> None:
    rows = "".join(f"T-{n},2025-02-{n:02} 08:00,Waiting room\n" for n in range(1, 11))
    file = ("desk.csv", f"Case ref,Logged on,Where is it\n{rows}".encode())
    app = _drop(_page("Import"), file)
    next(toggle for toggle in app.toggle if toggle.label == "Correct the mapping").set_value(True).run()
    next(field for field in app.text_input if field.label == "Save it as").set_value("front-desk").run()
    _button(app, "Save and use it").click().run()
    assert list(open_store(database).mappings()) == ["front-desk"]
    _import(app)
    assert open_engine(database).query("SELECT DISTINCT source FROM tickets")["source"].tolist() == ["front-desk"]
    assert "front-desk" in _texts(_drop(_page("Import"), ("next.csv", file[1] + b"T-99,2025-03-01 08:00,Desk\n")))


@pytest.mark.usefixtures("database")
def test_a_bad_name_for_a_mapping_is_one_sentence() -> None:
    app = _drop(_page("Import"), ("incidents.csv", EXPORT))
    next(toggle for toggle in app.toggle if toggle.label == "Correct the mapping").set_value(True).run()
    next(field for field in app.text_input if field.label == "Save it as").set_value("no spaces, please").run()
    _button(app, "Save and use it").click().run()
    assert "cannot name a mapping" in _texts(app)


def test_while_another_import_runs_nothing_is_lost(loaded: Path) -> None:
    app = _drop(_page("Import"), ("more.csv", (HEADER + ROWS[0]).encode()))
    before = current_snapshot(loaded)
    with importing(loaded):
        _import(app)
    assert "Another import" in _texts(app)
    assert current_snapshot(loaded) == before
    _import(app)
    assert "1 rows read = 1 tickets" in _said(app)


def test_undo_asks_and_says_what_it_goes_back_to(loaded: Path) -> None:
    app = _page("Loaded")
    _button(app, "Undo the last import").click().run()
    assert "incidents.csv" in _texts(app)
    assert "**nothing**" in _said(app)
    assert current_snapshot(loaded)
    app.button(key="undo_now").click().run()
    assert current_snapshot(loaded) is None
    assert not app.exception


@pytest.mark.usefixtures("database")
def test_text_of_an_export_reaches_inert_elements_only() -> None:
    rows = f"INC0000001,2025-01-01 10:00:00,{HOSTILE},{HOSTILE},{HOSTILE},{HOSTILE},\n{HOSTILE},{HOSTILE},,,,,\n"
    app = _drop(_page("Import"), (f"{HOSTILE}.csv", (HEADER + "".join(ROWS) + rows).encode()))
    _assert_inert(app)
    _import(app)
    assert "1 rejected" in _said(app)
    _assert_inert(app)
    _assert_inert(_page("Loaded"))


def _assert_inert(app: AppTest) -> None:
    told = [element for element in app.main if element.type not in INERT]
    assert told
    for element in told:
        for part in ("value", "label", "help"):
            said = str(getattr(element, part, "") or "")
            assert "127.0.0.1:9" not in said or element.type in ("selectbox", "multiselect", "file_uploader"), element


@pytest.mark.usefixtures("database")
def test_formats_and_saved_mappings_are_listed() -> None:
    app = _page("Formats")
    assert len(app.radio[0].options) == len(load_formats())
    assert "No mapping is saved yet" in _page("Saved mappings").info[0].value


def test_a_saved_mapping_can_be_deleted(database: Path) -> None:
    open_store(database).save_mapping("desk", format_to_toml(load_formats()[0]))
    app = _page("Saved mappings")
    _button(app, "Delete").click().run()
    assert not app.exception
    assert not open_store(database).mappings()


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("export.csv", "export.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a b.xlsx", "a b.xlsx"),
        ("--as=evil.csv", "as_evil.csv"),
        (".hidden", "hidden"),
        ("\u202egnp.csv", "_gnp.csv"),
        ("", "upload"),
    ],
)
def test_names_of_uploads_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe
