"""Mix: sliders for all levers at once, and the fan and chance they lead to beside those of the present course.

Only this part is drawn again when a slider moves.
"""

import math

import streamlit as st

from analytics.forecast.clearing import Clearing, chance_text, clearing
from analytics.forecast.clearing_course import clearing_course, weeks_shown
from analytics.forecast.forecast import Forecast
from analytics.forecast.levers import Levers
from analytics.forecast.needed import FASTER_HANDLING, FEWER_ARRIVALS, MORE_CLOSURES, Needed
from analytics.forecast.shortened import shortened
from analytics.formatting import count_text, day_text
from pages.charts.clearing import clearing_fan_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts, write
from pages.components.lever_rows import SLIDERS

_FASTEST = 200


def mix_part(found: Forecast, answer: Clearing, change: Needed) -> None:
    """Draw the sliders and what they lead to."""
    st.fragment(_mix)(found, answer, change)


def _mix(found: Forecast, answer: Clearing, change: Needed) -> None:
    st.subheader("And a mix?", anchor=False)
    words = st.empty()
    with st.container(horizontal=True, gap="medium"):
        fewer = _slider(FEWER_ARRIVALS, "Fewer arrivals", 100, "%d %%")
        more = _slider(MORE_CLOSURES, _closures_label(change), _most_closures(change), "%d a week")
        faster = _slider(FASTER_HANDLING, "Faster handling", _FASTEST, "%d %%")
    if found.paths is None:
        return
    weeks, changed = weeks_shown(found, answer), bool(fewer or more or faster)
    paths = shortened(found.paths, weeks)
    before = clearing_course(found, answer, paths, weeks)
    if changed:
        paths = paths.changed(Levers.of(weeks, 1 - fewer / 100, more, 1 + faster / 100, change.follows))
    after = clearing(found, answer.target, answer.by, paths)
    sentence, course = mix_sentence(answer, after, changed), clearing_course(found, after, paths, weeks)
    words.markdown(sentence + people_words(more, change))
    if course is not None:
        figure = clearing_fan_figure(course, before if changed else None)
        st.plotly_chart(figure, config=CONFIG, key="mix_fan", alt=sentence)


def _most_closures(change: Needed) -> int:
    """Twice what the present course closes, to whole tens."""
    now = next((lever.now for lever in change.levers if lever.lever == MORE_CLOSURES), 0.0)
    return max(10, 10 * math.ceil(2 * now / 10))


def mix_sentence(before: Clearing, after: Clearing, changed: bool) -> str:
    """What the mix does to the chance."""
    if not changed or before.by is None or after.probability is None or before.probability is None:
        return "Move the sliders to see what they do together."
    return (
        f"So the chance that at most {count_text(before.target)} are open on {day_text(before.by)} is "
        f"**{chance_text(after.probability)}**, against {chance_text(before.probability)} on the present course; about "
        f"{after.expected:,.0f} are expected, 80 % between {after.lo80:,.0f} and {after.hi80:,.0f}."
    )


def people_words(more: float, change: Needed) -> str:
    """How many people the further closures are, where that can be told."""
    rate = change.throughput.per_person
    return (
        f" {more:,.0f} more closures a week are the work of about {more / rate:.1f} people here."
        if more and rate
        else ""
    )


def _closures_label(change: Needed) -> str:
    rate = change.throughput.per_person
    return f"More closures ({rate:.1f} a week are one person's)" if rate else "More closures"


def _slider(lever: str, label: str, most: int, written: str) -> int:
    name = SLIDERS[lever]
    texts = [text for text in asked_texts(name) if text.isascii() and text.isdigit() and len(text) < 7]
    st.session_state[name] = min(int(texts[0]), most) if texts else 0
    st.slider(label, 0, most, key=name, format=written, width=280, on_change=_keep, args=(name, "0"))
    return int(st.session_state[name])


def _keep(name: str, usual: str) -> None:
    value = st.session_state[name]
    write(name, [f"{value:g}"], [usual])
