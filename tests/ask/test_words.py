"""Words: how the text of a question is cut."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ask.words import words_of

CUTS = {
    "How many tickets, last month?": "how many tickets last month",
    "What's our SLA": "what our sla",
    "the groups' SLA isn't met": "the groups sla isnt met",
    "SLA under 80%": "sla under 80 %",
    "SLA ≤80 %": "sla <= 80 %",
    "mttr>=48h": "mttr >= 48h",
    "mttr != network": "mttr not network",
    "1,234.5": "1234.5",
    "1,5": "1 5",
    "2.5 days": "2.5 days",
    "on 2026-04-03, 3.4.2026 or 03/04/2026": "on 2026-04-03 3.4.2026 or 03/04/2026",
    "2026-W14 2026-04 2026-Q2": "2026-w14 2026-04 2026-q2",
    "1\u201315 April": "1 - 15 april",
    "Jan - Mar": "jan - mar",
    "e-mail follow-up top-5": "e mail follow up top 5",
    "SLA - network": "sla network",
    "R&D": "r and d",
    "5+ replies, 3 + 4": "5 + replies 3 and 4",
    "assignment_group": "assignment group",
    "9:30": "9:30",
    "\uff33\uff2c\uff21": "sla",
    "caf\u0065\u0301": "café",
    "m\u200bt\u00adtr\x00 by\x07team": "mttr by team",
    "cost in €": "cost in €",
    "🔥🔥 mttr": "mttr",
    '"" unclosed " quote': "unclosed quote",
    "": "",
    "?!": "",
}  # fmt: skip


@pytest.mark.parametrize("text", CUTS, ids=range(len(CUTS)))
def test_text_is_cut_into_words(text: str) -> None:
    assert [word.text for word in words_of(text)] == CUTS[text].split()


@pytest.mark.parametrize("text", ['about "VPN  Down"', "about “VPN Down”", "about 'vpn down'", "about «vpn down»"])
def test_what_stands_in_quotation_marks_is_one_word(text: str) -> None:
    about, quoted = words_of(text)
    assert (about.text, about.quoted) == ("about", False)
    assert (quoted.text, quoted.quoted) == ("vpn down", True)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_word_knows_its_place(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) and word.text for word in words)
    assert all(first.end <= then.start or first.start <= then.start for first, then in itertools.pairwise(words))


@settings(deadline=None)
@given(st.lists(st.text("abcdefgxyz", min_size=1, max_size=9), max_size=20))
def test_plain_words_come_back(words: list[str]) -> None:
    text = "  ".join(words)
    assert [word.text for word in words_of(text)] == words
    assert [text[word.start : word.end] for word in words_of(text)] == words


@pytest.mark.parametrize("piece", ["a", "'", '"', "\u0301", "\x00", "<", "1-", "é", "\ud800", "1,000"])
def test_ten_thousand_characters_are_cut(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert "".join(word.text for word in words_of(text)) is not None
    assert all(word.end <= len(text) for word in words_of(text))
