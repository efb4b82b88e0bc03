"""Tries that count against a limit, for all workers together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "tries",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tries"),
    )
    op.create_index("ix_tries_digest_at", "tries", ["digest", "at"])
    op.create_index("ix_tries_at", "tries", ["at"])


def downgrade() -> None:
    """Counts may be forgotten."""
    op.drop_table("tries")
