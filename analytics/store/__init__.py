"""What people enter: targets, mappings, settings, annotations, baselines. The only place with SQLAlchemy."""

from analytics.store.store import Store, open_store

__all__ = ["Store", "open_store"]
