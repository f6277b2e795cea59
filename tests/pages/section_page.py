"""One section of a page by itself, over a folder's database."""

from typing import Any

from streamlit.testing.v1 import AppTest


def section_app(name: str, patch: str = "", **address: str | list[str]) -> AppTest:
    """The section of this name with the filter bar above it, at an address; `patch` is code that runs before it."""
    script = f"""
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
PagesManager.uses_pages_directory = False
{patch}
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""
    app = AppTest.from_string(script, default_timeout=90)
    for key, value in address.items():
        app.query_params[key] = value
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    """The app, if nothing failed."""
    assert not app.exception
    assert not app.error
    return app


def asked_for(app: AppTest, name: str) -> list[str]:
    """What the address holds under a name."""
    found: Any = app.query_params.get(name, [])
    return [found] if isinstance(found, str) else list(found)
