"""Markup of the plan as a page: tables and paragraphs in which every text is inert."""

from collections.abc import Iterable, Sequence
from html import escape


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its headings; a line break in a cell stays one."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "\n".join(_row(row) for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(cells: Sequence[str]) -> str:
    told = "".join(f'<td class="text">{escape(cell)}</td>' for cell in cells)
    return f"<tr>{told}</tr>"


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; `kind` is its class, such as `quiet`."""
    shown = f' class="{kind}"' if kind else ""
    return f"<p{shown}>{escape(text)}</p>"
