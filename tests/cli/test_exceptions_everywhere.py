"""All but one value, said as an exception or as all the others: every command that measures gives the same."""

from pathlib import Path
from typing import Any

import pytest

from tests.assistants.small_desk import small_desk
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of

COMMANDS = [
    ("kpi", "mttr"), ("ageing",), ("ownership",), ("handoffs",), ("verdict",), ("survival",), ("staffing",),
    ("bridge", "--from", "2026-06-01", "--to", "2026-06-25"), ("forecast", "--by", "site"),
    ("evidence", "--questionnaire", "backlog"),
]  # fmt: skip
EXCEPT = ["--where", "assignment_group!=Desk"]
OTHERS = ["--where", "assignment_group=Network team", "--where", "assignment_group=Field"]
# What says how the tickets were chosen.
SAYS_IT = {"filters", "sql", "parameters"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(small_desk(), folder)
    return CommandLine(folder)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_exception_is_all_the_others(run: CommandLine, command: tuple[str, ...]) -> None:
    one, other, whole = (_told(run(*command, *chosen, "--json").document) for chosen in (EXCEPT, OTHERS, []))
    assert one == other
    assert one != whole or command[0] in ("evidence", "staffing", "forecast")


def _told(document: Any) -> Any:
    match document:
        case dict():
            return {name: _told(value) for name, value in document.items() if name not in SAYS_IT}
        case list():
            return [_told(value) for value in document]
        case str() if "assignment group" in document:
            return "says how the tickets were chosen"
    return document


def test_a_forecast_with_an_exception_is_not_kept_as_one_without(tmp_path: Path) -> None:
    snapshot_of(small_desk(), tmp_path)
    assert CommandLine(tmp_path)("track", "--keep", "x", *EXCEPT).code == 2
