"""Titles: what is stripped, what is nearly the same, and that much of it is capped and said so."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.diagnostic.recurrence import near_titles as module
from analytics.diagnostic.recurrence.near_titles import near_titles
from analytics.diagnostic.recurrence.normalised_title import normalised_title, place_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Print queue stuck on PRN-0014", "PRN-0022: Print queue stuck!"),
        ("URGENT: cannot sign in to VPN, please help", "Cannot sign in to VPN"),
        ("Dringend: Drucker im 3. Stock druckt nicht, bitte", "Drucker Stock druckt nicht"),
        ("Impresión lenta desde 12/03/2026", "impresion lenta desde"),
        ("S'il vous plaît: réseau coupé", "Reseau coupe svp"),
        ("Batch failed 2026-03-01 04:00", "batch failed 2026-04-01 04:10"),
    ],
)
def test_two_wordings_of_one_thing_are_the_same(one: str, other: str) -> None:
    assert normalised_title(one) == normalised_title(other) != ""


def test_names_of_places_are_left_out() -> None:
    places = place_words(["Leeds North", "München"])
    assert normalised_title("Wi-Fi slow at Leeds", places) == normalised_title("Wi-Fi slow at München", places)


@given(st.text(max_size=80))
def test_what_is_normalised_stays_as_it_is(title: str) -> None:
    once = normalised_title(title)
    assert normalised_title(once) == once
    assert not any(letter.isdigit() for letter in once)


def _rows(*titles: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(titles, columns=["block", "title", "tickets"])


def test_a_rare_spelling_joins_the_frequent_one_of_its_block_only() -> None:
    rows = _rows(("A", "export fails payroll", 9), ("A", "exports fails payroll", 1), ("B", "exports fails payroll", 1))
    found = near_titles(rows)
    assert found.leader.tolist() == ["export fails payroll", "export fails payroll", "exports fails payroll"]
    assert found.capped == 0


@given(st.lists(st.tuples(st.sampled_from("AB"), st.text("abc ", max_size=6), st.integers(1, 9)), max_size=20))
def test_every_title_has_a_leader_of_its_own_block(titles: list[tuple[str, str, int]]) -> None:
    rows = _rows(*titles).drop_duplicates(["block", "title"]).reset_index(drop=True)
    leaders = near_titles(rows).leader
    for block, leader in zip(rows["block"], leaders, strict=True):
        assert leader in set(rows.loc[rows["block"] == block, "title"])


def test_large_blocks_are_capped_at_their_most_frequent_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_COMPARISONS", 16)
    names = ["aaaaaaaaaaaa", "aaaaaaaaaaab", "bbbb", "cccc", "aaaaaaaaaaac", "dddd"]
    found = near_titles(_rows(*[("A", name, 10 - place) for place, name in enumerate(names)]))
    # 4 x 4 comparisons are allowed: the two rarest stay alone.
    assert found.capped == 2
    assert found.leader.tolist() == ["aaaaaaaaaaaa", "aaaaaaaaaaaa", "bbbb", "cccc", "aaaaaaaaaaac", "dddd"]
