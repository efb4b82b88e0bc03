"""The declaration and who signs it; for a group loan every member."""

from __future__ import annotations

from collections.abc import Iterator

from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Column, Paragraph, Row, Section, Table

__all__ = ["declaration", "member_signatures"]

_DECLARED = (
    "The facts in this plan are true and complete, to the best of our knowledge, on the day of signature.",
    "The forecast is our own estimate. It rests on the assumptions stated in the plan; we will explain each of them.",
    "No paper handed in with this plan is false or altered.",
    "Debts of the cluster that are known to us are listed in the plan.",
    "We will tell the lender without delay when a fact changes that matters for the decision.",
    "By signing we agree that the lender asks a credit bureau for a report on the cluster and on each of us who signs."
    " Without our signature this consent is not given.",
    "By signing we agree that the lender keeps and uses the personal data in this plan to decide on the request and to"
    " look after the loan, and for nothing else.",
)


def declaration(basis: Basis) -> tuple[tuple[Paragraph, ...], tuple[tuple[str, str], ...]]:
    """Texts above the signatures, and who signs as (role, name or empty)."""
    say = Formats(basis.currency)
    head = [Paragraph(f"We, who sign for {basis.plan.cluster.name}, declare:")]
    points = [Paragraph(text, "bullet") for text in _DECLARED]
    end = [Paragraph(f"Figures as of {say.day(basis.date)}, in {basis.currency}.", "note")]
    if _group_loan(basis):
        end.append(Paragraph("Every member signs in the annex.", "note"))
    if basis.plan.fictional:
        end.append(Paragraph("This is a teaching case: it is not to be signed or handed to a lender.", "warning"))
    return (*head, *points, *end), _signatures(basis)


def _signatures(basis: Basis) -> tuple[tuple[str, str], ...]:
    """Signatory, leader and treasurer, each person once; without a treasurer, the first of the committee."""
    cluster, request = basis.plan.cluster, basis.plan.request

    def people() -> Iterator[tuple[str, str]]:
        if request and request.signatory:
            yield request.signatory_role or "Signatory", request.signatory
        if cluster.leader:
            yield cluster.leader.role, cluster.leader.name
        treasurers = [person for person in cluster.committee if "treasurer" in person.role.casefold()]
        for person in (treasurers or cluster.committee)[:1]:
            yield person.role, person.name

    found: dict[str, tuple[str, str]] = {}
    for role, name in people():
        found.setdefault(" ".join(name.casefold().split()), (role, name))
    blank = (("Leader", ""), ("Treasurer", ""))
    signed = tuple(found.values())
    return signed if len(signed) > 1 else (signed + blank[1:] if signed else blank)


def _group_loan(basis: Basis) -> bool:
    """Whether members as a group borrow from a microfinance institution."""
    return bool(basis.plan.members) and any(loan.lender_type == "mfi" for loan in basis.plan.financing.loans)


def member_signatures(basis: Basis) -> Section | None:
    """Annex of a group loan: a line to sign or to put a thumbprint on for every member; ``None`` for other loans."""
    if not _group_loan(basis):
        return None
    rows = tuple(Row((number, member.name, "", "")) for number, member in enumerate(basis.plan.members, start=1))
    columns = (Column("No.", "count"), Column("Member"), Column("Signature or thumbprint"), Column("Date"))
    text = "Each member has heard or read the declaration and agrees to it by signature or thumbprint."
    table = Table("member_signatures", "Signatures of all members", columns, rows)
    return Section("member_signatures", "Signatures of all members", (Paragraph(text), table), new_page=True)
