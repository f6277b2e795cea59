"""Is it on track? Earlier forecasts with what came since, and a place to keep the one of today."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.errors import BacklightError
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.forecast import forecast
from analytics.forecast.history import basis_of, history
from analytics.forecast.kept import filters_text, keep, title_of
from analytics.forecast.track import Track, held_against
from analytics.forecast.track_outlook import track_outlook
from analytics.formatting import signed_text
from analytics.period import Grain
from analytics.store.kept_forecasts import KeptForecast
from analytics.store.names import LONGEST_NOTE
from analytics.warehouse.engine import Engine
from pages.charts.fan import fan_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.kept_weekly import keep_weekly
from pages.components.message import show_error
from pages.components.reach import asked_reach
from pages.components.results import asked
from pages.components.view import View
from pages.components.warehouse import store

CHOSEN, SERIES_SHOWN = "kept", "kept_series"
_REMOVED = "removed_forecast"
# More are not scored at once; the newest are.
_MOST = 30
# From so many steps on a verdict says something.
_TELLING = 4
_HEIGHT = 360
_ERROR = "Over that of saying 'as then', under 1 is better; of the backlog, or of the flow judged in its place"


def track_section(view: View, engine: Engine) -> None:
    """Draw the kept forecast that was chosen; only this part is drawn again by its controls."""
    keep_weekly(engine)
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    records = [record for record in store().kept_forecasts() if not record.removed]
    own = [record for record in records if record.forecast.filters == filters_text(view.filters)]
    found = {record.id: _tracked(record, view, engine) for record in own[:_MOST]}
    words = st.container(gap="xxsmall")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        record = _choice(own[:_MOST], found) if own else None
        series = _series(found[record.id]) if record else BACKLOG
        failed = _keep_place(view, engine, len(records))
        if record:
            _remove_button(record)
    if failed:
        show_error(failed)
    _undo_row()
    if record:
        with words:
            st.markdown(f"**{found[record.id].sentence}**")
        _draw(found[record.id], series)
    else:
        with words:
            st.markdown("**No forecast of these tickets is kept yet**, so nothing can be held against what came.")
            reach = asked_reach()
            refused = asked(forecast, engine, view.filters, reach.horizon, reach.grain).refused
            st.caption(refused or "Keep the present one and come back when some weeks have passed.")
    _list(own, found, len(records))


def _tracked(record: KeptForecast, view: View, engine: Engine) -> Track:
    """The score; the history behind it is asked for once for all."""
    filters, grain = view.filters.between(None, view.filters.end), Grain(record.forecast.grain)
    past, basis = asked(history, engine, filters, grain), asked(basis_of, engine, filters, grain)
    return held_against(record, past, basis, engine)


def _choice(own: Sequence[KeptForecast], found: Mapping[int, Track]) -> KeptForecast:
    """The kept forecast to show; at first the newest of which enough has come. Names are people's: plain options."""
    by_id = {str(record.id): record for record in own}
    telling = next((record for record in own if found[record.id].come >= _TELLING), None)
    default = str((telling or max(own, key=lambda record: found[record.id].come)).id)
    st.session_state[CHOSEN] = asked_one(CHOSEN, by_id, default)
    st.selectbox(
        "Kept forecast", list(by_id), key=CHOSEN, label_visibility="collapsed", width=340, on_change=_keep_choice,
        args=(default,), format_func=_titles(own).__getitem__,
    )  # fmt: skip
    return by_id[st.session_state[CHOSEN]]


def _titles(own: Sequence[KeptForecast]) -> dict[str, str]:
    """Number -> title, each another: Streamlit tells options apart by what they are called."""
    titles = {str(record.id): title_of(record) for record in own}
    often = Counter(titles.values())
    return {number: title if often[title] == 1 else f"{title}, no. {number}" for number, title in titles.items()}


def _keep_choice(default: str) -> None:
    write(CHOSEN, [st.session_state[CHOSEN]], [default])


def _keep_place(view: View, engine: Engine, kept: int) -> BacklightError | None:
    """A place to keep the present forecast; what went wrong, to be said below the row."""
    # A key of its own for each number kept: it closes when one more is.
    place = st.popover("Keep this forecast", icon=":material/bookmark_add:", key=f"keep_place_{kept}")
    with place, st.form("keep_forecast", border=False, clear_on_submit=True):
        reach = asked_reach()
        st.caption(f"The forecast of the tickets chosen, {reach.words} from the end of the period on, as it is today.")
        name = st.text_input("Name", placeholder="Such as: plan for the third quarter", max_chars=LONGEST_NOTE)
        sent = st.form_submit_button("Keep", icon=":material/bookmark_add:")
    if not sent:
        return None
    try:
        ahead = asked(forecast, engine, view.filters, reach.horizon, reach.grain)
        number = keep(store(), engine, view.filters, ahead, name)
    except BacklightError as error:
        return error
    write(CHOSEN, [str(number)])
    return st.rerun()


def _remove_button(record: KeptForecast) -> None:
    if st.button("Remove", key=f"remove_kept_{record.id}", type="tertiary", icon=":material/delete:"):
        store().remove_forecast(record.id)
        st.session_state[_REMOVED] = record.id
        write(CHOSEN, [])
        st.rerun()


def _undo_row() -> None:
    """The one removed last can be put back."""
    number = st.session_state.get(_REMOVED)
    record = next((kept for kept in store().kept_forecasts() if kept.id == number and kept.removed), None)
    if record is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"Removed: {title_of(record)}", width="content")
        if st.button("Put it back", key="restore_kept", type="tertiary", icon=":material/undo:"):
            store().restore_forecast(record.id)
            write(CHOSEN, [str(record.id)])
            st.rerun()


def _draw(found: Track, series: str) -> None:
    shown = track_outlook(found, series)
    st.plotly_chart(
        fan_figure(shown, _HEIGHT), config=CONFIG, key="track_fan",
        alt=f"The kept forecast of {series} and what came. {found.sentence}",
    )  # fmt: skip
    with st.container(gap=None):
        for said in (_numbers(found, series), found.changed, *found.notes):
            if said:
                st.caption(said)
    basis_line("Is it on track?", found.basis, "track")


def _series(found: Track) -> str:
    """The series to draw; at first the one that was judged."""
    known = [series for series in (BACKLOG, INFLOW, OUTFLOW) if series in found.kept.fans]
    default = _judged(found)
    st.session_state[SERIES_SHOWN] = asked_one(SERIES_SHOWN, known, default)
    st.segmented_control(
        "Series", known, key=SERIES_SHOWN, required=True, label_visibility="collapsed", on_change=_keep_series,
        args=(default,), format_func=str.capitalize, width="content",
    )  # fmt: skip
    return str(st.session_state[SERIES_SHOWN] or default)


def _judged(found: Track) -> str:
    """The series that the verdict is on, or would be."""
    return found.verdict.series or next(name for name in (BACKLOG, INFLOW, OUTFLOW) if name in found.kept.fans)


def _keep_series(default: str) -> None:
    write(SERIES_SHOWN, [st.session_state[SERIES_SHOWN] or default], [default])


def _numbers(found: Track, series: str) -> str:
    """How much of it has come, the net flow and the error, in words."""
    step = found.kept.grain.value
    said = [f"{found.come} of its {found.kept.horizon} {step}s have come."]
    if found.net is not None and found.expected_net is not None:
        said.append(f"Opened less ended so far: {signed_text(found.net)}, expected {signed_text(found.expected_net)}.")
    if series in found.relative_error:
        error = found.relative_error[series]
        said.append(f"Its error of {series} is {error:.2f} times that of saying 'as then'; under 1 is better.")
    return " ".join(said)


def _list(own: Sequence[KeptForecast], found: Mapping[int, Track], kept: int) -> None:
    """All of these tickets; names are people's text, so the table is inert."""
    if own:
        st.subheader("All kept forecasts of these tickets", anchor=False)
        rows = [_row(record, found[record.id]) for record in own[:_MOST]]
        st.dataframe(
            pd.DataFrame(rows), hide_index=True, height="content" if len(rows) <= 8 else 320, key="track_list",
            placeholder="",
            column_config={
                "Begins": st.column_config.DateColumn(format="D MMM YYYY"),
                "Kept on": st.column_config.DateColumn(format="D MMM YYYY"),
                "Error": st.column_config.NumberColumn(
                    format="%.2f", help=_ERROR
                )
            },
            alt=f"{len(rows)} kept forecasts",
        )  # fmt: skip
    others = kept - len(own)
    elsewhere = f" {others} more {'is' if others == 1 else 'are'} kept of other tickets." if others else ""
    st.caption(
        "The whole desk's first forecast of each week is kept by itself; keep others under a name. A kept forecast "
        f"never changes.{elsewhere}"
    )


def _row(record: KeptForecast, found: Track) -> dict[str, object]:
    grain = found.kept.grain.value
    return {
        "Name": record.name,
        "Begins": record.forecast.origin,
        "Verdict": found.verdict.word.capitalize(),
        "Has come": f"{found.come} of {found.kept.horizon} {grain}s",
        "Error": found.relative_error.get(_judged(found)),
        "Kept on": record.kept_at.date(),
    }
