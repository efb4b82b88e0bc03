"""What Alembic runs: the steps, on the connection and in the transaction that it was given."""

from __future__ import annotations

from alembic import context

from finance_kit.store import tables_people, tables_plans
from finance_kit.store.base import Base

TABLES = (tables_people, tables_plans)  # tables are known once their modules are loaded


def _run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
