"""Check results: what was said, what the tickets say, and what follows, statement by statement."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.diagnostic.comparison import ANSWERS, Answer, Comparison, compare, compare_group
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.questionnaire import Questionnaire
from analytics.store.responses import Response
from analytics.warehouse.engine import Engine
from pages.charts.said_and_found import said_and_found
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.answer_place import asked_sheet, choose_sheet, team_names
from pages.components.check_card import check_card
from pages.components.check_groups import choose_round, choose_team, privacy_popover, say_hidden, seen
from pages.components.judged import judged, own_days
from pages.components.own_answers import handed_in
from pages.components.view import View, of_values

_WHOSE, _MINE, _TEAM = "whose", "mine", "team"
_WORDS = {_MINE: "My answers", _TEAM: "A team's answers"}


def check_results_section(view: View, engine: Engine) -> None:
    """Draw the comparison: of what this session handed in, or of a team."""
    sheet = asked_sheet()
    mine = handed_in(sheet)
    head = st.container(gap="xxsmall")
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row:
        choose_sheet(sheet, "results_sheet")
        whose = _choose_whose() if mine else _TEAM
    if mine and whose == _MINE:
        view = _of_team(view, mine.team, engine)
        shown = compare(sheet, _answers(mine), _findings(view, engine, sheet))
        _draw(shown, mine.team, view, engine, head)
    else:
        _of_a_group(view, engine, sheet, head, row)


def _of_a_group(view: View, engine: Engine, sheet: Questionnaire, head: DeltaGenerator, row: DeltaGenerator) -> None:
    found = seen(sheet)
    with row:
        team = choose_team(found, engine, "results_team")
        round_ = choose_round(found, "results_round")
        privacy_popover(found)
    say_hidden(found, round_, team, "results")
    view = _of_team(view, team, engine)
    group, findings = found.group(round_, team), _findings(view, engine, sheet)
    shown = compare_group(sheet, group, findings) if group else compare(sheet, {}, findings)
    _draw(shown, team, view, engine, head, answered=group is not None)


def _choose_whose() -> str:
    st.session_state[_WHOSE] = asked_one(_WHOSE, _WORDS, _MINE)
    st.segmented_control(
        "Whose", list(_WORDS), key=_WHOSE, required=True, format_func=lambda name: _WORDS[name], on_change=_keep_whose
    )
    return str(st.session_state[_WHOSE] or _MINE)


def _keep_whose() -> None:
    write(_WHOSE, [st.session_state[_WHOSE] or _MINE], [_MINE])


def _answers(mine: Response) -> dict[str, Answer | None]:
    return {one.statement: next((answer for answer in ANSWERS if answer == one.answer), None) for one in mine.answers}


def _of_team(view: View, team: str | None, engine: Engine) -> View:
    """The view on the team's tickets where the data knows it as a group."""
    known = _group_of(team, engine)
    return of_values(view, "assignment_group", (known,)) if known else view


def _group_of(team: str | None, engine: Engine) -> str | None:
    """The data's group of a team's name, however its letters are cased."""
    named = team_names(engine)
    return team if team in named else next((one for one in named if one.casefold() == (team or "").casefold()), None)


def _findings(view: View, engine: Engine, sheet: Questionnaire) -> list[Finding]:
    return [finding for _, finding in judged(sheet, view, engine) if finding]


def _draw(
    shown: Comparison, team: str | None, view: View, engine: Engine, head: DeltaGenerator, answered: bool = True
) -> None:
    with head:
        _headline(shown, answered)
    if answered:
        st.plotly_chart(said_and_found(shown), config=CONFIG, key="said_and_found", alt=_alt(shown))
    whose = "this team's tickets" if _group_of(team, engine) else "all tickets of the filters above"
    st.caption(f"The evidence is of {whose}. {own_days(view, engine)}")
    for number, row in enumerate(shown.rows, 1):
        check_card(number, row, team, view, engine, answered)


def _headline(shown: Comparison, answered: bool) -> None:
    if not answered:
        untold = len(shown.rows) - shown.told
        st.markdown(
            f"**The tickets support {shown.supported} of {len(shown.rows)} statements"
            f"{f', and cannot tell of {untold}' if untold else ''}.** What people say is not shown beside them yet."
        )
        return
    st.markdown(f"**{shown.sentence}**")
    if shown.band:
        found = shown.band_found
        then = f" By the tickets: **{found.name}**." if found and found != shown.band else ""
        st.markdown(f"**{shown.band.name}**. {shown.band.meaning}{then}")


def _alt(shown: Comparison) -> str:
    said = [f"{row.statement.sign}: said {row.said}, tickets {row.data_says}, {row.verdict}" for row in shown.rows]
    return f"{shown.sentence} {'; '.join(said)}."
