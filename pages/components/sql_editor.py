"""The statement's box with its limits and examples. A link fills the box; only a person runs what is in it."""

from dataclasses import dataclass

import streamlit as st

from analytics.formatting import count_text
from analytics.sql_examples import sql_examples
from analytics.warehouse.sandbox.limits import DEFAULT_ROWS, DEFAULT_SECONDS, LONGEST_STATEMENT, Limits
from pages.components.address import asked_one, asked_texts, write

_TEXT, _SEEN, _KEPT, _EXAMPLE = "sql_text", "sql_seen", "sql_kept", "sql_example"
_LONGEST_IN_ADDRESS = 2_000
_ROWS = ("100", "1000", "10000", "100000")
_SECONDS = ("5", "10", "30", "60")
_HEIGHT = 260


@dataclass(frozen=True)
class Written:
    """What a person asked to be run."""

    statement: str
    limits: Limits


def edited(running: bool) -> Written | None:
    """The box; what is in it once the person presses Run."""
    _fill()
    st.selectbox(
        "Examples", [example.title for example in sql_examples()], index=None, key=_EXAMPLE, on_change=_take_example,
        placeholder="Start from an example", label_visibility="collapsed",
    )  # fmt: skip
    with st.form("sql_form", border=False):
        statement = st.text_area(
            "Statement", key=_TEXT, height=_HEIGHT, max_chars=LONGEST_STATEMENT, label_visibility="collapsed",
            placeholder="SELECT category, count(*) FROM tickets GROUP BY category ORDER BY 2 DESC",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            rows = _limit("Most rows", "rows", _ROWS, str(DEFAULT_ROWS))
            seconds = _limit("Most seconds", "seconds", _SECONDS, f"{DEFAULT_SECONDS:g}")
            pressed = st.form_submit_button(
                "Run", type="primary", icon=":material/play_arrow:", disabled=running, help="Ctrl + Enter in the box"
            )
    if not pressed:
        return None
    _keep(statement, rows, seconds)
    return Written(statement, Limits(float(seconds), int(rows)))


def _limit(label: str, name: str, choices: tuple[str, ...], default: str) -> str:
    key = f"sql_{name}"
    st.session_state.setdefault(key, asked_one(name, choices, default))
    chosen: str = st.selectbox(label, choices, key=key, format_func=lambda text: count_text(int(text)), width=140)
    return chosen


def _fill() -> None:
    """Follow the address when it changes; come back to what was written last when the page is opened anew."""
    asked = "".join(asked_texts("sql")[:1])[:LONGEST_STATEMENT]
    if asked and asked != st.session_state.get(_SEEN):
        st.session_state[_TEXT] = asked
    elif _TEXT not in st.session_state:
        st.session_state[_TEXT] = st.session_state.get(_KEPT, sql_examples()[0].statement)
    st.session_state[_SEEN] = asked


def _take_example() -> None:
    chosen = st.session_state[_EXAMPLE]
    for example in sql_examples():
        if example.title == chosen:
            st.session_state[_TEXT] = example.statement


def _keep(statement: str, rows: str, seconds: str) -> None:
    short = [statement] if len(statement) <= _LONGEST_IN_ADDRESS else []
    write("sql", short)
    write("rows", [rows], [str(DEFAULT_ROWS)])
    write("seconds", [seconds], [f"{DEFAULT_SECONDS:g}"])
    st.session_state[_SEEN] = "".join(short)
    st.session_state[_KEPT] = statement
