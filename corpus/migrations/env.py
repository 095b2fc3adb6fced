"""Alembic's entry point: runs the versions on the connection that `corpus.migrating` hands over."""

from alembic import context

from corpus.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the store wraps all steps in its own transaction
)
context.run_migrations()
