"""Questions in words: reading and answering each, beside the bare query that the answer is of."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from analytics.ask.answer import Answer, answer
from analytics.ask.grammar import read_question
from analytics.ask.question import Question
from analytics.ask.vocabulary import Vocabulary, vocabulary
from analytics.warehouse.engine import Engine, open_engine
from tests.bench.comparison import Comparison
from tests.bench.desk import RESULTS, desk
from tests.bench.rounds import alternate

BAR = 0.3
QUESTIONS = (
    "what is the mttr",
    "mttr last month",
    "mean time to resolve last month compared with the month before",
    "mttr by assignment group last quarter",
    "which groups got worse in mttr last month",
    "how many tickets were opened last month",
    "top 5 categories by volume last quarter",
    "ticket volume by week in the last 90 days",
    "volume by month",
    "how many tickets are open",
    "backlog by assignment group",
    "backlog last month compared with the month before",
    "backlog by month this year",
    "fcr by channel last month",
    "sla adherence by priority last quarter",
    "groups with sla under 80 % last quarter",
    "median time to resolve by priority last year",
    "90th percentile time to resolve last month",
    "reopen rate by category this year",
    "tickets opened on mondays last month",
    "volume by weekday in the last 90 days",
    "volume by category and priority last month",
    "mttr of priority 1 vs priority 2 last quarter",
    "volume by week by channel in the last 90 days",
    "how many tickets took longer than 2 days last month",
    "tickets opened last month except priority 4",
)


@dataclass(frozen=True)
class Asked:
    """A question as typed, and its answer."""

    text: str
    found: Answer


def compare_asking(tickets: int, rounds: int = 5, folder: Path = RESULTS / "desks") -> list[Comparison]:
    """The median over all questions against the bar, then each question against its bare query."""
    engine = open_engine(desk(tickets, folder))
    known = vocabulary(engine)
    asked = [Asked(text, answer(engine, _question(text, known))) for text in QUESTIONS]
    seconds = alternate(
        {"ours": lambda: _each(asked, _ask(engine, known)), "bare": lambda: _each(asked, _query(engine))}, rounds
    )
    engine.close()
    ours, bare = seconds["ours"], seconds["bare"]
    return [
        Comparison("a question, the median of all", tickets, median(ours.values()), "300 ms", BAR, "s", 1.0),
        Comparison("a question, the slowest", tickets, max(ours.values()), "300 ms", BAR, "s"),
        Comparison("a question, the median", tickets, median(ours.values()), "its query", median(bare.values()), "s"),
        *(Comparison(text, tickets, ours[text], "its query", bare[text], "s") for text in ours),
    ]


def _question(text: str, known: Vocabulary) -> Question:
    reading = read_question(text, known)
    if reading.question is None:
        raise AssertionError(f"'{text}' is refused: {reading.refusal}")
    return reading.question


def _each(asked: list[Asked], do: Callable[[Asked], object]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in asked:
        begun = perf_counter()
        do(one)
        found[one.text] = perf_counter() - begun
    return found


def _ask(engine: Engine, known: Vocabulary) -> Callable[[Asked], object]:
    return lambda one: answer(engine, _question(one.text, known))


def _query(engine: Engine) -> Callable[[Asked], object]:
    """The statement that the numbers shown are of, and nothing around it."""
    return lambda one: engine.query(one.found.basis.sql, dict(one.found.basis.parameters))
