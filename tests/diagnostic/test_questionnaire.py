"""Questionnaires are data: the shipped ones are whole, and a wrong file is told in one sentence."""

from pathlib import Path

import pytest

from analytics.diagnostic.errors import BadQuestionnaire
from analytics.diagnostic.judgement import RULES
from analytics.diagnostic.questionnaire import find_questionnaire, questionnaires
from analytics.errors import UnknownName
from analytics.kpis import find_kpi

SMALL = """
id = "pulse"
title = "How the business feels"
question = "Tick what is so."
minutes = 1

[[bands]]
from = 0
to = 1
name = "Well"
meaning = "Go on."

[[statements]]
id = "lost_hours"
sign = "Time"
text = "I lost more than an hour to IT this week."
healthy = "Nobody loses time"
broken = "People lose time"
remedy = "Ask where."
"""


def test_the_seven_signs_come_first_and_cover_every_number_of_ticks_with_one_band() -> None:
    diagnostic, backlog = questionnaires()[:2]
    assert [diagnostic.id, backlog.id] == ["diagnostic", "backlog"]
    assert [len(diagnostic.statements), len(backlog.statements)] == [7, 4]
    for sheet in (diagnostic, backlog):
        for ticked in range(len(sheet.statements) + 1):
            assert sum(band.first <= ticked <= band.last for band in sheet.bands) == 1
    first, last = diagnostic.band(1), diagnostic.band(6)
    assert first is not None
    assert last is not None
    assert (first.name, last.name) == ("Reasonably healthy", "In crisis")


def test_every_statement_is_one_that_the_product_can_work_with() -> None:
    statements = [statement for sheet in questionnaires() for statement in sheet.statements]
    for statement in statements:
        assert not statement.evidence or statement.evidence in RULES
        assert not statement.kpi or find_kpi(statement.kpi)
        for threshold in statement.thresholds:
            assert threshold.least <= threshold.value <= threshold.most
        for assumption in statement.assumptions:
            assert 0 <= assumption.low <= assumption.value <= assumption.high
    assert {statement.evidence for statement in statements if statement.evidence} == set(RULES)


def test_a_questionnaire_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "pulse.toml").write_text(SMALL)
    (pulse,) = questionnaires(tmp_path)
    assert pulse.statement("lost_hours").evidence == ""
    assert pulse.asked
    with pytest.raises(UnknownName):
        pulse.statement("found_hours")
    with pytest.raises(UnknownName):
        find_questionnaire("pulse")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (SMALL.replace('sign = "Time"\n', ""), "'sign' is missing"),
        (SMALL + 'colour = "red"\n', "'colour' is not known here"),
        (SMALL.replace("minutes = 1", 'minutes = "one"'), "'minutes' is of another kind than int"),
        (SMALL.split("[[statements]]")[0], "it has no statement"),
        (SMALL + SMALL[SMALL.index("[[statements]]") :], "two statements have the same id"),
        ("id = ", "pulse.toml cannot be used"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, wrong: str, said: str) -> None:
    (tmp_path / "pulse.toml").write_text(wrong)
    with pytest.raises(BadQuestionnaire, match=said):
        questionnaires(tmp_path)


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pulse.toml").write_text(SMALL)
    (tmp_path / "second.toml").write_text(SMALL)
    with pytest.raises(BadQuestionnaire, match="another file has the id 'pulse' too"):
        questionnaires(tmp_path)


def test_the_numbers_of_one_rule_are_given_once(tmp_path: Path) -> None:
    limit = (
        'evidence = "users_chase"\n[[statements.thresholds]]\nname = "a"\nvalue = 1\nleast = 0\nmost = 2\n'
        'unit = "x"\nwords = "y"\n'
    )
    (tmp_path / "pulse.toml").write_text(SMALL + limit)
    (tmp_path / "second.toml").write_text(SMALL.replace('"pulse"', '"second"') + limit)
    with pytest.raises(BadQuestionnaire, match="the numbers of the rule 'users_chase' are given twice"):
        questionnaires(tmp_path)
