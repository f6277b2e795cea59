"""The same every month: groups that stand out from their like, not those that are merely large."""

from analytics.diagnostic.evidence.same_every_month import same_every_month
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.diagnostic.printers import fault, newest, quiet_printers
from tests.warehouse_of import Desk, Ticket

# Four times in each month, at uneven gaps.
EACH_MONTH = tuple(day + 30 * month for month in range(3) for day in (4, 11, 16, 25))


def _finding(desk: Desk) -> Finding:
    return same_every_month(desk.engine, Filters(), Numbers(), Known())


def _faulty(*items: str) -> list[Ticket]:
    return [fault(day + place * 0.01, item) for item in items for place, day in enumerate(EACH_MONTH)]


def _more_printers() -> list[Ticket]:
    return [*quiet_printers(), *(fault(3 * place, f"PRN-{200 + place:04}") for place in range(60))]


def test_three_items_in_each_month_agree(desk: MakeDesk) -> None:
    items = ("PRN-0300", "PRN-0301", "PRN-0302")
    loaded = desk([*_more_printers(), *_faulty(*items), newest()])
    finding = _finding(loaded)
    assert (finding.verdict, finding.value) == ("agrees", 1.0)
    assert finding.selection is not None
    assert select_tickets(loaded.engine, finding.selection).total == 3 * len(EACH_MONTH)
    assert not any(item in finding.sentence for item in items)


def test_one_item_in_each_month_agrees_in_part(desk: MakeDesk) -> None:
    assert _finding(desk([*_more_printers(), *_faulty("PRN-0300"), newest()])).verdict == "partial"


def test_other_items_each_month_speak_against_it(desk: MakeDesk) -> None:
    changing = [fault(day, f"PRN-03{(day - 1) // 30:02}") for day in EACH_MONTH]
    finding = _finding(desk([*_more_printers(), *changing, newest()]))
    assert (finding.verdict, finding.value) == ("disagrees", 0.0)


def test_large_kinds_that_come_each_month_are_told_apart(desk: MakeDesk) -> None:
    kinds = [fault(day + 0.2, None, category=f"Kind {day % 4}", title=None) for day in range(1, 200)]
    finding = _finding(desk([*_more_printers(), *kinds, newest()]))
    assert finding.verdict == "disagrees"
    # The four kinds and printing are the most frequent in each month.
    assert "5 of the 5 most frequent values of category are the same each month" in finding.sentence


def test_without_item_and_title_it_cannot_tell(desk: MakeDesk) -> None:
    finding = _finding(desk([fault(day, None, title=None, category=f"K{day % 3}") for day in range(100)]))
    assert finding.verdict == "cannot tell"
    assert "3 of the 3 most frequent values of category" in finding.reason


def test_under_three_months_it_cannot_tell(desk: MakeDesk) -> None:
    finding = _finding(desk([fault(day, "PRN-0001") for day in range(50)]))
    assert (finding.verdict, finding.value) == ("cannot tell", None)
    assert finding.reason.endswith(".")
