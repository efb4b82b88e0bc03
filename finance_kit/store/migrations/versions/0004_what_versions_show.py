"""A version that brought another back names it; documents outlive who asked for them; shares by name and by link."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__ = ["downgrade", "upgrade"]

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(length=22)
BY_NAME = sa.text("through_id IS NULL")


def upgrade() -> None:
    """Change the tables."""
    op.add_column("revisions", sa.Column("shows", sa.Integer(), nullable=True))
    _jobs(nullable=True, ondelete="SET NULL")
    op.drop_index("uq_shares_plan_id_user_id", "shares")
    op.create_index(
        "uq_shares_plan_id_user_id",
        "shares",
        ["plan_id", "user_id"],
        unique=True,
        sqlite_where=BY_NAME,
        postgresql_where=BY_NAME,
    )
    op.create_index("uq_shares_through_id_user_id", "shares", ["through_id", "user_id"], unique=True)


def downgrade() -> None:
    """What people had by a link is given up, and so are documents of people who left."""
    op.execute("DELETE FROM shares WHERE through_id IS NOT NULL")
    op.drop_index("uq_shares_through_id_user_id", "shares")
    op.drop_index("uq_shares_plan_id_user_id", "shares")
    op.create_index("uq_shares_plan_id_user_id", "shares", ["plan_id", "user_id"], unique=True)
    op.execute("DELETE FROM job_files WHERE job_id IN (SELECT id FROM jobs WHERE user_id IS NULL)")
    op.execute("DELETE FROM jobs WHERE user_id IS NULL")
    _jobs(nullable=False, ondelete="CASCADE")
    op.drop_column("revisions", "shows")


def _jobs(*, nullable: bool, ondelete: str) -> None:
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_constraint("fk_jobs_user_id_users", type_="foreignkey")
        jobs.alter_column("user_id", existing_type=ID, nullable=nullable)
        jobs.create_foreign_key("fk_jobs_user_id_users", "users", ["user_id"], ["id"], ondelete=ondelete)
