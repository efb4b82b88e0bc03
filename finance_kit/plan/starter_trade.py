"""The part of a starter that depends on the trade: its products, costs, assets, risks, without a single number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from textwrap import wrap

from finance_kit.packs.model import Activity, ActivityProduct, CountryPack

__all__ = ["quoted", "tax_section", "trade_sections"]


def trade_sections(shape: Activity, currency: str, *, full: bool) -> Mapping[str, str]:
    """Sections of a starter by their names in the plan file; the few of a profile, or all of a full plan."""
    if not full:
        return {"products": _products(shape, currency, full=False), "fixed_costs": _costs(shape, full=False)}
    return {
        "value_options": _value_options(shape),
        "products": _products(shape, currency, full=True),
        "fixed_costs": _costs(shape, full=True),
        "staff": _staff(shape),
        "assets": _assets(shape, currency),
        "documents": _documents(shape),
        "risks": _risks(shape),
        "environment": _environment(shape),
        "action_plan": _action_plan(shape),
    }


def quoted(text: str) -> str:
    """A text that stays what it is, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _products(shape: Activity, currency: str, *, full: bool) -> str:
    lines = ["products:  # what is sold; take out what you do not sell"]
    for product in shape.products if full else shape.products[:1]:
        lines += _product(product, currency, full=full)
    return "\n".join(lines) + "\n"


def _product(product: ActivityProduct, currency: str, *, full: bool) -> list[str]:
    lines = [f"  - name: {quoted(product.name)}", f"    unit: {product.unit}"]
    if not full:
        return [
            *lines,
            f"    # price: ...  # for one {product.unit}, {currency}",
            f"    # volume_per_month: ...  # how many are sold in a usual month ({product.unit})",
            f"    # input_cost_per_unit: ...  # inputs for one {product.unit}, {currency}; 0 if there are none",
        ]
    lines += [
        f"    description: {quoted(product.description)}",
        f"    # price: ...  # for one {product.unit}, {currency}",
        "    # source: ...  # who pays or quotes this price",
        "    # source_date: ...  # as 2026-08",
        f"    # volume_per_year: ...  # how many are sold in a year ({product.unit}); or volume_per_month",
    ]
    if product.seasonal:
        lines.append("    # season: [...]  # twelve factors, January first: 1 is a usual month, 0 a month without")
    if product.months_before_sale:
        lines.append("    # months_before_sale: ...  # months between paying for inputs and the sale")
    lines += [
        f"    # capacity_per_month: ...  # the most that can be produced in a month ({product.unit})",
        "    # loss_share: ...  # spoilt or broken before the sale; a fraction, 0.02 is 2 %",
        "    # price_growth: ...  # a year; a fraction",
        "    # volume_growth: ...  # a year; a fraction",
        "    inputs:",
    ]
    for each in product.inputs:
        lines += [
            f"      - name: {quoted(each.name)}",
            f"        unit: {each.unit}",
            f"        # quantity_per_unit: ...  # {each.unit} for one {product.unit} produced",
            f"        # price: ...  # for one {each.unit}, {currency}",
        ]
    return lines


def _costs(shape: Activity, *, full: bool) -> str:
    if not full:
        lines = [
            "fixed_costs:",
            "  - name: Costs of a month beside inputs",
            "    # amount: ...  # rent, energy, transport, pay",
        ]
        return "\n".join(lines) + "\n"
    head = "fixed_costs:  # paid every month unless every_months says otherwise"
    return _asked(head, "name", shape.fixed_costs, ("amount: ...  # each time", "growth: ...  # a year; a fraction"))


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
            f"  - name: {quoted(asset.name)}",
            f"    kind: {asset.kind}",
            f"    # unit_cost: ...  # {currency}",
            "    # quantity: ...",
            "    # month: ...  # month of purchase, 1 is the first month of the plan",
            "    # life_months: ...",
            "    # quotation: ...  # supplier, number, date",
            "    # own_share: ...  # who pays; the four shares are fractions that add up to 1",
            "    # in_kind_share: ...",
            "    # grant_share: ...",
            "    # loan_share: ...",
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


def tax_section(pack: CountryPack | None) -> str:
    """Income tax as comments, with the regimes of the country and how far they are confirmed."""
    lines = ["# tax:  # exactly one of regime, rate and brackets"]
    for regime in pack.tax_regimes if pack else ():
        status = "confirmed" if regime.status == "confirmed" else "not confirmed: ask the tax office"
        words = f"regime {regime.id}, {status}: {regime.title}. {regime.conditions}"
        lines += wrap(words, 116, initial_indent="#   # ", subsequent_indent="#   #   ")
    lines += [
        "#   regime: ...",
        "#   rate: ...  # a fraction",
        "#   source: ...  # law, office or adviser, with the date",
    ]
    return "\n".join(lines) + "\n"


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
            f"  - risk: {quoted(each.risk)}",
            f"    mitigation: {quoted(each.mitigation)}",
            "    # likelihood: ...  # 1 to 5",
            "    # impact: ...  # 1 to 5",
        ]
    return "\n".join(lines) + "\n"


def _action_plan(shape: Activity) -> str:
    lines = ["action_plan:", "  # goal: ...  # what is reached after six months", "  activities:"]
    for step in shape.action_plan:
        lines += [
            f"    - activity: {quoted(step.activity)}",
            f"      indicator: {quoted(step.indicator)}",
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
        lines += [f"  - {key}: {quoted(name)}", *(f"    # {question}" for question in questions)]
    return "\n".join(lines) + "\n"
