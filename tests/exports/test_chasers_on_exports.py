"""Chasers and starters on public exports of real desks: what can be told of each, and why the rest cannot."""

from collections.abc import Callable

import pytest

from analytics.diagnostic.evidence.starters_wait import starters_wait
from analytics.diagnostic.evidence.users_chase import users_chase
from analytics.diagnostic.finding import CANNOT_TELL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from analytics.warehouse.engine import Engine, open_engine
from tests.cli.command_line import CommandLine
from tests.exports.test_real_exports import EXPORTS, FILES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], Engine]
NO_TITLES = "The export has no titles, so a call for news looks like any other ticket."


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    done: dict[str, Engine] = {}

    def load(name: str) -> Engine:
        if name not in done:
            cli = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert cli("import", str(EXPORTS / FILES[name])).code == 0
            done[name] = open_engine(cli.folder)
        return done[name]

    return load


def _judged(rule: Callable[..., Finding], engine: Engine) -> Finding:
    return rule(engine, Filters(), Numbers(), Known())


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("uci", "4.4 % of the 24,918 tickets are of a person with an earlier one of the same category"),
        ("volvo", "It does not say who asked either."),
        ("italian", "are of a person with an earlier one of the same category"),
        ("chicago", "are marked as duplicates, of whom is not said."),
    ],
)
def test_without_titles_chasing_cannot_be_told(loaded: Loaded, name: str, says: str) -> None:
    found = _judged(users_chase, loaded(name))
    assert (found.verdict, found.value, found.selection) == (CANNOT_TELL, None, None)
    assert found.reason.startswith(NO_TITLES)
    assert says in found.reason


def test_bug_reports_are_not_taken_for_chasers(loaded: Loaded) -> None:
    found = _judged(users_chase, loaded("apache"))
    assert found.verdict == CANNOT_TELL
    assert found.reason.startswith("Titles alone cannot speak against it")
    assert found.value is not None
    assert found.value < 0.002
    assert found.selection is not None
    assert select_tickets(loaded("apache"), found.selection).total == round(found.value * found.basis.used) < 10


@pytest.mark.parametrize("name", ["uci", "volvo", "italian", "apache", "chicago"])
def test_no_export_says_when_a_starter_is_needed(loaded: Loaded, name: str) -> None:
    found = _judged(starters_wait, loaded(name))
    assert (found.verdict, found.value) == (CANNOT_TELL, None)
    assert found.reason == "The export does not say by when anything is needed, such as a first day."
