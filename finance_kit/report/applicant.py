"""The applicant: who the cluster is, who leads it, what members bring in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from finance_kit.plan.cluster import Member, Person
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Cell, Chart, Column, Figure, Paragraph, Row, Section, Series, Table, Unit
from finance_kit.report.wording import LEGAL_FORMS, author_text, listed, not_stated, place

__all__ = ["applicant", "members_annex", "members_table", "women_among_members"]

_BOOKS = {
    "none": "no books",
    "notebook": "a notebook",
    "monthly_accounts": "monthly accounts",
    "audited_accounts": "audited accounts",
}
_GENDER = {"woman": "woman", "man": "man", "not_stated": ""}
_SLICES = 8
_LISTED = 20  # members; a longer list stands in an annex


def applicant(basis: Basis) -> Section:
    """The cluster in facts, its history and aims, its leaders and rules, its members."""
    cluster = basis.plan.cluster
    parts = [
        _history(basis),
        _leadership(basis),
        _members(basis),
    ]
    supporters = [Paragraph(name, "bullet") for name in cluster.supporters]
    if supporters:
        parts.append(Section("supporters", "Who supports the cluster", tuple(supporters)))
    return Section("applicant", "The applicant", (tuple(_facts(basis)),), tuple(p for p in parts if p.blocks))


def women_among_members(basis: Basis) -> tuple[int, int] | None:
    """(women, members): as the cluster states it, else as the members' list shows it; ``None`` where neither does."""
    cluster = basis.plan.cluster
    if cluster.number_of_members and cluster.women_members is not None:
        return cluster.women_members, cluster.number_of_members
    listed_members = basis.plan.members
    if listed_members and all(member.gender != "not_stated" for member in listed_members):
        return sum(member.gender == "woman" for member in listed_members), len(listed_members)
    return None


def _facts(basis: Basis) -> Iterator[Figure]:
    """What is stated about the cluster, fact by fact; what a lender expects is said to be missing."""
    cluster = basis.plan.cluster
    expected = "Not stated in the plan"
    form = LEGAL_FORMS[cluster.legal_form].capitalize() if cluster.legal_form else expected
    yield Figure("cluster_name", "Name", cluster.name, "text")
    yield Figure("cluster_product", "Main product", cluster.product, "text")
    yield Figure("legal_form", "Legal form", form, "text")
    yield Figure("registration", "Registration", cluster.registration or expected, "text")
    yield Figure("place", "Place", place(basis), "text")
    optional: tuple[tuple[str, str, Cell, Unit], ...] = (
        ("address", "Address", cluster.address, "text"),
        ("telephone", "Telephone", cluster.phone, "text"),
        ("formed_year", "Year formed", str(cluster.formed_year) if cluster.formed_year else None, "text"),
        ("years_in_business", "In business with this product", cluster.years_in_business, "years"),
        ("number_of_members", "Members", cluster.number_of_members, "count"),
    )
    yield from (Figure(id, label, value, unit) for id, label, value, unit in optional if value is not None)
    women = women_among_members(basis)
    if women:
        yield Figure("women_members", "Women among the members", women[0], "count")
        yield Figure("women_share", "Share of women", women[0] / women[1], "share")
    if cluster.women_led is not None:
        yield Figure("women_led", "Led by a woman", "yes" if cluster.women_led else "no", "text")
    if cluster.shared_facility:
        yield Figure("shared_facility", "Shared facility today", cluster.shared_facility, "text")
    if cluster.meets_per_month is not None:
        yield Figure("meetings", "Meetings a month", cluster.meets_per_month, "quantity")
    books = _BOOKS[cluster.keeps_books] if cluster.keeps_books else expected
    yield Figure("book_keeping", "Book-keeping", books, "text")


def _history(basis: Basis) -> Section:
    cluster = basis.plan.cluster
    blocks: list[Block] = [*author_text(cluster.history)]
    if cluster.vision:
        blocks += [Paragraph("What the cluster wants to reach in three years:"), *author_text(cluster.vision)]
    if cluster.objectives:
        blocks.append(Paragraph("Objectives:"))
        blocks += [Paragraph(objective, "bullet") for objective in cluster.objectives]
    return Section("history", "History and objectives", tuple(blocks))


def _leadership(basis: Basis) -> Section:
    """Leader and committee, and the rules that bind members."""
    cluster = basis.plan.cluster
    people: list[Person] = [*([cluster.leader] if cluster.leader else []), *cluster.committee]
    blocks: list[Block] = []
    if people:
        rows = tuple(
            Row((person.name, person.role, _GENDER[person.gender], person.years_experience, person.background or ""))
            for person in people
        )
        columns = (
            Column("Name"), Column("Role"), Column("Gender"), Column("Experience, years", "years"),
            Column("Training and experience"),
        )  # fmt: skip
        blocks.append(Table("leadership", "Leader and committee", columns, rows))
    else:
        blocks.append(not_stated("Leader and committee"))
    blocks += author_text(cluster.governance) or (not_stated("Rules of the cluster"),)
    return Section("leadership", "Leadership and rules", tuple(blocks))


def _members(basis: Basis) -> Section:
    plan = basis.plan
    if not plan.members:
        return Section("members", "Members", (not_stated("List of members"),))
    say = Formats(basis.currency)
    cash = sum(member.contribution_cash for member in plan.members)
    in_kind = sum(member.contribution_in_kind for member in plan.members)
    sentence = f"{len(plan.members)} members are listed."
    if women := women_among_members(basis):
        sentence += (
            f" Of {women[1]} members, {women[0]} {'is a woman' if women[0] == 1 else 'are women'}"
            f" ({say.figure(women[0] / women[1], 'share')})."
        )
    promised = [
        *([f"{say.figure(cash, 'money')} in cash"] if cash else []),
        *([f"{say.figure(in_kind, 'money')} in kind"] if in_kind else []),
    ]
    sentence += f" They pledge {listed(promised)}." if promised else " They pledge no contribution."
    short = len(plan.members) <= _LISTED
    sentence += "" if short else " The list of members stands in an annex."
    blocks: list[Block] = [Paragraph(sentence), *([members_table(basis)] if short else [])]
    chart = None if short else _contributions_chart(basis, cash + in_kind)
    givers: dict[str, list[str]] = {}
    for member in plan.members:
        if member.in_kind_description:
            givers.setdefault(" ".join(member.in_kind_description.split()), []).append(member.name)
    kinds = [f"{listed(names)}: {what}" for what, names in givers.items()]
    if kinds:
        shown = kinds[:_LISTED]
        blocks.append(Paragraph("Contributions in kind:"))
        blocks += [Paragraph(kind, "bullet") for kind in shown]
        blocks += [Paragraph(f"{len(kinds) - len(shown)} more.", "bullet")] if len(kinds) > len(shown) else []
    return Section("members", "Members", (*blocks, *([chart] if chart else [])))


def members_annex(basis: Basis) -> Section | None:
    """The list of members of a large cluster; ``None`` where the body of the plan holds it."""
    if len(basis.plan.members) <= _LISTED:
        return None
    return Section("members_annex", "Members", (members_table(basis),))


_MEMBER_COLUMNS: tuple[tuple[Column, Callable[[Member], Cell], bool], ...] = (
    (Column("Type"), lambda m: m.type, False),
    (Column("Gender"), lambda m: _GENDER[m.gender], False),
    (Column("Since"), lambda m: str(m.joined_year) if m.joined_year else "", False),
    (Column("Land, hectares", "quantity"), lambda m: m.land_hectares, True),
    (Column("Output a year", "quantity"), lambda m: m.output_per_year, True),
    (Column("Supply promised", "quantity"), lambda m: m.supply_commitment, True),
    (Column("Unit"), lambda m: m.supply_unit or "", False),
    (Column("In cash", "money"), lambda m: m.contribution_cash, True),
    (Column("In kind", "money"), lambda m: m.contribution_in_kind, True),
    (Column("Share", "share"), lambda m: m.ownership_share, True),
)


def members_table(basis: Basis) -> Table:
    """Members with what they have, promise and pay in.

    A column that is empty for all is left out; type and unit, where all have the same, stand in the note.
    """
    members = basis.plan.members
    units = {
        (member.supply_unit or "").casefold()
        for member in members
        if member.output_per_year or member.supply_commitment
    }
    columns = [Column("Member")]
    cells: list[list[Cell]] = [[member.name for member in members]]
    totals: list[Cell] = ["Total"]
    notes = []
    for column, read, added in _MEMBER_COLUMNS:
        found = [read(member) for member in members]
        if not any(found):
            continue
        same = len({value.casefold() for value in found if isinstance(value, str)}) == 1
        if column.label in ("Type", "Unit") and same and len(members) > 1:
            notes.append(f"{column.label}: {found[0]}.")
            continue
        columns.append(column)
        cells.append(found)
        mixed = column.label in ("Output a year", "Supply promised") and len(units) > 1
        numbers = [value for value in found if isinstance(value, float | int)]
        totals.append(sum(numbers) if added and not mixed else "")
    rows = [Row(row) for row in zip(*cells, strict=True)]
    rows.append(Row(tuple(totals), "total"))
    note = " ".join(notes) or None
    return Table("members", "Members and what they bring in", tuple(columns), tuple(rows), note)


def _contributions_chart(basis: Basis, total: float) -> Chart | None:
    """Who pays in how much: the largest eight and the others together."""
    paid = {
        at: m.contribution_cash + m.contribution_in_kind
        for at, m in enumerate(basis.plan.members)
        if m.contribution_cash + m.contribution_in_kind > 0
    }
    if len(paid) < 2:
        return None
    ranked = sorted(paid, key=lambda at: -paid[at])
    slices = [(basis.plan.members[at].name, paid[at]) for at in ranked[:_SLICES]]
    rest = [paid[at] for at in ranked[_SLICES:]]
    if rest:
        slices.append((f"{len(rest)} others", sum(rest)))
    say = Formats(basis.currency)
    title = f"The largest contribution is {say.figure(slices[0][1] / total, 'share')} of all"
    alt = "; ".join(f"{name}: {say.figure(amount / total, 'share')}" for name, amount in slices)
    return Chart(
        "member_contributions",
        "bar",
        title,
        tuple(name for name, _ in slices),
        (Series("Contribution", tuple(amount for _, amount in slices)),),
        "money",
        f"Contributions of members in cash and in kind. {alt}.",
        basis.currency,
    )
