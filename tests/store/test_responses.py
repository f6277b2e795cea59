"""Answers in the store: a draft is its writer's alone, what is handed in is nobody's, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import inspect, select, update

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.tables import ANSWERS, METADATA, RESPONSES
from tests.store.conftest import Open

DAY = date(2026, 5, 4)
HOSTILE = "'; DROP TABLE answers; -- <b>x</b> ![a](//b) =1+1 日本"


def everything(store: Store) -> str:
    """All that the store holds, as text."""
    with store.database.reading() as connection:
        names = [table for table in METADATA.sorted_tables if inspect(connection).has_table(table.name)]
        return "\n".join(str(row) for table in names for row in connection.execute(select(table)))


def test_a_draft_comes_back_by_its_key_as_it_was_left(store: Store, open_here: Open) -> None:
    key = store.responses.begin("diagnostic", "  Service \n Desk ")
    store.responses.answer(key, "users_chase", "yes")
    store.responses.answer(key, "problems_return", "dont_know")
    store.responses.answer(key, "users_chase", "no")
    store.responses.comment(key, "users_chase", f" {HOSTILE} ")
    store.responses.place(key, "Network", "leader")
    store.responses.answer(key, "problems_return", None)
    draft = open_here().responses.draft(key)
    assert draft is not None
    assert (draft.questionnaire, draft.team, draft.role, draft.submitted_on) == (
        "diagnostic",
        "Network",
        "leader",
        None,
    )
    assert (draft.answer("users_chase"), draft.answer("problems_return"), draft.answer("other")) == ("no", None, None)
    assert (draft.comment("users_chase"), draft.comment("other")) == (HOSTILE, "")


def test_only_a_digest_of_the_key_is_kept(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk")
    assert key not in everything(store)
    assert sha256(key.encode()).hexdigest() in everything(store)
    assert store.responses.draft(key[:-1]) is None


def test_what_is_handed_in_leads_back_to_nobody(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk", "practitioner")
    store.responses.answer(key, "users_chase", "yes")
    store.responses.submit(key, DAY)
    assert store.responses.draft(key) is None
    assert sha256(key.encode()).hexdigest() not in everything(store)
    with store.database.reading() as connection:
        row = connection.execute(select(RESPONSES)).one()
    # The day alone is kept, not the minute.
    assert (row.draft_key, row.submitted_on, row.changed_at.replace(tzinfo=UTC)) == (
        None, DAY, datetime(2026, 5, 4, 12, tzinfo=UTC),
    )  # fmt: skip


def test_drafts_are_not_among_what_was_handed_in(store: Store) -> None:
    store.responses.answer(store.responses.begin("diagnostic", "Desk", "leader"), "users_chase", "yes")
    key = store.responses.begin("diagnostic", "Desk", "leader")
    store.responses.answer(key, "users_chase", "no")
    handed_in = store.responses.submit(key, DAY)
    assert store.responses.submitted("diagnostic") == (handed_in,)
    assert store.responses.submitted("backlog") == ()


def test_nothing_more_is_taken_after_it_was_handed_in(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk", "leader")
    store.responses.answer(key, "users_chase", "yes")
    store.responses.submit(key, DAY)
    for late in (
        lambda: store.responses.answer(key, "users_chase", "no"),
        lambda: store.responses.comment(key, "users_chase", "late"),
        lambda: store.responses.place(key, "Network", "leader"),
        lambda: store.responses.submit(key, DAY),
    ):
        with pytest.raises(BacklightError, match="was submitted or discarded: answer anew"):
            late()
    assert [one.answer("users_chase") for one in store.responses.submitted("diagnostic")] == ["yes"]


def test_a_role_and_an_answer_are_needed_and_a_refusal_changes_nothing(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk")
    with pytest.raises(BacklightError, match="role is missing"):
        store.responses.submit(key, DAY)
    store.responses.place(key, "Desk", "leader")
    store.responses.comment(key, "users_chase", "only words")
    with pytest.raises(BacklightError, match="no answer yet"):
        store.responses.submit(key, DAY)
    assert store.responses.draft(key) is not None
    assert store.responses.submitted("diagnostic") == ()


@pytest.mark.parametrize("bad", ["maybe", "Yes", ""])
def test_other_answers_and_roles_are_refused(store: Store, bad: str) -> None:
    key = store.responses.begin("diagnostic", "Desk")
    with pytest.raises(BacklightError, match="use one of yes, no, dont_know"):
        store.responses.answer(key, "users_chase", bad)
    with pytest.raises(BacklightError, match="use one of practitioner, leader"):
        store.responses.place(key, "Desk", bad or "chief")


@pytest.mark.parametrize("team", ["", " \n", "x" * 201, "a\0b", "\ud800"])
def test_other_teams_are_refused_in_a_sentence(store: Store, team: str) -> None:
    with pytest.raises(BacklightError, match=r"^The team "):
        store.responses.begin("diagnostic", team)
    assert "diagnostic" not in everything(store)


def test_a_comment_that_is_too_long_is_refused_and_the_one_before_stays(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk")
    store.responses.comment(key, "users_chase", "kept")
    with pytest.raises(BacklightError, match="1,001 characters"):
        store.responses.comment(key, "users_chase", "x" * 1_001)
    draft = store.responses.draft(key)
    assert draft is not None
    assert draft.comment("users_chase") == "kept"


def test_a_discarded_draft_is_gone_with_its_answers(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk")
    store.responses.comment(key, "users_chase", "not for you")
    store.responses.discard(key)
    store.responses.discard(key)
    assert "not for you" not in everything(store)


def test_drafts_are_forgotten_after_ninety_days_and_answers_never(store: Store) -> None:
    old, kept = (store.responses.begin("diagnostic", "Desk", "leader") for _ in range(2))
    handed_in = store.responses.begin("diagnostic", "Desk", "leader")
    store.responses.answer(handed_in, "users_chase", "yes")
    store.responses.submit(handed_in, date(2020, 1, 1))
    with store.database.writing() as connection:
        mine = RESPONSES.c.draft_key == sha256(old.encode()).hexdigest()
        connection.execute(update(RESPONSES).where(mine).values(changed_at=datetime.now(UTC) - timedelta(days=91)))
    store.responses.begin("diagnostic", "Network")
    assert store.responses.draft(old) is None
    assert store.responses.draft(kept) is not None
    assert len(store.responses.submitted("diagnostic")) == 1


def test_twenty_people_at_once_lose_nothing(store: Store) -> None:
    statements = [f"statement_{number}" for number in range(7)]

    def one(person: int) -> int:
        key = store.responses.begin("diagnostic", f"Team {person % 4}", "practitioner")
        for number, statement in enumerate(statements):
            store.responses.answer(key, statement, ("yes", "no", "dont_know")[(person + number) % 3])
            store.responses.comment(key, statement, f"{person} on {number}")
        return store.responses.submit(key, DAY).id

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(one, range(20)))
    found = {response.id: response for response in store.responses.submitted("diagnostic")}
    assert set(found) == set(numbers)
    for person, number in enumerate(numbers):
        for place, statement in enumerate(statements):
            answer = ("yes", "no", "dont_know")[(person + place) % 3]
            assert (found[number].answer(statement), found[number].comment(statement)) == (
                answer,
                f"{person} on {place}",
            )


def test_two_windows_of_one_draft_lose_nothing(store: Store) -> None:
    key = store.responses.begin("diagnostic", "Desk", "leader")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.responses.answer(key, f"s{n % 10}", ("yes", "no")[n // 10 % 2]), range(40)))
    with store.database.reading() as connection:
        assert len(connection.execute(select(ANSWERS)).all()) == 10


def test_answers_are_shown_together_once(store: Store) -> None:
    store.responses.show((frozenset({1, 2, 3}), frozenset()))
    store.responses.show((frozenset({4, 5}),))
    for again in (frozenset({3, 9}), frozenset({5})):
        with pytest.raises(BacklightError, match="shown by somebody else meanwhile"):
            store.responses.show((frozenset({7, 8}), again))
    assert store.responses.shown_batches() == (frozenset({1, 2, 3}), frozenset({4, 5}))


def test_of_several_clicks_at_once_one_counts(store: Store) -> None:
    def click(_: int) -> bool:
        try:
            store.responses.show((frozenset({1, 2, 3, 4, 5}),))
        except BacklightError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(click, range(8))) == 1
    assert store.responses.shown_batches() == (frozenset({1, 2, 3, 4, 5}),)
