"""Needs and value addition: problems ranked, strengths and weaknesses, the value chain, the options compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

from finance_kit.plan.needs import ValueChainStage, ValueOption
from finance_kit.report.basis import Basis
from finance_kit.report.formats import Formats
from finance_kit.report.model import Block, Chart, Column, Paragraph, Row, Section, Series, Table
from finance_kit.report.wording import author_text, not_stated

__all__ = ["needs_and_value", "payback_years", "value_added"]

_ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ")


def needs_and_value(basis: Basis) -> Section | None:
    """What the cluster found out about itself and what it decided to do; ``None`` where the plan says nothing of it."""
    parts = [_needs(basis), _swot(basis), _chain(basis), _options(basis)]
    found = tuple(part for part in parts if part is not None)
    return Section("needs_and_value", "Needs and value addition", sections=found) if found else None


def _needs(basis: Basis) -> Section | None:
    needs = basis.plan.needs
    if needs is None or not (needs.summary or needs.problems):
        return None
    blocks: list[Block] = [*author_text(needs.summary)]
    if needs.problems:
        ranked = sorted(needs.problems, key=lambda problem: -problem.score)
        worst = ranked[0]
        top = "the heaviest of all" if len(ranked) > 1 and ranked[1].score < worst.score else "the highest score"
        blocks.append(
            Paragraph(f"{len(ranked)} problems were scored. “{worst.problem}” has {worst.score} of 25, {top}.")
        )
        rows = tuple(
            Row((p.problem, p.frequency, p.severity, p.score, p.affected_members, p.cause or "", p.joint_action or ""))
            for p in ranked
        )
        columns = (
            Column("Problem"), Column("How often", "count"), Column("How bad", "count"), Column("Score", "count"),
            Column("Members", "count"), Column("Cause"), Column("Joint action"),
        )  # fmt: skip
        note = "How often and how bad: 1 to 5 each; score: one times the other, 25 at most."
        blocks.append(Table("problems", "Problems by score", columns, rows, note))
    return Section("needs", "Needs of the cluster", tuple(blocks))


def _swot(basis: Basis) -> Section | None:
    needs = basis.plan.needs
    if needs is None:
        return None
    blocks: list[Block] = []
    pairs = (
        ("swot_inside", "Inside the cluster", ("Strengths", needs.strengths), ("Weaknesses", needs.weaknesses)),
        ("swot_outside", "Around the cluster", ("Opportunities", needs.opportunities), ("Threats", needs.threats)),
    )
    for id, title, (left, good), (right, bad) in pairs:
        if good or bad:
            rows = tuple(Row(row) for row in zip_longest(good, bad, fillvalue=""))
            blocks.append(Table(id, title, (Column(left), Column(right)), rows))
    return Section("swot", "Strengths, weaknesses, opportunities, threats", tuple(blocks)) if blocks else None


def value_added(stages: Sequence[ValueChainStage]) -> tuple[float | None, ...]:
    """What each stage adds to the price: price at its end less price at the end of the stage before.

    ``None`` where the unit changes: prices of different units are not compared. The first stage adds its whole price.
    """
    found: list[float | None] = []
    for before, stage in zip([None, *stages], stages, strict=False):
        if before is None:
            found.append(stage.price_per_unit)
        else:
            found.append(stage.price_per_unit - before.price_per_unit if before.unit == stage.unit else None)
    return tuple(found)


def _chain(basis: Basis) -> Section | None:
    stages = basis.plan.value_chain
    if not stages:
        return None
    added = value_added(stages)
    last = stages[-1]
    shares = [
        extra / last.price_per_unit if extra is not None and stage.unit == last.unit and last.price_per_unit else None
        for stage, extra in zip(stages, added, strict=True)
    ]
    rows = tuple(
        Row((s.stage, s.actor, s.unit, s.price_per_unit, extra, share))
        for s, extra, share in zip(stages, added, shares, strict=True)
    )
    columns = (
        Column("Stage"), Column("Who"), Column("Unit"), Column("Price at its end", "price"),
        Column("Added", "price"), Column("Share of the last price", "share"),
    )  # fmt: skip
    note = "Nothing is said to be added where the unit of the price changes." if None in added else None
    table = Table("value_chain", "Value chain: price per unit at the end of each stage", columns, rows, note)
    chart = _price_chart(basis, stages)
    return Section("value_chain", "Value chain", (table, *([chart] if chart else [])))


def _price_chart(basis: Basis, stages: Sequence[ValueChainStage]) -> Chart | None:
    """How the price is built up, over the last stages that are priced in one unit."""
    first = len(stages)
    while first and stages[first - 1].unit == stages[-1].unit:
        first -= 1
    shown = stages[first:]
    if len(shown) < 2:
        return None
    say = Formats(basis.currency)
    prices = [stage.price_per_unit for stage in shown]
    title = f"From {say.figure(prices[0], 'price')} to {say.figure(prices[-1], 'price')} per {shown[-1].unit}"
    alt = "; ".join(f"{stage.stage}: {say.figure(stage.price_per_unit, 'price')}" for stage in shown)
    categories = tuple(stage.stage for stage in shown)
    steps = [price - before for before, price in pairwise(prices)]
    series: tuple[Series, ...]
    if all(step >= 0 for step in steps):
        series = (Series("Price before", (None, *prices[:-1])), Series("Added at this stage", (prices[0], *steps)))
        return Chart("price_build_up", "stacked_column", title, categories, series, "price", alt, basis.currency)
    series = (Series("Price at the end of the stage", tuple(prices)),)
    return Chart("price_build_up", "column", title, categories, series, "price", alt, basis.currency)


def payback_years(option: ValueOption) -> float | None:
    """Investment over extra margin a year; ``None`` where nothing is earned to pay it back."""
    margin = option.extra_margin_per_year
    return option.investment / margin if margin > 0 else None


def _options(basis: Basis) -> Section | None:
    options = basis.plan.value_options
    if not options:
        return None
    rows = tuple(
        Row(
            (f"{o.option} (chosen)" if o.chosen else o.option, o.extra_price, o.extra_cost, o.volume_per_year,
             o.extra_margin_per_year, o.investment, payback_years(o)),
            "marked" if o.chosen else "normal",
        )
        for o in options
    )  # fmt: skip
    columns = (
        Column("Option"), Column("Extra price a unit", "price"), Column("Extra cost a unit", "price"),
        Column("Units a year", "quantity"), Column("Extra margin a year", "money"), Column("Investment", "money"),
        Column("Payback, years", "years"),
    )  # fmt: skip
    note = "Extra margin: extra price less extra cost, times the units. Payback: investment over extra margin a year."
    blocks: list[Block] = []
    chosen = [option for option in options if option.chosen]
    if not chosen:
        blocks.append(not_stated("Which option is chosen"))
    blocks += [Paragraph(_choice(basis, option, options)) for option in chosen]
    blocks.append(Table("value_options", "Options for adding value", columns, rows, note))
    for option in chosen:
        blocks += [Paragraph(f"Skills needed: {option.skills}")] if option.skills else []
        blocks += [Paragraph(f"Evidence from the market: {option.evidence}")] if option.evidence else []
    return Section("value_options", "Options for adding value", tuple(blocks))


def _rank(position: int, best: str) -> str:
    """``the highest``, ``the second highest`` … by position from 1."""
    return f"the {_ORDINALS[position]}{best}" if position < len(_ORDINALS) else f"number {position} by size"


def _choice(basis: Basis, option: ValueOption, options: Sequence[ValueOption]) -> str:
    """Why this option, in figures."""
    say = Formats(basis.currency)
    margin, years = option.extra_margin_per_year, payback_years(option)
    text = (
        f"Chosen: {option.option}. It brings an extra margin of {say.figure(margin, 'money')} a year for an investment"
        f" of {say.figure(option.investment, 'money')}"
    )
    text += (
        f", paid back in {say.figure(years, 'years')}."
        if years is not None
        else ": this never pays the investment back."
    )
    if len(options) > 1:
        above = 1 + sum(other.extra_margin_per_year > margin for other in options)
        text += f" Of {len(options)} options its margin is {_rank(above, 'highest')}"
        if years is not None:
            paybacks = [payback_years(other) for other in options]
            faster = 1 + sum(other is not None and other < years for other in paybacks)
            text += f" and its payback {_rank(faster, 'shortest')}"
        text += "."
    return text
