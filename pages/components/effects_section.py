"""Did it work? Each action that has begun, with its KPI before and after, and whether the change can be told."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analytics.plan.action_filters import filters_of, filters_words
from analytics.plan.effect import Effect
from analytics.plan.overlap import Overlap
from analytics.plan.plan_state import action_effect
from analytics.plan.promised import claim_of, promised
from analytics.store.actions import KeptAction
from analytics.warehouse.engine import Engine
from pages.charts.effect import effect_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View
from pages.components.warehouse import store

_CHOSEN = "action"
_ORDER = ("better", "changed", "worse", "no change that can be told", "too early to tell")
_WORDS = {
    "better": "better", "worse": "worse", "changed": "changed", "no change that can be told": "without a change that "
    "can be told", "too early to tell": "too early to tell",
}  # fmt: skip
Measured = list[tuple[KeptAction, Effect, Overlap]]


def effects_section(view: View, engine: Engine) -> None:
    """Draw the overview, and one action in full; the data counts up to the end of the view's period."""
    every = store().actions.all()
    found = _measured(every, engine, view.filters.end)
    st.markdown(_sentence(every, found))
    if not found:
        _say_what_to_do(every)
        return
    if len(found) > 1:
        _overview(found)
    one, effect, beside = _chosen(found)
    _detail(one, effect, beside, len(found) > 1)


def _measured(every: Sequence[KeptAction], engine: Engine, end: date | None) -> Measured:
    told = [(one, action_effect(engine, every, one, end, _ask)) for one in every]
    return [(one, *pair) for one, pair in told if pair is not None]


def _ask(measure: Callable[..., Any], engine: Engine, *given: Any) -> Any:
    return asked(measure, engine, *given)


def _sentence(every: Sequence[KeptAction], found: Measured) -> str:
    if not found:
        return "What the plan has changed cannot be told yet." if every else "There is no action to judge yet."
    noun = "action has" if len(found) == 1 else "actions have"
    counts = [(sum(effect.verdict == verdict for _, effect, _ in found), _WORDS[verdict]) for verdict in _ORDER]
    listed = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"{len(found)} {noun} begun with a KPI to move: {listed}."


def _say_what_to_do(every: Sequence[KeptAction]) -> None:
    if every:
        st.caption("Give an action the KPI that it should move, and the day on which it began: under 'Who does what?'.")
    else:
        st.caption("Begin with one under 'Who does what?': its KPI before and after the start is shown here.")


def _overview(found: Measured) -> None:
    rows = [
        {
            "No.": one.id,
            # Before the text, which is long: a phone shows these two.
            "Verdict": effect.verdict,
            "What": one.entered.what,
            "KPI": effect.kpi.title,
            "Since": effect.started_on,
            "Promised": one.entered.promised_percent,
            "Realised": _percent(promised(one.entered.promised_percent, effect).realised),
        }
        for one, effect, _ in found
    ]
    share = st.column_config.NumberColumn(format="%+.0f %%")
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content", row_height=32, placeholder="",
        alt="What came of each action",
        column_config={"Promised": share, "Realised": share, "Since": st.column_config.DateColumn(format="D MMM YYYY")},
    )  # fmt: skip


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _chosen(found: Measured) -> tuple[KeptAction, Effect, Overlap]:
    """The action that the address names, else the newest of which most is known; options are shown as they are."""
    by_number = {str(one.id): (one, effect, beside) for one, effect, beside in found}
    newest = str(max(found, key=lambda each: (each[1].estimate is not None, each[1].started_on))[0].id)
    number = asked_one(_CHOSEN, by_number, newest)
    if len(by_number) > 1:
        st.session_state.effect_action = number
        st.selectbox(
            "Action", list(by_number), key="effect_action", on_change=_keep,
            format_func=lambda each: f"{each}. {by_number[each][0].entered.what}",
        )  # fmt: skip
    return by_number[number]


def _keep() -> None:
    write(_CHOSEN, [st.session_state.effect_action])


def _detail(one: KeptAction, effect: Effect, beside: Overlap, named: bool) -> None:
    if not named:
        st.text(one.entered.what)
    st.markdown(f"**{effect.sentence}**")
    if len(effect.periods.values):
        st.plotly_chart(effect_figure(effect), config=CONFIG, key=f"effect_{one.id}", alt=effect.sentence)
    said = (
        effect.limits_sentence, *beside.sentences, promised(one.entered.promised_percent, effect).sentence,
        effect.wish_sentence, _claim(one.entered.statement),
    )  # fmt: skip
    st.caption("  \n".join(sentence for sentence in said if sentence))
    st.text(
        f"Measured on {filters_words(filters_of(one.entered.filters))}, from the action, not from the filters above."
    )
    basis_line(f"Did it work? {effect.kpi.title}", effect.basis, f"effect_basis_{one.id}")


def _claim(statement: str) -> str:
    claim = claim_of(statement)
    return f"A claim from an article, to be tested by this very action: {claim}" if claim else ""
