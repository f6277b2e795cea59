"""The tables of saved views, the latest questions and kept selections."""

from sqlalchemy import Column, DateTime, String, Table, Text

from analytics.store.names import LONGEST, LONGEST_NOTE, LONGEST_TEXT
from analytics.store.tables import METADATA

# Views that people keep under a name: a page and its address, as JSON. A pinned one is on the Overview.
SAVED_VIEWS = Table(
    "saved_views",
    METADATA,
    Column("name", String(LONGEST_NOTE), primary_key=True),
    Column("page", String(LONGEST), nullable=False),
    Column("address", Text, nullable=False),
    Column("pinned_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

# The latest questions, in our words for what was understood: what somebody typed is not kept.
ASKED_QUESTIONS = Table(
    "asked_questions",
    METADATA,
    Column("words", String(LONGEST_TEXT), primary_key=True),
    Column("address", Text, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
)

# Tickets that somebody opened from a picture, so that their page has an address. The conditions are our own SQL.
KEPT_SELECTIONS = Table(
    "kept_selections",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("words", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("sort_order", Text, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
)
