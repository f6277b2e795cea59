"""The numbers behind a statement: its thresholds and assumptions, shown and changed where they are used."""

import streamlit as st

from analytics.diagnostic.errors import BadThreshold
from analytics.diagnostic.finding_words import number_text
from analytics.diagnostic.gathered import numbers
from analytics.diagnostic.numbers import SETTING, Guess, Numbers
from analytics.diagnostic.questionnaire import Assumption, Statement, Threshold
from analytics.errors import BacklightError
from pages.components.message import show_error
from pages.components.warehouse import store

_RATIO, _PERCENT = "ratio", 100.0
_WHOM = (
    "They hold for everybody who uses this dashboard: for the evidence, the results of the self-check, the table "
    "'Healthy or broken?' and the command line. Nobody's answers change."
)


def numbers_editor(statement: Statement) -> None:
    """A popover with a form; nothing where the statement has no numbers."""
    if not statement.thresholds and not statement.assumptions:
        return
    now = numbers(store())
    with st.popover(_label(statement, now), type="tertiary", icon=":material/tune:"):
        st.caption(_WHOM)
        with st.form(f"numbers_{statement.id}", border=False):
            limits = {one.name: _threshold_field(statement, one, now) for one in statement.thresholds}
            guesses = {one.name: _guess_fields(statement, one, now) for one in statement.assumptions}
            saved = st.form_submit_button("Save", icon=":material/save:")
        if saved:
            _save(statement, limits, guesses)
        if _changed(statement, now):
            st.button(
                "Back to shipped", key=f"shipped_{statement.id}", type="tertiary", icon=":material/undo:",
                on_click=_back_to_shipped, args=(statement,),
            )  # fmt: skip


def _label(statement: Statement, now: Numbers) -> str:
    many = len(statement.thresholds) + len(statement.assumptions)
    changed = " (changed)" if _changed(statement, now) else ""
    return f"{many} {'number' if many == 1 else 'numbers'} behind it{changed}"


def _threshold_field(statement: Statement, one: Threshold, now: Numbers) -> float | None:
    scale = _PERCENT if one.unit == _RATIO else 1.0
    value = round(now.threshold(statement.evidence, one.name) * scale, 6)
    bounds = f"{number_text(one.least, one.unit)} to {number_text(one.most, one.unit)}"
    return st.number_input(
        _words(one), value=value, key=f"threshold_{statement.id}_{one.name}_{value:g}", format="%g", step=None,
        help=f"{bounds}. Shipped: {number_text(one.value, one.unit)}.",
    )  # fmt: skip


def _guess_fields(statement: Statement, one: Assumption, now: Numbers) -> tuple[float | None, ...]:
    """An assumption's low, likely and high end."""
    guess, scale = now.guess(statement.evidence, one.name), _PERCENT if one.unit == _RATIO else 1.0
    st.caption(f"Assumed: {_words(one)}")
    entered = []
    for column, name, value, shipped in zip(
        st.columns(3), ("Low", "Likely", "High"), (guess.low, guess.value, guess.high),
        (one.low, one.value, one.high), strict=True,
    ):  # fmt: skip
        shown = round(value * scale, 6)
        with column:
            entered.append(
                st.number_input(
                    name, value=shown, key=f"guess_{statement.id}_{one.name}_{name}_{shown:g}", format="%g", step=None,
                    help=f"Shipped: {number_text(shipped, one.unit)}.",
                )
            )  # fmt: skip
    return tuple(entered)


def _words(one: Threshold | Assumption) -> str:
    return f"{one.words[0].upper()}{one.words[1:]}{', in %' if one.unit == _RATIO else ''}"


def _save(statement: Statement, limits: dict[str, float | None], guesses: dict[str, tuple[float | None, ...]]) -> None:
    """Keep what was entered, all or nothing; read anew, so that numbers of other statements stay as they are."""
    try:
        now = numbers(store())
        for limit in statement.thresholds:
            now = _with_threshold(now, statement, limit, limits[limit.name])
        for assumed in statement.assumptions:
            now = _with_guess(now, statement, assumed, guesses[assumed.name])
        store().set_setting(SETTING, now.json)
    except BacklightError as error:
        show_error(error)
        return
    st.rerun()


def _with_threshold(now: Numbers, statement: Statement, one: Threshold, entered: float | None) -> Numbers:
    scale = _PERCENT if one.unit == _RATIO else 1.0
    value = one.value if entered is None else entered / scale
    try:
        return now.with_threshold(statement.evidence, one.name, round(value, 8))
    except BadThreshold:
        words, least, most = _words(one), round(one.least * scale, 6), round(one.most * scale, 6)
        raise BadThreshold(f"'{words}'", f"{value * scale:g}", least, most) from None


def _with_guess(now: Numbers, statement: Statement, one: Assumption, entered: tuple[float | None, ...]) -> Numbers:
    scale, shipped = _PERCENT if one.unit == _RATIO else 1.0, (one.low, one.value, one.high)
    low, value, high = (
        usual if end is None else round(end / scale, 8) for end, usual in zip(entered, shipped, strict=True)
    )
    if not 0 <= low <= value <= high:
        raise BacklightError(
            f"The assumption '{_words(one)}' is not in order: enter a low, a likely and a high number, each from 0 on "
            "and none lower than the one before it."
        )
    return now.with_guess(statement.evidence, one.name, Guess(low, value, high))


def _changed(statement: Statement, now: Numbers) -> bool:
    return any(key.startswith(f"{statement.evidence}.") for key, _ in now.changed)


def _back_to_shipped(statement: Statement) -> None:
    now = numbers(store())
    kept = tuple(pair for pair in now.changed if not pair[0].startswith(f"{statement.evidence}."))
    store().set_setting(SETTING, Numbers(kept).json)
