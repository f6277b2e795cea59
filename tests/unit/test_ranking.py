"""Rankings: the largest values by themselves, the others together, and nothing lost."""

from datetime import datetime

import pandas as pd

from analytics.ranking import ranking, ranking_sentence
from tests.conftest import MakeDesk
from tests.warehouse_of import Ticket

COUNTS: dict[str | None, int] = {"Email": 6, "Network": 4, None: 3, "Printer": 2, "Phone": 1}
TOTAL = 6 + 4 + 3 + 2 + 1


def _ranked(desk: MakeDesk, most: int) -> pd.DataFrame:
    opened = datetime.fromisoformat("2026-05-04")
    tickets: list[Ticket] = [
        {"opened_at": opened, "category": name} for name, count in COUNTS.items() for _ in range(count)
    ]
    return ranking(desk(tickets).result("volume", by=["category"]), most)


def test_the_largest_come_first_and_unknown_is_one_of_them(desk: MakeDesk) -> None:
    ranked = _ranked(desk, 5)
    assert ranked["label"].tolist() == ["Email", "Network", "not recorded", "Printer", "Phone"]
    assert ranked["value"].tolist() == [6, 4, 3, 2, 1]
    assert ranked["share"].tolist() == [count / TOTAL for count in (6, 4, 3, 2, 1)]


def test_the_others_are_one_row_that_knows_its_values(desk: MakeDesk) -> None:
    ranked = _ranked(desk, 2)
    assert ranked["label"].tolist() == ["Email", "Network", "other (3)"]
    assert ranked["value"].tolist() == [6, 4, 3 + 2 + 1]
    assert ranked["values"].tolist() == [("Email",), ("Network",), ("not recorded", "Printer", "Phone")]


def test_a_single_other_keeps_its_name(desk: MakeDesk) -> None:
    assert _ranked(desk, 4)["label"].tolist() == ["Email", "Network", "not recorded", "Printer", "Phone"]


def test_a_ranking_in_words(desk: MakeDesk) -> None:
    assert ranking_sentence("Volume", _ranked(desk, 2)) == (
        f"Volume: Email 6 ({6 / TOTAL:.0%}), Network 4 ({4 / TOTAL:.0%}), other (3) 6 ({6 / TOTAL:.0%})."
    )


def test_no_tickets_have_no_ranking(desk: MakeDesk) -> None:
    ranked = ranking(desk([]).result("volume", by=["category"]))
    assert ranked.empty
    assert ranking_sentence("Volume", ranked) == "Volume: no tickets."
