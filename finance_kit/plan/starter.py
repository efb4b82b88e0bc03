"""Starting a plan: a commented starter file for a trade, and a profile that grows into a full plan.

A starter holds words, never numbers: what a trade usually sells, buys and needs. Each number is left out and asked for
in a comment, so that :mod:`finance_kit.plan.checks` and validation ask for it too until the author writes it.
"""

from __future__ import annotations

import json
from typing import Final

from finance_kit.errors import PlanError
from finance_kit.packs.load import activity as trade
from finance_kit.packs.load import country_pack
from finance_kit.packs.model import Activity, ActivityProduct, CountryPack
from finance_kit.plan.profile_questions import (
    CURRENCY_OF,
    PROFILE_QUESTIONS,
    Question,
    answer_problem,
    profile_from_answers,
)
from finance_kit.plan.starter_sections import SECTIONS, TOP
from finance_kit.plan.yaml_source import Source, parse

__all__ = [
    "CURRENCY_OF",
    "PROFILE_QUESTIONS",
    "Question",
    "answer_problem",
    "grow",
    "profile_from_answers",
    "starter_text",
]

_DEPTHS: Final = ("profile", "full")


def starter_text(activity: str, country: str, depth: str = "full") -> str:
    """A commented plan file for a trade, without a single number.

    Parameters
    ----------
    activity : id of a trade, such as ``pottery``
    country : ``KH``, ``MM``, ``TH`` or ``VN``
    depth : ``profile`` or ``full``

    Returns
    -------
    YAML text; every line that begins with ``# name: ...`` waits for an answer

    Raises
    ------
    PackError : there is no such trade or country
    PlanError : there is no such depth
    """
    if depth not in _DEPTHS:
        raise PlanError("depth_unknown", found=depth, known=", ".join(_DEPTHS))
    shape, pack = trade(activity), country_pack(country)
    currency = CURRENCY_OF[pack.country]
    head = TOP.format(
        title=_quoted(shape.title),
        depth=depth,
        currency=currency,
        country=pack.country,
        place=pack.name,
        months=_months(depth),
    )
    if depth == "profile":
        return head + _products(shape, currency, full=False) + _costs(shape, full=False) + SECTIONS["profile_money"]
    parts = [
        head,
        SECTIONS["cluster_more"],
        SECTIONS["members"],
        SECTIONS["needs"],
        _value_options(shape),
        _products(shape, currency, full=True),
        SECTIONS["market"],
        SECTIONS["buyers"],
        _costs(shape, full=True),
        _staff(shape),
        _assets(shape, currency),
        *(SECTIONS[name] for name in ("pre_operating", "working_capital", "financing", "existing_debts", "opening")),
        _tax(pack),
        *(
            SECTIONS[name]
            for name in ("valuation", "without_project", "exchange_rates", "collateral", "credit_history")
        ),
        _documents(shape),
        _risks(shape),
        _environment(shape),
        SECTIONS["sections"],
        _action_plan(shape),
        SECTIONS["request"],
    ]
    return "\n".join(parts)


def grow(text: str) -> str:
    """A profile as the beginning of a full plan: every typed line stays, and what is missing follows as comments.

    Parameters
    ----------
    text : a plan file in YAML

    Returns
    -------
    the same text with ``depth: full`` and, at its end, a commented template of each section that it lacks; a file in
    JSON or in one pair of brackets only changes its depth

    Raises
    ------
    PlanError : the text cannot be read; with its issues
    """
    source = parse(text, "plan")
    if not isinstance(source.data, dict) or any(issue.severity == "error" for issue in source.issues):
        raise PlanError("plan_cannot_grow", source.issues, count=len(source.issues))
    grown = _with_depth_full(text, source)
    if source.text.lstrip("\ufeff \t\r\n").startswith("{"):
        return grown
    templates = {
        name: template for name, template in SECTIONS.items() if name not in ("profile_money", "cluster_more")
    } | {"tax": _tax(None)}
    missing = [_commented(template) for name, template in templates.items() if name not in source.data]
    if not missing:
        return grown
    added = "\n".join([_GROWN, SECTIONS["cluster_more"].strip("\n"), "", *missing])
    ends = "\r\n" if "\r\n" in text else "\n"
    return grown.rstrip("\r\n") + ends * 2 + added.replace("\n", ends)


_GROWN: Final = """\
# ----------------------------------------------------------------------------------------------------------------
# What a full plan has beside the profile. Take out "# " at the beginning of the lines that you use, and write your
# own words and numbers where three dots stand. `check` says what is still missing. A full plan looks ahead at least
# 36 months: change period: months above."""


def _with_depth_full(text: str, source: Source) -> str:
    """The text with its depth changed, and nothing else."""
    if source.data.get("depth") != "profile":
        return text
    line, column = source.positions[("depth",)]
    lines = text.splitlines(keepends=True)
    start = lines[line - 1].index("profile", max(column - 2, 0))
    lines[line - 1] = lines[line - 1][:start] + "full" + lines[line - 1][start + len("profile") :]
    return "".join(lines)


def _commented(template: str) -> str:
    """A template with every line as a comment, once."""
    lines = template.strip("\n").split("\n")
    return "\n".join(line if line.startswith("#") or not line else f"# {line}" for line in lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _months(depth: str) -> str:
    return "12" if depth == "profile" else "36 to 120"


def _products(shape: Activity, currency: str, *, full: bool) -> str:
    lines = ["products:  # what is sold; take out what you do not sell"]
    for product in shape.products if full else shape.products[:1]:
        lines += _product(product, currency, full=full)
    return "\n".join(lines) + "\n"


def _product(product: ActivityProduct, currency: str, *, full: bool) -> list[str]:
    lines = [f"  - name: {_quoted(product.name)}", f"    unit: {product.unit}"]
    if not full:
        return [
            *lines,
            f"    # price: ...  # for one {product.unit}, {currency}",
            f"    # volume_per_month: ...  # {product.unit} sold in a usual month",
            f"    # input_cost_per_unit: ...  # inputs for one {product.unit}, {currency}; 0 if there are none",
        ]
    lines += [
        f"    description: {_quoted(product.description)}",
        f"    # price: ...  # for one {product.unit}, {currency}",
        "    # source: ...  # who pays or quotes this price",
        "    # source_date: ...  # as 2026-08",
        f"    # volume_per_year: ...  # {product.unit} sold in a year, or volume_per_month",
    ]
    if product.seasonal:
        lines.append("    # season: [...]  # twelve factors, January first: 1 is a usual month, 0 a month without")
    if product.months_before_sale:
        lines.append("    # months_before_sale: ...  # months between paying for inputs and the sale")
    lines += [
        f"    # capacity_per_month: ...  # the most {product.unit} that can be produced in a month",
        "    # loss_share: ...  # spoilt or broken before the sale; a fraction, 0.02 is 2 %",
        "    # price_growth: ...  # a year; a fraction",
        "    # volume_growth: ...  # a year; a fraction",
        "    inputs:",
    ]
    for each in product.inputs:
        lines += [
            f"      - name: {_quoted(each.name)}",
            f"        unit: {each.unit}",
            f"        # quantity_per_unit: ...  # {each.unit} for one {product.unit} produced",
            f"        # price: ...  # for one {each.unit}, {currency}",
        ]
    return lines


def _costs(shape: Activity, *, full: bool) -> str:
    if not full:
        return "fixed_costs:\n  - name: Costs of a month beside inputs\n    # amount: ...  # rent, energy, transport, pay\n"
    return _asked(
        "fixed_costs:  # paid every month unless every_months says otherwise",
        "name",
        shape.fixed_costs,
        (
            "amount: ...  # each time",
            "growth: ...  # a year; a fraction",
        ),
    )


def _staff(shape: Activity) -> str:
    head = (
        "staff:\n  # organisation: ...  # how the work is organised\n"
        "  # social_rate: ...  # employer's social charges, share of pay; with social_source\n  posts:"
    )
    body = _asked(
        "",
        "role",
        shape.posts,
        (
            "headcount: ...  # full-time posts",
            "monthly_pay: ...  # gross, for one",
            "labour: ...  # hired or own",
            "paid: ...  # cash or imputed",
        ),
    )
    return head + "".join(f"\n{line and '  ' + line}" for line in body.split("\n")[1:])


def _assets(shape: Activity, currency: str) -> str:
    lines = ["assets:  # what is bought and lasts longer than a year"]
    for asset in shape.assets:
        lines += [
            f"  - name: {_quoted(asset.name)}",
            f"    kind: {asset.kind}",
            f"    # unit_cost: ...  # {currency}",
            "    # quantity: ...",
            "    # month: ...  # month of purchase, 1 is the first month of the plan",
            "    # life_months: ...",
            "    # quotation: ...  # supplier, number, date",
            "    # own_share: ...  # who pays, as fractions that add up to 1: own_share, in_kind_share, grant_share, loan_share",
        ]
    return "\n".join(lines) + "\n"


def _value_options(shape: Activity) -> str:
    return _asked(
        "value_options:  # ways of adding value that were compared",
        "option",
        shape.value_options,
        (
            "extra_price: ...  # for one unit",
            "extra_cost: ...  # for one unit",
            "volume_per_year: ...",
            "investment: ...",
            "chosen: ...  # true for what this plan does",
        ),
    )


def _tax(pack: CountryPack | None) -> str:
    """Income tax as comments, with the regimes of the country and how far they are confirmed."""
    lines = ["# tax:  # exactly one of regime, rate and brackets"]
    for regime in pack.tax_regimes if pack else ():
        status = "confirmed" if regime.status == "confirmed" else "not confirmed: ask the tax office"
        lines.append(f"#   regime {regime.id}: {regime.title} ({status}). {regime.conditions}")
    return "\n".join(
        [*lines, "#   rate: ...  # a fraction", "#   source: ...  # law, office or adviser, with the date", ""]
    )


def _documents(shape: Activity) -> str:
    return _asked(
        "documents:  # which a lender can have",
        "name",
        shape.documents,
        ("status: ...  # held, requested, missing, expired or not_applicable",),
    )


def _environment(shape: Activity) -> str:
    return _asked("environment:", "question", shape.environment, ("answer: ...  # yes, no, planned or not_applicable",))


def _risks(shape: Activity) -> str:
    lines = ["risks:  # take out what does not concern you, add your own"]
    for each in shape.risks:
        lines += [
            f"  - risk: {_quoted(each.risk)}",
            f"    mitigation: {_quoted(each.mitigation)}",
            "    # likelihood: ...  # 1 to 5",
            "    # impact: ...  # 1 to 5",
        ]
    return "\n".join(lines) + "\n"


def _action_plan(shape: Activity) -> str:
    lines = ["action_plan:", "  # goal: ...  # what is reached after six months", "  activities:"]
    for step in shape.action_plan:
        lines += [
            f"    - activity: {_quoted(step.activity)}",
            f"      indicator: {_quoted(step.indicator)}",
            "      # responsible: ...",
            "      # start: ...  # month, 1 is the first month of the plan",
            "      # end: ...",
            "      # budget: ...",
        ]
    return "\n".join(lines) + "\n"


def _asked(head: str, key: str, names: list[str], questions: tuple[str, ...]) -> str:
    """A list whose entries have a name and ask for the rest."""
    lines = [head]
    for name in names:
        lines += [f"  - {key}: {_quoted(name)}", *(f"    # {question}" for question in questions)]
    return "\n".join(lines) + "\n"
