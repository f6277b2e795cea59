"""Annotations of days, and resets of the baselines of process-behaviour limits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # AUTOINCREMENT: a number is never given twice, so that a late click cannot remove another one's text.
    op.create_table(
        "annotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_annotations"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "baseline_resets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kpi", sa.String(60), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_baseline_resets"),
        sqlite_autoincrement=True,
    )
