"""When will the backlog be under a number? The chance by a day, what must change for it, and a mix of changes."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.filters import Filters
from analytics.forecast.clearing import Clearing, clearing
from analytics.forecast.clearing_course import clearing_course, weeks_shown
from analytics.forecast.deadline import deadline, first_choice
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.history import MOST_AHEAD
from analytics.forecast.needed import Needed, needed
from analytics.formatting import day_text
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.charts.clearing import clearing_chance_figure, clearing_fan_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_dates, asked_one, asked_texts, write
from pages.components.basis import basis_line
from pages.components.elasticity_control import elasticity_field, own_elasticity
from pages.components.lever_rows import lever_rows
from pages.components.mix_part import mix_part
from pages.components.results import asked, choice_texts
from pages.components.view import View

TARGET, BY, SURE = "open_target", "open_by", "sure"
_SURE = ("50", "80", "90", "95")
_USUALLY_SURE = "80"
_MOST = 99_999_999
_WEEKS = MOST_AHEAD[Grain.WEEK]
# What arrivals may be named by, the most telling first.
_KINDS = ("category", "service", "subcategory", "ticket_type", "assignment_group")


@dataclass(frozen=True)
class _Wish:
    target: int
    by: date


def clearing_section(view: View, engine: Engine) -> None:
    """Draw the question and its answer from the end of the view's window on."""
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    found = asked(forecast, engine, view.filters, _WEEKS)
    if found.paths is None or found.history is None:
        st.markdown(clearing(found, 0).sentence)
        basis_line("When the backlog is under a number", found.basis, "clearing")
        return
    words = st.container()
    wish = _wish(found)
    answer = clearing(found, wish.target, wish.by)
    with words:
        st.markdown(f"**{answer.sentence}**")
    if answer.refused:
        basis_line("When the backlog is under a number", answer.basis, "clearing")
        return
    _draw(found, answer)
    basis_line("When the backlog is under a number", answer.basis, "clearing")
    _change(view, engine, found, wish, answer)


def _wish(found: Forecast) -> _Wish:
    """What is asked, in one row."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        return _Wish(_target(found), _by(found))


def _target(found: Forecast) -> int:
    usual = _usual_target(found)
    texts = [text for text in asked_texts(TARGET) if text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))]
    st.session_state[TARGET] = int(texts[0]) if texts else usual
    st.number_input(
        "At most so many open", min_value=0, max_value=_MOST, value=None, step=10, key=TARGET, width=170,
        on_change=_keep, args=(TARGET, str(usual)),
    )  # fmt: skip
    return int(st.session_state[TARGET])


def _usual_target(found: Forecast) -> int:
    """A tenth less than now, to two digits."""
    wanted = round(0.9 * (found.paths.start if found.paths else 0))
    return round(wanted, 2 - len(str(wanted)))


def _by(found: Forecast) -> date:
    usual, first, last = deadline(found).day, first_choice(found), found.last_day
    texts = asked_dates(BY)
    fits = bool(texts) and first <= texts[0] <= last
    st.session_state[BY] = texts[0] if fits else usual
    st.date_input(
        "on", key=BY, format="YYYY-MM-DD", min_value=first, max_value=last, width=140,
        on_change=_keep, args=(BY, usual.isoformat()),
    )  # fmt: skip
    if texts and not fits:
        st.caption(
            f"This link asks for {day_text(texts[0])}; it can be asked for from {day_text(first)} to {day_text(last)}."
        )
    return st.session_state[BY] or usual


def _keep(name: str, usual: str) -> None:
    value = st.session_state[name]
    write(name, [usual if value is None else str(value)], [usual])


def _draw(found: Forecast, answer: Clearing) -> None:
    course = clearing_course(found, answer, found.paths, weeks_shown(found, answer)) if found.paths else None
    if course is None:
        return
    st.plotly_chart(clearing_fan_figure(course), config=CONFIG, key="clearing_fan", alt=answer.sentence)
    alt = f"The chance of being at or under {answer.target:,} by week. {answer.sentence}"
    st.plotly_chart(clearing_chance_figure(course), config=CONFIG, key="clearing_chance", alt=alt)


def _change(view: View, engine: Engine, found: Forecast, wish: _Wish, answer: Clearing) -> None:
    st.subheader("What must change?", anchor=False)
    own = own_elasticity(engine, view.filters)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        probability, follows = _sure(), elasticity_field(own)
        st.caption(own.sentence, width="stretch")
    dimension = next((name for name in _KINDS if len(choice_texts(engine, engine.snapshot, name)) > 1), _KINDS[0])
    change = asked(_needed, engine, view.filters, wish.target, wish.by, probability, dimension, follows)
    lever_rows(change)
    mix_part(found, answer, change)


def _sure() -> float:
    """The chance that the changes must reach."""
    st.session_state[SURE] = asked_one(SURE, _SURE, _USUALLY_SURE)
    st.selectbox(
        "With a chance of", _SURE, key=SURE, width=140, on_change=_keep, args=(SURE, _USUALLY_SURE),
        format_func=lambda percent: f"{percent} %",
    )  # fmt: skip
    return int(st.session_state[SURE]) / 100


def _needed(
    engine: Engine, filters: Filters, target: int, by: date, probability: float, dimension: str, follows: float
) -> Needed:
    found = asked(forecast, engine, filters, _WEEKS)
    return needed(engine, filters, found, target, by, probability, dimension, follows)
