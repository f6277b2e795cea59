"""Users who ask for news of a ticket that they already raised, by example."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from analytics.diagnostic.chasing.chaser_words import chaser_words, plain
from analytics.diagnostic.chasing.chasers import chasers
from analytics.diagnostic.evidence.users_chase import users_chase
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, window

FIRST = datetime.fromisoformat("2026-03-02 09:00")
AGAIN_DAYS = 14


def _ticket(number: str, title: str | None, day: float = 0, hours: float | None = 4, **more: Any) -> dict[str, Any]:
    """A ticket opened `day` days after the first; `hours` to resolve it, None while it is open."""
    opened = FIRST + timedelta(days=day)
    ended = {"resolved_at": opened + timedelta(hours=hours), "status": "resolved"} if hours is not None else {}
    return {
        "ticket_id": number, "title": title, "requester": "Ann", "ticket_type": "incident", "opened_at": opened,
        "assignment_group": "Network", "status": "new", **ended, **more,
    }  # fmt: skip


def _ordinary(count: int, **more: Any) -> list[dict[str, Any]]:
    """Tickets of different people and subjects, none of which asks for anything again."""
    things = ("Printer out of paper", "Laptop screen flickers", "Please unlock my account", "Badge does not open door")
    return [
        _ticket(f"ORD{n:05}", f"{things[n % 4]} in room {n}", n % 20, requester=f"Person {n}", **more)
        for n in range(count)
    ]


def _found(desk: Desk) -> list[str]:
    found = chasers(desk.engine, Filters(), AGAIN_DAYS)
    return sorted(select_tickets(desk.engine, found.selection).frame["ticket_id"])


def _judged(desk: Desk, filters: Filters | None = None, numbers: Numbers | None = None) -> Finding:
    return users_chase(desk.engine, filters or Filters(), numbers or Numbers(), Known())


OPEN = _ticket("INC0001234", "VPN drops every hour", 0, None)


ASKS = (
    "Any update on INC1234?", "Status of INC1234", "RE: inc1234", "INC1234", "Chasing INC1234",
    "Wann wird INC1234 bearbeitet?", "Nachfrage: INC1234", "Où en est INC1234 ?", "relance INC1234",
    "¿Alguna novedad de INC1234?", "Sollecito INC1234", "Alguma novidade do chamado INC1234?",
    "Is er al nieuws over INC1234?", "Ponaglenie INC1234", "Påminnelse INC1234",
    # Unmistakable without a number.
    "Any update?", "ANY NEWS ON MY TICKET", "Status of my request, please", "Still waiting for a reply",
    "Status meines Tickets", "Wie ist der Stand?", "Où en est mon ticket ?", "ou en est mon ticket",
    "Toujours pas de réponse", "Estado de mi solicitud", "Sigo esperando respuesta", "Stato della mia richiesta",
    "Andamento do meu chamado", "Status van mijn melding", "Status mojego zgłoszenia", "Status på mitt ärende",
)  # fmt: skip
SOUNDS_LIKE_IT = (
    "Status of printer", "Status of SRV-0007", "Update Adobe Reader", "Any update available for Java 21 on my laptop",
    "Status of INC9999999", "Waiting for approval of Windows 2016", "Follow-up to INC1234: new router",
    "INC1234 broke the build", "Reminder e-mails are not sent", "Outlook reminder window empty",
    "Order status page shows an error", "Chasing light on the server", "Still waiting screen after sign-in",
)  # fmt: skip


def test_titles_that_ask_for_news_and_titles_that_only_sound_like_it(desk: MakeDesk) -> None:
    """Each by a person of its own, with an open ticket of its own that the title may name."""
    tickets, words = [], {}
    for n, title in enumerate((*ASKS, *SOUNDS_LIKE_IT)):
        first, asks, person = f"INC{n + 10:06}", f"ASK{n:04}", f"Person {n}"
        tickets.append(_ticket(first, f"Fault number {n}", 0, None, requester=person))
        named = title.replace("INC1234", first).replace("inc1234", first.lower())
        tickets.append(_ticket(asks, named, 3, requester=person))
        words[asks] = title
    assert [words[number] for number in _found(desk(tickets))] == list(ASKS)


def test_numbers_of_any_format(desk: MakeDesk) -> None:
    numbers = {
        "PROJ-123": "Any update on PROJ-123?", "12345": "Status of #12345", "#12346": "any news on #12346",
        "12347": "Status of ticket 12347", "SR10077": "when will sr10077 be done",
    }  # fmt: skip
    tickets = [_ticket(number, "VPN drops", 0, None, requester=number) for number in numbers]
    tickets += [_ticket(f"X{number}", title, 2, requester=number) for number, title in numbers.items()]
    assert _found(desk(tickets)) == sorted(f"X{number}" for number in numbers)


def test_a_number_must_be_of_an_earlier_ticket_of_the_same_person(desk: MakeDesk) -> None:
    other = OPEN | {"requester": "Ben"}
    later = OPEN | {"opened_at": FIRST + timedelta(days=9)}
    asks = _ticket("INC0002000", "Status of INC0001234", 3)
    assert [_found(desk([first, asks])) for first in (other, later, OPEN)] == [[], [], ["INC0002000"]]


def test_a_bare_number_counts_only_while_that_ticket_is_open(desk: MakeDesk) -> None:
    done = _ticket("INC0001234", "VPN drops every hour", 0, 5)
    assert _found(desk([done, _ticket("INC0002000", "INC0001234", 3)])) == []
    assert _found(desk([done, _ticket("INC0002000", "Status of INC0001234", 3)])) == ["INC0002000"]


SUBJECT = "VPN drops every hour"
AGAIN = {
    "the same": (SUBJECT, 3, None, True),
    "with marks": (f"Re: {SUBJECT} (second attempt)", 3, None, True),
    "a letter less": ("VPN drop every hour!", 14, None, True),
    "later than 14 days": (SUBJECT, 15, None, False),
    "the first was done by then: it came back": (SUBJECT, 3, 24, False),
    "the same day: sent twice": (SUBJECT, 0.2, None, False),
    "another number is another thing": (f"{SUBJECT} 2", 3, None, False),
    "another subject": ("Wi-Fi drops every night", 3, None, False),
}


def test_the_same_person_and_subject_again(desk: MakeDesk) -> None:
    tickets = [_ticket("LONE", SUBJECT, 5, None, requester="Somebody else")]
    for case, (title, day, hours, _) in AGAIN.items():
        tickets.append(_ticket(f"first {case}", SUBJECT, 0, hours, requester=case))
        tickets.append(_ticket(case, title, day, requester=case))
    assert _found(desk(tickets)) == sorted(case for case, (*_, is_again) in AGAIN.items() if is_again)


def test_a_child_of_ones_own_open_ticket(desk: MakeDesk) -> None:
    child = _ticket("INC0002000", "Please help with the network", 2, parent_id="INC0001234")
    assert _found(desk([OPEN, child])) == ["INC0002000"]
    # An item of a request is work of the desk, not a chaser.
    parent = _ticket("REQ0001234", "VPN drops every hour", 0, None, ticket_type="task")
    item = _ticket("INC0002000", "Please help", 2, parent_id="REQ0001234", ticket_type="request")
    assert _found(desk([parent, item])) == []


def test_machines_and_changes_are_no_demand(desk: MakeDesk) -> None:
    alert = _ticket("INC0002000", "Any update?", 1, channel="Monitoring")
    change = _ticket("CHG0002000", "Any update?", 1, ticket_type="change")
    made = desk([OPEN, alert, change])
    assert _found(made) == []
    assert chasers(made.engine, Filters(), AGAIN_DAYS).tickets == 1


def _with_chasers(asking: int, ordinary: int, **more: Any) -> list[dict[str, Any]]:
    raised = [
        _ticket(f"INC{n:07}", f"Request of form {n}", n % 10, None, requester=f"Asker {n}") for n in range(asking)
    ]
    asks = [
        _ticket(f"ASK{n:05}", f"Any update on INC{n:07}?", n % 10 + 4, requester=f"Asker {n}") for n in range(asking)
    ]
    return [*raised, *asks, *_ordinary(ordinary, **more)]


def test_the_share_the_wait_and_the_groups(desk: MakeDesk) -> None:
    found = _judged(desk(_with_chasers(6, 88)))
    assert (found.verdict, found.value) == (AGREES, 6 / (6 + 6 + 88))
    assert found.threshold == 0.02
    assert found.sentence == (
        "6 tickets ask about one that was there already, 6 % (between 2.8 % and 12 %) of the 100 tickets that people "
        "raised. The tickets asked about had waited 4.0 days (median)."
    )
    assert found.details.to_dict("records") == [
        {"Group of the ticket asked about": "Network", "Tickets asked about": 6, "Contacts": 6,
         "Hours waited (median)": 96.0}
    ]  # fmt: skip
    assert found.trend["value"].tolist() == [6 / 100]
    assert (found.first, found.last) == (FIRST.date(), datetime.fromisoformat("2026-03-21").date())


def test_above_the_threshold_by_chance_is_partial_and_under_it_disagrees(desk: MakeDesk) -> None:
    assert _judged(desk(_with_chasers(3, 94))).verdict == PARTIAL  # 3 %, at least 1.0 %
    silent = _judged(desk(_ordinary(60, channel="mail")))
    assert (silent.verdict, silent.value, silent.selection) == (DISAGREES, 0.0, None)
    assert silent.sentence == "None of the 60 tickets that people raised asks about an earlier one by its title."
    raised = Numbers((("users_chase.chaser_share", 0.2),))
    assert _judged(desk(_with_chasers(6, 88, channel="mail")), numbers=raised).verdict == DISAGREES


def test_titles_alone_cannot_speak_against_it(desk: MakeDesk) -> None:
    """Whoever asks inside a ticket or by telephone is not seen where neither channels nor a history are recorded."""
    silent = _judged(desk(_ordinary(60)))
    assert (silent.verdict, silent.value) == (CANNOT_TELL, 0.0)
    assert silent.reason.startswith("Titles alone cannot speak against it")
    assert silent.sentence.startswith("None of the 60 tickets")


def test_the_cost_of_contacts(desk: MakeDesk) -> None:
    cost = _judged(desk(_with_chasers(6, 88))).cost
    assert cost is not None
    monthly = 6 / 20 * 365.25 / 12  # 20 days with data
    assert cost.hours == pytest.approx(monthly * 10 / 60)
    assert cost.low == pytest.approx(monthly * 5 / 60)
    assert cost.high == pytest.approx(monthly * 20 / 60)
    assert "users' own time for asking is not in it" in cost.formula


def test_small_groups_are_not_named(desk: MakeDesk) -> None:
    tickets = _with_chasers(6, 88)
    tickets[0]["assignment_group"] = "Tiny"
    found = chasers(desk(tickets).engine, Filters(), AGAIN_DAYS)
    assert found.groups["assignment_group"].tolist() == ["Network"]
    assert found.groups["asked_about"].tolist() == [5]


def test_waits_by_band_add_up(desk: MakeDesk) -> None:
    found = chasers(desk(_with_chasers(6, 88)).engine, Filters(), AGAIN_DAYS)
    bands = dict(zip(found.wait_bands["band"], found.wait_bands["contacts"], strict=True))
    assert bands["2 to 5 days"] == sum(bands.values()) == found.asked_about == 6


def test_the_tickets_asked_about_of_a_group(desk: MakeDesk) -> None:
    made = desk(_with_chasers(6, 88))
    asked = chasers(made.engine, Filters(), AGAIN_DAYS).asked_selection("Network")
    assert sorted(select_tickets(made.engine, asked).frame["ticket_id"]) == [f"INC{n:07}" for n in range(6)]


def test_filters_choose_the_tickets_and_the_end(desk: MakeDesk) -> None:
    made = desk(_with_chasers(6, 88))
    assert chasers(made.engine, window(assignment_group="Elsewhere"), AGAIN_DAYS).tickets == 0
    early = chasers(made.engine, window(end="2026-03-06"), AGAIN_DAYS)  # the first asks on 6 March
    assert (early.chasers, early.filters.end) == (0, datetime.fromisoformat("2026-03-06").date())


def test_without_titles_it_cannot_tell_and_says_what_repeats(desk: MakeDesk) -> None:
    of_one = [
        _ticket(f"A{n}", None, n, None, requester=f"P{n % 10}", category="Mail", subcategory="Box") for n in range(40)
    ]
    found = _judged(desk(of_one))
    assert (found.verdict, found.value, found.selection) == (CANNOT_TELL, None, None)
    # Every tenth is of the same person, so all but the first ten come after an open one.
    assert found.reason == (
        "The export has no titles, so a call for news looks like any other ticket. 75 % of the 40 tickets are of a "
        "person with an earlier one of the same category and subcategory still open: asking again, or another matter."
    )
    assert found.cost is not None
    assert found.cost.hours is None


def test_without_titles_and_requesters(desk: MakeDesk) -> None:
    nobody = [_ticket(f"A{n}", None, n, requester=None, source_status="Open - Dup") for n in range(8)]
    assert _judged(desk(nobody)).reason == (
        "The export has no titles, so a call for news looks like any other ticket. It does not say who asked either. "
        "100 % are marked as duplicates, of whom is not said."
    )


def test_too_few_titles_and_no_tickets(desk: MakeDesk) -> None:
    assert _judged(desk(_ordinary(8))).reason == "Only 8 tickets of this window have a title, and it takes 30."
    empty = _judged(desk([_ticket("C1", "Patch", ticket_type="change")]))
    assert (empty.verdict, empty.reason) == (CANNOT_TELL, "No incident or request of people was opened in this window.")


def test_plain_words() -> None:
    assert plain("  Où en est-on, à l'ÉTAT? ") == "ou en est on a l etat"
    assert "status of my ticket" in chaser_words().alone
