"""The rate at which level payments, an opening and a final sum balance: all of them, and the one near a guess.

Divided by what payments of 1 grow to, the equation of :mod:`finance_kit.annuity` reads

    pmt * (1 + rate * when) + pv * rate + (pv + fv) * s(rate) = 0,    s(rate) = rate / ((1 + rate) ** n - 1)

where ``s`` is convex for more than one period and concave for less: a straight line and a curve that bends one way
meet twice at most. So there are never more than two rates, and the point where the left side turns tells them apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from finance_kit.annuity import weights
from finance_kit.arguments import Due, at_beginning, number
from finance_kit.errors import CalculationError, Undefined

__all__ = ["rate", "rate_roots"]

CONFIRMED = 1e-9  # largest rest of the equation, against the sum of its absolute terms
LOWEST, HIGHEST = -36.7, 700.0  # of ln(1 + rate): as far as a float reaches
SCAN, GRID_REACH = 120, 20.0  # points on each side of 0, and how much denser they are near it
ROUNDING = 4e-16  # a value this small against its terms is 0
TOUCHES = 1e-14  # a value this small against its terms is a double zero
HALVINGS = 200
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0

Curve = Callable[[float], tuple[float, float]]


def rate(
    periods: float, pmt: float, pv: float, fv: float = 0.0, *, due: Due = "end", guess: float = 0.1
) -> float | Undefined:
    """Rate per period at which level payments balance.

    Parameters
    ----------
    periods : number of payments, above 0, broken ones too
    pmt, pv, fv : payment, sum at the start and at the end, currency, signed
    due : whether payments fall at the end or the beginning of the period
    guess : with two rates the answer is the one nearer to it; it decides nothing else

    Returns
    -------
    fraction per period, above -1, or ``Undefined("no_rate")``

    Raises
    ------
    CalculationError : an argument is no number, there are no periods, or every rate fits

    Examples
    --------
    >>> round(rate(48, -200, 8_000), 6)
    0.007701
    """
    near = number("guess", guess)
    roots = rate_roots(periods, pmt, pv, fv, due=due)
    return min(roots, key=lambda root: abs(root - near)) if roots else Undefined("no_rate")


def rate_roots(periods: float, pmt: float, pv: float, fv: float = 0.0, *, due: Due = "end") -> tuple[float, ...]:
    """Every rate per period above -1 at which level payments balance, two at most, lowest first.

    Arguments and errors as in `rate`.

    Examples
    --------
    >>> [round(found, 6) for found in rate_roots(2, 230, -100, -362)]
    [0.1, 0.2]
    """
    n = number("periods", periods)
    if n <= 0.0:
        raise CalculationError("no_periods")
    sums = [number("pmt", pmt), number("pv", pv), number("fv", fv)]
    size = max(map(abs, sums))
    if size == 0.0:
        raise CalculationError("every_rate_fits")
    payment, opening, closing = (value / size for value in sums)
    begin = at_beginning(due)
    if n == 1.0:  # a straight line
        slope, at_zero = opening + (payment if begin else 0.0), math.fsum((payment, opening, closing))
        if slope == at_zero == 0.0:
            raise CalculationError("every_rate_fits")
        return (-at_zero / slope,) if slope and at_zero / slope < 1.0 else ()

    def balance(u: float) -> tuple[float, float]:
        start, annuity, end = weights(math.expm1(u), n)
        terms = (payment * (math.exp(u) if begin else 1.0), opening * (start / annuity), closing * (end / annuity))
        return math.fsum(terms), math.fsum(map(abs, terms))

    return tuple(math.expm1(u) for u in _zeros(balance) if _holds(balance, u))


def _zeros(balance: Curve) -> list[float]:
    """Zeros in u = ln(1 + rate) of a curve that bends one way."""
    places = [u for u in _grid() if balance(u)[1] > 0.0]
    sides = [_side(balance, u, ROUNDING if u == 0.0 else 0.0) for u in places]
    found = [u for u, side in zip(places, sides, strict=True) if side == 0]
    for place in range(1, len(places)):
        if sides[place - 1] * sides[place] < 0:
            found.append(_crossing(balance, places[place - 1], places[place]))
    if not found and places:
        turn = _turning_point(balance, places, sides[0])
        before, after = places[0], places[-1]
        side = _side(balance, turn, TOUCHES)
        if side == 0:
            found = [turn]
        elif side != sides[0]:
            found = [_crossing(balance, before, turn), _crossing(balance, turn, after)]
    return sorted(found)


def _grid() -> list[float]:
    """Points of u, denser near 0, 0 itself among them."""
    steps = [math.sinh(GRID_REACH * (place / SCAN)) / math.sinh(GRID_REACH) for place in range(SCAN + 1)]
    return [LOWEST * step for step in reversed(steps[1:])] + [HIGHEST * step for step in steps]


def _side(balance: Curve, u: float, share: float) -> int:
    """Sign of the curve, 0 where it is so small a share of its terms."""
    value, size = balance(u)
    return 0 if abs(value) <= share * size else 1 if value > 0.0 else -1


def _crossing(balance: Curve, low: float, high: float) -> float:
    """The zero between two points on unlike sides, by halving."""
    rising = balance(high)[0] > 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        if not low < middle < high:
            break
        if (balance(middle)[0] > 0.0) == rising:
            high = middle
        else:
            low = middle
    return min(low, high, key=lambda u: abs(balance(u)[0]))


def _turning_point(balance: Curve, places: list[float], side: int) -> float:
    """Where the curve comes nearest to the other side: the best point of the grid, then golden sections around it."""
    heights = [side * balance(u)[0] for u in places]
    best = heights.index(min(heights))
    low, high = places[max(best - 1, 0)], places[min(best + 1, len(places) - 1)]
    for _ in range(HALVINGS):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if not low < left < right < high:
            break
        if side * balance(left)[0] < side * balance(right)[0]:
            high = right
        else:
            low = left
    return min(low, (low + high) / 2.0, high, key=lambda u: side * balance(u)[0])


def _holds(balance: Curve, u: float) -> bool:
    """Whether the equation holds at a zero found; a rate so near -1 that a float shows -1 is none."""
    value, size = balance(u)
    return math.expm1(u) > -1.0 and abs(value) <= CONFIRMED * size
