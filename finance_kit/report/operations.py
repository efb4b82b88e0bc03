"""Operations: production, capacity, inputs, supply from members, technology, packaging, storage, quality."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from finance_kit.plan.market import Product
from finance_kit.plan.operations import Section as PlanText
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Cell, Column, Paragraph, Row, Section, Table
from finance_kit.report.statements import too_wide
from finance_kit.report.wording import (
    author_text,
    full_year,
    in_plan_currency,
    not_stated,
    numbers_table,
)

__all__ = ["capacity_table", "inputs_table", "operations", "supply", "unit_table", "utilisation_table"]

_TEXTS = {
    "production": "Production",
    "technology": "Process and technology",
    "quality": "Quality and certificates",
    "packaging": "Packaging",
    "storage": "Storage",
}


def operations(basis: Basis) -> Section:
    """How the work is done, with what, and how much of the capacity is used."""
    texts = {id: getattr(basis.plan.sections, id) for id in _TEXTS}
    words = {
        id: Section(id, _TEXTS[id], author_text(text.text)) for id, text in texts.items() if text and text.text.strip()
    }
    parts = (
        words.get("production"), words.get("technology"), _capacity(basis), _inputs(basis), words.get("quality"),
        words.get("packaging"), words.get("storage"), _numbers(texts),
    )  # fmt: skip
    return Section("operations", "Operations and technology", sections=tuple(part for part in parts if part))


def _numbers(texts: Mapping[str, PlanText | None]) -> Section | None:
    """The numbers behind all texts of this chapter in one table; ``None`` where no text has any."""
    found = [(_TEXTS[id], text) for id, text in texts.items() if text]
    table = numbers_table("operations_figures", "Operations", found)
    return Section("operations_figures", "The numbers behind it", (table,)) if table else None


def _produced(basis: Basis, product: Product) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Units produced for the sales of each month, (T,): what is lost before the sale is added."""
    sold = basis.projection.products[product.name]["volume"][:, 0]
    return sold / (1.0 - product.loss_share)


def capacity_table(basis: Basis) -> Table:
    """The largest month of each product against its capacity; months at full capacity are marked."""
    rows = []
    for product in basis.plan.products:
        made = _produced(basis, product)
        peak = int(made.argmax())
        capacity = product.capacity_per_month
        used = None if capacity is None else float(made[peak]) / capacity
        month = str(basis.plan.axis.month(peak + 1)) if made[peak] > 0 else ""
        cells: tuple[Cell, ...] = (product.name, product.unit, capacity, float(made[peak]), month, used)
        rows.append(Row(cells, marked_cells=(5,) if used is not None and used > 1.0 - 1e-9 else ()))
    columns = (
        Column("Product"), Column("Unit"), Column("Capacity a month", "count"), Column("Largest month", "count"),
        Column("Sold in", "month"), Column("Capacity used", "share"),
    )  # fmt: skip
    note = "Units produced, losses before the sale included, for the sales of that month."
    return Table("capacity", "Capacity and the largest month", columns, tuple(rows), note)


def utilisation_table(basis: Basis) -> Table | None:
    """Share of capacity used in each year by product; ``None`` where no capacity is stated."""
    axis = basis.plan.axis
    rows = []
    for product in basis.plan.products:
        if product.capacity_per_month is None:
            continue
        full = axis.sum_years(np.full(axis.months, product.capacity_per_month))
        made = axis.sum_years(_produced(basis, product))
        rows.append(Row((product.name, *(made / full).tolist())))
    if not rows:
        return None
    columns = (Column("Product"), *(Column(year, "share") for year in basis.years))
    note = "Units produced over the year's capacity; months without work count as well."
    return Table("utilisation", "Capacity used by year", columns, tuple(rows), note, too_wide(basis))


def _capacity(basis: Basis) -> Section:
    if all(product.capacity_per_month is None for product in basis.plan.products):
        return Section("capacity_used", "Capacity", (not_stated("Capacity"),))
    blocks: list[Block] = [capacity_table(basis)]
    for product, base in zip(basis.plan.products, basis.projection.assumptions.sales.products, strict=True):
        held_back = int((base.volume[: basis.plan.axis.months] > base.capacity * (1 + 1e-9)).sum())
        if held_back:
            months = Formats(basis.currency).figure(held_back, "months")
            text = f"{product.name}: in {months} of the plan more could be sold than produced; sales stop there."
            blocks.append(Paragraph(text, "warning"))
    yearly = utilisation_table(basis)
    return Section("capacity_used", "Capacity", (*blocks, *([yearly] if yearly else [])))


def _inputs_of_one(basis: Basis, product: Product) -> float:
    """Cost of the inputs of one unit produced, plan currency: as stated in one sum, else added up."""
    if product.input_cost_per_unit is not None:
        return in_plan_currency(basis, product.input_cost_per_unit, product.currency)
    return sum(
        (item.quantity_per_unit * in_plan_currency(basis, item.price, item.currency) for item in product.inputs), 0.0
    )


def inputs_table(basis: Basis) -> Table | None:
    """Inputs of one unit of each product, at the prices of the start; ``None`` where a plan states no inputs."""
    rows: list[Row] = []
    for product in basis.plan.products:
        heading = Row((f"{product.name}, per {product.unit}", *(None,) * 5), "group")
        lines: list[Row] = []
        produced = _inputs_of_one(basis, product)
        for item in product.inputs:
            price = in_plan_currency(basis, item.price, item.currency)
            members = "members" if item.from_members else ""
            cells = (item.name, item.quantity_per_unit, item.unit or "", price, item.quantity_per_unit * price, members)
            lines.append(Row(cells))
        if product.input_cost_per_unit is not None:
            lines = [Row(("Inputs, not listed", "", "", "", produced, ""))]
        if not lines:
            continue
        sold = produced / (1.0 - product.loss_share)
        label = "For one unit sold, losses included" if product.loss_share else "For one unit"
        price = in_plan_currency(basis, product.price, product.currency)
        rows += [heading, *lines, Row((label, "", "", "", sold, ""), "total")]
        rows.append(Row(("Share of the price", "", "", "", sold / price if price else None, ""), unit="share"))
    columns = (
        Column("Input"), Column("Quantity", "quantity"), Column("Unit"), Column("Price", "price"),
        Column("Cost", "price"), Column("Bought from"),
    )  # fmt: skip
    note = "Prices at the start of the plan, without growth."
    return Table("inputs", "Inputs for one unit", columns, tuple(rows), note) if rows else None


def unit_table(basis: Basis) -> Table | None:
    """Price, inputs and what is left of one unit sold of each product; ``None`` where no inputs are stated."""
    rows = []
    for product in basis.plan.products:
        if product.input_cost_per_unit is None and not product.inputs:
            continue
        sold = _inputs_of_one(basis, product) / (1.0 - product.loss_share)
        price = in_plan_currency(basis, product.price, product.currency)
        rows.append(Row((product.name, product.unit, price, sold, price - sold, sold / price if price else None)))
    columns = (
        Column("Product"), Column("Unit"), Column("Price", "price", basis.currency),
        Column("Inputs for one sold", "price", basis.currency), Column("Left for other costs", "price", basis.currency),
        Column("Inputs over price", "share"),
    )  # fmt: skip
    note = "At the prices of the start, losses before the sale included. Input by input in the annex."
    return (
        Table("unit_inputs", f"What one unit sold costs in inputs ({basis.currency})", columns, tuple(rows), note)
        if rows
        else None
    )


def supply(basis: Basis, year: int) -> dict[str, tuple[str, float, float]]:
    """Promised and needed supply from members, by unit in small letters: (unit as written, promised, needed).

    Only units in which members promise are listed. Needed is what the sales of a reporting year use up of inputs bought
    from members in that very unit, losses included; other units are not converted.
    """
    found: dict[str, tuple[str, float, float]] = {}
    for member in basis.plan.members:
        if member.supply_commitment and member.supply_unit:
            key = " ".join(member.supply_unit.casefold().split())
            unit, promised, _ = found.get(key, (member.supply_unit, 0.0, 0.0))
            found[key] = (unit, promised + member.supply_commitment, 0.0)
    for product in basis.plan.products:
        made = float(basis.plan.axis.sum_years(_produced(basis, product))[year])
        for item in product.inputs:
            key = " ".join((item.unit or "").casefold().split())
            if item.from_members and key in found:
                unit, promised, needed = found[key]
                found[key] = (unit, promised, needed + made * item.quantity_per_unit)
    return found


def _inputs(basis: Basis) -> Section:
    table = unit_table(basis)
    blocks: list[Block] = [table] if table else [not_stated("Inputs and their prices")]
    year = full_year(basis)
    say = Formats(basis.currency)
    found = supply(basis, year)
    rows = []
    for unit, promised, needed in found.values():
        if not needed:
            amount = say.number(promised, "quantity")
            text = f"Members promise {amount} {unit} a year; the plan states no input bought from them in this unit."
            blocks.append(Paragraph(text, "note"))
            continue
        cover = promised / needed
        short = cover < 1.0 - 1e-9
        rows.append(Row((unit, promised, needed, cover), marked_cells=(3,) if short else ()))
        if short:
            text = (
                f"Members promise {say.figure(cover, 'share')} of the supply needed in {basis.years[year]}, in {unit}."
            )
            blocks.append(Paragraph(text, "warning"))
    if rows:
        columns = (
            Column("Unit"), Column("Promised a year", "count"), Column(f"Needed in {basis.years[year]}", "count"),
            Column("Promised over needed", "share"),
        )  # fmt: skip
        note = "Needed: inputs bought from members in the same unit; other units are not converted."
        blocks.append(Table("supply", "Supply promised by members and supply needed", columns, tuple(rows), note))
    if not found and any(item.from_members for product in basis.plan.products for item in product.inputs):
        blocks.append(not_stated("Supply promised by members"))
    return Section("inputs", "Inputs and supply", tuple(blocks))
