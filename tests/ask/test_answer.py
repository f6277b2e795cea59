"""What an answer holds beside its sentence: rows, order, limits, comparison, the tickets behind, and where it leads."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analytics.ask.answer import Shape
from analytics.ask.answer_tickets import ticket_filters
from analytics.errors import BacklightError
from analytics.filters import Filters, plain_value
from analytics.kpis import find_kpi
from analytics.tickets import list_tickets
from tests.ask.asked import TICKETS, ask, question
from tests.conftest import MakeDesk
from tests.warehouse_of import known


def _rows(table: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(known(row[name]) for name in names) for row in table.to_dict("records")]


def test_a_split_has_too_few_and_unknown_last_and_says_so(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=mttr&by=assignment_group&period=last month&order=asc")
    rows = _rows(found.table, "assignment_group", "value", "too_few")
    assert rows == [("Email", 14.0, False), ("Network", 16.0, False), ("Remote", 3.0, True), (None, 5.0, True)]
    assert found.rows_left_out == "2 assignment groups rest on fewer than 5 tickets and are not ranked."
    assert found.shape is Shape.BARS


def test_a_limit_leaves_the_rest_out_and_counts_it(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=mttr&by=assignment_group&period=last month&order=desc&limit=1")
    assert _rows(found.table, "assignment_group", "value") == [("Network", 16.0)]
    assert found.rows_left_out == (
        "1 assignment group is beyond the 1 asked for; 2 assignment groups rest on fewer than 5 tickets and are not "
        "ranked."
    )


def test_a_comparison_is_row_by_row_in_the_unit_of_the_kpi(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=mttr&by=assignment_group&period=last month&compare=before")
    rows = {row[0]: row[1:] for row in _rows(found.table, "assignment_group", "value", "before", "change")}
    assert rows["Network"] == (16.0, 10.0, 16.0 - 10.0)
    assert rows["Email"] == (14.0, 20.0, 14.0 - 20.0)
    assert rows["Remote"] == (3.0, None, None)


def test_a_count_of_what_is_no_longer_there_is_nought(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&by=assignment_group&from=2026-06-01&to=2026-07-01&compare=before")
    rows = {row[0]: row[1:] for row in _rows(found.table, "assignment_group", "value", "before", "change")}
    assert rows == {"Email": (1, 5, -4), "Network": (0, 9, -9), "Remote": (0, 2, -2), None: (0, 1, -1)}


def test_a_level_is_compared_with_the_level_before_of_tickets_just_as_old(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=backlog&from=2026-05-01&to=2026-06-01&compare=before&bound=opened_on<2026-05-21")
    assert _rows(found.table, "value", "before", "change") == [(3, 0, 3)]
    assert "The level before is of tickets just as old then: opened before 2026-04-20." in found.notes


def test_a_trend_has_every_period_and_marks_the_one_that_is_not_over(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&grain=month")
    assert _rows(found.table, "value", "unfinished") == [(10, False), (17, False), (1, True)]
    assert found.shape is Shape.LINE


def test_lines_have_a_row_for_every_period_and_at_most_eight_of_them(desk: MakeDesk) -> None:
    groups = [f"group {i}" for i in range(10)]
    rows = [
        {"opened_at": f"2026-0{1 + month}-10 10:00", "assignment_group": name}
        for i, name in enumerate(groups)
        for month in range(2)
        for _ in range(i + 1 if month else 1)
    ]
    late = {"opened_at": "2026-04-01 00:00", "assignment_group": groups[9]}
    found = ask(desk([*rows, late]), "kpi=volume&grain=month&by=assignment_group")
    assert list(dict.fromkeys(found.table["assignment_group"])) == groups[:1:-1]
    assert len(found.table) == 8 * 4
    assert found.table["value"].sum() == sum(1 + i + 1 for i in range(2, 10)) + 1
    assert found.rows_left_out == "2 assignment groups are not drawn."
    assert found.shape is Shape.LINES


def test_the_days_asked_about_may_cut_the_first_period_which_is_then_not_ranked(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&grain=month&from=2026-04-10&to=2026-06-01&order=asc")
    assert [period.month for period in found.table["period"]] == [5, 4]
    assert found.rows_left_out == "1 month is not whole and not ranked."
    assert "The first month of the course holds only the days asked about." in found.notes


def test_the_whole_stands_beside_the_split(desk: MakeDesk) -> None:
    for text in ("kpi=mttr&period=last month", "kpi=median_time_to_resolve", "kpi=backlog", "kpi=sla_adherence"):
        plain = ask(desk(TICKETS), text)
        for split in ("by=assignment_group", "grain=week", "by=priority&grain=month"):
            whole = ask(desk(TICKETS), f"{text}&{split}").whole
            assert whole is not None
            assert plain.whole is not None
            assert whole.value == pytest.approx(plain.whole.value)
            assert whole.tickets == plain.whole.tickets


def test_the_basis_has_the_statement_and_the_tickets_left_out(desk: MakeDesk) -> None:
    basis = ask(desk(TICKETS), "kpi=mttr&period=last month&priority=1").basis
    assert (basis.used, basis.excluded) == (5, (("still open", 1),))
    assert ":priority_0" in basis.sql
    assert basis.parameters["priority_0"] == 1


BEHIND = (
    "kpi=mttr&by=assignment_group&period=last month",
    "kpi=volume&by=assignment_group&by=priority&period=last month",
    "kpi=volume&grain=week&from=2026-04-08&to=2026-05-20",
    "kpi=volume&grain=month&by=assignment_group",
    "kpi=backlog&grain=week&by=category",
    "kpi=backlog&by=priority&period=last month",
    "kpi=p90_time_to_resolve&by=opened_weekday&not_assignment_group=Email",
)


@pytest.mark.parametrize("text", BEHIND)
def test_the_tickets_behind_each_row_are_as_many_as_it_says(desk: MakeDesk, text: str) -> None:
    found = ask(desk(TICKETS), text)
    assert len(found.table)
    for row in found.table.to_dict("records"):
        listed = list_tickets(desk(TICKETS).engine, found.kpi, ticket_filters(found.question, row))
        count = row["denominator"] if found.kpi.unit.value != "tickets" else row["value"]
        assert listed.total == (0 if pd.isna(count) else count), row


def test_the_tickets_behind_an_answer_keep_its_exceptions(desk: MakeDesk) -> None:
    asked = question(
        desk(TICKETS), "kpi=volume&period=last month&not_assignment_group=Email&bound=opened_on>2026-05-06"
    )
    assert ticket_filters(asked) == asked.filters
    assert list_tickets(desk(TICKETS).engine, find_kpi("volume"), ticket_filters(asked)).total == 9


def test_an_order_by_change_needs_days_to_compare_with(desk: MakeDesk) -> None:
    with pytest.raises(BacklightError, match="name one, such as 'last month'"):
        ask(desk(TICKETS), "kpi=mttr&by=category&order=change desc")


def test_a_split_by_a_person_is_refused(desk: MakeDesk) -> None:
    with pytest.raises(BacklightError, match="does not compare people"):
        question(desk(TICKETS), "kpi=mttr&by=assignee")


LEADS: dict[str, tuple[str, dict[str, list[str]]]] = {
    "kpi=backlog&intent=why&period=last month&by=category&priority=2": (
        "pages/backlog.py",
        {
            "period": ["Dates"], "dates": ["2026-05-01", "2026-05-31"], "priority": ["2"],
            "show": ["Why did it change?"], "bridge_by": ["category"],
        },
    ),
    "kpi=mttr&intent=why&period=last month": (
        "pages/resolution.py",
        {
            "period": ["Dates"], "dates": ["2026-05-01", "2026-05-31"], "show": ["What moved it"],
            "moved_by": ["assignment_group"],
        },
    ),
    "kpi=volume&intent=why&period=last month&not_priority=3": (
        "pages/explore.py",
        {
            "kpi": ["volume"], "by": ["category"], "period": ["last month"], "not_priority": ["3"],
            "compare": ["before"], "order": ["change desc"],
        },
    ),
    "kpi=backlog&intent=owners": ("pages/backlog.py", {"period": ["All"], "show": ["Who moves it?"]}),
    "kpi=backlog&intent=forecast": ("pages/forecast.py", {"period": ["All"], "show": ["What lies ahead?"]}),
    "kpi=backlog&intent=forecast&threshold=<3": (
        "pages/forecast.py", {"period": ["All"], "show": ["When does it clear?"], "open_target": ["2"]},
    ),
    "kpi=fcr&intent=definition": ("pages/definitions.py", {"kpi": ["fcr"]}),
}  # fmt: skip


@pytest.mark.parametrize("text", LEADS)
def test_a_lead_opens_the_view_the_sentence_is_about(desk: MakeDesk, text: str) -> None:
    lead, *_ = ask(desk(TICKETS), text).leads
    assert (lead.page, lead.address) == LEADS[text]


def test_a_forecast_of_the_backlog_also_leads_to_when_it_clears(desk: MakeDesk) -> None:
    _, lead = ask(desk(TICKETS), "kpi=backlog&intent=forecast&category=vpn").leads
    address = {"period": ["All"], "category": ["vpn"], "show": ["When does it clear?"]}
    assert (lead.page, lead.address) == ("pages/forecast.py", address)


@pytest.mark.parametrize("text", [text for text in LEADS if "not_" not in text and "definition" not in text])
def test_a_page_that_cannot_be_narrowed_is_not_linked(desk: MakeDesk, text: str) -> None:
    found = ask(desk(TICKETS), f"{text}&not_category=wifi")
    assert not found.leads
    assert "so there is no link to it for this question" in " ".join(found.notes)


def test_why_a_share_changed_adds_up(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=first_response_time&intent=why&period=last month")
    assert found.sentence.startswith("There are no tickets first answered")
    found = ask(desk(TICKETS), "kpi=volume&intent=why&period=last month&by=category")
    assert found.table["part"].sum() == 17 - 10
    assert found.shape is Shape.BARS


def test_the_mix_and_the_level_of_a_share_make_its_change(desk: MakeDesk) -> None:
    rows = [
        {"opened_at": f"2026-0{month}-10 10:00", "resolved_at": f"2026-0{month}-11 10:00", "status": "resolved",
         "category": name, "reopen_count": 1 if i < again else 0}
        for month, name, count, again in ((1, "a", 10, 5), (1, "b", 30, 3), (2, "a", 20, 12), (2, "b", 20, 2))
        for i in range(count)
    ]  # fmt: skip
    found = ask(desk(rows), "kpi=reopen_rate&intent=why&from=2026-02-01&to=2026-03-01&by=category")
    a = found.table.set_index("category").loc["a"]
    middle = (8 / 40 + 14 / 40) / 2
    assert a["mix"] == pytest.approx((20 / 40 - 10 / 40) * ((12 / 20 + 5 / 10) / 2 - middle))
    assert a["level"] == pytest.approx((12 / 20 - 5 / 10) * (20 / 40 + 10 / 40) / 2)
    assert found.table["part"].sum() == pytest.approx(14 / 40 - 8 / 40)
    assert found.sentence == (
        "Reopen rate was 35.0 % from 1 Feb 2026 to 28 Feb 2026, over 40 tickets, 15.0 points more than in January 2026 "
        "(20.0 %), worse. Category 'a' made the most of it, +10.6 points (+3.7 points as it went from 50.0 % to 60.0 "
        "%, +6.9 points by its share of the tickets), then 'b' +4.4 points."
    )


def test_a_cell_narrows_to_its_own_days(desk: MakeDesk) -> None:
    asked = question(desk(TICKETS), "kpi=volume&grain=month&by=priority&from=2026-04-10&to=2026-05-20&category=vpn")
    row = {"period": pd.Timestamp("2026-04-01"), "priority": 2}
    expected = Filters.of(date(2026, 4, 10), date(2026, 5, 1), {"category": ["vpn"], "priority": [2]})
    assert ticket_filters(asked, row) == expected
    assert plain_value(row["priority"]) == 2
