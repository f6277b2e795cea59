"""Results shared by all sessions: what was measured and drawn for one snapshot and view is not worked out again.

The cached values are frozen or treated so; they are handed out without copying.
"""

import gc
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from analytics.choices import choices
from analytics.extent import Extent, extent
from analytics.filters import NOT_RECORDED, Filters
from analytics.overview import Overview, overview
from analytics.period import Grain
from analytics.signals import Resets
from analytics.warehouse.engine import Engine
from pages.charts.glance import glance
from pages.charts.panels import Option

Answer = TypeVar("Answer")
Targets = tuple[tuple[str, float], ...]
_HASHES: dict[str | type[Any], Callable[[Any], Any]] = {Filters: repr}


@st.cache_resource(max_entries=4, show_spinner=False)
def shown_extent(_engine: Engine, snapshot: str) -> Extent:  # noqa: ARG001 - part of the cache's key
    """How much is loaded."""
    return extent(_engine)


@st.cache_resource(max_entries=64, show_spinner=False)
def choice_texts(_engine: Engine, snapshot: str, dimension: str) -> list[str]:  # noqa: ARG001 - part of the cache's key
    """A dimension's values as a widget names them."""
    return [NOT_RECORDED if value is None else str(value) for value in choices(_engine, dimension)]


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_HASHES)
def measured_overview(
    _engine: Engine,
    snapshot: str,  # noqa: ARG001 - part of the cache's key
    filters: Filters,
    grain: Grain,
    targets: Targets,
    resets: Resets,
) -> Overview:
    """The overview's numbers."""
    return overview(_engine, filters, grain, dict(targets), resets)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=_HASHES)
def drawn_overview(
    _shown: Overview,
    snapshot: str,  # noqa: ARG001 - these six are the cache's key
    filters: Filters,  # noqa: ARG001
    grain: Grain,  # noqa: ARG001
    targets: Targets,  # noqa: ARG001
    resets: Resets,  # noqa: ARG001
    dark: bool,
) -> Option:
    """The overview's chart."""
    return glance(_shown, dark)


def asked(measure: Callable[..., Answer], engine: Engine, *arguments: Any) -> Answer:
    """`measure(engine, *arguments)`, worked out once per snapshot. The arguments are plain or frozen values."""
    key = repr((measure.__module__, measure.__qualname__, engine.snapshot, arguments))
    return _answer(measure, engine, key, arguments)


@st.cache_resource(max_entries=512, show_spinner=False)
def _answer(_measure: Callable[..., Answer], _engine: Engine, key: str, _arguments: tuple[Any, ...]) -> Answer:  # noqa: ARG001
    return _measure(_engine, *_arguments)


@st.cache_resource(show_spinner=False)
def settle_memory() -> bool:
    """Once per server: what is loaded by now stays, so the collector that Streamlit runs after each run skips it.

    Measured: it takes a run from about 96 to 36 ms.
    """
    gc.collect()
    gc.freeze()
    return True
