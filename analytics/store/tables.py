"""The tables as the code sees them. A change here needs a migration; a test compares the two."""

from sqlalchemy import Column, Date, DateTime, Float, Integer, MetaData, String, Table, Text

from analytics.store.names import LONGEST, LONGEST_NOTE

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
