"""What a lender looks at beside the figures, as tables: papers, haircuts, guarantees, households, other terms."""

from __future__ import annotations

from typing import Final

from finance_kit.packs.model import GuaranteeFee
from finance_kit.readiness.burden import GroupLoan, HouseholdShare
from finance_kit.readiness.guarantee import GuaranteeOption
from finance_kit.readiness.offers import HeldOffer
from finance_kit.report.basis import Basis
from finance_kit.report.desk import Desk
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Column, Paragraph, Row, Section, Table
from finance_kit.report.wording import listed

__all__ = ["group_share", "guarantee_cover", "haircuts", "papers", "published_terms"]

_STATUS: Final = {
    "held": "held", "requested": "requested", "to_get": "to get", "expired": "expired",
    "not_applicable": "does not apply",
}  # fmt: skip
_OUTCOMES: Final = {
    "open": "to be asked of the scheme",
    "not_eligible": "a condition is not met",
    "no_loan": "no loan is asked for",
}
_STATES: Final = {
    "fits": "within", "over": "above", "not_stated": "not stated", "no_household": "no household",
}  # fmt: skip


def papers(desk: Desk) -> Section:
    """Documents that the lender asks for and the plan lists: where each stands and who makes it; an annex."""
    found = desk.checklist
    rows = tuple(
        Row(
            (item.order, item.title, _STATUS[item.status], item.reference, item.where),
            marked_cells=(2,) if item.status in ("to_get", "expired") else (),
        )
        for item in found.items
    )
    counted = [(word, sum(item.status == status for item in found.items)) for status, word in _STATUS.items()]
    text = f"{len(rows)} documents: " + listed(f"{number} {word}" for word, number in counted if number) + "."
    whose = "by its own list" if found.own_list else "by a general list, since it publishes none of its own"
    if desk.profile.kind == "generic":
        whose = "by a general list"
    columns = (
        Column("No.", "count"), Column("Document"), Column("Status"), Column("Number and date"), Column("Where from"),
    )  # fmt: skip
    note = f"Asked for {whose}: {found.profile}, version {found.version}. To get: missing, or asked for and not listed."
    table = Table("documents", "Document checklist", columns, rows, note)
    return Section("documents", "Documents", (Paragraph(text), table))


def haircuts(basis: Basis, desk: Desk) -> tuple[Block, ...]:
    """What is lent against the security after haircuts; empty where nothing is offered or lent."""
    found, say = desk.security, Formats(basis.currency)
    if not found.items or not found.amount or found.cover_after is None:
        return ()
    if found.asked is False:
        return (Paragraph(f"{desk.profile.title}: no security is asked for.", "note"),)
    if all(item.share is None for item in found.items):
        return (
            Paragraph(f"{desk.profile.title}: the share that is lent against these kinds is not published.", "note"),
        )
    rows = [Row((item.name, item.value, item.share, item.counted, _whose(item.share_from))) for item in found.items]
    rows.append(Row(("Total", found.value, None, found.counted, ""), "total"))
    columns = (
        Column("Item"), Column("Value", "money"), Column("Lent of it", "share"), Column("Counts as", "money"),
        Column("Whose share"),
    )  # fmt: skip
    text = (
        f"After haircuts it counts as {say.figure(found.counted, 'money')}, {say.number(found.cover_after, 'ratio')}"
        " times the loans."
    )
    if found.missing > 0.0:
        text += f" Loans of {say.figure(found.missing, 'money')} stand without security."
    if found.without_evidence and found.evidenced_after is not None:
        text += (
            f" Counting only what has evidence it is {say.number(found.evidenced_after, 'ratio')} times"
            f" (without evidence: {listed(found.without_evidence)})."
        )
    note = f"As counted by {desk.profile.title}, version {desk.profile.version}."
    if any(item.share_from in ("generic", "borrowed") for item in found.items):
        note += " A general share is a convention; a lender takes off what its own rules say."
    return (Paragraph(text), Table("haircuts", "Security after haircuts", columns, tuple(rows), note))


def _whose(share_from: str) -> str:
    return {
        "own": "this lender's", "generic": "general", "borrowed": "general; the lender publishes none",
        "not_taken": "not taken as security",
    }.get(share_from, "not published, counts nothing")  # fmt: skip


def guarantee_cover(basis: Basis, desk: Desk) -> Section | None:
    """The cover with each guarantee scheme of the country; ``None`` without a loan or a scheme."""
    found = [option for option in desk.guarantees if option.outcome != "no_loan"]
    if not found:
        return None
    rows = tuple(
        Row((
            option.scheme.title, option.cover_share, option.guaranteed, option.cover_after, option.missing_after,
            _OUTCOMES[option.outcome],
        ))
        for option in found
    )  # fmt: skip
    columns = (
        Column("Scheme"), Column("Covers of a loan", "share"), Column("Guaranteed", "money"),
        Column("Cover with it", "ratio"), Column("Still without security", "money"), Column("As the plan stands"),
    )  # fmt: skip
    without = Formats(basis.currency).number(desk.security.cover_after or 0.0, "ratio")
    note = f"Without a scheme the cover after haircuts is {without}. A dash: no cover of a single loan is published."
    table = Table("guarantees", "Cover with a guarantee scheme", columns, rows, note)
    said = [Paragraph(_scheme_words(basis, option), "bullet") for option in found]
    return Section("guarantees", "Guarantee schemes of the country", (table, *said))


def _scheme_words(basis: Basis, option: GuaranteeOption) -> str:
    """Fee, true cost with it, and where it was read."""
    scheme, say = option.scheme, Formats(basis.currency)
    words = [f"{scheme.title}:"]
    told = scheme.fee_text is not None and "%" in scheme.fee_text
    words += [] if told else [_fee_words(say, fee) for fee in scheme.fees]
    words += [f"{scheme.fee_text.rstrip('.')}."] if scheme.fee_text else []
    words += [] if scheme.fees or scheme.fee_text else ["The fee is not published."]
    for cost in option.costs:
        if cost.eir_before is not None and cost.eir_after is not None:
            rates = [say.number(rate, "rate") for rate in (cost.eir_before, cost.eir_after)]
            words.append(f"{cost.loan} then costs {rates[1]} a year with all fees counted, without it {rates[0]}.")
    if scheme.source is not None:
        known = f", last confirmed {scheme.last_confirmed}" if scheme.last_confirmed else ""
        words.append(f"Source: {scheme.source.title}, {scheme.source.publisher}{known}.")
    words += ["Not confirmed: ask."] if scheme.status != "confirmed" else []
    return " ".join(words)


def _fee_words(say: Formats, fee: GuaranteeFee) -> str:
    """A fee with its share of each year; the last stands for all later years."""
    of = "the guaranteed part" if fee.basis == "guaranteed" else "the loan"
    shares = ", ".join(say.number(share, "rate") for share in fee.yearly_shares)
    years = " in the first and each next year" if len(fee.yearly_shares) > 1 else " a year"
    when = {"with_collateral": ", with security of its own", "without_collateral": ", without security of its own"}
    return f"Fee: {shares} of {of}{years}{when.get(fee.when, '')}."


def group_share(basis: Basis, desk: Desk) -> Section | None:
    """Each household's share of a group loan against what it has left; ``None`` where the loan is no group's."""
    found = desk.group
    if found is None:
        return None
    rows = tuple(_household(each) for each in found.members)
    columns = (
        Column("Member"), Column("Share of the loan", "money"), Column("Net cash a month", "money"),
        Column("Debts now", "share"), Column("With the loan", "share"), Column("If one fails", "share"),
        Column("Limit"),
    )  # fmt: skip
    note = (
        "Shares of a household's net cash in the heaviest season, if the group's business paid nothing. If one fails:"
        f" the others take over the largest other share. Limit: {Formats(basis.currency).number(found.limit, 'share')};"
        f" {found.limit_source[:1].lower()}{found.limit_source[1:].rstrip('.')}."
    )
    table = Table("group_share", "What the loan weighs on each household", columns, rows, note)
    return Section("group_share", "Members' shares of the loan", (Paragraph(_group_words(basis, found)), table))


def _household(each: HouseholdShare) -> Row:
    burden = None if each.with_loan is None or each.with_loan == float("inf") else each.with_loan
    before = None if each.before is None or each.before == float("inf") else each.before
    failing = None if each.if_one_fails is None or each.if_one_fails == float("inf") else each.if_one_fails
    state = "no net cash" if each.with_loan == float("inf") else _STATES[each.state]
    cells = (each.name, each.amount, each.net_cash, before, burden, failing, state)
    return Row(cells, marked_cells=(4, 6) if each.state == "over" else ())


def _group_words(basis: Basis, found: GroupLoan) -> str:
    """Whether every household can bear its share."""
    limit = Formats(basis.currency).number(found.limit, "share")
    basis_words = "as the members state them" if found.basis == "stated" else "in equal parts"
    words = f"The loan is shared {basis_words}."
    if found.verdict == "fits":
        return f"{words} Every household can bear its share within {limit} of its net cash."
    if found.verdict == "refused":
        return f"{words} Above {limit} of their net cash are {listed(found.over)}."
    return f"{words} Not every household's net cash is stated, so that this cannot be judged for all."


def published_terms(basis: Basis, desk: Desk) -> tuple[Block, ...]:
    """The plan's largest loan beside the terms that lenders publish; empty where none publishes enough."""
    page = desk.offers
    if page is None:
        return ()
    code = page.loan.currency or basis.currency
    rows = tuple(_offer(each, place) for place, each in enumerate(page.offers))
    columns = (
        Column("Terms of"), Column("Rate as quoted", "rate"), Column("Months", "months"),
        Column("Received in hand", "price", code), Column("Highest instalment", "price", code),
        Column("Cost in all", "price", code), Column("Effective rate", "rate"), Column("Lowest DSCR", "ratio"),
    )  # fmt: skip
    caps = [each for each in page.offers if each.within_law is False]
    note = (
        f"\u201c{page.loan.name}\u201d beside what lenders publish; nobody has made an offer. What a lender leaves open"
        " is as the plan has it. The lowest DSCR is that of the whole plan on these terms."
    )
    if caps:
        note += f" Above a legal limit on interest: {listed(_name(each) for each in caps)}."
    said = [
        Paragraph(f"{_name(each)}: {' '.join(each.candidate.notes)}", "bullet")
        for each in page.offers
        if each.candidate.notes
    ]
    return (Table("published_terms", "The loan beside published terms", columns, rows, note), *said)


def _name(each: HeldOffer) -> str:
    return each.candidate.offer.title


def _offer(each: HeldOffer, place: int) -> Row:
    offer, cost = each.candidate.offer, each.compared.cost
    flat = " (flat)" if offer.terms.quotation == "flat" else ""
    cells = (
        f"{_name(each)}{flat}", offer.terms.annual_rate, offer.terms.months, cost.true.net_received,
        each.compared.peak_instalment, cost.cost, each.eir, each.min_dscr,
    )  # fmt: skip
    return Row(cells, "total" if place == 0 else "normal")
