"""Recurring groups on small desks: what is one, what is merely frequent, and what is kept apart."""

from datetime import timedelta

import pytest

from analytics.diagnostic.evidence.problems_return import problems_return
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.group_tickets import group_tickets
from analytics.diagnostic.recurrence.recurring_groups import Recurring, recurring_groups
from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.diagnostic.printers import AS_OF, BROKE, FAULTY, fault, faulty_printer, newest, quiet_printers
from tests.warehouse_of import Desk, Ticket

LATELY = sum(day < 90 for day in BROKE)
KEY = GroupDefinition("item", "Printing", configuration_item=FAULTY).key


def _desk(desk: MakeDesk, *more: Ticket, quiet: bool = True) -> Desk:
    return desk([*(quiet_printers() if quiet else []), *more, newest()])


def _groups(desk: Desk, owned: frozenset[str] = frozenset(), dismissed: frozenset[str] = frozenset()) -> Recurring:
    return recurring_groups(desk.engine, Filters(), owned=owned, dismissed=dismissed)


def _finding(desk: Desk, known: Known | None = None, numbers: Numbers | None = None) -> Finding:
    return problems_return(desk.engine, Filters(), numbers or Numbers(), known or Known())


def test_a_printer_that_breaks_eight_times_is_found_with_its_numbers(desk: MakeDesk) -> None:
    (group,) = _groups(_desk(desk, *faulty_printer())).groups
    assert (group.definition.configuration_item, group.tickets, group.before) == (FAULTY, LATELY, len(BROKE) - LATELY)
    # Each but the very first of all came after that one had been resolved.
    assert (group.returned, group.state, group.record) == (LATELY, "active", "none")
    assert group.typical_title == f"Print queue stuck on {FAULTY}"


def test_the_finding_names_its_tickets_and_costs_the_repeats(desk: MakeDesk) -> None:
    loaded = _desk(desk, *faulty_printer(handle_hours=2.0))
    finding = _finding(loaded)
    assert (finding.verdict, finding.value, finding.threshold) == ("agrees", 1.0, 1.0)
    assert finding.selection is not None
    assert select_tickets(loaded.engine, finding.selection).total == LATELY
    # (8 - 1) repeats in 90 days, each 2 h of work and 1/2 h of the person's, over a month of 365.25 / 12 days.
    assert finding.cost is not None
    assert finding.cost.hours == pytest.approx((LATELY - 1) * (365.25 / 12) / 90 * (2.0 + 0.5))
    assert FAULTY not in finding.sentence
    assert finding.trend["value"].sum() == len(BROKE)


def test_printers_that_all_break_alike_are_no_finding(desk: MakeDesk) -> None:
    finding = _finding(_desk(desk))
    assert (finding.verdict, finding.value) == ("disagrees", 0.0)
    assert finding.selection is None


def test_one_outage_with_many_tickets_is_no_fault_that_returns(desk: MakeDesk) -> None:
    outage = [fault(40 + number / 24) for number in range(30)]
    assert _groups(_desk(desk, *outage)).groups == ()


def test_three_times_take_more_than_two(desk: MakeDesk) -> None:
    seldom = faulty_printer((10, 62, 117, 165, 219, 270, 322))
    assert _groups(_desk(desk, *seldom)).groups == ()
    # It still comes, and came more than twice within 90 days before.
    lately_less = faulty_printer((10, 41, 200, 207, 220, 231, 243, 260, 271, 280, 300))
    assert [group.tickets for group in _groups(_desk(desk, *lately_less)).groups] == [2]
    often = faulty_printer((10, 40, 70, 200, 220, 240, 260, 280, 300))
    assert [group.tickets for group in _groups(_desk(desk, *often)).groups] == [3]


def test_a_fault_that_has_stopped_is_gone_and_counts_no_more(desk: MakeDesk) -> None:
    stopped = faulty_printer(120 + 10 * place + place**2 % 9 for place in range(18))
    loaded = _desk(desk, *stopped)
    assert [group.state for group in _groups(loaded).groups] == ["gone"]
    assert _finding(loaded).verdict == "disagrees"


def test_a_new_fault_is_emerging(desk: MakeDesk) -> None:
    new = faulty_printer((2, 7, 12, 17, 22, 27))
    assert [group.state for group in _groups(_desk(desk, *new)).groups] == ["emerging"]


def test_dismissed_groups_are_listed_and_not_counted(desk: MakeDesk) -> None:
    loaded = _desk(desk, *faulty_printer())
    assert [group.state for group in _groups(loaded, dismissed=frozenset({KEY})).groups] == ["dismissed"]
    finding = _finding(loaded, Known(dismissed=frozenset({KEY})))
    assert finding.verdict == "disagrees"
    assert "1 group was dismissed" in finding.sentence


def test_a_record_kept_here_owns_the_group_and_it_came_back_all_the_same(desk: MakeDesk) -> None:
    loaded = _desk(desk, *faulty_printer())
    (group,) = _groups(loaded, owned=frozenset({KEY})).groups
    assert group.is_owned
    assert _finding(loaded, Known(owned=frozenset({KEY}))).verdict == "partial"


def test_a_group_whose_record_says_fixed_is_held_to_the_day_of_the_fix(desk: MakeDesk) -> None:
    loaded = _desk(desk, *faulty_printer())
    early, late = AS_OF.date() - timedelta(days=40), AS_OF.date()
    known = [Known(owned=frozenset({KEY}), fixed=((KEY, day),)) for day in (early, late)]
    (group,) = recurring_groups(loaded.engine, Filters(), owned=known[0].owned, fixed=known[0].fixed).groups
    assert group.after_fix == sum(day < 40 for day in BROKE) > 0
    assert [_finding(loaded, one).verdict for one in known] == ["partial", "disagrees"]


def test_a_linked_problem_that_was_resolved_counts_what_came_after_it(desk: MakeDesk) -> None:
    linked = [fault(day, problem_id="PRB1") for day in BROKE]
    problem = fault(60, None, 24, ticket_id="PRB1", ticket_type="problem", title="Queue")
    (group,) = _groups(_desk(desk, *linked, problem)).groups
    # Resolved 59 days before the end: the tickets of days 3, 12, 20, 33, 41 and 55 came after it.
    assert (group.record, group.after_fix) == ("linked in the export", sum(day < 59 for day in BROKE))


def test_an_unresolved_linked_problem_is_owned(desk: MakeDesk) -> None:
    linked = [fault(day, problem_id="PRB1") for day in BROKE]
    problem = fault(60, None, None, ticket_id="PRB1", ticket_type="problem", title="Queue")
    assert _finding(_desk(desk, *linked, problem)).verdict == "disagrees"


def test_monitoring_is_kept_apart(desk: MakeDesk) -> None:
    by_channel = faulty_printer(channel="Monitoring")
    found = _groups(_desk(desk, *by_channel))
    assert found.groups == ()
    assert found.alerts.tickets == LATELY
    by_account = [fault(day, "PRN-0015", requester="svc-Nagios-prod") for day in BROKE]
    assert _groups(_desk(desk, *by_account)).alerts.tickets == LATELY


def test_a_person_with_such_a_name_is_no_machine(desk: MakeDesk) -> None:
    people = [fault(day, requester="Root, Elihu") for day in BROKE]
    assert _groups(_desk(desk, *people)).alerts.tickets == 0


def test_tickets_as_even_as_a_clock_come_from_a_machine(desk: MakeDesk) -> None:
    found = _groups(_desk(desk, *faulty_printer(range(1, 90, 5))))
    assert found.groups == ()
    assert found.alerts.tickets == len(range(1, 90, 5))


def test_requests_and_cancelled_tickets_are_no_faults(desk: MakeDesk) -> None:
    requests = faulty_printer(ticket_type="request")
    cancelled = [fault(day, "PRN-0015", None, status="cancelled") for day in BROKE]
    assert _groups(_desk(desk, *requests, *cancelled)).groups == ()


def test_an_item_that_many_use_for_many_things_is_demand(desk: MakeDesk) -> None:
    words = ("toner", "driver", "tray", "colour", "login", "scan", "margins", "noise", "offline", "paper", "staples")
    steady = [
        fault(9 + 30 * number + place, title=f"{words[number % 11] * 2} {words[(number * 3 + place) % 11]}")
        for number in range(12) for place in (0, 7, 16)
    ]  # fmt: skip
    found = _groups(_desk(desk, *steady))
    assert found.groups == ()
    assert FAULTY in found.frequent["name"].tolist()


def _titles(title: str, lately: int, before: int) -> list[Ticket]:
    # Uneven gaps, as people send them.
    days = [4 + 80 * (place / max(lately, 1)) ** 2 for place in range(lately)]
    days += [95 + 260 * place / max(before, 1) for place in range(before)]
    return [fault(day + place * 0.013, None, title=title) for place, day in enumerate(days)]


def _many_titles() -> list[Ticket]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"{letters[place] * 6} {letters[-1 - place] * 5}" for place in range(20)]
    return [one for name in names for one in _titles(name, 1, 3)]


def test_a_title_that_comes_beyond_its_past_is_found_without_an_item(desk: MakeDesk) -> None:
    found = recurring_groups(
        desk([*_many_titles(), *_titles("Payroll export fails", 12, 0), newest()]).engine, Filters()
    )
    (group,) = found.groups
    assert group.definition.kind == "title"
    assert (group.definition.title, group.tickets) == ("export fails payroll", 12)


def test_a_title_written_all_year_long_is_demand(desk: MakeDesk) -> None:
    found = recurring_groups(desk([*_many_titles(), *_titles("Password reset", 12, 36), newest()]).engine, Filters())
    assert found.groups == ()
    assert "Password reset" in found.frequent["name"].tolist()


def test_people_who_ask_about_a_ticket_are_no_fault(desk: MakeDesk) -> None:
    asking = [fault(day, None, title=f"Any news on INC000{1000 + day}?", ticket_id=f"INC{day:07}") for day in BROKE]
    found = recurring_groups(desk([*_many_titles(), *asking, newest()]).engine, Filters())
    assert found.groups == ()


def test_a_group_is_found_again_by_its_definition_alone(desk: MakeDesk) -> None:
    first = recurring_groups(_desk(desk, *faulty_printer()).engine, Filters())
    kept = first.groups[0].definition.json
    later = _desk(desk, *faulty_printer((1, *BROKE)), fault(4, FAULTY, category="Other"))
    assert GroupDefinition.of(kept).key == KEY
    assert len(group_tickets(later.engine, GroupDefinition.of(kept)).frame) == len(BROKE) + 1


def test_a_near_title_is_found_again_by_its_definition(desk: MakeDesk) -> None:
    definition = GroupDefinition("title", "Printing", "Print", title="export fails payroll")
    wordings = ("Payroll export fails", "URGENT: payroll exports fails on 3 March", "Please: export of payroll fails")
    loaded = desk([*(fault(3 + place, None, title=one) for place, one in enumerate(wordings)), *_many_titles()])
    assert len(group_tickets(loaded.engine, definition).frame) == len(wordings)


def test_what_is_no_definition_is_refused() -> None:
    for text in ("", "{}", "[]", '{"kind": "person"}', '{"kind": "item", "sql": "1"}'):
        with pytest.raises(BacklightError):
            GroupDefinition.of(text)


def test_without_item_and_title_nothing_can_be_told(desk: MakeDesk) -> None:
    bare = [fault(day, None, title=None, service=None) for day in range(1, 60)]
    finding = _finding(_desk(desk, *bare, quiet=False))
    assert finding.verdict == "cannot tell"
    assert finding.reason.endswith(".")
    assert finding.value is None


def test_a_service_and_category_that_surge_agree_in_part(desk: MakeDesk) -> None:
    usual = [fault(day, None, title=None, service=f"Service {day % 7}") for day in range(1, 365)]
    surge = [fault(day + 0.1, None, title=None, service="Service 3") for day in range(1, 80, 2)]
    assert _finding(_desk(desk, *usual, quiet=False)).verdict == "cannot tell"
    assert _finding(_desk(desk, *usual, *surge, quiet=False)).verdict == "partial"


def test_without_any_date_it_says_so(desk: MakeDesk) -> None:
    finding = _finding(desk([{"title": "A", "status": "new"}]))
    assert (finding.verdict, finding.reason) == ("cannot tell", "No ticket has an opening date.")


def test_thresholds_count(desk: MakeDesk) -> None:
    loaded = _desk(desk, *faulty_printer())
    more = Numbers().with_threshold("problems_return", "more_than", LATELY)
    assert _finding(loaded, numbers=more).verdict == "disagrees"
    several = Numbers().with_threshold("problems_return", "fewest_groups", 2)
    assert _finding(loaded, numbers=several).verdict == "partial"


def test_days_without_a_time_are_no_machine(desk: MakeDesk) -> None:
    midnight = AS_OF.replace(hour=0)
    by_day = [fault(day, opened_at=midnight - timedelta(days=day)) for day in BROKE]
    assert _groups(_desk(desk, *by_day)).alerts.tickets == 0


def test_the_same_minute_each_time_is_a_machine(desk: MakeDesk) -> None:
    nightly = [fault(day, opened_at=AS_OF.replace(hour=3, minute=15) - timedelta(days=day)) for day in BROKE]
    assert _groups(_desk(desk, *nightly)).alerts.tickets == LATELY
