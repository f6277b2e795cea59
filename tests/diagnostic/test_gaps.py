"""Signs and gaps: states from verdicts, the dearest gap first, and unknown costs never taken for nought."""

from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import Verdict
from analytics.diagnostic.gaps import Gaps, gaps
from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.diagnostic.signs import Sign, sign_of, states_sentence
from tests.diagnostic.findings import cost, finding

SHEET = find_questionnaire("diagnostic")
UNKNOWN = unknown_cost("x", "no hours are booked.")


def sign(name: str, verdict: Verdict, spent: Cost | None = None, trend: list[float] | None = None) -> Sign:
    return sign_of(SHEET.statement(name), finding(name, verdict, cost=spent, trend=trend or []))


def named(found: Gaps) -> list[str]:
    return [gap.sign.statement.id for gap in found.costed]


def test_a_verdict_is_a_state_in_the_words_of_the_sign() -> None:
    assert sign("users_chase", "agrees").words == "Users chase their tickets"
    assert sign("users_chase", "disagrees").words == "Users trust the process"
    assert sign("users_chase", "partial").words == "In part: users chase their tickets"
    assert sign("users_chase", "cannot tell").words == "The tickets cannot tell"
    assert sign_of(SHEET.statement("users_chase"), None).state == "cannot tell"


def test_more_kpis_are_better_and_more_chasers_are_worse() -> None:
    rising = [1.0, 2, 3, 4, 5, 6, 7]
    assert sign("users_chase", "agrees", trend=rising).course.word == "worse"
    assert sign("reporting_is_manual", "agrees", trend=rising).course.word == "better"


def test_the_states_are_counted() -> None:
    signs = [sign("users_chase", "agrees"), sign("problems_return", "disagrees"), sign("starters_wait", "cannot tell")]
    assert states_sentence(signs) == "Of 3 signs 1 is broken, 1 is healthy, and 1 cannot be told."


def test_the_dearest_gap_is_first_and_a_healthy_sign_is_none() -> None:
    found = gaps(
        [
            sign("users_chase", "partial", cost(9, 4, 18)),
            sign("problems_return", "agrees", cost(120, 100, 240)),
            sign("changes_break_things", "disagrees", cost(900, 800, 999)),
        ]
    )
    assert named(found) == ["problems_return", "users_chase"]
    assert found.sentence == (
        "First: Repeats. It takes about 120 (100 to 240) hours a month of the desk's time, more than any other gap "
        "that can be costed."
    )


def test_an_interval_that_reaches_the_first_one_is_said() -> None:
    found = gaps(
        [
            sign("users_chase", "agrees", cost(60, 30, 130)),
            sign("starters_wait", "agrees", cost(50, 30, 119)),
            sign("problems_return", "agrees", cost(120, 100, 240, "users")),
        ]
    )
    assert "of users' time, most of all that can be costed; but Trust may take as much." in found.sentence


def test_an_unknown_cost_stands_apart_and_is_never_nought() -> None:
    found = gaps([sign("users_chase", "agrees", UNKNOWN), sign("problems_return", "agrees", cost(2, 1, 3))])
    assert named(found) == ["problems_return"]
    assert [one.statement.id for one in found.uncosted] == ["users_chase"]
    assert found.sentence.endswith(
        "is the only gap that can be costed. 1 gap of unknown cost stands apart: unknown is not nought."
    )
    alone = gaps([sign("users_chase", "agrees", UNKNOWN), sign("starters_wait", "agrees", None)])
    assert alone.sentence == ("Which gap first cannot be told by cost: 2 gaps found, and what they cost is not known.")


def test_signs_that_cannot_be_told_may_cost_more() -> None:
    found = gaps([sign("problems_return", "agrees", cost(2, 1, 3)), sign("starters_wait", "cannot tell")])
    assert found.sentence.endswith(" 1 further sign is not told and may cost more.")


def test_without_a_gap_nothing_is_first() -> None:
    found = gaps([sign("users_chase", "disagrees", cost(5, 1, 9)), sign("starters_wait", "cannot tell")])
    assert (found.costed, found.uncosted) == ((), ())
    assert found.sentence == "The tickets show no gap. 1 sign cannot be told."
