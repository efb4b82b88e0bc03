"""Organisation and people: posts, pay, skills, how the work is organised."""

from __future__ import annotations

from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Column, Paragraph, Row, Section, Table
from finance_kit.report.wording import author_text, full_year, not_stated, text_section

__all__ = ["people", "staff_table"]


def staff_table(basis: Basis) -> Table | None:
    """Posts with heads, pay, and whether members or hired people do the work; ``None`` without posts."""
    plan = basis.plan
    posts = plan.staff.posts
    if not posts:
        return None
    rows = [
        Row((
            post.role, post.headcount, post.women, post.monthly_pay,
            "members" if post.labour == "own" else "hired", "in cash" if post.paid == "cash" else "valued only",
            str(plan.axis.month(plan.month_number(post.start))),
        ))
        for post in posts
    ]  # fmt: skip
    women = [post.women for post in posts if post.women is not None]
    heads = sum(post.headcount for post in posts)
    rows.append(Row(("All posts", heads, sum(women) if women else None, "", "", "", ""), "total"))
    columns = (
        Column("Post"), Column("Heads", "quantity"), Column("Women", "quantity"),
        Column("Pay a month for one", "money"), Column("Done by"), Column("Paid"), Column("From", "month"),
    )  # fmt: skip
    note = "Heads in full-time posts. Valued only: members' unpaid work, which costs no cash."
    return Table("staff", "Posts and pay", columns, tuple(rows), note)


def people(basis: Basis) -> Section:
    """How the work is organised, posts and pay, skills."""
    staff = basis.plan.staff
    blocks: list[Block] = [*author_text(staff.organisation)]
    table = staff_table(basis)
    if table is None:
        blocks.append(not_stated("Posts and pay"))
    else:
        blocks += [Paragraph(_cost(basis)), table]
        skills = tuple(Row((post.role, post.skills)) for post in staff.posts if post.skills)
        if skills:
            columns = (Column("Post"), Column("Skills and training"))
            blocks.append(Table("staff_skills", "Skills by post", columns, skills))
    trained = text_section("skills", "Skills and training", basis.plan.sections.skills)
    return Section("people", "Organisation and people", tuple(blocks), (trained,) if trained else ())


def _cost(basis: Basis) -> str:
    """Pay, social charges and unpaid work of the first full year."""
    say = Formats(basis.currency)
    year = full_year(basis)
    pay, social, unpaid = (basis.yearly(line)[year] for line in ("payroll", "social", "imputed_labour"))
    text = f"In {basis.years[year]} pay in cash costs {say.figure(pay, 'money')}"
    text += f" and social charges {say.figure(social, 'money')}." if social else "; no social charges are planned."
    text += f" Members' unpaid work is valued at {say.figure(unpaid, 'money')}." if unpaid else ""
    return text
