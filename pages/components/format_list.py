"""The formats that are recognised, and the mappings that people have saved."""

import streamlit as st

from analytics.errors import BacklightError
from analytics.warehouse.formats import ExportFormat, format_from_toml, format_to_toml, load_formats
from pages.components import warehouse
from pages.components.format_card import show_format
from pages.components.message import show_error


def saved_formats() -> dict[str, ExportFormat]:
    """Saved mappings by name."""
    return {name: format_from_toml(toml) for name, toml in warehouse.store().mappings().items()}


def show_formats() -> None:
    """A list of tools, and one of them in full."""
    formats = {format.name: format for format in load_formats()}
    titles = {name: format.title for name, format in formats.items()}
    st.markdown(
        f"{len(formats)} layouts are recognised by themselves. "
        "Any other is mapped by a guess that you can correct and save."
    )
    listed, shown = st.columns([1, 3], gap="large")
    with listed:
        name = st.radio(
            "Format", list(formats), format_func=titles.__getitem__, label_visibility="collapsed", key="format"
        )
    with shown:
        show_format(formats[name])


def show_saved_mappings() -> None:
    """Mappings to look at, download, delete; and one to bring along from another installation."""
    saved = warehouse.store().mappings()
    if saved:
        _show_one(saved)
    else:
        st.info(
            "No mapping is saved yet. Where an export has a layout of its own, correct the guess and save it.",
            icon=":material/bookmark:",
        )
    st.subheader("Bring a mapping along", anchor=False)
    file = st.file_uploader(
        "A mapping that was downloaded as TOML", type=["toml"], key="mapping_file", max_upload_size=1
    )
    if file and st.button("Save this mapping", type="primary"):
        _save(file.getvalue())


def _show_one(saved: dict[str, str]) -> None:
    name = st.selectbox("Saved mapping", list(saved), key="saved_mapping", width=420)
    with st.container(horizontal=True):
        st.download_button(
            "Download as TOML", saved[name].encode(), f"{name}.toml", "application/toml",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        st.button("Delete", icon=":material/delete:", on_click=warehouse.store().delete_mapping, args=(name,),
                  help="Tickets that were read with it stay.")  # fmt: skip
    with st.container(border=True):
        show_format(format_from_toml(saved[name]))


def _save(content: bytes) -> None:
    try:
        format = format_from_toml(_decoded(content))
        warehouse.store().save_mapping(format.name, format_to_toml(format))
    except BacklightError as error:
        show_error(error, "This mapping was not saved")
        return
    st.toast("The mapping is saved.", icon=":material/bookmark_added:")
    st.rerun()


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BacklightError("This file is not UTF-8 text: choose a mapping that was downloaded here.") from None
