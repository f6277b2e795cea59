"""What people enter, apart from the tickets: targets, saved mappings, settings. The only place with SQLAlchemy."""

from analytics.store.store import Store, open_store

__all__ = ["Store", "open_store"]
