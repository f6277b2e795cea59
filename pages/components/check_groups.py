"""Check groups: whose answers of which quarter are looked at, why some are not shown, and the way to show them.

Names of teams are text from exports or people: they go to selectboxes and inert elements only.
"""

from datetime import date

import streamlit as st

from analytics.diagnostic.perception import EVERYBODY, Perception, round_text
from analytics.diagnostic.questionnaire import Questionnaire
from analytics.diagnostic.suppression import FEWEST, LEAST, MOST, SETTING, checked_fewest, fewest_of
from analytics.errors import BacklightError
from analytics.plan.today import today
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, write
from pages.components.answer_place import TEAM, asked_team, team_names
from pages.components.message import show_error
from pages.components.warehouse import store

ROUND = "round"
TOO_FEW = ":material/visibility_off: **Too few to show.**"
NO_DATA = ":material/inbox: **No answers yet.**"


def seen(sheet: Questionnaire) -> Perception:
    """What may be seen of a questionnaire's answers today."""
    kept = store()
    responses, batches = kept.responses.submitted(sheet.id), kept.responses.shown_batches()
    return Perception(sheet, responses, batches, today(), fewest_of(kept.setting(SETTING, "")))


def choose_team(found: Perception, engine: Engine, key: str) -> str | None:
    """A choice of team that the address keeps; None for all answers together."""
    asked = asked_team(EVERYBODY)
    team = found.known_team(asked) or asked
    st.session_state[key] = team
    st.selectbox(
        "Team", list(dict.fromkeys([EVERYBODY, *found.teams, *team_names(engine), team])), key=key, width=280,
        on_change=_keep, args=(TEAM, key, EVERYBODY),
    )  # fmt: skip
    return None if team == EVERYBODY else team


def choose_round(found: Perception, key: str) -> date:
    """A choice among the quarters in which anybody answered that the address keeps; today's quarter without any."""
    rounds = {one.isoformat(): one for one in found.rounds}
    if not rounds:
        return found.today
    newest = next(iter(rounds))
    st.session_state[key] = asked_one(ROUND, rounds, newest)
    chosen = rounds[st.session_state[key]]
    st.selectbox(
        "Quarter", list(rounds), key=key, format_func=lambda text: round_text(rounds[text]), width=120,
        on_change=_keep, args=(ROUND, key, newest),
    )  # fmt: skip
    return chosen


def say_hidden(found: Perception, round_: date, team: str | None, key: str) -> None:
    """Why nothing of a group is shown, or that more could be; and the button that shows it from now on."""
    state = found.state(round_, team)
    who = "" if team is None else " for this team"
    if state == "no data":
        st.markdown(f"{NO_DATA} Nobody has answered{who} in this quarter: open the tab Answer and begin.")
    if state == "too few":
        st.markdown(f"{TOO_FEW} Some have answered{who}, but fewer than {found.fewest} that could be shown together.")
    new = found.shown(round_).to_show(team)
    if new:
        more = "More answers" if state == "shown" else "Enough answers"
        st.markdown(f":material/hourglass_top: **{more} can be shown.** Best wait until everybody has answered.")
        st.button(
            "Show them now", icon=":material/visibility:", key=f"{key}_show", on_click=_show, args=(new,),
            help=f"Later answers are added only when {found.fewest} more have come, so that nobody's can be told by "
            "the difference.",
        )  # fmt: skip
    refused = st.session_state.pop("show_refused", None)
    if refused:
        show_error(refused)


def privacy_popover(found: Perception) -> None:
    """How groups are protected, and from how many respondents on they are shown."""
    with st.popover(f"Shown from {found.fewest} on", icon=":material/shield_person:", type="tertiary", key="privacy"):
        st.markdown(
            f"Nothing is shown of fewer than **{found.fewest}** people, also not by subtracting one group from "
            "another: the total leaves out what could be found that way. Answers that come "
            "later are added in groups of as many."
        )
        st.session_state.fewest = found.fewest
        st.number_input(
            "Fewest respondents", min_value=LEAST, max_value=MOST, key="fewest", on_change=_keep_fewest, width=160
        )
        st.caption(
            f"For everybody; {FEWEST} unless you change it, and never under {LEAST}. Change it before people answer: "
            "whoever saw a group before and after could compare the two."
        )


def _keep(name: str, key: str, default: str) -> None:
    write(name, [st.session_state[key]], [default])


def _keep_fewest() -> None:
    store().set_setting(SETTING, str(checked_fewest(st.session_state.fewest)))


def _show(batches: tuple[frozenset[int], ...]) -> None:
    try:
        store().responses.show(batches)
    except BacklightError as error:
        st.session_state.show_refused = error
