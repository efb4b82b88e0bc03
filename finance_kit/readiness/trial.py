"""Trying out changed plans many at a time: what each problem's fact reads in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.engine.assumptions import Assumptions
from finance_kit.engine.projection import Projection, chunk_size
from finance_kit.engine.variants import project_variants, variant, variant_loans
from finance_kit.errors import CalculationError
from finance_kit.indicators.evaluate import cover_only
from finance_kit.plan.scenarios import ScenarioSet
from finance_kit.plan.schema import Plan
from finance_kit.readiness.facts import FACTS
from finance_kit.readiness.fix_policy import Bounds
from finance_kit.readiness.problems import Problem
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.reading import Case
from finance_kit.risk.stress import STRESSES

__all__ = ["Candidate", "Trial"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A changed plan, and what it multiplies all volumes by."""

    plan: Plan
    volume: float = 1.0


class Trial:
    """One plan and one lender, with the problems that are to be mended.

    Parameters
    ----------
    base : the compiled plan
    asked : problems that a change of the plan may mend
    profile : of the lender
    bounds : for the guard that keeps an overdraft from being a debt without end
    """

    def __init__(self, base: Assumptions, asked: Sequence[Problem], profile: LenderProfile, bounds: Bounds) -> None:
        self.base, self.asked, self.bounds = base, tuple(asked), bounds
        self.documents, self.terms = profile.documents.kinds, profile.terms
        self.tried = 0

    def met(self, candidates: Sequence[Candidate], wanted: Sequence[int]) -> list[dict[int, bool]]:
        """For each candidate, which of the wanted problems (positions among ``asked``) are met.

        None for terms that cannot be signed, and for a higher overdraft that is not paid back at the end of the plan
        and once in every run of twelve months: that is a debt without a schedule, not working capital.
        """
        compiled: list[tuple[int, Candidate, Assumptions]] = []
        for number, each in enumerate(candidates):
            try:
                compiled.append((number, each, variant(self.base, each.plan)))
            except CalculationError:
                continue  # the terms do not go together: not a change that could be signed
        found = [dict.fromkeys(wanted, False) for _ in candidates]
        width = 1 + (len(STRESSES) if self._stressed(wanted) else 0)
        step = max(chunk_size(self.base.sales.months) // width, 1)
        for start in range(0, len(compiled), step):
            part = compiled[start : start + step]
            for (number, _, _), answers in zip(part, self._part(part, wanted), strict=True):
                found[number] = answers
        self.tried += len(compiled)
        return found

    def _stressed(self, wanted: Sequence[int]) -> bool:
        return any("stress" in self.asked[number].fact for number in wanted)

    def _part(self, part: Sequence[tuple[int, Candidate, Assumptions]], wanted: Sequence[int]) -> list[dict[int, bool]]:
        variants = [compiled for _, _, compiled in part]
        volumes = np.array([candidate.volume for _, candidate, _ in part])
        loans = variant_loans(variants)
        planned = cover_only(project_variants(variants, ScenarioSet(count=len(part), volume=volumes), loans))
        stressed = planned
        if self._stressed(wanted):
            stressed = cover_only(project_variants(variants, _stresses(volumes), loans))
        cleared = self._line_is_cleared(planned.projection)
        answers = []
        for column, (_, candidate, _) in enumerate(part):
            case = Case(planned, stressed, self.documents, self.terms, column, candidate.plan)
            same_line = candidate.plan.financing.overdraft is self.base.plan.financing.overdraft
            sound = same_line or bool(cleared[column])
            asked = {number: self.asked[number] for number in wanted}
            answers.append({n: sound and each.met(FACTS[each.fact].read(case)) for n, each in asked.items()})
        return answers

    def _line_is_cleared(self, p: Projection) -> npt.NDArray[np.bool_]:
        """(S,), whether an overdraft is paid back at the end, and at least once in every run of twelve months."""
        owed = p.line("overdraft") > 1e-6
        run = np.zeros(owed.shape[1])
        longest = np.zeros(owed.shape[1])
        for month in owed:
            run = np.where(month, run + 1, 0)
            longest = np.maximum(longest, run)
        return np.asarray((longest < self.bounds.longest_line_months) & ~owed[-1])


def _stresses(volumes: npt.NDArray[np.float64]) -> ScenarioSet:
    """Every stress of every candidate, whose volumes (V,) are multiplied already."""

    def driver(name: str) -> npt.NDArray[np.float64]:
        return np.tile(np.array([getattr(stress, name) for stress in STRESSES]), len(volumes))

    return ScenarioSet(
        count=len(volumes) * len(STRESSES),
        price=driver("price"),
        volume=driver("volume") * np.repeat(volumes, len(STRESSES)),
        input_cost=driver("input_cost"),
        fixed_cost=driver("fixed_cost"),
        wage=driver("wage"),
    )
