"""What a loan officer asks, answered from the plan, with the holes named.

The questions follow the five Cs and CAMPARI, and add those that a cluster is asked because it is many. An answer is
put together from what the plan states and from its figures; a hole names the field that would fill it. Nothing is
judged here: that is the assessment's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from math import fsum
from typing import Any, Final, Literal

from finance_kit.plan.schema import Plan
from finance_kit.readiness.facts import FACTS
from finance_kit.readiness.reading import Reading
from finance_kit.readiness.wording import found

__all__ = ["Answer", "interview"]

State = Literal["answered", "partly", "open"]
_LONGEST: Final = 220


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the interview with what the plan answers.

    Parameters
    ----------
    id, question : the question
    five_c, campari : under which heads a banker files it; empty for a cluster's own
    state : whether the plan answers all of it, a part, or nothing
    parts : what it answers, each with its name
    holes : fields that would answer the rest
    """

    id: str
    question: str
    five_c: str
    campari: str
    state: State
    parts: tuple[tuple[str, str], ...]
    holes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values."""
        return asdict(self)


Part = tuple[str, str | None, str]
"""Name of a part, its words (``None``: not stated), and the field that states it."""


class _Desk:
    """A plan and its facts, as an officer has them on the desk."""

    def __init__(self, plan: Plan, known: dict[str, Reading]) -> None:
        self.plan, self.known, self.currency = plan, known, plan.period.currency

    def fact(self, name: str) -> Part:
        """A fact in words, with the field that it waits for."""
        fact, reading = FACTS[name], self.known[name]
        stated = reading.state not in ("missing", "unpublished")
        words = found(fact, reading, self.currency) if stated else None
        field = reading.fields[0] if reading.fields else fact.inputs[0]
        return fact.label[0].upper() + fact.label[1:], words, field

    def money(self, amount: float, code: str | None = None) -> str:
        """An amount with its currency."""
        return f"{code or self.currency} {amount:,.0f}"


def _text(value: str | None) -> str | None:
    """What a person wrote, on one line and not too long."""
    if not value or not value.strip():
        return None
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _some(items: Iterable[str], most: int = 4) -> str | None:
    """A few of many, sorted, so that the order in which members are listed changes nothing."""
    names = sorted(set(items))
    if not names:
        return None
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + more


def _who(desk: _Desk) -> list[Part]:
    cluster = desk.plan.cluster
    leader = cluster.leader
    led = None
    if leader is not None:
        years = f", {leader.years_experience:g} years in the trade" if leader.years_experience is not None else ""
        led = f"{leader.name}, {leader.role}{years}"
    return [
        ("Leader", led, "cluster.leader"),
        desk.fact("years_in_business"),
        desk.fact("loans_repaid"),
        desk.fact("days_late"),
        desk.fact("bureau_report"),
        ("Who vouches", _some(cluster.supporters), "cluster.supporters"),
    ]


def _bad_months(desk: _Desk) -> list[Part]:
    names = ("min_dscr", "dscr_price_stress", "dscr_volume_stress", "dscr_input_stress", "cash_shortfall")
    return [*(desk.fact(name) for name in names), desk.fact("committed_sales_share")]


def _own_money(desk: _Desk) -> list[Part]:
    plan = desk.plan
    cash = fsum(member.contribution_cash for member in plan.members if member.currency in (None, desk.currency))
    words = desk.money(cash) + " in cash by the members' list" if cash else None
    return [
        desk.fact("own_contribution_share"),
        ("From members", words, "members.contribution_cash"),
        desk.fact("members_contributing_share"),
    ]


def _conditions(desk: _Desk) -> list[Part]:
    plan = desk.plan
    gravest = sorted(plan.risks, key=lambda risk: (-risk.likelihood * risk.impact, risk.risk))[:2]
    risks = "; ".join(f"{risk.risk} – {risk.mitigation}" for risk in gravest)
    return [
        ("Purpose", _purpose(plan), "request.purpose"),
        desk.fact("dscr_price_stress"),
        ("Risks and what is done", _text(risks), "risks"),
    ]


def _purpose(plan: Plan) -> str | None:
    asked = plan.request.purpose if plan.request else None
    return _text(asked) or _text(_some(loan.purpose for loan in plan.financing.loans if loan.purpose))


def _security(desk: _Desk) -> list[Part]:
    plan = desk.plan
    listed = _some(f"{item.name} ({desk.money(item.value, item.currency)})" for item in plan.collateral)
    bare = sorted(item.name for item in plan.collateral if not item.evidence)
    proof = None if bare or not plan.collateral else "stated for each"
    insured = plan.sections.insurance
    return [
        ("Offered", _text(listed), "collateral"),
        desk.fact("collateral_cover"),
        ("Evidence of its worth", proof, "collateral.evidence"),
        ("Insurance", _section(insured), "sections.insurance"),
    ]


def _section(section: object) -> str | None:
    words = getattr(section, "text", None) if section is not None else None
    return _text(words if isinstance(words, str) else None)


def _amount(desk: _Desk) -> list[Part]:
    plan = desk.plan
    loans = _some(f"{loan.name}: {desk.money(loan.principal, loan.currency)}" for loan in plan.financing.loans)
    unproved = [asset for asset in plan.assets if asset.cost > 0.0 and not (asset.quotation or asset.source)]
    proof = f"a quotation or source is stated for each of {len(plan.assets)}" if plan.assets and not unproved else None
    quotations = [document for document in plan.documents if document.kind == "quotation"]
    held = f"{sum(each.status == 'held' for each in quotations)} of {len(quotations)} held" if quotations else None
    return [
        ("Asked for", _text(loans), "financing.loans"),
        ("Price of each thing to buy", proof, "assets.quotation"),
        ("Quotations", held, "documents"),
    ]


def _repayment(desk: _Desk) -> list[Part]:
    request = desk.plan.request
    return [
        ("From what it is repaid", _text(request.repayment_source if request else None), "request.repayment_source"),
        ("Months in which paying is easiest", _months(desk.plan), "request.preferred_months"),
        desk.fact("min_dscr"),
    ]


def _months(plan: Plan) -> str | None:
    months = plan.request.preferred_months if plan.request else None
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return ", ".join(names[month - 1] for month in sorted(months)) if months else None


def _facility(desk: _Desk) -> list[Part]:
    cluster = desk.plan.cluster
    shares = [member.ownership_share for member in desk.plan.members]
    stated = bool(shares) and all(share is not None for share in shares)
    return [
        ("Shared facility", _text(cluster.shared_facility), "cluster.shared_facility"),
        ("Legal form", (cluster.legal_form or "").replace("_", " ") or None, "cluster.legal_form"),
        ("Shares of the members", f"stated for all {len(shares)}" if stated else None, "members.ownership_share"),
    ]


def _signs(desk: _Desk) -> list[Part]:
    plan = desk.plan
    request = plan.request
    signs = None
    if request and request.signatory:
        signs = ", ".join(part for part in (request.signatory, request.signatory_role) if part)
    minutes = sorted(document.status for document in plan.documents if document.kind == "borrowing_minutes")
    return [
        ("Who signs", signs, "request.signatory"),
        ("Minutes of the decision to borrow", minutes[0].replace("_", " ") if minutes else None, "documents"),
        ("Registration", _text(plan.cluster.registration), "cluster.registration"),
    ]


def _deliver(desk: _Desk) -> list[Part]:
    members = desk.plan.members
    promised = [member for member in members if member.supply_commitment]
    words = f"{len(promised)} of {len(members)} members promise supply" if promised else None
    return [("Supply promised", words, "members.supply_commitment")]


def _rules(desk: _Desk) -> list[Part]:
    return [("Rules in the plan; see whether they say it", _text(desk.plan.cluster.governance), "cluster.governance")]


def _accounts(desk: _Desk) -> list[Part]:
    cluster = desk.plan.cluster
    committee = _some(f"{person.name}, {person.role}" for person in cluster.committee)
    return [desk.fact("keeps_books"), ("Committee", _text(committee), "cluster.committee")]


def _sharing(desk: _Desk) -> list[Part]:
    paid = desk.plan.distribution
    shares = (("dividends", paid.dividend_share), ("patronage refund", paid.patronage_share))
    words = "; ".join(f"{name} {share * 100:g} % of last year's net profit" for name, share in shares if share)
    return [
        ("Paid out by the plan", words or None, "distribution"),
        ("The rule in words", _text(paid.rule), "distribution.rule"),
    ]


_QUESTIONS: Final[tuple[tuple[str, str, str, str, Callable[[_Desk], list[Part]]], ...]] = (
    ("who", "Who are you, who vouches for you, and have you repaid?", "Character", "Character", _who),
    ("bad_months", "Can the business pay in bad months?", "Capacity", "Ability, Means", _bad_months),
    ("own_money", "What did the members put in?", "Capital", "Means", _own_money),
    ("why_now", "Why this, why now, and what if the price falls?", "Conditions", "Purpose", _conditions),
    ("security", "What else is there if it fails?", "Collateral", "Insurance", _security),
    ("amount", "Is it too much or too little?", "", "Amount", _amount),
    ("repayment", "When does the cash arrive?", "", "Repayment", _repayment),
    ("facility", "Who owns the facility?", "", "", _facility),
    ("signs", "Who signs, and who is liable?", "", "", _signs),
    ("deliver", "What binds the members to deliver?", "", "", _deliver),
    ("leaving", "What are the rules for leaving?", "", "", _rules),
    ("accounts", "Who keeps the accounts, and who checks them?", "", "", _accounts),
    ("sharing", "How is money distributed?", "", "", _sharing),
)  # fmt: skip


def interview(plan: Plan, known: dict[str, Reading]) -> tuple[Answer, ...]:
    """The questions of an interview, answered from a plan.

    Parameters
    ----------
    plan : what the leader wrote
    known : its facts (:func:`finance_kit.readiness.facts.facts`)
    """
    desk = _Desk(plan, known)
    answers = []
    for name, question, five_c, campari, read in _QUESTIONS:
        parts = read(desk)
        said = tuple((label, words) for label, words, _ in parts if words is not None)
        holes = tuple(dict.fromkeys(field for _, words, field in parts if words is None))
        state: State = "open" if not said else "partly" if holes else "answered"
        answers.append(Answer(name, question, five_c, campari, state, said, holes))
    return tuple(answers)
