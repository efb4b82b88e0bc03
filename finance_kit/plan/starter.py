"""Starting a plan: a commented starter file for a trade, and a profile that grows into a full plan.

A starter holds words, never numbers: what a trade usually sells, buys and needs. Each number is left out and asked for
in a comment, so that :mod:`finance_kit.plan.checks` and validation ask for it too until the author writes it.
"""

from __future__ import annotations

from typing import Final

from finance_kit.errors import PlanError
from finance_kit.packs.load import activity as trade
from finance_kit.packs.load import country_pack
from finance_kit.plan.profile_questions import (
    CURRENCY_OF,
    PROFILE_QUESTIONS,
    Question,
    answer_problem,
    profile_from_answers,
)
from finance_kit.plan.starter_sections import SECTIONS, TOP
from finance_kit.plan.starter_trade import quoted, tax_section, trade_sections
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
_ORDER: Final = (
    "cluster_more",  # no section of its own: what a full plan says under cluster
    "members",
    "needs",
    "value_options",
    "products",
    "market",
    "buyers",
    "fixed_costs",
    "staff",
    "assets",
    "pre_operating",
    "working_capital",
    "financing",
    "existing_debts",
    "opening",
    "past_years",
    "tax",
    "valuation",
    "without_project",
    "exchange_rates",
    "collateral",
    "credit_history",
    "documents",
    "risks",
    "environment",
    "sections",
    "action_plan",
    "request",
)
"""Sections of a full plan in the order of its file."""


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
    months = "12" if depth == "profile" else "36 to 120"
    head = TOP.format(
        title=quoted(shape.title), depth=depth, currency=currency, country=pack.country, place=pack.name, months=months
    )
    of_trade = trade_sections(shape, currency, full=depth == "full")
    if depth == "profile":
        return "\n".join((head, *of_trade.values(), SECTIONS["profile_money"]))
    sections = {**SECTIONS, **of_trade, "tax": tax_section(pack)}
    return "\n".join((head, *(sections[name] for name in _ORDER)))


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
    templates = {**SECTIONS, "tax": tax_section(None)}
    missing = [templates[name] for name in _ORDER[1:] if name not in source.data]
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
