"""Risk: how much harm a piece of work could do if the business builds it, from a few facts, with the reasons."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from analytics.store.handed_work import RiskLevel

Fact = Literal["yes", "no", "not known"]
FACTS: tuple[Fact, ...] = get_args(Fact)
QUESTIONS: dict[str, str] = {
    "personal_data": "Does it handle personal data?",
    "money": "Does money depend on it?",
    "writes_to_production": "Does it write to systems that others work with?",
    "many_users": "Would a fault touch many people?",
    "reversible": "Can what it does be taken back?",
}
_SAFE: dict[str, Fact] = {name: "yes" if name == "reversible" else "no" for name in QUESTIONS}
_SAID: dict[str, str] = {
    "personal_data": "it handles personal data",
    "money": "money depends on it",
    "writes_to_production": "it writes to systems that others work with",
    "many_users": "a fault would touch many people",
    "reversible": "what it does cannot be taken back",
}
_SHORT: dict[str, str] = {
    "personal_data": "personal data",
    "money": "money",
    "writes_to_production": "writing to systems",
    "many_users": "how many people it touches",
    "reversible": "whether it can be taken back",
}


@dataclass(frozen=True)
class RiskFacts:
    """An answer for each question, and the names of those that nobody has answered yet: guessed from words."""

    answers: tuple[tuple[str, Fact], ...]
    guessed: frozenset[str] = frozenset()

    @property
    def json(self) -> str:
        """For the store."""
        return json.dumps({"answers": dict(self.answers), "guessed": sorted(self.guessed)})

    def answered(self, entered: Mapping[str, Fact]) -> "RiskFacts":
        """With what somebody entered: an answer that differs from the guess, or is entered as known, is no guess."""
        answers, guessed = dict(self.answers), set(self.guessed)
        for name, fact in entered.items():
            if fact != answers.get(name):
                guessed.discard(name)
            answers[name] = fact
        return replace(self, answers=tuple(sorted(answers.items())), guessed=frozenset(guessed))

    def confirmed(self) -> "RiskFacts":
        """The same, with every guess taken as an answer."""
        return replace(self, guessed=frozenset())


@dataclass(frozen=True)
class Triage:
    """The level of risk with its reasons in our own words; `guessed` says that part of it rests on guesses."""

    level: RiskLevel
    reasons: tuple[str, ...]
    guessed: bool

    @property
    def sentence(self) -> str:
        """`High risk, in part a guess from its words: money depends on it.`."""
        lead = f"{self.level.capitalize()} risk{', in part a guess from its words' if self.guessed else ''}"
        return f"{lead}: {'; '.join(self.reasons)}."


def facts_of(text: str) -> RiskFacts:
    """From the store's JSON; what cannot be read is not known."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = {}
    found = found if isinstance(found, dict) else {}
    answers: Any = found.get("answers")
    known = answers if isinstance(answers, dict) else {}
    guessed = found.get("guessed")
    named = {name for name in guessed if name in QUESTIONS} if isinstance(guessed, list) else set()
    return RiskFacts(
        tuple((name, known[name] if known.get(name) in FACTS else "not known") for name in sorted(QUESTIONS)),
        frozenset(named),
    )


def guess_of(words: Iterable[str], risky: Mapping[str, Iterable[str]], users: int | None, many_users: int) -> RiskFacts:
    """What the words of a kind of request, and the people who asked for it, make us guess; all of it is a guess.

    A word that is there makes a yes; that none is there is no proof, so it is not known. `users` is how many asked.
    """
    text = f" {' '.join(words).lower()} "
    answers: dict[str, Fact] = dict.fromkeys(QUESTIONS, "not known")
    for name, parts in risky.items():
        if any(part in text for part in parts):
            answers[name] = "yes"
    if users is not None:
        answers["many_users"] = "yes" if users >= many_users else "no"
    told = frozenset(name for name, fact in answers.items() if fact != "not known")
    return RiskFacts(tuple(sorted(answers.items())), told)


def triage(facts: RiskFacts) -> Triage:
    """High: money, or two further marks of risk. Medium: one, or anything not known. Low: none, and all is known."""
    answers = dict(facts.answers)
    marks = [name for name in QUESTIONS if answers.get(name) not in (_SAFE[name], "not known", None)]
    unknown = [name for name in QUESTIONS if answers.get(name, "not known") == "not known"]
    level: RiskLevel = "high" if "money" in marks or len(marks) > 1 else "medium" if marks or unknown else "low"
    reasons = [f"{_SAID[name]}{' (a guess)' if name in facts.guessed else ''}" for name in marks]
    if unknown:
        reasons.append(f"not known: {', '.join(_SHORT[name] for name in unknown)}")
    return Triage(level, tuple(reasons) or ("nothing speaks against it",), bool(facts.guessed))
