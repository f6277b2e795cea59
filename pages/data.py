"""Data: what is loaded and where it came from, and how to load more.

Links: `data?part=Import`.
"""

import streamlit as st

from analytics.command_run import CommandRun
from analytics.warehouse.engine import Engine
from analytics.warehouse.snapshots import default_folder
from pages.components import import_run, warehouse
from pages.components.format_list import show_formats, show_saved_mappings
from pages.components.holdings import show_holdings
from pages.components.import_history import show_import_history
from pages.components.page import page
from pages.components.recognition import Readable, show_recognition
from pages.components.title_row import title_row
from pages.components.undoing import show_undo, show_undo_outcome
from pages.components.upload import choose_files, choose_time_zone

LOADED, IMPORT, FORMATS, MAPPINGS = "Loaded", "Import", "Formats", "Saved mappings"


def _start_import(readable: Readable, zone: str) -> None:
    files = {upload.name: upload.content for upload in readable.uploads}
    steps = 3 * len(files) + 2
    import_run.start(CommandRun(default_folder(), "import", ["--time-zone", zone], files, readable.mappings, steps))


def _start_demo() -> None:
    import_run.start(CommandRun(default_folder(), "demo", steps=24))


def _offer_demo(headline: str) -> None:
    if not import_run.running():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{headline}** Load a simulated service desk, with troubles planted in it to be found.")
            st.button("Load the simulated desk", icon=":material/science:", on_click=_start_demo)


def _show_import(engine: Engine | None) -> None:
    import_run.show_outcome()
    if engine is None:
        _offer_demo("No export at hand?")
    dropped, zoned = st.columns([3, 1], gap="medium")
    with dropped:
        uploads = choose_files()
    with zoned:
        zone = choose_time_zone(engine.reporting_time_zone if engine else None)
    st.caption(
        "Nothing is imported before you have seen what was recognised. "
        "Files over 100 MB go in by the command line: `python -m analytics import FILE`."
    )
    if not uploads:
        return
    st.subheader("What was recognised", anchor=False)
    readable = show_recognition(uploads)
    count = len(readable.uploads)
    label = "Import 1 file" if count == 1 else f"Import {count} files"
    st.button(
        label if count else "Nothing to import yet", type="primary", icon=":material/upload:",
        disabled=not count or import_run.running() is not None, on_click=_start_import, args=(readable, zone),
    )  # fmt: skip


def _show_loaded(engine: Engine | None) -> None:
    if engine is None:
        st.info("Nothing is loaded yet. What you import is listed here, file by file.", icon=":material/database:")
        _offer_demo("Just looking?")
        return
    show_holdings(engine)
    show_import_history(engine)
    show_undo()


def _show() -> None:
    engine = warehouse.engine()
    title_row("Data", engine)
    st.markdown("What is loaded and where it came from, and how to load more.")
    view = st.segmented_control(
        "View", (LOADED, IMPORT, FORMATS, MAPPINGS), default=LOADED if engine else IMPORT, required=True, key="part",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    show_undo_outcome()
    if import_run.running():
        import_run.follow()
    if view == LOADED:
        _show_loaded(engine)
    elif view == IMPORT:
        _show_import(engine)
    elif view == FORMATS:
        show_formats()
    else:
        show_saved_mappings()


page(_show, needs_data=False)
