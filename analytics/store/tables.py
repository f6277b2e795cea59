"""The tables as the code sees them. A change here needs a migration; a test compares the two."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from analytics.store.names import LONGEST, LONGEST_NOTE, LONGEST_TEXT

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ENTERED_TARGETS = Table(
    "entered_targets",
    METADATA,
    Column("kpi", String(LONGEST), primary_key=True),
    Column("value", Float(53), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

SAVED_MAPPINGS = Table(
    "saved_mappings",
    METADATA,
    Column("name", String(LONGEST), primary_key=True),
    Column("toml", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

SETTINGS = Table(
    "settings",
    METADATA,
    Column("name", String(LONGEST), primary_key=True),
    Column("value", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# AUTOINCREMENT: a number is never given twice, so that a late click cannot remove another one's text.
ANNOTATIONS = Table(
    "annotations",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("text", String(LONGEST_NOTE), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

BASELINE_RESETS = Table(
    "baseline_resets",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kpi", String(LONGEST), nullable=False),
    Column("week", Date, nullable=False),
    Column("note", String(LONGEST_NOTE), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("undone_at", DateTime(timezone=True)),
    sqlite_autoincrement=True,
)

SCENARIOS = Table(
    "scenarios",
    METADATA,
    Column("name", String(LONGEST), primary_key=True),
    Column("changes", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# `kept_once` is filled for those kept by the page itself, and no two of them are equal: however many sessions try.
KEPT_FORECASTS = Table(
    "kept_forecasts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(LONGEST_NOTE), nullable=False),
    Column("filters", Text, nullable=False),
    Column("grain", String(10), nullable=False),
    Column("origin", Date, nullable=False),
    Column("known_until", Date, nullable=False),
    Column("horizon", Integer, nullable=False),
    Column("model", String(100), nullable=False),
    Column("snapshot", String(200), nullable=False),
    Column("numbers", Text, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    Column("kept_once", String(64), unique=True),
    Column("removed_at", DateTime(timezone=True)),
    sqlite_autoincrement=True,
)

# One person's answers to one questionnaire. `draft_key` is a digest of what only their own browser knows, and is
# emptied when they submit: afterwards nothing leads from the answers to anybody.
RESPONSES = Table(
    "responses",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("questionnaire", String(LONGEST), nullable=False),
    Column("team", String(LONGEST_NOTE), nullable=False),
    Column("role", String(20), nullable=False),
    Column("draft_key", String(64), unique=True),
    Column("submitted_on", Date),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("response_id", Integer, ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True),
    Column("statement", String(LONGEST), primary_key=True),
    Column("answer", String(10)),
    Column("comment", String(LONGEST_TEXT), nullable=False),
)

# Records that several people edit have a `version`, which counts their changes; see records.py.
ACTIONS = Table(
    "actions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("what", String(LONGEST_TEXT), nullable=False),
    Column("who", String(LONGEST_NOTE), nullable=False),
    Column("how", String(LONGEST_TEXT), nullable=False),
    Column("due_on", Date),
    Column("statement", String(LONGEST), nullable=False),
    Column("kpi", String(LONGEST), nullable=False),
    Column("filters", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("started_on", Date),
    Column("done_on", Date),
    Column("follow_up_on", Date),
    Column("promised_percent", Float(53)),
    Column("origin", String(LONGEST_NOTE), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

ACTION_COMMENTS = Table(
    "action_comments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("action_id", Integer, ForeignKey("actions.id"), nullable=False),
    Column("text", String(LONGEST_TEXT), nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

PROBLEM_RECORDS = Table(
    "problem_records",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("group_key", String(64), nullable=False),
    Column("title", String(LONGEST_NOTE), nullable=False),
    Column("owner", String(LONGEST_NOTE), nullable=False),
    Column("filters", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("root_cause_due_on", Date, nullable=False),
    Column("root_cause", String(LONGEST_TEXT), nullable=False),
    Column("status", String(20), nullable=False),
    Column("fixed_on", Date),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

# Recurring groups that people looked at and put aside.
DISMISSED_GROUPS = Table(
    "dismissed_groups",
    METADATA,
    Column("group_key", String(64), primary_key=True),
    Column("reason", String(LONGEST_NOTE), nullable=False),
    Column("dismissed_on", Date, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# Leadership's own weeks in operational, tactical and strategic work.
LOGGED_TIME = Table(
    "logged_time",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("week", Date, nullable=False),
    Column("work", String(20), nullable=False),
    Column("hours", Float(53), nullable=False),
    Column("note", String(LONGEST_NOTE), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

# Work that the business may build itself under guard-rails: who, how, when and what, and how far it has come.
HANDED_WORK = Table(
    "handed_work",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(LONGEST_NOTE), nullable=False),
    Column("filters", Text, nullable=False),
    Column("risk", String(20), nullable=False),
    Column("risk_reasons", String(LONGEST_TEXT), nullable=False),
    Column("step", String(20), nullable=False),
    Column("unit", String(LONGEST_NOTE), nullable=False),
    Column("who", String(LONGEST_NOTE), nullable=False),
    Column("how", String(LONGEST_TEXT), nullable=False),
    Column("due_on", Date),
    Column("what", String(LONGEST_TEXT), nullable=False),
    Column("follow_up_on", Date),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

BUILDERS = Table(
    "builders",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("unit", String(LONGEST_NOTE), nullable=False),
    Column("builder", String(LONGEST_NOTE), nullable=False),
    Column("boundaries", String(LONGEST_TEXT), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

WORK_SESSIONS = Table(
    "work_sessions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("minutes", Text, nullable=False),
    Column("follow_up_on", Date),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)

# Every change of a record with a version, as JSON of the fields that changed: [before, after].
RECORD_CHANGES = Table(
    "record_changes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(LONGEST), nullable=False),
    Column("record_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("kind", "record_id", "version"),
    sqlite_autoincrement=True,
)

# How long this product took for an answer: evidence for the statement on reporting by hand.
ANSWER_TIMES = Table(
    "answer_times",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("question", String(LONGEST), nullable=False),
    Column("seconds", Float(53), nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
    sqlite_autoincrement=True,
)
