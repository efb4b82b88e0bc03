"""Word templates that people supply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.String(length=22)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "word_templates",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_word_templates_user_id_users", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_word_templates"),
    )
    op.create_index("ix_word_templates_user_id", "word_templates", ["user_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("word_templates")
