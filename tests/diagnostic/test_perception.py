"""Perception, by example: counts, shares, who is divided, quarters, and a group's answers beside the findings."""

from datetime import date

import pytest

from analytics.diagnostic.comparison import compare_group, compared_tally
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.perception import Group, Perception, Tally, by_division, round_text
from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.flow.basis import Basis
from analytics.store.responses import GivenAnswer, Response

SHEET = find_questionnaire("diagnostic")
A, B, C = (statement.id for statement in SHEET.statements[:3])
Q2, Q3 = date(2026, 4, 1), date(2026, 7, 1)
# One letter a statement and person: yes, no, don't know, or left out.
WORDS = {"y": "yes", "n": "no", "d": "dont_know", "-": None}


def responses(table: str, team: str = "Desk", day: str = "2026-05-04", first: int = 1) -> tuple[Response, ...]:
    """A line a person: their answers to the first statements, and a comment on the first."""
    lines = [line.split() for line in table.strip().splitlines()]
    return tuple(
        Response(
            number, SHEET.id, team, "practitioner", date.fromisoformat(day),
            tuple(
                GivenAnswer(name, WORDS[letter], " ".join(words) if name == A else "")
                for name, letter in zip((A, B, C), letters, strict=True)
            ),
        )
        for number, (letters, *words) in enumerate(lines, first)
    )  # fmt: skip


def perception(*given: tuple[Response, ...], today: str = "2026-12-01", fewest: int = 5) -> Perception:
    return Perception(SHEET, tuple(one for each in given for one in each), (), date.fromisoformat(today), fewest)


FIVE = responses("yyn it was bad\nyn-\nynd\nyd- so\nnyn")


def test_a_group_counts_what_was_answered() -> None:
    group = perception(FIVE).group(Q2, "Desk")
    assert group is not None
    assert group.people == 5
    assert group.tally(A) == Tally(A, 4, 1, 0, 0)
    assert group.tally(B) == Tally(B, 2, 2, 1, 0)
    assert group.tally(C) == Tally(C, 0, 2, 1, 2)
    assert (group.tally(A).share, group.tally(B).share, group.tally(C).share) == (4 / 5, 2 / 5, 0 / 3)
    # Whoever left a statement out is not counted as a no.
    assert group.tally(SHEET.statements[-1].id).share is None
    assert group.ticked == 1


def test_the_most_divided_come_first() -> None:
    group = perception(FIVE).group(Q2, "Desk")
    assert group is not None
    assert [one.statement for one in by_division(group)][:2] == [B, A]
    assert [group.tally(name).divided for name in (A, B, C)] == [1 / 5, 2 / 4, 0 / 2]


def test_comments_are_shuffled_the_same_each_time_and_never_by_role() -> None:
    many = responses("\n".join(f"y-- words {number}" for number in range(20)))
    group = perception(many).group(Q2, "Desk")
    again = perception(tuple(reversed(many))).group(Q2, "Desk")
    assert group is not None
    assert again is not None
    written = [f"words {number}" for number in range(20)]
    assert sorted(text for _, text in group.comments) == sorted(written)
    assert [text for _, text in group.comments] != written
    assert group.comments == again.comments
    of_role = perception(many).group(Q2, "Desk", "practitioner")
    assert of_role is not None
    assert of_role.comments == ()


def test_rounds_are_quarters_by_the_day_of_submitting() -> None:
    found = perception(FIVE, responses("y--\n" * 5, day="2026-06-30", first=10),
                       responses("n--\n" * 6, day="2026-07-01", first=20))  # fmt: skip
    assert found.rounds == (Q3, Q2)
    assert [(round_text(one), state, group and group.people) for one, state, group in found.history("Desk")] == [
        ("Q2 2026", "shown", 10), ("Q3 2026", "shown", 6),
    ]  # fmt: skip


def test_a_team_in_other_letters_is_the_same_team() -> None:
    found = perception(responses("y--\ny--"), responses("n--\n" * 3, team="DESK", first=10))
    assert found.teams == ("Desk",)
    assert found.known_team("desk") == "Desk"
    group = found.group(Q2, "Desk")
    assert group is not None
    assert group.people == 5


def test_the_running_quarter_waits_for_a_click_and_a_past_one_does_not() -> None:
    assert perception(FIVE, today="2026-06-30").state(Q2, "Desk") == "waiting"
    assert perception(FIVE, today="2026-07-01").state(Q2, "Desk") == "shown"
    assert perception(FIVE).group(Q3, "Desk") is None
    assert perception(FIVE).state(Q3) == "no data"


def test_a_draft_is_never_counted() -> None:
    draft = Response(1, SHEET.id, "Desk", "leader", None, ())
    with pytest.raises(ValueError, match="draft"):
        _ = perception((draft,)).rounds


def _finding(verdict: Verdict) -> Finding:
    basis = Basis("", "", {}, None, 0)
    return Finding(A, verdict, None, None, "", "found", "rule", None, None, basis, reason="no history.")


@pytest.mark.parametrize(
    ("yes", "no", "dont_know", "says", "verdict"),
    [
        (4, 1, 0, AGREES, AGREES),
        (4, 1, 0, DISAGREES, DISAGREES),
        (1, 4, 0, AGREES, DISAGREES),
        (1, 4, 0, DISAGREES, AGREES),
        (2, 2, 1, AGREES, PARTIAL),
        (5, 0, 0, PARTIAL, PARTIAL),
        (5, 0, 0, CANNOT_TELL, CANNOT_TELL),
        (0, 0, 5, AGREES, CANNOT_TELL),
        (1, 0, 4, AGREES, AGREES),
    ],
)
def test_the_verdict_of_a_group(yes: int, no: int, dont_know: int, says: Verdict, verdict: Verdict) -> None:
    tally = Tally(A, yes, no, dont_know, 0)
    row = compared_tally(SHEET.statements[0], tally, _finding(says))
    assert row.verdict == verdict
    assert row.said == f"{yes} of {yes + no + dont_know} yes"


def test_a_group_s_comparison_counts_what_most_of_it_ticked() -> None:
    others = tuple(Tally(one.id, 0, 0, 0, 6) for one in SHEET.statements[3:])
    group = Group(Q2, "Desk", None, 6, (Tally(A, 4, 2, 0, 0), Tally(B, 3, 3, 0, 0), Tally(C, 1, 2, 3, 0), *others), ())
    shown = compare_group(SHEET, group, [_finding(AGREES)])
    assert (shown.ticked, shown.supported, shown.told, shown.people) == (1, 1, 1, 6)
    assert shown.sentence == "Of 6 people more said yes than no to 1 of 7; the tickets support 1, and cannot tell of 6."
    assert shown.rows[0].sentence == "4 of 6 said yes, 2 no. The tickets say that it is so."
    # Of the whole, by the tickets, only where they can tell of every statement.
    assert shown.band_found is None
