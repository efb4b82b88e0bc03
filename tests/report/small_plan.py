"""A plan so small that every figure of its sections can be worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import evaluate
from finance_kit.plan.schema import Plan
from finance_kit.report.basis import Basis
from finance_kit.report.model import Chart, Figure, Paragraph, Section, Table

PLAN: dict[str, Any] = {
    "schema_version": 1,
    "title": "Tiles",
    "period": {"start": "2027-01", "months": 24, "currency": "THB"},
    "cluster": {
        "name": "Tile makers",
        "product": "Tiles",
        "country": "TH",
        "province": "Lampang",
        "legal_form": "association",
        "number_of_members": 4,
        "women_members": 3,
        "leader": {"name": "Ann", "role": "Chair"},
        "committee": [{"name": "Bo", "role": "Secretary"}, {"name": "Cy", "role": "Treasurer"}],
    },
    "members": [
        {"name": "Ann", "gender": "woman", "supply_commitment": 1200, "supply_unit": "kg",
         "contribution_cash": 3000, "contribution_in_kind": 1000},
        {"name": "Bo", "gender": "man", "supply_commitment": 1500, "supply_unit": "Kg", "contribution_cash": 6000},
    ],
    "products": [
        {
            "name": "Tile", "unit": "piece", "price": 10, "volume_per_month": 100, "loss_share": 0.2,
            "capacity_per_month": 250,
            "inputs": [{"name": "Clay", "quantity_per_unit": 2, "unit": "kg", "price": 1.5, "from_members": True}],
        }
    ],
    "financing": {
        "contributions": [{"month": 1, "amount": 9000}],
        "loans": [{
            "name": "Kiln loan", "lender": "Bank", "purpose": "Kiln", "principal": 1200, "annual_rate": 0.0,
            "repayment": "equal_principal", "instalments": 12,
        }],
    },
    "assets": [{"name": "Kiln", "unit_cost": 4000, "life_months": 40}],
}  # fmt: skip


def small_basis(**changes: Any) -> Basis:
    """The basis of the small plan with some of its parts replaced."""
    plan = Plan.model_validate({**PLAN, **changes})
    projection = project(plan)
    return Basis(plan, projection, evaluate(projection), "2026-11-24")


def blocks_of(section: Section | None) -> Iterator[Any]:
    """Every block of a section and of the sections below it."""
    if section is not None:
        yield from section.blocks
        for inner in section.sections:
            yield from blocks_of(inner)


def table_of(section: Section | None, id: str) -> Table:
    """The table with this id."""
    return next(block for block in blocks_of(section) if isinstance(block, Table) and block.id == id)


def chart_of(section: Section | None, id: str) -> Chart:
    """The chart with this id."""
    return next(block for block in blocks_of(section) if isinstance(block, Chart) and block.id == id)


def texts_of(section: Section | None, style: str | None = None) -> list[str]:
    """Texts of the paragraphs, of one style if it is named."""
    found = (block for block in blocks_of(section) if isinstance(block, Paragraph))
    return [block.text for block in found if style in (None, block.style)]


def facts_of(section: Section | None) -> dict[str, Figure]:
    """Single figures by id."""
    return {figure.id: figure for block in blocks_of(section) if isinstance(block, tuple) for figure in block}
