"""Days that follow from a status, merging of edits, filters of an action, and what is said of due dates."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.kpis import find_kpi
from analytics.plan.action_filters import filters_json, filters_of, filters_words
from analytics.plan.action_status import changed_fields, meanwhile, with_days
from analytics.plan.effect import Effect, EffectVerdict, Estimate
from analytics.plan.kpi_periods import KpiPeriods
from analytics.plan.overlap import overlapping
from analytics.plan.plan_state import due_words, is_overdue, plan_sentence
from analytics.plan.promised import claim_of, promised
from analytics.plan.today import VARIABLE, today
from analytics.store.actions import Action, KeptAction

TODAY = date(2026, 7, 10)
NOW = datetime(2026, 7, 1, tzinfo=UTC)
TEXTS = st.text("aZ0 \"'{}[]\\é<", max_size=20)


def kept(number: int = 1, **fields: object) -> KeptAction:
    return KeptAction(number, 1, Action(what="Do it", **fields), NOW, NOW)  # type: ignore[arg-type]


def test_a_status_fills_in_its_day_once() -> None:
    planned = Action("Do it")
    assert with_days(planned, {"status": "under way"}, TODAY) == {"status": "under way", "started_on": TODAY}
    done = with_days(planned, {"status": "done"}, TODAY)
    assert (done["started_on"], done["done_on"]) == (TODAY, TODAY)
    begun = Action("Do it", status="under way", started_on=date(2026, 6, 1))
    assert with_days(begun, {"status": "done"}, TODAY) == {"status": "done", "done_on": TODAY}
    own = {"status": "done", "done_on": date(2026, 7, 3)}
    assert with_days(begun, own, TODAY) == own
    later = Action("Do it", status="under way", started_on=TODAY + timedelta(days=3))
    assert with_days(later, {"status": "done"}, TODAY)["done_on"] == TODAY + timedelta(days=3)
    assert with_days(planned, {"who": "Ada"}, TODAY) == {"who": "Ada"}


def test_taking_back_that_it_is_done_takes_its_day_back() -> None:
    done = Action("Do it", status="done", started_on=date(2026, 6, 1), done_on=date(2026, 7, 1))
    assert with_days(done, {"status": "under way"}, TODAY) == {"status": "under way", "done_on": None}


@given(TEXTS, TEXTS, TEXTS)
def test_of_two_edits_each_keeps_what_it_changed(before: str, mine: str, theirs: str) -> None:
    base = Action("Do it", who=before, how=before)
    my_fields = changed_fields(base, {"who": mine, "how": before})
    others = meanwhile(base, Action("Do it", who=before, how=theirs))
    assert set(my_fields) == ({"who"} if mine != before else set())
    assert others == ({"how": theirs} if theirs != before else {})


@given(st.dictionaries(st.sampled_from(["category", "assignment_group"]), st.lists(TEXTS | st.none(), max_size=3)))
def test_filters_come_back_as_they_were_kept(where: dict[str, list[str | None]]) -> None:
    filters = Filters.of(date(2026, 1, 1), None, where)
    assert filters_of(filters_json(filters)) == filters.between(None, None)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", '{"assignee": ["Ada"]}', '{"colour": ["red"]}', '{"site": [{}]}']
)
def test_filters_that_cannot_be_read_are_all_tickets(text: str) -> None:
    assert filters_of(text) == Filters()


def test_filters_in_words() -> None:
    assert filters_words(Filters()) == "all tickets"
    assert filters_words(Filters.of(where={"priority": [1]})) == "tickets where priority is 1"


def test_what_is_due_is_said_in_words() -> None:
    late = kept(due_on=date(2026, 7, 5), follow_up_on=date(2026, 7, 10))
    assert due_words(late, TODAY) == "Due 5 Jul 2026, overdue by 5 days. To be looked at again since 10 Jul 2026."
    assert is_overdue(late, TODAY)
    today_due = kept(due_on=TODAY)
    assert due_words(today_due, TODAY) == "Due 10 Jul 2026."
    assert not is_overdue(today_due, TODAY)
    done = kept(due_on=date(2026, 7, 5), done_on=date(2026, 7, 8), started_on=date(2026, 7, 1), status="done")
    assert due_words(done, TODAY) == "Done 8 Jul 2026."
    assert plan_sentence([late, today_due, done], TODAY) == (
        "3 actions: 2 planned and 1 done; 1 is overdue, 1 to be looked at again."
    )
    assert plan_sentence([], TODAY).endswith("begin with one action.")


def test_actions_that_began_in_the_same_weeks_overlap() -> None:
    one = kept(1, started_on=date(2026, 3, 2))
    near, far, never = kept(2, started_on=date(2026, 4, 1)), kept(3, started_on=date(2025, 3, 1)), kept(4)
    assert overlapping([one, near, far, never], one) == (2,)
    assert overlapping([one, near], never) == ()


def test_a_promise_without_numbers_or_an_effect_is_said_so() -> None:
    assert promised(None, None).sentence == "Nothing was promised in numbers."
    assert promised(-20, None).sentence == "Promised: -20 %. What came of it cannot be told yet."
    assert "40 to 60 %" in claim_of("users_chase")
    assert claim_of("no such statement") == ""


@pytest.mark.parametrize(
    ("percent", "effect", "low", "high", "realised", "said"),
    [
        (-20, -25, -40, -10, -0.25, "Realised: -25 %. The promise is kept, as far as can be told."),
        (-20, -5, -8, -2, -0.05, "Realised: -5 %. Less than was promised."),
        (-20, -50, -60, -40, -0.5, "Realised: -50 %. More than was promised."),
        (-20, 30, 10, 50, 0.3, "Realised: +30 %. The opposite of what was promised."),
        (-20, 1, -30, 30, None, "What came of it cannot be told: -23 % to +42 % is possible, what was promised too."),
        (-20, 1, -9, 9, None, "cannot be told: -8.2 % to +9.8 % is possible, less than was promised in any case."),
    ],
)
def test_what_may_as_well_be_no_change_is_not_told_as_realised(
    percent: float, effect: float, low: float, high: float, realised: float | None, said: str
) -> None:
    """Where 100 h were expected; the ends of an interval are shares of what each would leave expected."""
    none = np.array([])
    estimate = Estimate(effect, low, high, 100.0, 100.0, 100.0 + effect, none, none, none)
    # A lower mean time to resolve is better; what holds 0 is not told.
    verdict: EffectVerdict = "no change that can be told" if low < 0 < high else "better" if effect < 0 else "worse"
    periods = KpiPeriods(none, none, 0, 1, Basis("", "", {}, None, 0))
    found = Effect(find_kpi("mttr"), TODAY, verdict, "", periods, periods.basis, -1, estimate=estimate)
    shown = promised(percent, found)
    assert shown.sentence.startswith("Promised: -20 %. ")
    assert shown.sentence.endswith(said)
    assert shown.realised == (realised if realised is None else pytest.approx(realised))
    assert promised(None, found).realised == shown.realised


def test_today_is_said_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2031-02-03")
    assert today() == date(2031, 2, 3)
    monkeypatch.setenv(VARIABLE, "nonsense")
    assert abs((today() - datetime.now(UTC).date()).days) <= 1
