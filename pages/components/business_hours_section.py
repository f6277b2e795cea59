"""The business hours by which times are counted: what holds now, this year's closed days, and how to change them.

A change builds the data anew, in a process of its own like an import, and can be undone like one.
"""

from datetime import date

import streamlit as st

from analytics.business_hours import NONE, calendar_in_force, changed_calendar, closed_days
from analytics.command_run import CommandRun
from analytics.errors import BacklightError
from analytics.warehouse.business_calendar import WEEKDAYS, BusinessCalendar, read_closed_day
from analytics.warehouse.engine import Engine
from analytics.warehouse.public_holidays import countries, subdivisions
from analytics.warehouse.snapshots import default_folder
from pages.components.message import show_error
from pages.components.results import asked

_RUN, _OUTCOME = "business_hours_run", "business_hours_outcome"
_STEPS = 3
_NO_COUNTRY = "No public holidays"
_WHOLE_COUNTRY = "Whole country"
_COLUMNS = {
    "closed_on": st.column_config.DateColumn("Day", format="D MMM YYYY"),
    "weekday": st.column_config.TextColumn("Weekday"),
    "name": st.column_config.TextColumn("Closed for"),
}


def business_hours_section(engine: Engine) -> None:
    """Draw the calendar in force and the form that changes it."""
    calendar = asked(calendar_in_force, engine)
    st.subheader("Business hours", anchor=False)
    st.markdown(f"Counted now: {calendar.sentence}.")
    st.caption(
        f"Times of the clock in {engine.reporting_time_zone}. One calendar holds for all groups, and is kept with the "
        "data: a number keeps the calendar it was computed with."
    )
    if st.session_state.get(_RUN):
        _follow()
    _show_outcome()
    year = engine.as_of.year if engine.as_of else date.today().year  # noqa: DTZ011 - any year shows the holidays
    form, days = st.columns([3, 2], gap="large")
    with form:
        _form(calendar, engine.snapshot)
    with days:
        _closed_days(calendar, year)


def _closed_days(calendar: BusinessCalendar, year: int) -> None:
    found = closed_days(calendar, year)
    st.markdown(f"**Closed days in {year}**")
    if found.empty:
        st.caption("None besides the weekly ones. Choose a country to leave its public holidays out of business hours.")
        return
    st.dataframe(found, hide_index=True, column_config=_COLUMNS, height="content", alt=f"Closed days in {year}")


def _form(calendar: BusinessCalendar, snapshot: str) -> None:
    """No `st.form`: the subdivisions follow the country at once. A new snapshot starts from its own calendar."""
    names = [day.capitalize() for day in WEEKDAYS]
    days = st.pills(
        "Weekdays", names, selection_mode="multi", default=[names[day] for day in calendar.days],
        key=f"business_days_{snapshot}",
    )  # fmt: skip
    hours = st.text_input(
        "Opening hours", calendar.hours_text, key=f"business_hours_{snapshot}", max_chars=13,
        help="Such as 08:00-18:00; 00:00-24:00 is around the clock.",
    )  # fmt: skip
    country = _country(calendar, snapshot)
    part = _subdivision(calendar, country, snapshot)
    closed = st.text_input(
        "Further closed days", ", ".join(day.isoformat() for day in calendar.closed), key=f"business_closed_{snapshot}",
        placeholder="2026-12-24, 2026-12-31", help="Days without business hours, written as 2026-12-24, with commas.",
    )  # fmt: skip
    pressed = st.button(
        "Apply and count anew", type="primary", icon=":material/update:", disabled=bool(st.session_state.get(_RUN)),
        help="Builds the data anew with these hours. Undo on the Data page goes back.",
    )  # fmt: skip
    if pressed:  # not a callback: its arguments would be those of the run before
        asked_for = {"days": ",".join(days).casefold(), "hours": hours, "country": country, "subdivision": part}
        _apply(calendar, asked_for, closed)
        st.rerun()


def _country(calendar: BusinessCalendar, snapshot: str) -> str:
    """The code chosen, or `none`."""
    known = countries()
    codes = [NONE, *known]
    return st.selectbox(
        "Public holidays of", codes, index=codes.index(calendar.country or NONE), key=f"business_country_{snapshot}",
        format_func=lambda code: known.get(code, _NO_COUNTRY),
    )  # fmt: skip


def _subdivision(calendar: BusinessCalendar, country: str, snapshot: str) -> str:
    parts = [NONE, *(subdivisions(country) if country != NONE else ())]
    if len(parts) == 1:
        return NONE
    kept = calendar.subdivision if calendar.country == country else None
    return st.selectbox(
        "Part of the country", parts, index=parts.index(kept or NONE), key=f"business_part_{country}_{snapshot}",
        format_func=lambda code: _WHOLE_COUNTRY if code == NONE else code,
    )  # fmt: skip


def _apply(before: BusinessCalendar, asked_for: dict[str, str], closed: str) -> None:
    """Check what was written, then start the command; nothing runs for what cannot be meant or changes nothing."""
    days = [text.strip() for text in closed.replace(";", ",").split(",") if text.strip()]
    try:
        after = changed_calendar(before, **asked_for, closed=[read_closed_day(day) for day in days])
    except BacklightError as error:
        st.session_state[_OUTCOME] = error
        return
    if after == before:
        st.session_state[_OUTCOME] = "These are the business hours in force: nothing was changed."
        return
    options = [f"--{name}={text}" for name, text in asked_for.items()]
    options += [f"--closed={day}" for day in days or [NONE]]
    st.session_state[_RUN] = CommandRun(default_folder(), "business-hours", options, steps=_STEPS)


@st.fragment(run_every=0.5)
def _follow() -> None:
    """Phases as they come; the whole page runs again once it is done."""
    run: CommandRun | None = st.session_state.get(_RUN)
    if run is None:
        return
    if run.done:
        _conclude(run)
        st.rerun()
    with st.status("Counting business hours anew. You can look at other pages meanwhile.", expanded=True):
        st.progress(run.progress)
        for message in run.messages[-3:] or ["Starting"]:
            st.text(message)


def _conclude(run: CommandRun) -> None:
    del st.session_state[_RUN]
    try:
        run.result()
    except BacklightError as error:
        st.session_state[_OUTCOME] = error
    else:
        st.session_state[_OUTCOME] = "Business hours are counted anew; undo on the Data page goes back."


def _show_outcome() -> None:
    outcome = st.session_state.pop(_OUTCOME, None)
    if isinstance(outcome, BacklightError):
        show_error(outcome, "Nothing was changed")
    elif outcome:
        st.markdown(f":green[:material/check_circle:] {outcome}")
