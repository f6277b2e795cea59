"""20,000 mutations at the gate; of those that pass, a sample is run here and all of them by `tests/sql/attack.py`."""

import random
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from analytics.warehouse.sandbox.limits import AT_ONCE
from analytics.warehouse.sandbox.permitted import PERMITTED
from tests.sql.gate_batch import CRASHED, PASSED, verdicts
from tests.sql.mutations import SEED, mutations
from tests.sql.strings import Hostile
from tests.sql.target import Outcome, Target, concealed

COUNT = 20_000
SAMPLE = 150


@pytest.fixture(scope="module")
def judged(target: Target) -> list[tuple[str, str]]:
    """Each mutation, aimed at the target, with what the gate said of it."""
    texts = [target.text(Hostile("mutation", text, refused=False)) for text in mutations(COUNT)]
    return list(zip(texts, verdicts(concealed(target.folder), texts), strict=True))


@pytest.mark.slow
def test_the_gate_stands_and_gives_its_reason(judged: list[tuple[str, str]]) -> None:
    assert len(judged) == len({text for text, _ in judged}) == COUNT
    assert not [text for text, verdict in judged if verdict == CRASHED]
    sentences = {verdict for _, verdict in judged if verdict != PASSED}
    assert not [sentence for sentence in sentences if not sentence.endswith((".", "?")) or "\n" in sentence]


@pytest.mark.slow
def test_what_passes_names_only_permitted_tables_by_the_engines_own_account(judged: list[tuple[str, str]]) -> None:
    passed = [text for text, verdict in judged if verdict == PASSED]
    # Too strict a gate would pass this test with nothing to look at.
    assert len(passed) > COUNT / 50
    with duckdb.connect() as connection:
        named = {text: _tables(connection, text) for text in passed}
    # Nor would an engine that can say nothing of them.
    assert sum(bool(tables) for tables in named.values()) > len(passed) / 4
    assert not {text: tables for text, tables in named.items() if not tables <= set(PERMITTED)}


@pytest.mark.slow
def test_what_passes_finds_nothing_and_changes_nothing(target: Target, judged: list[tuple[str, str]]) -> None:
    passed = [text for text, verdict in judged if verdict == PASSED]
    before = target.state()
    found = outcomes(target, random.Random(SEED).sample(passed, SAMPLE))
    assert not {text: leak for text, outcome in found if (leak := target.found_in(_without_echo(text, outcome)))}
    assert not target.knocks
    assert target.state() == before
    assert {"result", "SqlRefused"} <= {outcome.kind for _, outcome in found}


def _tables(connection: duckdb.DuckDBPyConnection, text: str) -> set[str]:
    """By the engine's own account; nothing for a statement that it cannot bind."""
    try:
        return {name.lower() for name in connection.get_table_names(text)}
    except duckdb.Error:
        return set()


def outcomes(target: Target, texts: list[str], seconds: float = 1) -> list[tuple[str, Outcome]]:
    """Each statement with its outcome, as many at once as the server lets run."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(zip(texts, threads.map(lambda text: target.outcome(text, seconds), texts), strict=True))


def _without_echo(text: str, outcome: Outcome) -> str:
    """What came back, without what stood in the statement itself: a constant that is selected is no find."""
    words = sorted({word for word in text.replace('"', "'").split("'") if len(word) > 3}, key=len, reverse=True)
    found = outcome.text
    for word in words:
        found = found.replace(word, "")
    return found
