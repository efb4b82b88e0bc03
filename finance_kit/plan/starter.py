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
from finance_kit.plan.starter_grow import grow
from finance_kit.plan.starter_more import MORE
from finance_kit.plan.starter_sections import ORDER, SECTIONS, TOP
from finance_kit.plan.starter_trade import quoted, tax_section, trade_sections

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
    months = "12" if depth == "profile" else "36 to 120"
    head = TOP.format(
        title=quoted(shape.title), depth=depth, currency=currency, country=pack.country, place=pack.name, months=months
    )
    of_trade = trade_sections(shape, currency, full=depth == "full")
    if depth == "profile":
        return "\n".join((head, *of_trade.values(), SECTIONS["profile_money"]))
    head += "".join(f"  # {line}\n" for line in MORE["cluster",])
    sections = {**SECTIONS, **of_trade, "tax": tax_section(pack)}
    return "\n".join((head, *(sections[name] for name in ORDER)))
