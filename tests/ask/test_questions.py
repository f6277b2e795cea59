"""A list of questions as people write them, with what each must be understood as; written from the issue alone.

The files in `questions/` say for each text what the question is (what is not named is the default), or `refused`, or
`ambiguous` with what one of the alternatives must hold. `kpi` may name two where both count the same tickets; a field
`<name>_any` lists readings that the issue leaves open.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.ask.grammar import read_question
from analytics.ask.question import Question
from analytics.ask.question_address import question_address
from analytics.ask.reading import Reading
from analytics.ask.span import before, year_before
from analytics.filters import NOT_RECORDED
from tests.ask.desk_words import AS_OF, desk_words

FOLDER = Path(__file__).parent / "questions"
FEWEST_RIGHT = 0.98
Expected = dict[str, Any]


def _listed() -> list[tuple[str, Expected]]:
    read = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.toml"))]
    return [(name, expected) for name, document in read for expected in document["question"]]


LIST = _listed()
KNOWN = desk_words()
IN_SCOPE = [(name, expected) for name, expected in LIST if not expected.get("refused")]
REFUSED = [(name, expected) for name, expected in LIST if expected.get("refused")]


def _text(expected: Expected) -> str:
    return str(expected["text"]) * int(expected.get("repeat", 1))


def _name(listed: tuple[str, Expected]) -> str:
    name, expected = listed
    words = re.sub(r"[^a-z0-9]+", "_", expected["text"].lower()).strip("_")
    return f"{name}-{words[:60]}-{LIST.index(listed)}"


def _values(chosen: tuple[tuple[str, tuple[object, ...]], ...]) -> dict[str, set[object]]:
    return {name: {NOT_RECORDED if value is None else value for value in values} for name, values in chosen}


def _found(question: Question) -> Expected:
    """The question in the words of the list."""
    filters = question.filters
    return {
        "kpi": question.kpi,
        "by": list(question.by),
        "grain": question.grain.value if question.grain else "",
        "where": _values(filters.where),
        "without": _values(filters.without),
        "bounds": [bound.text for bound in filters.bounds],
        "title_text": filters.title_text.lower(),
        "from": str(filters.start or ""),
        "to": str(filters.end or ""),
        "period": question.period,
        "compare": _compared(question),
        "order": question.order.value if question.order else "",
        "limit": question.limit or 0,
        "threshold": question.threshold.text if question.threshold else "",
        "intent": question.intent.value,
    }


def _compared(question: Question) -> object:
    compared = question.compare
    if compared is None:
        return ""
    for code, earlier in (("before", before), ("year before", year_before)):
        if compared.code == code:
            assert compared == earlier(question.span), "a code that does not mean these days"
            return code
    return {"from": str(compared.start or ""), "to": str(compared.end or "")}


DEFAULTS: Expected = {
    "by": [], "grain": "", "where": {}, "without": {}, "bounds": [], "title_text": "", "from": "", "to": "",
    "period": "", "compare": "", "order": "", "limit": 0, "threshold": "", "intent": "measure",
}  # fmt: skip


def _differences(question: Question, expected: Expected) -> list[str]:
    """The fields that are not as expected, each with what was found."""
    found = _found(question)
    wanted = DEFAULTS | expected
    if expected.get("swap_ok") and found["from"] == wanted["compare"]["from"]:
        wanted = wanted | {"from": wanted["compare"]["from"], "to": wanted["compare"]["to"]}
        wanted["compare"] = {"from": expected["from"], "to": expected["to"]}
    return [f"{name} is {value!r}" for name, value in found.items() if not _fits(name, value, wanted)]


def _fits(name: str, value: object, wanted: Expected) -> bool:
    allowed = [wanted[name], *wanted.get(f"{name}_any", [])] if f"{name}_any" in wanted else [wanted[name]]
    match name:
        case "kpi":
            return value in str(wanted["kpi"]).split("|")
        case "where" | "without":
            assert isinstance(value, dict)
            optional = set(wanted.get(f"{name}_any", []))
            listed = {dimension: set(values) for dimension, values in wanted[name].items()}
            return value == listed or value == {key: kept for key, kept in listed.items() if key not in optional}
        case "by" if wanted.get("by_any_order"):
            assert isinstance(value, list)
            return sorted(value) == sorted(wanted["by"])
        case "from" | "to" | "period" if "any" in wanted.get("period_any", []):
            return True
        case _:
            return value in allowed or "any" in allowed


def _alternatives(reading: Reading) -> str:
    """Everything that the alternatives, and a refusal, offer; to look for a word in it."""
    offered = [f"{each.words} {question_address(each.question)}" for each in reading.alternatives]
    return " ".join([*offered, *(reading.refusal.suggestions if reading.refusal else ())])


def _mistakes(expected: Expected) -> list[str]:
    """Why the reading of the text is not right; empty where it is."""
    reading = read_question(_text(expected), KNOWN)
    if expected.get("refused"):
        return _mistakes_of_a_refusal(reading, expected)
    if expected.get("ambiguous"):
        reason = reading.refusal.reason if reading.refusal else ""
        offered = _alternatives(reading) + (f" {reason}" if expected.get("also_in_reason") else "")
        named = [word for word in expected["also"] if not _names(offered, word)]
        return [f"offers no {word}" for word in named] + ([] if offered.strip() else ["offers nothing"])
    if reading.question is None:
        return [f"refused: {reading.refusal.reason if reading.refusal else 'nothing was read'}"]
    return _differences(reading.question, expected)


def _names(offered: str, word: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return word in offered
    day = date.fromisoformat(word)
    return word in offered or f"{day.day} {day:%b} {day.year}" in offered or f"{day.day} {day:%B}" in offered


def _mistakes_of_a_refusal(reading: Reading, expected: Expected) -> list[str]:
    if reading.question is not None:
        return [f"answered: {question_address(reading.question)}"]
    if reading.refusal is None:
        return [] if not re.search(r"\w", _text(expected)) else ["neither a question nor a refusal"]
    wanted = expected.get("reason_has", "")
    return [] if re.search(wanted, reading.refusal.reason) else [f"the reason is: {reading.refusal.reason}"]


@pytest.mark.parametrize("listed", LIST, ids=_name)
def test_a_question_is_understood(listed: tuple[str, Expected]) -> None:
    assert not _mistakes(listed[1])


def test_nearly_all_in_scope_are_right_and_nothing_else_has_a_number() -> None:
    wrong = [expected["text"] for _, expected in IN_SCOPE if _mistakes(expected)]
    answered = [expected["text"] for _, expected in REFUSED if read_question(_text(expected), KNOWN).question]
    assert not answered
    assert len(wrong) <= (1 - FEWEST_RIGHT) * len(IN_SCOPE), wrong


def test_the_list_is_long_enough() -> None:
    assert len(LIST) >= 260
    assert len({_text(expected) for _, expected in LIST}) == len(LIST)
    assert sum(name == "out_of_scope" for name, _ in LIST) >= 60
    assert sum(name == "hostile" for name, _ in LIST) >= 25
    assert KNOWN.as_of == AS_OF
