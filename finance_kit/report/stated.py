"""What a plan states about a part of it: the numbers, where they stand in the file, who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from finance_kit.errors import Where
from finance_kit.packs.tax import resolve_tax
from finance_kit.plan.base import Growth, PlanModel, Sourced
from finance_kit.plan.policies import Policies
from finance_kit.plan.schema import Plan

__all__ = ["StatedInput", "stated_inputs"]

Path = tuple[str | int, ...]
_CALLED = ("name", "role", "currency")
_NESTED = ("loans", "grants", "contributions", "posts", "lines")


@dataclass(frozen=True, slots=True)
class StatedInput:
    """A part of the plan that a figure rests on: what it is called, its numbers, where it stands, who says so."""

    name: str
    numbers: str
    where: str
    source: str | None
    source_date: str | None


def stated_inputs(plan: Plan, field: str, where: Callable[[Path], Where]) -> list[StatedInput]:
    """The entries of a part of the plan.

    Parameters
    ----------
    plan : the plan
    field : name of the part, as in the plan file; ``products.inputs`` is what is listed in each of the products
    where : gives the place in the plan file of a path (``("products", 0)``)

    Returns
    -------
    the part itself and what is listed in it, each with the numbers it states; nothing where the plan leaves it out
    """
    field, _, within = field.partition(".")
    part = getattr(plan, field)
    if part is None:
        return []
    entries: list[tuple[Path, PlanModel]] = [((field,), part)]
    if isinstance(part, list):
        entries = [((field, n), each) for n, each in enumerate(part)]
    listed = [
        ((*path, name, n), item)
        for path, each in entries
        for name in ((within,) if within else _NESTED)
        for n, item in enumerate(getattr(each, name, None) or ())
    ]
    if (overdraft := getattr(part, "overdraft", None)) is not None:
        listed.append(((field, "overdraft"), overdraft))
    entries = listed if within else entries + listed
    found = []
    for path, item in entries:
        name = next((str(getattr(item, key)) for key in _CALLED if getattr(item, key, None)), str(path[-1]))
        source = (item.source, item.source_date) if isinstance(item, Sourced) else (None, None)
        numbers = _numbers(item)
        if numbers or source[0]:
            found.append(StatedInput(name, numbers, str(where(path)), *source))
    return [*found, *_regime(plan)] if field == "tax" else found


def _numbers(part: PlanModel) -> str:
    """The numbers that a part states itself, as ``price 12.5, volume_per_year 400``."""
    words = isinstance(part, Policies)
    stated = []
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name not in part.model_fields_set or isinstance(value, bool) or name == "source_date":
            continue
        if isinstance(value, Growth):
            value = value.rate
        elif isinstance(value, tuple) and all(isinstance(each, int | float) for each in value):
            value = " ".join(f"{each:g}" for each in value)
        if isinstance(value, int | float):
            value = f"{value:,.10g}"
        elif not (words or name in ("month", "start", "end", "launch", "draw", "season", "currency", "date", "regime")):
            continue
        if value is not None:
            stated.append(f"{name} {value}")
    return ", ".join(stated)


def _regime(plan: Plan) -> list[StatedInput]:
    """The regime of the country pack that the plan's tax falls under."""
    tax = resolve_tax(plan)
    if tax.regime is None:
        return []
    numbers = ", ".join(f"{rate:.4g} up to {upper:,.10g}" for upper, rate in tax.brackets)
    place = f"country pack {plan.cluster.country}: {tax.regime}"
    return [StatedInput(tax.title or tax.regime, numbers.replace(" up to inf", ""), place, tax.source, tax.source_date)]
