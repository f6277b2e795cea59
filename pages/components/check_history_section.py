"""Check history: how a team sees itself, where its members disagree, over time and beside other teams."""

from datetime import date

import streamlit as st

from analytics.diagnostic.perception import Group, Perception, by_division, round_text
from analytics.diagnostic.questionnaire import Questionnaire
from analytics.warehouse.engine import Engine
from pages.charts.answer_spread import answer_spread
from pages.charts.roles_apart import roles_apart
from pages.charts.theme import CONFIG
from pages.charts.ticked_shares import HIDDEN_WORDS, Column, side_by_side, ticked_shares
from pages.components.answer_place import asked_sheet, choose_sheet
from pages.components.check_groups import choose_round, choose_team, privacy_popover, say_hidden, seen
from pages.components.view import View

_MOST_COLUMNS, _MOST_TEAMS = 8, 6
_DIVIDED = 0.25


def check_history_section(view: View, engine: Engine) -> None:  # noqa: ARG001 - answers are of their own quarters
    """Draw what may be seen of a team's answers."""
    sheet = asked_sheet()
    found = seen(sheet)
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choose_sheet(sheet, "history_sheet")
        team = choose_team(found, engine, "history_team")
        round_ = choose_round(found, "history_round")
        privacy_popover(found)
    group = found.group(round_, team)
    with head:
        st.text(_sentence(sheet, group, team, round_))
    say_hidden(found, round_, team, "history")
    if group:
        _spread(sheet, group)
        _roles(sheet, found, round_, team)
        _comments(sheet, group)
    if len(found.rounds) > 1 or group:
        _over_time(sheet, found, team)
    if found.teams:
        _side_by_side(sheet, found, round_)


def _sentence(sheet: Questionnaire, group: Group | None, team: str | None, round_: date) -> str:
    who = "Everybody" if team is None else team
    if group is None:
        return f"{who}: nothing can be shown of {round_text(round_)} yet."
    most = max(group.tallies, key=lambda one: one.share or 0)
    band = sheet.band(group.ticked)
    text = f"{who}, {round_text(round_)}: {group.people} people answered; more say yes than no to {group.ticked} of "
    text += f"{len(group.tallies)} statements{f' ({band.name.lower()})' if band else ''}."
    return f"{text} Most ticked: {sheet.statement(most.statement).sign}, by {most.yes} of {most.answered}."


def _spread(sheet: Questionnaire, group: Group) -> None:
    st.subheader("Where do people disagree?", anchor=False)
    divided = [sheet.statement(one.statement).sign for one in by_division(group) if one.divided >= _DIVIDED]
    said = f"Most divided: {', '.join(divided[:3])}." if divided else "They are of one mind on every statement."
    st.markdown(f"{said} Bars count people, nobody is named.")
    parts = [f"{sheet.statement(one.statement).sign}: {one.yes} yes, {one.no} no, {one.dont_know} don't know"
             for one in by_division(group)]  # fmt: skip
    st.plotly_chart(answer_spread(sheet, group), config=CONFIG, key="answer_spread", alt=f"{said} {'; '.join(parts)}.")


def _roles(sheet: Questionnaire, found: Perception, round_: date, team: str | None) -> None:
    leaders, practitioners = (found.group(round_, team, role) for role in ("leader", "practitioner"))
    st.subheader("Do leaders see it differently?", anchor=False)
    if not leaders or not practitioners:
        st.caption(f"Shown once {found.fewest} leaders and {found.fewest} team members can be told apart.")
        return
    gaps = {one.sign: (leaders.tally(one.id).share, practitioners.tally(one.id).share) for one in sheet.statements}
    told = {sign: (a, b) for sign, (a, b) in gaps.items() if a is not None and b is not None}
    sign = max(told, key=lambda name: abs(told[name][0] - told[name][1]), default="")
    said = f"Furthest apart: {sign}." if sign else "No statement was answered by both."
    both, all_ = leaders.people + practitioners.people, found.group(round_, team)
    rest = " The rest are left out: by them, somebody could be told." if all_ and both < all_.people else ""
    st.markdown(f"{said} Of {leaders.people} leaders and {practitioners.people} team members.{rest}")
    parts = [f"{name}: {100 * a:.0f} % of leaders, {100 * b:.0f} % of the others" for name, (a, b) in told.items()]
    st.plotly_chart(
        roles_apart(sheet, leaders, practitioners), config=CONFIG, key="roles_apart", alt=f"{said} {'; '.join(parts)}."
    )


def _comments(sheet: Questionnaire, group: Group) -> None:
    if not group.comments:
        return
    st.subheader("What people wrote", anchor=False)
    for statement in sheet.statements:
        words = [text for name, text in group.comments if name == statement.id]
        if words:
            with st.expander(f"{statement.sign} ({len(words)})"):
                for text in words:
                    st.text(text)


def _over_time(sheet: Questionnaire, found: Perception, team: str | None) -> None:
    st.subheader("How has it changed?", anchor=False)
    columns = [Column(round_text(one), state, group) for one, state, group in found.history(team)][-_MOST_COLUMNS:]
    st.markdown("The share of those who ticked each statement, quarter by quarter.")
    _tiles(sheet, columns, "ticked_over_time")


def _side_by_side(sheet: Questionnaire, found: Perception, round_: date) -> None:
    st.subheader("Teams side by side", anchor=False)
    columns = [Column(one, found.state(round_, one), found.group(round_, one)) for one in found.teams]
    columns = [one for one in columns if one.state != "no data"]
    if not columns:
        st.caption("Nobody has answered in this quarter.")
        return
    st.markdown("By name, in no other order: teams have different work, so this is no competition.")
    if len(columns) <= _MOST_TEAMS:
        _tiles(sheet, columns, "ticked_by_team")
    else:
        st.dataframe(
            side_by_side(sheet, columns), hide_index=True, height="content", row_height=32, key="teams_table",
            alt=f"The share ticked of each statement, for {len(columns)} teams by name",
        )  # fmt: skip


def _tiles(sheet: Questionnaire, columns: list[Column], key: str) -> None:
    said = [f"{one.name}: {_column_words(sheet, one)}" for one in columns]
    st.plotly_chart(
        ticked_shares(sheet, columns, st.context.theme.type == "dark"),
        config=CONFIG,
        key=key,
        alt=f"Share ticked. {'; '.join(said)}.",
    )


def _column_words(sheet: Questionnaire, column: Column) -> str:
    if column.group is None:
        return HIDDEN_WORDS[column.state]
    told = [(one, sheet.statement(one.statement).sign) for one in column.group.tallies]
    return ", ".join(f"{sign} {one.yes} of {one.answered}" for one, sign in told)
