"""Kept forecasts: what was expected once, to be held against what came."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # AUTOINCREMENT: a number is never given twice, so that a late click cannot remove another forecast.
    op.create_table(
        "kept_forecasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("grain", sa.String(10), nullable=False),
        sa.Column("origin", sa.Date(), nullable=False),
        sa.Column("known_until", sa.Date(), nullable=False),
        sa.Column("horizon", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("snapshot", sa.String(200), nullable=False),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_once", sa.String(64), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_kept_forecasts"),
        sa.UniqueConstraint("kept_once", name="uq_kept_forecasts_kept_once"),
        sqlite_autoincrement=True,
    )
