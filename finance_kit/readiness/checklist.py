"""The documents that one lender asks of one plan: where each stands, who makes it, in which order, and who says so.

Three sources are kept apart: what the lender (or the profile that stands for it) asks, what lenders of the country were
read to ask, and what is only recalled. The last is a list of questions for the lender and never counts as asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from finance_kit.plan.schema import Plan
from finance_kit.readiness import wording
from finance_kit.readiness.asked_documents import ORDER, CountryDocument, country_documents
from finance_kit.readiness.profile import LenderProfile

__all__ = ["Checklist", "ChecklistItem", "Question", "checklist"]

Status = Literal["held", "to_get", "requested", "expired", "not_applicable"]
_NOT_CONFIRMED: Final = "not confirmed; ask the lender or the office"

_KINDS: Final[dict[str, tuple[str, str]]] = {
    "registration": ("Registration", "office"),
    "statutes": ("Statutes or written rules", "cluster"),
    "member_list": ("List of members", "cluster"),
    "borrowing_minutes": ("Minutes of the decision to borrow, with who signs", "cluster"),
    "identity": ("Identity papers of those who apply and sign", "office"),
    "title": ("Title of what is offered as security", "office"),
    "quotation": ("Quotations for what is bought", "seller"),
    "contract": ("Contracts or orders of buyers", "buyer"),
    "accounts": ("Accounts", "cluster"),
    "bank_statements": ("Bank statements", "bank"),
    "tax": ("Tax papers", "office"),
    "permit": ("Permits", "office"),
    "insurance": ("Insurance", "insurer"),
    "bureau": ("Credit bureau report", "bureau"),
    "other": ("Other", "office"),
}
_WHERE: Final = {
    "cluster": "the cluster writes it itself",
    "member": "each member has it",
    "bank": "the bank where the account is",
    "seller": "the sellers",
    "buyer": "the buyers",
    "insurer": "an insurer",
    "bureau": "the credit bureau; the lender says how",
    "office": _NOT_CONFIRMED,
}
_STATUS: Final[dict[str, Status]] = {
    "held": "held", "requested": "requested", "missing": "to_get", "expired": "expired",
    "not_applicable": "not_applicable",
}  # fmt: skip
_BUREAU: Final[dict[str, Status]] = {
    "none": "to_get", "requested": "requested", "clean": "held", "with_remarks": "held",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A document.

    Parameters
    ----------
    order : from 1, the order in which they are got
    kind, title : what it is; the title as the plan or the country's list has it
    status : as the plan states it; ``to_get`` where it does not list it
    listed : whether the plan lists it
    reference : number and date, as the plan states them
    where : who makes it, or which office issues it
    days, cost : how long and how much; ``None`` where no source was read
    asked_by : who asks for it, in words with the source; empty where the plan alone lists it
    note : what the country's list says of it
    """

    order: int
    kind: str
    title: str
    status: Status
    listed: bool
    reference: str
    where: str
    days: int | None
    cost: str | None
    asked_by: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Question:
    """A document that is only recalled: a question for the lender."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Documents of one lender for one plan, in the order in which they are got.

    ``own_list`` says whether the list is the lender's own or stands for one that it does not publish.
    """

    profile: str
    profile_id: str
    version: str
    legal_form: str | None
    own_list: bool
    source: str
    items: tuple[ChecklistItem, ...]
    to_ask: tuple[Question, ...]

    def count(self, *status: Status) -> int:
        """How many documents have one of these statuses."""
        return sum(item.status in status for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """The list as plain values."""
        return asdict(self)


def checklist(plan: Plan, profile: LenderProfile) -> Checklist:
    """The documents that a lender asks of a plan.

    Parameters
    ----------
    plan : for its legal form, its security and the documents that it lists
    profile : the lender
    """
    form = plan.cluster.legal_form
    fitting = [each for each in country_documents(plan.cluster.country).documents if _fits(each, plan, profile)]
    read = [each for each in fitting if each.status == "confirmed"]
    asked = {*profile.documents.kinds, *(each.kind for each in read)}
    listed = {document.kind for document in plan.documents}
    items = []
    for kind in ORDER:
        notes = [each for each in read if each.kind == kind]
        by = _asked_by(profile, kind, notes)
        for title, status, reference in _stated(plan, kind, asked=kind in asked):
            items.append(_item(kind, title, status, reference, by, notes, listed=True))
        if kind in asked and kind not in listed and kind != "bureau":
            items += _not_listed(kind, by, notes)
        elif kind in listed and len(notes) > 1:  # one paper of a kind does not stand for two that are asked
            unnamed = [note for note in notes if not _named(plan, note)]
            items += _not_listed(kind, by, unnamed) if unnamed else []
    source = profile.documents.source
    borrowed = profile.fallbacks.get("documents")
    return Checklist(
        profile=profile.title,
        profile_id=profile.id,
        version=profile.version,
        legal_form=form,
        own_list=profile.kind == "lender" and borrowed is None,
        source=wording.source(source),
        items=tuple(_numbered(items)),
        to_ask=tuple(
            Question(each.kind, each.title, each.text)
            for kind in ORDER
            for each in fitting
            if each.status != "confirmed" and each.kind == kind
        ),
    )


def _fits(document: CountryDocument, plan: Plan, profile: LenderProfile) -> bool:
    """Whether a document of the country is meant for this form, lender and security."""
    form = plan.cluster.legal_form
    return (
        (not document.forms or form is None or form in document.forms)
        and (not document.lender_types or profile.lender_type in document.lender_types)
        and (document.needs is None or bool(plan.collateral))
    )


def _named(plan: Plan, note: CountryDocument) -> bool:
    """Whether the plan lists a document under the country's name for it."""
    title = note.title.casefold()
    return any(document.kind == note.kind and title in document.name.casefold() for document in plan.documents)


def _stated(plan: Plan, kind: str, *, asked: bool) -> list[tuple[str, Status, str]]:
    """Title, status and reference of what the plan says of a kind, in the order of the titles."""
    if kind == "bureau":
        report = plan.credit_history.bureau_report if plan.credit_history else None
        if not asked and report in (None, "none"):
            return []
        status: Status = _BUREAU[report] if report else "to_get"
        return [(_KINDS[kind][0], status, "with remarks" if report == "with_remarks" else "")]
    return sorted(
        (document.name, _STATUS[document.status], document.reference or "")
        for document in plan.documents
        if document.kind == kind
    )


def _asked_by(profile: LenderProfile, kind: str, notes: Iterable[CountryDocument]) -> tuple[str, ...]:
    """Who asks for a kind of document."""
    said = []
    if kind in profile.documents.kinds:
        base = profile.fallbacks.get("documents")
        said.append(f"{base or profile.named}: {wording.source(profile.documents.source)}")
    sources = [each.source for each in notes if each.source is not None]
    said += [f"{source.title}, {source.publisher}" for source in sources]
    return tuple(dict.fromkeys(said))


def _not_listed(kind: str, by: tuple[str, ...], notes: list[CountryDocument]) -> list[ChecklistItem]:
    """What is asked and the plan does not list: each document of the country, or the kind by its name."""
    titles = [each.title for each in notes] or [_KINDS[kind][0]]
    one = [[each] for each in notes] or [[]]
    return [_item(kind, title, "to_get", "", by, note, listed=False) for title, note in zip(titles, one, strict=True)]


def _item(
    kind: str,
    title: str,
    status: Status,
    reference: str,
    by: tuple[str, ...],
    notes: list[CountryDocument],
    *,
    listed: bool,
) -> ChecklistItem:
    """A document without its place in the order."""
    maker: str = notes[0].made_by if notes else _KINDS[kind][1]
    office = next((each.office for each in notes if each.office), None)
    return ChecklistItem(
        order=0,
        kind=kind,
        title=title,
        status=status,
        listed=listed,
        reference=reference,
        where=office or _WHERE[maker],
        days=next((each.days for each in notes if each.days is not None), None),
        cost=next((each.cost for each in notes if each.cost), None),
        asked_by=by,
        note=" ".join(f"{each.title}: {each.text}" if listed else each.text for each in notes),
    )


def _numbered(items: Iterable[ChecklistItem]) -> Iterable[ChecklistItem]:
    """The items with their place in the order."""
    for order, item in enumerate(items, 1):
        yield ChecklistItem(**{**asdict(item), "order": order})
