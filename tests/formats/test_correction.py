"""A mapping that a person put right: what changes, what stays, and that it is recognised afterwards."""

import pytest

from analytics.warehouse.formats import ColumnProfile, ExportFormat, find_format, recognise
from analytics.warehouse.formats.correction import Correction, corrected
from analytics.warehouse.formats.toml_reader import BadFormat

HEADER = ("Ref", "Wann", "Zustand", "SLA ok", "Ref")
NOTHING = ExportFormat("unknown", "Unknown layout")
CHOSEN = {"ticket_id": "Ref", "opened_at": "Wann", "status": "Zustand"}


def test_headers_and_words_become_rules() -> None:
    correction = Correction(CHOSEN, {"Offen": "new", "Erledigt": "resolved", "Egal": None}, {"A": 1})
    format = corrected(NOTHING, HEADER, correction, "my-desk")
    assert {name: rule.headers for name, rule in format.columns.items()} == {
        "ticket_id": ("Ref",), "opened_at": ("Wann",), "status": ("Zustand",),
    }  # fmt: skip
    assert format.status == {"offen": "new", "erledigt": "resolved"}
    assert format.priority == {"a": 1}
    assert (format.name, format.event_time, format.has_resolution_time) == ("my-desk", "", False)


def test_what_was_not_touched_keeps_its_rule() -> None:
    servicenow = find_format("servicenow")
    header = ("number", "opened_at", "state", "made_sla")
    chosen = {"ticket_id": "number", "opened_at": "opened_at", "status": "state", "resolution_breached": "made_sla"}
    format = corrected(servicenow, header, Correction(chosen), "ours")
    assert format.columns == servicenow.columns
    assert format.status == servicenow.status


def test_a_column_can_be_let_go_and_a_word_forgotten() -> None:
    servicenow = find_format("servicenow")
    chosen = {"ticket_id": "number", "opened_at": "opened_at", "status": None}
    format = corrected(servicenow, ("number", "opened_at", "state"), Correction(chosen, {"New": None}), "ours")
    assert "status" not in format.columns
    assert "new" not in format.status


def test_a_flag_gets_words_for_yes_and_no() -> None:
    format = corrected(NOTHING, HEADER, Correction(CHOSEN | {"resolution_breached": "SLA ok"}), "my-desk")
    assert "yes" in format.columns["resolution_breached"].true


def test_one_row_per_update_is_told_by_the_time_of_the_update() -> None:
    format = corrected(
        NOTHING, HEADER, Correction({"ticket_id": "Ref", "updated_at": "Wann"}, is_event_log=True), "log"
    )
    assert format.event_time == "updated_at"


def test_without_any_column_it_is_refused() -> None:
    with pytest.raises(BadFormat):
        corrected(NOTHING, HEADER, Correction({}), "empty")


def test_the_next_file_with_these_headers_is_recognised() -> None:
    format = corrected(NOTHING, HEADER, Correction(CHOSEN, {"Offen": "new"}), "my-desk")
    profiles = [
        ColumnProfile("Ref", 0, 2, 2, 2, ("A1", "A2")),
        ColumnProfile("Wann", 1, 2, 2, 2, ("2025-01-01", "2025-01-02")),
        ColumnProfile("Zustand", 2, 2, 2, 1, ("Offen",)),
    ]
    assert recognise(profiles, [format]).format.name == "my-desk"
