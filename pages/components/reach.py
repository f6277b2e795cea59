"""Reach: how far a forecast looks and in what steps, chosen in one row and kept in the address."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analytics.forecast.forecast import HORIZON
from analytics.period import Grain
from pages.components.address import asked_one, asked_texts, write

STEP, AHEAD = "grain", "horizon"
_CHOICES = {Grain.WEEK: (4, 8, 13, 26, 52), Grain.DAY: (14, 28, 91)}
_STEPS = {Grain.WEEK.value: "Weeks", Grain.DAY.value: "Days"}


@dataclass(frozen=True)
class Reach:
    """`horizon` steps of `grain`."""

    horizon: int
    grain: Grain

    @property
    def words(self) -> str:
        """Such as `13 weeks`."""
        return f"{self.horizon} {self.grain.value}s"


def asked_reach() -> Reach:
    """What the address asks for; 13 weeks without anything."""
    grain = Grain(asked_one(STEP, tuple(_STEPS), Grain.WEEK.value))
    known = [str(steps) for steps in _CHOICES[grain]]
    return Reach(int(asked_one(AHEAD, known, str(HORIZON[grain]))), grain)


def reach_choice() -> Reach:
    """Draw both controls, into the row that is open, and say what they are set to."""
    reach = asked_reach()
    _control("Steps", STEP, list(_STEPS), reach.grain.value, _keep_step)
    known = [str(steps) for steps in _CHOICES[reach.grain]]
    _control("How far ahead", AHEAD, known, str(reach.horizon), _keep_horizon)
    return reach


def _control(label: str, key: str, options: list[str], value: str, keep: Callable[[], None]) -> None:
    st.session_state[key] = value
    st.segmented_control(
        label, options, key=key, required=True, on_change=keep, label_visibility="collapsed",
        format_func=lambda option: _STEPS.get(option, option),
    )  # fmt: skip


def _keep_step() -> None:
    """The horizon of other steps does not fit; both at once: one entry in the browser's history."""
    kept = {name: asked_texts(name) for name in st.query_params if name not in (STEP, AHEAD)}
    chosen = st.session_state[STEP] or Grain.WEEK.value
    st.query_params.from_dict(kept if chosen == Grain.WEEK.value else kept | {STEP: [chosen]})


def _keep_horizon() -> None:
    default = str(HORIZON[asked_reach().grain])
    write(AHEAD, [st.session_state[AHEAD] or default], [default])
