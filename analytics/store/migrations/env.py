"""Alembic's entry point; `analytics.store.migration` hands it an open connection inside a transaction."""

from alembic import context

from analytics.store.tables import METADATA

# transactional_ddl: SQLite can create and drop tables inside a transaction, though Alembic does not assume it.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
