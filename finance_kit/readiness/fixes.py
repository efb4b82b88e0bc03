"""Fixes: for everything that an assessment finds wrong, the smallest change that mends it, and what else it does.

For each problem the smallest change of every lever of the catalogue is found on the full model, then run again as a
plan of its own. Best is the one that breaks or worsens no condition, does not lean on months beyond the plan, and comes
first in the catalogue; a combination of two is looked for where no single change does, and shown beside single ones
where it is clearly gentler (:data:`~finance_kit.readiness.fix_policy.GENTLER`). Where borrowing is wrong, that is said
first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from finance_kit.engine.assumptions import Assumptions
from finance_kit.engine.projection import project
from finance_kit.indicators.evaluate import cover_only
from finance_kit.packs import country_pack
from finance_kit.plan.checks import check
from finance_kit.plan.schema import Plan
from finance_kit.readiness.effects import Shift, Weighed, shifts, weigh
from finance_kit.readiness.fix_policy import CATALOGUE, FAR, GENTLER, MOST_SHOWN, PROMISES, Bounds, bounds_of
from finance_kit.readiness.levers import Lever, levers_of, with_contribution, with_loans
from finance_kit.readiness.other_lenders import Elsewhere, other_lenders
from finance_kit.readiness.other_steps import steps
from finance_kit.readiness.problems import Problem, problems
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.promises import promised, shared_price, stress_column, with_shared_price
from finance_kit.readiness.reading import Case
from finance_kit.readiness.search import Change, Step, best_pair, single_changes
from finance_kit.readiness.term_levers import open_schemes
from finance_kit.readiness.trial import Trial

__all__ = ["Fix", "Fixes", "Mended", "find_fixes"]


@dataclass(frozen=True, slots=True)
class Fix:
    """One change that mends a problem.

    Parameters
    ----------
    number : by which it is called for, from 1
    steps : one lever, or two
    after : the changed plan, run and assessed again; of a promise the plan as it stands
    changes : what else moves in the assessment
    applies : whether it can be written into the plan file now; a promise must be signed, security named and a
        guarantee granted first
    beyond : whether it leans on months that the plan does not look at
    """

    number: int
    steps: tuple[Step, ...]
    after: Weighed
    changes: tuple[Shift, ...]
    applies: bool
    beyond: bool

    @property
    def breaks(self) -> tuple[Shift, ...]:
        """Conditions that held before and do not after it."""
        return tuple(each for each in self.changes if each.condition and not each.better and not each.failed)

    @property
    def harms(self) -> int:
        """Conditions that no longer hold, or that did not hold and are farther from it."""
        return sum(each.condition and not each.better for each in self.changes)


@dataclass(frozen=True, slots=True)
class Mended:
    """A problem with what mends it, best first.

    ``tried`` are levers that do not reach it, each with the month that it was taken to (0 where it is not of months);
    ``todo`` steps that are no change of money. ``gap`` is what the business would have to earn or save in the year of
    the lowest cover for the threshold to be met with the debts as they are, plan currency; ``None`` where it is no
    cover.
    """

    problem: Problem
    fixes: tuple[Fix, ...]
    tried: tuple[tuple[str, int], ...]
    todo: tuple[str, ...]
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class Fixes:
    """All problems of a plan by one lender.

    ``refusal`` holds codes of why nothing should be borrowed on this plan as it stands: ``no_cover_without_loan``,
    ``household``, ``nothing_reaches``. ``elsewhere`` are lenders whose knock-outs the plan as it stands does not fail;
    none where nothing should be borrowed.
    """

    before: Weighed
    mended: tuple[Mended, ...]
    refusal: tuple[str, ...]
    bounds: Bounds
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Every fix in the order of its number."""
        found = [fix for each in self.mended for fix in each.fixes]
        return tuple(sorted({fix.number: fix for fix in found}.values(), key=lambda fix: fix.number))


def find_fixes(
    plan: Plan, profile: LenderProfile, bounds: Bounds | None = None, others: Iterable[LenderProfile] = ()
) -> Fixes:
    """The smallest changes that mend what a lender would find wrong with a plan.

    Parameters
    ----------
    plan : as it stands
    profile : of one lender
    bounds : how far each lever may go; left out, by the lender's own terms (:func:`bounds_of`)
    others : lenders of the country that the plan is held against where this one would not lend

    Returns
    -------
    Fixes, problems most grave first

    Raises
    ------
    CalculationError : a loan's terms cannot be
    """
    limits = bounds_of(profile.terms) if bounds is None else bounds
    before = weigh(plan, profile)
    if bounds is None:
        pack = country_pack(plan.cluster.country)
        limits = replace(limits, schemes=open_schemes(before.found, profile, pack))
    base = before.found.projection.assumptions
    found = problems(before.assessment)
    asked = tuple(each for each in found if each.fact in CATALOGUE and each.kind != "unknown")
    trial = Trial(base, asked, profile, limits)
    levers = levers_of(before.found, limits)
    single = single_changes(trial, levers)
    wanted = {number: _least(single[number]) for number in single if _wants_pair(asked[number], single[number])}
    pairs = best_pair(trial, before.found, limits, levers, wanted)
    desk = Case(before.found, before.found, profile.documents.kinds, profile.terms)
    book = _Book(before, profile)
    mended = []
    for problem in found:
        changes: list[Change] = []
        if problem in asked:
            number = asked.index(problem)
            changes = [*_promises(base, problem), *single[number]]
            pair = pairs.get(number)
            if pair is not None and pair.effort <= GENTLER * _least(single[number]):
                changes.append(pair)
        fixes = _ranked(problem, [book.fix(change) for change in changes if book.stands(change)])
        # A change that reaches the threshold and leaves purchases unpaid is not told as one that does not reach it.
        reached = {step.lever for change in changes if len(change.steps) == 1 for step in change.steps}
        there = _there(levers, problem)
        tried = tuple(
            (each, there[each]) for each in CATALOGUE.get(problem.fact, ()) if each in there and each not in reached
        )
        mended.append(Mended(problem, _shown(fixes), tried, steps(desk, problem), _gap(before, problem)))
    refusal = _refusal(before, mended)
    elsewhere = () if refusal else other_lenders(before, profile, others)
    return _numbered(Fixes(before, tuple(mended), refusal, limits, elsewhere))


def _there(levers: Sequence[Lever], problem: Problem) -> dict[str, int]:
    """Levers that exist for a problem, with the month that each can be taken to."""
    found = {each.id: each.farthest for each in levers}
    if problem.fact in PROMISES:
        found["promise"] = 0
    if PROMISES.get(problem.fact) == "price":
        found["shared_price"] = 0
    return found


def _gap(before: Weighed, problem: Problem) -> float | None:
    """What is lacking in the year of the lowest cover, as planned or in the stress that the problem asks about."""
    if problem.fact == "min_dscr":
        found, column = before.found, 0
    elif problem.fact in PROMISES:
        found, column = before.stressed, stress_column(PROMISES[problem.fact])
    else:
        return None
    cover = found.yearly["dscr"][:, column]
    if np.isnan(cover).all():
        return None
    year = int(np.nanargmin(cover))
    lacking = float(problem.limit or 0.0) * found.yearly["debt_service"][year, column]
    return float(lacking - found.yearly["cfads"][year, column])


def _wants_pair(problem: Problem, single: Sequence[Change]) -> bool:
    """Whether a combination is worth looking for: no single change does, or the least of them goes far.

    Where not even a twentieth of the loan can be carried, two smaller steps cannot help: what is lacking is cash.
    """
    if single:
        return _least(single) > FAR and len(CATALOGUE[problem.fact]) > 1
    return "dscr" not in problem.fact and len(CATALOGUE[problem.fact]) > 1


def _least(single: Sequence[Change]) -> float:
    """How far the single change that goes least goes, as a share of its lever's range."""
    return min((change.effort for change in single), default=math.inf)


def _promises(base: Assumptions, problem: Problem) -> list[Change]:
    """Contracts and rules in writing that soften a stress."""
    if problem.fact not in PROMISES:
        return []
    found = []
    least = promised(base, problem)
    if least is not None:
        found.append(Change((Step("promise", least, 0.0, PROMISES[problem.fact]),), base.plan))
    share = shared_price(base, problem)
    if share is not None:
        found.append(Change((Step("shared_price", share, share),), with_shared_price(base.plan, share)))
    return found


class _Book:
    """Changed plans weighed once each, however many problems they mend."""

    def __init__(self, before: Weighed, profile: LenderProfile) -> None:
        self.before, self.profile = before, profile
        self.known: dict[tuple[Step, ...], Fix] = {}
        self.sound: dict[tuple[Step, ...], bool] = {}
        self.faults = _faults(before.plan)

    def stands(self, change: Change) -> bool:
        """Whether the changed plan can be used, and its money still pays for what it buys."""
        if change.steps not in self.sound:
            self.sound[change.steps] = _faults(change.plan) <= self.faults
        return self.sound[change.steps]

    def fix(self, change: Change) -> Fix:
        """A change as a fix, still without its number."""
        if change.steps not in self.known:
            promise = change.steps[0].lever == "promise"
            after = self.before if promise else weigh(change.plan, self.profile)
            self.known[change.steps] = Fix(
                number=0,
                steps=change.steps,
                after=after,
                changes=() if promise else shifts(self.before.assessment, after.assessment),
                applies=all(step.lever not in ("promise", "security", "guarantee") for step in change.steps),
                beyond=_outlasts(after.plan) and not _outlasts(self.before.plan),
            )
        return self.known[change.steps]


def _faults(plan: Plan) -> set[str]:
    """Codes of what is wrong in a plan: errors, and uses that no source of money pays for."""
    return {each.code for each in check(plan) if each.severity == "error" or each.code == "uses_above_sources"}


def _outlasts(plan: Plan) -> bool:
    """Whether an instalment of a new loan falls after the plan's last month."""
    ends = [plan.month_number(loan.draw) + loan.instalments * loan.months_between for loan in plan.financing.loans]
    return max(ends, default=0) > plan.period.months


def _ranked(problem: Problem, fixes: Sequence[Fix]) -> list[Fix]:
    """Those that break nothing first, then those that the plan shows to the end, then by the catalogue's order."""
    order = CATALOGUE.get(problem.fact, ())

    def key(fix: Fix) -> tuple[int, bool, int, float]:
        place = max(order.index(step.lever) for step in fix.steps)
        return fix.harms, fix.beyond, place, max(step.effort for step in fix.steps)

    return sorted(fixes, key=key)


def _shown(fixes: Sequence[Fix]) -> tuple[Fix, ...]:
    """The best ones, and the combination wherever it stands."""
    return (*fixes[:MOST_SHOWN], *(fix for fix in fixes[MOST_SHOWN:] if len(fix.steps) > 1))


def _refusal(before: Weighed, mended: Sequence[Mended]) -> tuple[str, ...]:
    """Why nothing should be borrowed on the plan as it stands."""
    failed = {each.problem.fact: each for each in mended if each.problem.kind == "knock_out"}
    said = []
    if "min_dscr" in failed and not _covers_without_loan(before):
        said.append("no_cover_without_loan")
    if "household_burden" in failed:
        said.append("household")
    unreached = [fact for fact in ("min_dscr", "cash_shortfall") if fact in failed and not failed[fact].fixes]
    if unreached and "no_cover_without_loan" not in said:
        said.append("nothing_reaches")
    return tuple(said)


def _covers_without_loan(before: Weighed) -> bool:
    """Whether the business earns its running costs and existing debts in each year if members paid for everything."""
    plan = before.plan
    without = with_loans(plan, [loan.model_copy(update={"principal": 0.0}) for loan in plan.financing.loans])
    p = before.found.projection
    new = p.loans[: len(plan.financing.loans)]
    for loan, lines in zip(plan.financing.loans, new, strict=True):
        amount = float(lines.draws.sum())
        if amount:
            without = with_contribution(without, round(amount, 2), loan.draw)
    earned = cover_only(project(without))
    lowest = float(earned.plan_level["min_dscr"][0])
    operating = p.axis.sum_years(p.line("ebitda") - p.line("tax_paid"))[:, 0]
    due = before.found.yearly["debt_service"][:, 0] > 0.0
    loses = bool((operating[due] <= 0.0).any())
    return not (lowest < 1.0 or loses)


def _numbered(found: Fixes) -> Fixes:
    """Numbers in the order in which a reader meets the fixes; the same change has one number."""
    numbers: dict[tuple[Step, ...], int] = {}
    mended = []
    for each in found.mended:
        fixes = []
        for fix in each.fixes:
            numbers.setdefault(fix.steps, len(numbers) + 1)
            fixes.append(replace(fix, number=numbers[fix.steps]))
        mended.append(replace(each, fixes=tuple(fixes)))
    return replace(found, mended=tuple(mended))
