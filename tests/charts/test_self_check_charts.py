"""The pictures of the self-check: what is drawn is what was counted, hidden is not nothing, and names are inert."""

from dataclasses import replace
from datetime import date

from analytics.diagnostic.comparison import compare, compare_group
from analytics.diagnostic.finding import AGREES, DISAGREES, Finding
from analytics.diagnostic.perception import Group, Tally
from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.flow.basis import Basis
from pages.charts.answer_spread import answer_spread
from pages.charts.roles_apart import roles_apart
from pages.charts.said_and_found import MARKS, said_and_found
from pages.charts.ticked_shares import Column, side_by_side, ticked_shares

HOSTILE = '<a href="http://127.0.0.1:9">x</a>'
SHEET = find_questionnaire("backlog")
NAMES = [statement.id for statement in SHEET.statements]
SIGNS = [statement.sign for statement in SHEET.statements]
COUNTS = [(4, 1, 1, 0), (3, 3, 0, 0), (0, 5, 0, 1), (0, 0, 0, 6)]
GROUP = Group(
    date(2026, 4, 1), "Desk", None, 6,
    tuple(Tally(name, *counts) for name, counts in zip(NAMES, COUNTS, strict=True)), (),
)  # fmt: skip


def finding(name: str, verdict: str) -> Finding:
    basis = Basis("", "", {}, None, 0)
    return Finding(name, verdict, None, None, "", "found", "rule", None, None, basis)  # type: ignore[arg-type]


def test_the_spread_counts_people_the_most_divided_on_top() -> None:
    figure = answer_spread(SHEET, GROUP)
    no, yes, unknown = figure.data
    assert list(figure.layout.yaxis.ticktext)[:2] == [SIGNS[1], SIGNS[0]]
    assert list(no.x)[:3] == [-3, -1, -5]
    assert list(yes.x)[:3] == [3, 4, 0]
    assert list(unknown.x)[:3] == [0, 1, 0]
    assert list(yes.text)[:3] == ["3", "4", ""]
    # Don't know lies apart from both camps.
    assert unknown.base > max(yes.x)


def test_shares_are_written_on_tiles_and_hidden_columns_say_why() -> None:
    columns = [Column("Desk", "shown", GROUP), Column("Network", "too few", None), Column("Server", "no data", None)]
    figure = ticked_shares(SHEET, columns, dark=False)
    written = {(x, y): text for trace in figure.data for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)}
    assert written == {(0, 0): "67 %", (0, 1): "50 %", (0, 2): "0 %"}
    said = {note.x: note.text.replace("<br>", " ") for note in figure.layout.annotations}
    assert said == {1: "too few to show", 2: "no answers"}
    outlined = [shape for shape in figure.layout.shapes if shape.line.dash == "dash"]
    assert [round((shape.x0 + shape.x1) / 2) for shape in outlined] == [1]
    table = side_by_side(SHEET, columns)
    assert table["People"].tolist() == ["6", "too few to show", "no answers"]
    assert table[SIGNS[0]].tolist() == ["67 %", "", ""]


def test_leaders_and_the_others_are_marked_at_their_shares() -> None:
    others = replace(GROUP, people=5, tallies=tuple(Tally(name, 1, 4, 0, 0) for name in NAMES))
    leaders, practitioners = roles_apart(SHEET, GROUP, others).data
    pairs = list(zip(leaders.x, practitioners.x, strict=True))
    assert pairs == sorted(pairs, key=lambda pair: -abs(pair[0] - pair[1]))
    # Nobody of the leaders answered the last one.
    assert sorted(leaders.x) == [0 / 5, 3 / 6, 4 / 6]
    assert set(practitioners.x) == {1 / 5}


def test_what_was_said_stands_beside_what_was_found() -> None:
    says = [AGREES, DISAGREES]
    found = [finding(one.evidence, verdict) for one, verdict in zip(SHEET.statements, says, strict=False)]
    own = said_and_found(compare(SHEET, {NAMES[0]: "yes", NAMES[1]: "yes"}, found))
    rows = [list(own.data[0].text)[place : place + 3] for place in range(0, 6, 3)]
    assert rows == [["Yes", MARKS[AGREES], "Yes"], ["Yes", MARKS[DISAGREES], "No"]]
    assert [note.text for note in own.layout.annotations] == ["You said", "The tickets say"]
    team = said_and_found(compare_group(SHEET, GROUP, found))
    assert next(iter(team.data[0].text)) == "4 of 6 yes"
    assert team.layout.annotations[0].text == "People said"


def test_names_of_teams_are_inert() -> None:
    for name in (HOSTILE, "<b>x</b>", "a<br>b"):
        drawn = ticked_shares(SHEET, [Column(name, "shown", replace(GROUP, team=name))], dark=True)
        texts = [*drawn.layout.xaxis.ticktext, *(text for trace in drawn.data for text in trace.hovertext)]
        tags = [text.replace("<br>", "") for text in texts]
        assert not [text for text in tags if "<" in text], name
