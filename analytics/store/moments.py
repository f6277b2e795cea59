"""Moments: stored as UTC in every database, whatever zone its server is set to."""

from datetime import UTC, datetime


def utc(moment: datetime) -> datetime:
    """The moment in UTC: SQLite gives it back without a zone, PostgreSQL in the zone of its session."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
