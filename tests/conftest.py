"""Fixtures shared by all tests."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.warehouse_of import Desk, Ticket, desk_of

MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    """`desk(table)`: a desk whose tickets are in the text table, or in a list of them; built once for each table."""
    made: dict[str, Desk] = {}

    def make(tickets: Iterable[Ticket] | str, time_zone: str = "UTC") -> Desk:
        key = f"{tickets if isinstance(tickets, str) else list(tickets)} {time_zone}"
        if key not in made:
            made[key] = desk_of(tickets, tmp_path_factory.mktemp("desk"), time_zone)
        return made[key]

    yield make
    for each in made.values():
        each.engine.close()


@pytest.fixture(autouse=True)
def no_database_of_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test never reads or changes the data of the person who runs it."""
    for name in ("BACKLIGHT_DATABASE", "BACKLIGHT_STATE_URL", "BACKLIGHT_TODAY"):
        monkeypatch.delenv(name, raising=False)
