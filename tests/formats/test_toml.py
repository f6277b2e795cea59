"""Formats are data: every file loads, survives a round trip, and a mistake is named with its place."""

import pytest

from analytics.errors import BacklightError
from analytics.warehouse.formats import (
    BadFormat,
    CancelledRule,
    ColumnRule,
    ExportFormat,
    format_from_toml,
    format_to_toml,
    load_formats,
)
from analytics.warehouse.formats.catalogue import vocabulary

MINIMAL = 'name = "x"\ntitle = "X"\n'


def test_the_formats_that_come_with_the_product() -> None:
    names = [format.name for format in load_formats()]
    assert names == sorted(names)
    assert {"servicenow", "servicenow-event-log", "jira", "freshservice", "freshdesk", "zendesk", "zendesk-json"} <= {
        *names
    }
    assert "generic" not in names


@pytest.mark.parametrize("format", [*load_formats(), vocabulary()], ids=lambda format: format.name)
def test_round_trip(format: ExportFormat) -> None:
    assert format_from_toml(format_to_toml(format)) == format


@pytest.mark.parametrize("format", load_formats(), ids=lambda format: format.name)
def test_what_every_format_needs(format: ExportFormat) -> None:
    assert "ticket_id" in format.columns
    assert "opened_at" in format.columns
    assert format.signature
    assert format.status
    assert format.sla_note or format.sla_trust == "none"


def test_round_trip_of_odd_text() -> None:
    odd = ExportFormat(
        name="mine",
        title='Quotes " and \\ and \n new lines, Ü 漢',
        columns={"ticket_id": ColumnRule(('He said "x"\t',)), "reassignment_count": ColumnRule(("Stations",), minus=1)},
        status={"läuft = ja": "in_progress"},
        priority={"1": 5, "ü.b": 1},
        ticket_type_prefix={"INC": "incident"},
        cancelled=(CancelledRule(("Tags",), ("merged",), listed=True),),
        status_by_type={"change": {"3": "closed"}},
        first_contact_replies=1,
        repeated_ids=False,
    )
    assert format_from_toml(format_to_toml(odd)) == odd


def test_words_are_casefolded_and_prefixes_are_upper_case() -> None:
    read = format_from_toml(
        MINIMAL + '[columns]\nticket_id=["Id"]\n[status]\nclosed=["DONE"]\n[ticket_type_prefix]\nincident=["inc"]'
    )
    assert read.status == {"done": "closed"}
    assert read.ticket_type_prefix == {"INC": "incident"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("name = ", "not TOML"),
        ('title = "X"\n[columns]\nticket_id=["Id"]', "name"),
        (MINIMAL + "[columns]\nticket_ids = ['Id']", "'ticket_ids' is not known. Did you mean 'ticket_id'?"),
        (MINIMAL + "[columns]\nsource = ['Id']", "'source' is not known"),
        (MINIMAL + "[columns]\nticket_id = ['Id']\n[status]\nsolved = ['x']", "status: 'solved' is not known"),
        (MINIMAL + "[columns]\nticket_id = ['Id']\n[priority]\n6 = ['x']", "priority: '6' is not known"),
        (MINIMAL + "[columns]\nticket_id = ['Id']\n[status]\nnew=['x']\nclosed=['X']", "'x' stands under both new and"),
        (MINIMAL + "[columns]\nticket_id = []", "columns.ticket_id: it needs at least one header"),
        (MINIMAL + "[columns]\nticket_id = { headers = ['Id'], minus = 1 }", "'minus' does not go with a column of"),
        (MINIMAL + "[columns]\nhandle_hours = { headers = ['T'], unit = 'days' }", "columns.handle_hours.unit: 'days'"),
        (MINIMAL + "[columns]\nticket_id = 'Id'", "columns.ticket_id: 'Id' should be a table"),
        (MINIMAL + "id_pattern = '['\n[columns]\nticket_id = ['Id']", "id_pattern: '[' is not a regular expression"),
        (MINIMAL + "verified = 1\n[columns]\nticket_id = ['Id']", "verified: 1 should be bool"),
        (MINIMAL + "helper = ['x']\n[columns]\nticket_id = ['Id']", "Did you mean 'helpers'?"),
        (MINIMAL + "time_zone = 'cet'\n[columns]\nticket_id = ['Id']", "time_zone: 'cet' is not known"),
        (MINIMAL + "event_time = 'status'\n[columns]\nticket_id = ['Id']", "event_time: 'status' is not known"),
        (MINIMAL + "[columns]\nticket_id = ['Id']\n[status_by_type.bug]\nnew = ['1']", "'bug' is not known"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, named: str) -> None:
    with pytest.raises(BadFormat) as raised:
        format_from_toml(text)
    assert isinstance(raised.value, BacklightError)
    assert named in str(raised.value)
