"""The steps that a plan is filled in by: what belongs together, in which order, and what is asked for first.

Five steps make a profile, fifteen the full plan. A step names parts of the schema; what a part asks for is read off it.
Fields that few plans need are folded under "more".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from finance_kit.forms.schema_form import Node, form_of
from finance_kit.plan.schema import Plan

__all__ = [
    "FIRST",
    "FULL_STEPS",
    "NOT_ASKED",
    "PROFILE_STEPS",
    "Step",
    "first_fields",
    "step_nodes",
    "step_of",
    "steps",
]

NOT_ASKED: Final = frozenset({"schema_version", "depth"})
"""Keys that no step asks for: one is fixed, the other changes when a profile grows."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form: its id, title, one line of introduction, and the keys of the plan that it asks for."""

    id: str
    title: str
    about: str
    keys: tuple[str, ...]


PROFILE_STEPS: Final = (
    Step("who", "Who we are", "The cluster, and when the plan begins.", ("title", "cluster", "period")),
    Step("sell", "What we sell", "Price, quantity and what goes into one unit.", ("products",)),
    Step("costs", "What a month costs", "Everything beside inputs: rent, energy, transport, pay.", ("fixed_costs",)),
    Step("buy", "What we want to buy", "What it costs and how long it lasts.", ("assets",)),
    Step("money", "Money and loan", "What members pay themselves and what is to be borrowed.", ("financing",)),
)
FULL_STEPS: Final = (
    Step("plan", "Plan and period", "Title, first month, currency.",
         ("title", "period", "fictional", "origin", "notes")),
    Step("cluster", "The cluster", "Who applies, who leads, how decisions are made.", ("cluster",)),
    Step("members", "Members", "What each member puts in, supplies and owes.", ("members",)),
    Step("needs", "Needs and ideas", "Problems, the value chain, ways to add value.",
         ("needs", "value_chain", "value_options")),
    Step("products", "Products", "Prices, quantities, seasons and inputs.", ("products",)),
    Step("market", "Market and buyers", "Who buys, how firmly, and who else sells.", ("market", "buyers")),
    Step("costs", "Running costs", "What is paid whether much or little is sold, and what grows with sales.",
         ("fixed_costs", "sales_costs")),
    Step("staff", "Staff", "Posts, pay and social charges.", ("staff",)),
    Step("investment", "Investment", "What is bought, what it costs, who pays.", ("assets", "pre_operating")),
    Step("financing", "Money and loans", "Own money, grants, loans, days that money is tied up.",
         ("financing", "working_capital", "existing_debts")),
    Step("past", "Past and opening balance", "Results of earlier years; what is there on the eve of the plan.",
         ("past_years", "opening", "without_project")),
    Step("tax", "Tax, surplus and conventions", "Tax, what members take out, discount rate, exchange rates.",
         ("tax", "distribution", "valuation", "exchange_rates", "policies")),
    Step("risks", "Risks and environment", "What can go wrong and what is done about it.", ("risks", "environment")),
    Step("words", "The plan in words", "Parts that a lender reads beside the figures.", ("sections",)),
    Step("action", "Action plan", "Six months of joint work, and an export consortium where there is one.",
         ("action_plan", "consortium")),
    Step("request", "Request and papers", "What is asked for, security, documents, credit history.",
         ("request", "collateral", "documents", "credit_history")),
)  # fmt: skip

FIRST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "period": ("start", "months", "currency"),
        "cluster": (
            "name", "product", "country", "province", "district", "legal_form", "number_of_members", "women_members",
            "formed_year", "years_in_business", "leader", "history", "objectives", "governance", "keeps_books",
        ),
        "cluster/leader": ("name", "role", "phone", "years_experience"),
        "cluster/committee/*": ("name", "role", "phone"),
        "members/*": (
            "name", "type", "supply_commitment", "supply_unit", "contribution_cash", "household_net_cash",
            "household_debts",
        ),
        "needs/problems/*": ("problem", "frequency", "severity", "joint_action"),
        "value_chain/*": ("stage", "actor", "price_per_unit", "unit"),
        "value_options/*": ("option", "extra_price", "extra_cost", "volume_per_year", "investment", "chosen"),
        "products/*": (
            "name", "unit", "price", "volume_per_month", "volume_per_year", "season", "inputs", "input_cost_per_unit",
            "loss_share", "price_growth", "volume_growth",
        ),
        "products/*/inputs/*": ("name", "quantity_per_unit", "unit", "price"),
        "market": ("summary", "target_customers", "trend", "place", "promotion", "competitors"),
        "buyers/*": ("name", "product", "market", "volume_per_year", "price", "payment_days", "commitment"),
        "fixed_costs/*": ("name", "amount", "every_months"),
        "sales_costs/*": ("name", "share"),
        "staff/posts/*": ("role", "headcount", "monthly_pay", "labour", "paid"),
        "assets/*": ("name", "quantity", "unit_cost", "life_months", "month", "kind", "own_share", "loan_share"),
        "pre_operating/*": ("name", "amount", "month"),
        "working_capital": ("receivable_days", "inventory_days", "payable_days", "minimum_cash"),
        "financing/contributions/*": ("name", "month", "amount"),
        "financing/grants/*": ("name", "giver", "month", "amount", "kind", "secured"),
        "financing/loans/*": (
            "name", "lender", "lender_type", "purpose", "principal", "draw", "annual_rate", "quotation", "repayment",
            "instalments", "months_between", "grace_months",
        ),
        "financing/overdraft": ("limit", "annual_rate", "lender"),
        "existing_debts/*": ("name", "lender", "outstanding", "annual_rate", "repayment", "instalments"),
        "past_years/*": ("year", "sales", "costs", "basis"),
        "opening": ("cash", "receivables", "inventory", "payables", "fixed_assets_net", "share_capital"),
        "tax": ("regime", "rate", "payment_lag_months"),
        "distribution": ("dividend_share", "patronage_share", "rule"),
        "valuation": ("discount_rate",),
        "exchange_rates/*": ("currency", "rate", "date"),
        "policies": (),
        "collateral/*": ("name", "kind", "value", "owner", "evidence"),
        "documents/*": ("name", "status", "kind"),
        "credit_history": ("loans_repaid", "worst_days_late", "text"),
        "action_plan/activities/*": ("activity", "indicator", "responsible", "start", "end", "budget", "status"),
        "consortium": ("name", "why", "members", "functions", "annual_fee"),
    }
)  # fmt: skip
"""Fields that are open at once, by the part of the plan; the others are under "more". A part not listed is all open."""

_PROFILE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cluster": ("name", "product", "country", "province", "number_of_members"),
        "products/*": ("name", "unit", "price", "volume_per_month", "input_cost_per_unit"),
        "fixed_costs/*": ("name", "amount"),
        "assets/*": ("name", "unit_cost", "life_months"),
        "financing": ("contributions", "loans"),
        "financing/contributions/*": ("name", "month", "amount"),
        "financing/loans/*": ("name", "principal", "annual_rate", "instalments"),
    }
)


def steps(depth: str) -> tuple[Step, ...]:
    """The steps of a depth, ``profile`` or ``full``."""
    return PROFILE_STEPS if depth == "profile" else FULL_STEPS


def step_nodes(step: Step) -> tuple[Node, ...]:
    """What a step asks for."""
    return tuple(_top()[key] for key in step.keys)


def step_of(path: str, depth: str) -> Step | None:
    """The step that asks for a field; ``None`` where this depth does not ask for it.

    Parameters
    ----------
    path : of the field, with slashes or dots
    depth : ``profile`` or ``full``
    """
    key = path.replace(".", "/").partition("/")[0]
    return next((step for step in steps(depth) if key in step.keys), None)


def first_fields(pattern: str, depth: str) -> tuple[str, ...] | None:
    """Names of the fields of a part that are open at once; ``None`` when all are.

    ``pattern`` is the path of the part with ``*`` for an entry of a list.
    """
    if depth == "profile" and pattern in _PROFILE:
        return _PROFILE[pattern]
    return FIRST.get(pattern)


@cache
def _top() -> dict[str, Node]:
    return {node.name: node for node in form_of(Plan)}
