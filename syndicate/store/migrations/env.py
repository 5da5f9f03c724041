"""What Alembic runs: the history on the connection it is handed, inside that connection's transaction.

It does not touch the configuration of logging, and it opens no connection of its own.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from syndicate.store.tables import metadata


def run(connection: Connection) -> None:
    """Run the history; whoever began the transaction ends it."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
