"""The general way through a loan, instalment by instalment, for terms that have no closed form.

Uneven periods, changes of rate, further pay-outs, stepped and agreed instalments, interest that waits, instalments
that are evened out. Works in the units of a :class:`~finance_kit.loans.grid.Grid`; arrays are periods by scenarios.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finance_kit.loans.accrual import Accrual
from finance_kit.loans.grid import Grid
from finance_kit.loans.ledger import Ledger, principal_shares
from finance_kit.loans.terms import LoanTerms

__all__ = ["walk"]

FloatArray = npt.NDArray[np.float64]
_LEVEL = ("annuity", "balloon", "stepped")
_PASSES = 3
_CHORDS = 20
_HAIR = 1e-6  # of a minor unit: a share of a principal is seldom a whole float
_NOTHING = 1e-12  # of the principal


def walk(
    terms: LoanTerms, start: FloatArray, lent: FloatArray, rate: FloatArray, accrual: Accrual, grid: Grid
) -> Ledger:
    """Ledger of a loan with interest on the balance, whatever its terms.

    Parameters
    ----------
    terms : what is signed
    start : (S,), owed right after the first pay-out
    lent : (S,), principal of the whole contract
    rate : (S,), interest a year as quoted
    accrual : time that interest runs
    grid : rounding, and the unit of all amounts

    Returns
    -------
    Ledger, N by S
    """
    return _Walk(terms, lent, rate, accrual, grid).run(start)


@dataclass(slots=True)
class _State:
    """Where the walk stands, (S,) each: principal owed, interest not yet paid, interest deferred by a full grace."""

    owed: FloatArray
    unpaid: FloatArray
    deferred: FloatArray


class _Walk:
    """One contract in all scenarios, and the arrays that it fills."""

    def __init__(self, terms: LoanTerms, lent: FloatArray, rate: FloatArray, accrual: Accrual, grid: Grid) -> None:
        self.terms, self.accrual, self.grid, self.rate, self.lent = terms, accrual, grid, rate, lent
        shape = (terms.instalments, lent.shape[0])
        added = 0.0 if accrual.added is None else accrual.added
        self.factor = np.broadcast_to(rate * accrual.years + added, shape)
        nothing = np.broadcast_to(0.0, shape)
        self.draws = nothing if accrual.draws is None else grid.amount(lent * accrual.draws)
        self.draw_interest = nothing
        if accrual.draw_years is not None and accrual.draw_added is not None:
            self.draw_interest = lent * (rate * accrual.draw_years + accrual.draw_added)
        self.balance = np.zeros((shape[0] + 1, shape[1]))
        self.accrued, self.due, self.capitalised, self.repaid = (np.zeros(shape) for _ in range(4))
        self.grace, self.last = terms.grace_periods, terms.instalments - 1
        self.waits = terms.interest_grace_instalments
        self.planned = np.zeros(shape)

    def run(self, start: FloatArray) -> Ledger:
        """Fill everything from the first period to the last."""
        self.balance[0] = start
        state = _State(start, np.zeros_like(start), np.zeros_like(start))
        begins = sorted({max(segment, self.grace) for segment in self.accrual.segments})
        for position in range(min(self.grace, self.last + 1)):
            self._grace(position, state)
        for number, begin in enumerate(begins):
            end = begins[number + 1] if number + 1 < len(begins) else self.last + 1
            walked = self._plan(begin, state)
            if not (walked and end == self.last + 1):
                self._repay(begin, end, state)
        return Ledger(self.balance, self.accrued, self.due, self.capitalised, self.repaid, self.draws)

    def _interest(self, position: int, owed: FloatArray) -> FloatArray:
        """Interest of one period on what is owed and on what is paid out within it."""
        return self.grid.interest(owed * self.factor[position] + self.draw_interest[position])

    def _grace(self, position: int, state: _State) -> None:
        """A period without principal."""
        accrued = self._interest(position, state.owed)
        self.accrued[position] = accrued
        state.owed = state.owed + self.draws[position]
        if self.terms.pays_in_grace:
            self.due[position] = accrued
        elif self.terms.capitalises:
            self.capitalised[position] = accrued
            state.owed = state.owed + accrued
        elif self.terms.recovers_within:
            state.unpaid = state.unpaid + accrued
        else:
            state.deferred = state.deferred + accrued
        self.balance[position + 1] = state.owed

    def _plan(self, begin: int, state: _State) -> bool:
        """Set the instalments from one position to the end for what is owed there: what ``planned`` holds.

        Returns whether the way to the end has been walked with them already.
        """
        terms = self.terms
        if terms.repayment == "custom":
            amounts = self.grid.units(np.asarray(terms.instalment_amounts, dtype=np.float64))
            self.planned[self.grace : self.last] = amounts[:, None]
            return False
        if terms.repayment not in _LEVEL:
            self.planned[begin:] = self._principal_parts(begin, state.owed + self.draws[begin])
            return False
        weights = self._weights()[begin:]
        level = self._level(begin, state.owed, weights)
        self.planned[begin:] = self.grid.instalment(level * weights)
        if self.grid.exact and (terms.method == "cumulative" or terms.repayment == "stepped"):
            return False
        seen = self.factor, self.draws, self.draw_interest
        self.factor, self.draws, self.draw_interest = foreseen = self._foreseen(begin)
        walked = False
        if terms.method == "progressive" and terms.repayment != "stepped":
            walked = self._level_exactly(begin, state) if self.grid.exact else self._even_out(begin, state)
        elif terms.remainder == "first":
            self._remainder_first(begin, state)
        self.factor, self.draws, self.draw_interest = seen
        return walked and foreseen[0] is seen[0]

    def _foreseen(self, begin: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Interest and pay-outs as they look when an instalment is set: what comes after its period is not known."""
        accrual = self.accrual
        if accrual.added is None and accrual.draws is None:
            return self.factor, self.draws, self.draw_interest
        factor, draws, draw_interest = self.factor.copy(), self.draws.copy(), self.draw_interest.copy()
        factor[begin + 1 :] = (self.rate + self._known_step(begin)) * accrual.years[begin + 1 :]
        draws[begin + 1 :] = draw_interest[begin + 1 :] = 0.0
        return factor, draws, draw_interest

    def _known_step(self, begin: int) -> float:
        """What changes of rate known at a position have added to the rate."""
        number = max(n for n, segment in enumerate(self.accrual.segments) if max(segment, self.grace) <= begin)
        return self.accrual.known_steps[number]

    def _principal_parts(self, begin: int, owed: FloatArray) -> FloatArray:
        """Principal of each instalment left where interest has no say in it, (n, S)."""
        shares = principal_shares(self.terms)[begin - self.grace :]
        if not shares.any():  # a season that is over leaves everything to the end
            return np.zeros((len(shares), owed.shape[0]))
        parts = self.grid.instalment(owed * (shares / shares.sum()))
        bearing = np.flatnonzero(shares)
        if self.terms.remainder == "first":
            parts[bearing[0]] = np.maximum(parts[bearing[0]] + owed - np.cumsum(parts, axis=0)[-1], 0.0)
        parts[bearing[-1]] = np.inf  # all that is left
        return parts

    def _weights(self) -> FloatArray:
        """Weight of each instalment, (N, 1)."""
        weights = np.ones((self.last + 1, 1))
        steps = self.terms.instalment_pattern
        if steps:
            paying = self.last + 1 - self.grace
            padded = (*steps, *(steps[-1:] * max(paying - len(steps), 0)))[:paying]
            weights[self.grace :, 0] = np.divide(padded, max(padded))  # only their proportions count
        return weights

    def _level(self, begin: int, owed: FloatArray, weights: FloatArray) -> FloatArray:
        """Instalment of weight 1 that repays what is owed but for the balloon, (S,)."""
        factors = self._assumed(begin)
        discount = 1.0 / (1.0 + factors)
        worth = np.cumprod(discount, axis=0)
        drawn = self.draws[begin]
        if self.accrual.draws is not None:  # a pay-out within the period bears interest for its own time only
            waits = self.terms.method == "progressive" and self.waits > begin
            interest = 0.0 if waits else self.draw_interest[begin] * self._nominal_share(begin)
            drawn = (drawn + interest) * discount[0]
        level: FloatArray = (owed + drawn - self._balloon() * worth[-1]) / np.cumsum(worth * weights, axis=0)[-1]
        return level

    def _balloon(self) -> FloatArray:
        """Principal that the last instalment holds besides a level one, (S,)."""
        balloon: FloatArray = self.balance[self.grace] * self.terms.balloon_share
        return balloon

    def _nominal_share(self, begin: int) -> float:
        """Length of a period as the level instalment assumes it, in relation to what it has."""
        if self.accrual.uniform:
            return 1.0
        years, assumed = self.accrual.years[begin, 0], self.accrual.level_years[begin, 0]
        return float(assumed / years) if years else 0.0

    def _assumed(self, begin: int) -> FloatArray:
        """Interest of the periods from a position on, as the instalment set there assumes it, (n, S)."""
        years = self.accrual.level_years[begin:] if not self.accrual.uniform else self.accrual.level_years
        rate = self.rate + self._known_step(begin)
        factors = np.broadcast_to(rate * years, self.factor[begin:].shape).copy()
        if self.accrual.added is not None:  # a rate may change within the first of them
            factors[0] = self.factor[begin] * self._nominal_share(begin)
        if self.terms.method == "progressive" and self.waits > begin:
            factors[: self.waits - begin] = 0.0
        return factors

    def _repay(self, begin: int, end: int, state: _State) -> None:
        """Walk through paying periods as planned; the very last instalment clears everything."""
        terms = self.terms
        by_level = terms.repayment in (*_LEVEL, "custom")
        waits_to = self.last if terms.repayment == "bullet" else self.waits
        for position in range(begin, end):
            accrued = self._interest(position, state.owed)
            owed = state.owed + self.draws[position]
            unpaid = state.unpaid + accrued
            planned = self.planned[position]
            if position == self.last:
                due, repaid = unpaid, owed
            elif terms.method == "progressive" and by_level:
                # Interest above the instalment is carried forward, not capitalised.
                due = np.zeros_like(owed) if position < waits_to else np.minimum(unpaid, planned)
                repaid = np.minimum(planned - due, owed)
            else:
                due = np.zeros_like(owed) if position < waits_to else unpaid
                # Interest that waited comes on top of the instalment, so its principal is what the month's own leaves.
                repaid = np.clip(planned - accrued, 0.0, owed) if by_level else np.minimum(planned, owed)
            if self.grid.exact:  # a float may leave a hair of a loan that is cleared, and fees would fall due on it
                repaid = np.where(owed - repaid <= _NOTHING * self.lent, owed, repaid)
            state.owed, state.unpaid = owed - repaid, unpaid - due
            if position == self.grace:  # what a full grace deferred comes on top of the first instalment after it
                due = due + state.deferred
            self.accrued[position], self.due[position], self.repaid[position] = accrued, due, repaid
            self.balance[position + 1] = state.owed

    def _last_above_level(self, begin: int, state: _State) -> FloatArray:
        """How far the last instalment, its balloon apart, exceeds the planned one after a walk to the end, (S,)."""
        self._repay(begin, self.last + 1, _State(state.owed, state.unpaid, state.deferred))
        gap: FloatArray = self.repaid[-1] + self.due[-1] - self._balloon() - self.planned[-1]
        if begin == self.last:
            gap = gap - state.deferred
        return gap

    def _even_out(self, begin: int, state: _State) -> bool:
        """Move the level instalment until the last one is near it, at most three times, and only if that helps.

        Returns whether the last walk was the one with the instalments that are kept.
        """
        count = self.last + 1 - begin
        hundredths = 100.0 * (self.grid.minor_unit or 1.0)
        gap = self._last_above_level(begin, state)
        current = True
        for _ in range(_PASSES):
            far = np.abs(gap) * hundredths > count // 2 + _HAIR
            if not far.any():
                return current
            step = np.where(far, self.grid.amount(gap / count), 0.0)
            before = self.planned[begin:].copy()
            self.planned[begin:] = self.grid.instalment(before + step)
            moved = (self.planned[begin:] != before).any(axis=0)
            if not moved.any():
                return current
            after = self._last_above_level(begin, state)
            better = moved & (np.abs(after) < np.abs(gap) - _HAIR)
            self.planned[begin:] = np.where(better, self.planned[begin:], before)
            if not better.any():
                return False
            current = bool(better.all())
            gap = np.where(better, after, gap)
        return False

    def _level_exactly(self, begin: int, state: _State) -> bool:
        """Move an unrounded level instalment until the last one equals it: broken periods and interest that waits.

        What the last one is falls in straight stretches as the others rise, so the chord ends on the answer.
        """
        near = 1e-13 * (state.owed + self.draws[begin])
        level = self.planned[-1].copy()
        gap = self._last_above_level(begin, state)
        other, other_gap = level, gap
        step = gap / (self.last + 1 - begin)
        for _ in range(_CHORDS):
            far = np.abs(gap) > near
            if not far.any():
                break
            other, level, other_gap = level, np.where(far, level + step, level), gap
            self.planned[begin:] = level
            gap = np.where(far, self._last_above_level(begin, state), gap)
            fall = gap - other_gap
            step = np.divide(-gap * (level - other), fall, out=np.zeros_like(gap), where=fall != 0)
        return True

    def _remainder_first(self, begin: int, state: _State) -> None:
        """Let the first instalment take what rounding would leave to the last, as far as that helps."""
        if begin == self.last:
            return
        growth = np.cumprod(1.0 + self.factor[begin + 1 :], axis=0)[-1]
        gap = self._last_above_level(begin, state)
        for _ in range(_PASSES):
            before = self.planned[begin].copy()
            self.planned[begin] += self.grid.amount(gap / growth)
            after = self._last_above_level(begin, state)
            better = np.abs(after) < np.abs(gap) - _HAIR
            self.planned[begin] = np.where(better, self.planned[begin], before)
            if not better.any():
                return
            gap = np.where(better, after, gap)
