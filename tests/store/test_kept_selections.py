"""Kept selections: a digest that a link names brings back the same condition, values and order."""

import re
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from analytics.store import Store
from analytics.store.kept_selections import KeptSelection
from tests.store.conftest import Open

ODD = "it's; DROP TABLE kept_selections -- 日本 \U0001f692 %s :x \\"
SELECTION = KeptSelection(
    f"tickets of {ODD}",
    "category = :category AND opened_on < :day AND opened_at >= :time",
    {"category": ODD, "day": date(2026, 3, 29), "time": datetime.fromisoformat("2026-03-29T01:30:15.123456")},
    "opened_at DESC, ticket_id",
)


def test_it_comes_back_as_it_was(store: Store, open_here: Open) -> None:
    digest = store.kept_selections.keep(SELECTION)
    assert re.fullmatch("[0-9a-f]{16}", digest)
    assert open_here().kept_selections.find(digest) == SELECTION


def test_the_same_one_has_the_same_digest_and_is_kept_once(store: Store) -> None:
    digests = {store.kept_selections.keep(SELECTION) for _ in range(3)}
    assert len(digests) == 1
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM kept_selections").scalar() == 1


@pytest.mark.parametrize(
    "other",
    [
        KeptSelection("other", SELECTION.condition, SELECTION.parameters, SELECTION.order),
        KeptSelection(SELECTION.words, "TRUE", SELECTION.parameters, SELECTION.order),
        KeptSelection(SELECTION.words, SELECTION.condition, {}, SELECTION.order),
        KeptSelection(SELECTION.words, SELECTION.condition, SELECTION.parameters, "ticket_id"),
    ],
)
def test_another_one_has_another_digest(store: Store, other: KeptSelection) -> None:
    assert store.kept_selections.keep(other) != store.kept_selections.keep(SELECTION)


@pytest.mark.parametrize(
    ("value", "back"),
    [
        (None, None), (True, True), (3, 3), (2.5, 2.5), ("", ""), ("2026-03-29", "2026-03-29"),
        (date(2026, 3, 29), date(2026, 3, 29)),
        (pd.Timestamp("2026-03-29 01:30"), datetime.fromisoformat("2026-03-29T01:30")),
        (np.int64(3), 3), (np.float64(2.5), 2.5), (np.bool_(True), True), (np.str_("é"), "é"),
        (("a", None, date(2026, 3, 29)), ["a", None, date(2026, 3, 29)]), ([1, [2]], [1, [2]]),
    ],
)  # fmt: skip
def test_a_value_comes_back_as_its_kind(store: Store, value: object, back: object) -> None:
    digest = store.kept_selections.keep(KeptSelection("w", "x = :x", {"x": value}, "ticket_id"))
    found = store.kept_selections.find(digest)
    assert found is not None
    assert found.parameters == {"x": back}
    assert type(found.parameters["x"]) is type(back)


@pytest.mark.parametrize("digest", ["", "0" * 16, "x" * 16, "'; DROP TABLE kept_selections; --", "\0", "\ud800", "é"])
def test_a_digest_that_was_never_kept_finds_nothing(store: Store, digest: str) -> None:
    store.kept_selections.keep(SELECTION)
    assert store.kept_selections.find(digest) is None


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_text_that_no_database_takes_is_kept_all_the_same(store: Store, text: str) -> None:
    selection = KeptSelection(text, "category = :category", {"category": text}, "ticket_id")
    found = store.kept_selections.find(store.kept_selections.keep(selection))
    assert found is not None
    assert (found.words, found.parameters) == (text.translate({0: "\ufffd", 0xD800: "\ufffd"}), {"category": text})
