"""Headers and values -> the format. Every header is of the shape that the tool writes; all values are invented."""

import duckdb
import pytest

from analytics.warehouse.formats import Recognition, load_formats, profile, propose, recognise, resolve
from analytics.warehouse.formats.recognise import THRESHOLD, score
from tests.formats.raw_table import Table

HEADERS = {
    "servicenow": [
        (
            "number,opened_at,short_description,caller_id,priority,state,category,assignment_group,assigned_to,"
            "sys_updated_on,sys_updated_by"
        ),
        "number,assignment_group,assigned_to,sys_updated_on",
        "number,assignment_group.display_value,assignment_group.link,assigned_to.display_value,sys_updated_on",
        "Number,Opened,Short description,Caller,Priority,State,Assignment group,Assigned to,Updated,Updated by",
        "Number,Created,State,Made SLA,Reassignment count",
        "number,type,risk,state,start_date,end_date,close_code,sys_created_on,assignment_group",
        "number,cat_item,request,requested_for,stage,state,due_date,opened_at,approval",
        "\ufeffNúmero,Criado em,Status,Descrição resumida,Grupo de atribuição,Atribuído a",
    ],
    "servicenow-event-log": [
        (
            "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,"
            "opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,"
            "subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,"
            "u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at"
        ),
    ],
    "jira": [
        (
            "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Reporter,"
            "Created,Updated,Resolved,Watchers,Watchers,Custom field (Time to resolution),Comment,Status Category"
        ),
        "issue_key,project,issue_type,status,priority,resolution,summary,created,updated,resolutiondate,reporter",
        "Work type,Key,Summary,Assignee,Reporter,Priority,Status,Resolution,Created,Updated,Due date",
        "Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Vorgangstyp,Status,Projektname,Erstellt,Aktualisiert",
    ],
    "freshservice": [
        (
            "Subject,Type,Status,Urgency,Impact,Priority,Group,Agent,Department,Category,Sub-Category,Item,Source,"
            "Ticket Id,Requester Name,Requester Email,Created Time,Due by Time,Resolved Time,Closed Time,"
            "Last Updated Time,Initial Response Time,Time Tracked,Agent interactions,Resolution Status,Approval Status"
        ),
        "Ticket Id,Subject,Status,Created Time",
    ],
    "freshdesk": [
        (
            "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,"
            "Last update time,Initial response time,Time tracked,First response time (in hrs),Agent interactions,"
            "Resolution status,First response status,Tags,Survey results,Product,Every response status,Full name,Tags"
        ),
        "Ticket ID,Subject,Status,Created time",
    ],
    "zendesk": [
        (
            "Summation column,Id,Requester,Requester id,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,"
            "Ticket type,Created at,Updated at,Organization,Due date,Solved at,Satisfaction Score,Group stations,"
            "Assignee stations,Reopens,Replies,First reply time in minutes,Full resolution time in minutes"
        ),
        "Id,Requester,Subject,Status,Via,Created at,Solved at",
    ],
    "zendesk-json": [
        (
            "id,type,subject,status,priority,created_at,updated_at,requester_id,submitter_id,assignee_id,group_id,"
            "via.channel,satisfaction_rating.score,metric_set.solved_at,metric_set.replies,metric_set.group_stations"
        ),
        "id,status,created_at,requester_id,via.channel",
    ],
}
SHAPES = [(name, header) for name, headers in HEADERS.items() for header in headers]


def recognised(connection: duckdb.DuckDBPyConnection, header: tuple[str, ...]) -> Recognition:
    return recognise(profile(connection, "raw", header))


@pytest.mark.parametrize(("name", "header"), SHAPES)
def test_a_header_is_recognised_as_its_own_format_and_no_other(
    name: str, header: str, connection: duckdb.DuckDBPyConnection, table: Table
) -> None:
    profiles = profile(connection, "raw", table(header))
    found = recognise(profiles)
    assert (found.format.name, found.generic) == (name, False)
    assert found.score >= THRESHOLD
    assert set(found.confidence.values()) == {1.0}
    others = {known.name: score(known, profiles) for known in load_formats() if known.name != name}
    assert max(others.values()) <= found.score
    assert found.runner_up_score == max(others.values())


def test_freshservice_and_freshdesk_differ_by_letter_case_alone(
    connection: duckdb.DuckDBPyConnection, table: Table
) -> None:
    row = ["17", "Mail does not open", "Closed", "2026-01-05 09:00:00"]
    service = recognised(connection, table("Ticket Id,Subject,Status,Created Time", row))
    desk = recognised(connection, table("Ticket ID,Subject,Status,Created time", row))
    assert (service.format.name, desk.format.name) == ("freshservice", "freshdesk")
    assert (service.runner_up, desk.runner_up) == ("freshdesk", "freshservice")


def test_a_log_of_updates_wins_over_the_list(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    header = "number,incident_state,sys_mod_count,opened_at,sys_updated_at,made_sla,assignment_group,sys_updated_by"
    steps = ["New", "Active", "Resolved", "Closed"]
    rows = [
        [
            f"INC00{ticket}",
            state,
            str(step),
            "29/2/2016 01:16",
            f"29/2/2016 0{step}:{ticket}",
            "true",
            "Group 1",
            "by 1",
        ]
        for ticket in range(10, 30)
        for step, state in enumerate(steps)
    ]
    found = recognised(connection, table(header, *rows))
    assert found.format.name == "servicenow-event-log"
    assert found.runner_up == "servicenow"
    assert found.score - found.runner_up_score > 0.1


def test_alien_ticket_numbers_are_not_servicenow(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    rows = [[f"{place}", "2026-01-05", "Open", "x"] for place in range(50)]
    assert recognised(connection, table("Number,Created,Status,Remark", *rows)).generic


def test_freshdesk_api_files_are_not_zendesk(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    row = ["1", "2", "3", "2", "2026-01-05T09:00:00Z", "44", "55"]
    found = recognised(connection, table("id,status,priority,source,created_at,requester_id,group_id", row))
    assert found.format.name not in ("zendesk", "zendesk-json")


def test_a_saved_mapping_wins_over_what_would_be_guessed(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    header = table(
        "Ref,Logged,Where it stands", ["A-1", "2026-01-05 10:00", "Open"], ["A-2", "2026-01-06 10:00", "Done"]
    )
    profiles = profile(connection, "raw", header)
    guess = propose(profiles).format
    found = recognise(profiles, saved=[guess])
    assert (found.format, found.generic) == (guess, False)


def test_a_saved_mapping_wins_over_a_format_that_fits_as_well(
    connection: duckdb.DuckDBPyConnection, table: Table
) -> None:
    profiles = profile(connection, "raw", table(HEADERS["jira"][1]))
    mine = propose(profiles).format
    assert recognise(profiles, saved=[mine]).format.name == mine.name


def test_mapping_keeps_repeated_headers_by_position(table: Table) -> None:
    jira = next(known for known in load_formats() if known.name == "jira")
    header = table(
        "Issue key,Summary,Status,Custom field (Category),Custom field (Category),Status Category,Resolution"
    )
    mapping = resolve(jira, header)
    assert mapping.positions["category"] == (3, 4)
    assert mapping.status_fallback == (5,)
    assert [places for _, places in mapping.cancelled] == [(6,)]
    assert mapping.unused == ()


def test_headers_are_compared_without_marks_case_accents_and_separators() -> None:
    servicenow = next(known for known in load_formats() if known.name == "servicenow")
    mapping = resolve(servicenow, ("\ufeffNumber*+", "SHORT_DESCRIPTION", "  Opened\u00a0at :", "Grupo de atribuicao"))
    assert mapping.positions == {"ticket_id": (0,), "title": (1,), "opened_at": (2,), "assignment_group": (3,)}
