"""Risk: high, medium and low with reasons; guesses are said as guesses; what is not known is never taken for no."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from analytics.plan.risk import FACTS, QUESTIONS, Fact, RiskFacts, facts_of, guess_of, triage

SAFE: dict[str, Fact] = {name: "yes" if name == "reversible" else "no" for name in QUESTIONS}
ANSWERS = st.fixed_dictionaries({name: st.sampled_from(FACTS) for name in QUESTIONS})
ORDER = ("low", "medium", "high")


def facts(**changed: Fact) -> RiskFacts:
    return RiskFacts(tuple(sorted((SAFE | changed).items())))


def test_nothing_risky_is_low_one_mark_is_medium_and_two_are_high() -> None:
    assert triage(facts()).level == "low"
    assert triage(facts(personal_data="yes")).level == "medium"
    assert triage(facts(personal_data="yes", reversible="no")).level == "high"
    assert triage(facts(money="yes")).level == "high"


def test_the_reasons_are_said_and_guesses_are_marked() -> None:
    guessed = RiskFacts(facts(money="yes").answers, frozenset({"money"}))
    assert triage(guessed).sentence == "High risk, in part a guess from its words: money depends on it (a guess)."
    assert triage(facts()).sentence == "Low risk: nothing speaks against it."
    assert triage(facts(reversible="no")).sentence == "Medium risk: what it does cannot be taken back."


@given(ANSWERS, st.sampled_from(sorted(QUESTIONS)))
def test_not_knowing_is_never_less_risky_than_knowing_that_it_is_safe(answers: dict[str, Fact], name: str) -> None:
    unknown = triage(facts(**(answers | {name: "not known"})))
    safe = triage(facts(**(answers | {name: SAFE[name]})))
    assert ORDER.index(unknown.level) >= ORDER.index(safe.level)
    assert unknown.level != "low"


@given(ANSWERS)
def test_facts_come_back_from_the_store(answers: dict[str, Fact]) -> None:
    kept = RiskFacts(tuple(sorted(answers.items())), frozenset({"money"}))
    assert facts_of(kept.json) == kept


def test_what_cannot_be_read_is_not_known() -> None:
    for text in ("", "{", "[]", '{"answers": 3}', '{"answers": {"money": "perhaps"}, "guessed": 2}'):
        assert set(dict(facts_of(text).answers).values()) == {"not known"}
        assert triage(facts_of(text)).level == "medium"


def test_words_make_a_guess_and_no_word_is_no_proof() -> None:
    risky = {"money": ["invoice"], "personal_data": ["hr "]}
    found = guess_of(("Invoice copies",), risky, users=60, many_users=50)
    assert dict(found.answers)["money"] == "yes"
    assert dict(found.answers)["personal_data"] == "not known"
    assert dict(found.answers)["many_users"] == "yes"
    assert found.guessed == {"money", "many_users"}
    assert dict(guess_of(("HR",), risky, users=None, many_users=50).answers)["many_users"] == "not known"


def test_an_answer_that_differs_is_no_guess_any_more() -> None:
    guessed = guess_of(("invoice",), {"money": ["invoice"]}, users=None, many_users=50)
    assert guessed.answered({"money": "yes"}).guessed == {"money"}
    assert guessed.answered({"money": "no"}).guessed == frozenset()
    assert guessed.confirmed().guessed == frozenset()


def test_every_fact_has_a_question() -> None:
    assert set(get_args(Fact)) == set(FACTS)
    assert len(QUESTIONS) == 5
