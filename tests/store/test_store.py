"""What people enter comes back, exactly, and bad input is refused in one sentence."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.targets import shipped_targets
from tests.store.conftest import Open

HOSTILE = [
    "'; DROP TABLE settings; --",
    '"""\n[x]\ny = "\\u0000"',
    "![beacon](//example.invalid/x.png) <script>alert(1)</script>",
    "=HYPERLINK(A1)",
    "%s %(name)s :name ? {name}",
    "日本語 \u202e‮ 👩‍🚒 \ufeff é é",
    "\x01\x1b[31m\r\n\t ",
    "x" * 1_000_000,
    "",
]


def test_entered_targets_win_over_shipped_ones_until_they_are_removed(store: Store) -> None:
    shipped = shipped_targets()
    store.set_target("mttr", 8)
    store.set_target("my_own", 0.125)
    store.set_target("mttr", 8.5)
    assert store.targets() == shipped | {"mttr": 8.5, "my_own": 0.125}
    store.set_target("mttr", None)
    store.set_target("my_own", None)
    store.set_target("never_entered", None)
    assert store.targets() == shipped


# Each example is a write that waits for the disk, over what the one before it left.
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_a_target_comes_back_to_the_last_bit(store: Store, value: float) -> None:
    store.set_target("mttr", value)
    assert store.targets()["mttr"] == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "8", True])
def test_a_target_that_is_no_number_is_refused(store: Store, value: float) -> None:
    with pytest.raises(BacklightError, match="cannot be the target of 'mttr'"):
        store.set_target("mttr", value)


def test_mappings_are_kept_replaced_and_deleted(store: Store) -> None:
    store.save_mapping("b", "old = 1")
    store.save_mapping("a", "x = 1")
    store.save_mapping("b", "new = 1")
    assert list(store.mappings().items()) == [("a", "x = 1"), ("b", "new = 1")]
    store.delete_mapping("a")
    store.delete_mapping("a")
    assert store.mappings() == {"b": "new = 1"}


@pytest.mark.parametrize("name", ["", " ", "a b", "../x", "a\n", "ä", "a" * 61, "a;b", "a\0", "٣"])
def test_a_mapping_name_is_1_to_60_letters_digits_hyphens_and_underscores(store: Store, name: str) -> None:
    with pytest.raises(BacklightError, match="use 1 to 60 letters"):
        store.save_mapping(name, "x = 1")
    store.save_mapping("A-z_09" + "x" * 54, "x = 1")


def test_a_setting_is_its_default_until_set_and_may_be_empty(store: Store) -> None:
    assert store.setting("show_names", "no") == "no"
    store.set_setting("show_names", "")
    assert store.setting("show_names", "no") == ""


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_as_it_was(store: Store, open_here: Open, text: str) -> None:
    store.save_mapping("hostile", text)
    store.set_setting("hostile", text)
    store.close()
    again = open_here()
    assert again.mappings() == {"hostile": text}
    assert again.setting("hostile", "lost") == text


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_text_that_postgresql_would_refuse_is_refused_at_once(store: Store, text: str) -> None:
    with pytest.raises(BacklightError, match="not text"):
        store.save_mapping("mine", text)
    assert store.mappings() == {}


def test_a_name_from_outside_finds_nothing_and_harms_nothing(store: Store) -> None:
    for text in HOSTILE:
        store.delete_mapping(text)
        assert store.setting(text, "none") == "none"


def test_the_shipped_targets_are_in_their_units() -> None:
    shipped = shipped_targets()
    assert {"sla_adherence", "fcr", "mttr"} <= shipped.keys()
    assert 0 < shipped["sla_adherence"] <= 1


@pytest.mark.parametrize("text", ["mttr = 'a day'", "mttr = true", "mttr = nan", "mttr =", "\xff"])
def test_a_spoilt_targets_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "targets.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BacklightError, match=r"targets\.toml cannot be read .*: write one line per KPI"):
        shipped_targets(file)
