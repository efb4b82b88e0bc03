"""Sums typed into a number field: ``3*250000+10%``, brackets included, exact and within narrow limits.

Nothing is evaluated as code: a few kinds of token are read one after another. A per cent behind plus or minus means
what it means on a calculator, that part of what stands before it (``750000+10%`` is 825000).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

from finance_kit.errors import FinanceKitError

__all__ = ["LARGEST_RESULT", "SumError", "is_sum", "work_out"]

LARGEST_RESULT: Final = Decimal("1e18")
_MOST_TOKENS: Final = 60
_DEEPEST: Final = 8
_DECIMALS: Final = Decimal("0.000001")
_EXACT: Final = Context(prec=50, rounding=ROUND_HALF_EVEN)
_TOKEN: Final = re.compile(r"\s*([-+*/()%]|[0-9][0-9.,'\u2019 ]*)")


class SumError(FinanceKitError):
    """A typed sum cannot be worked out; the code says why, in the catalog of the forms."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A value; ``percent`` when it is a bare per cent, whose meaning depends on what stands before it.

    ``begun`` by a per cent that was then multiplied or divided: of what it is a part, nobody can say.
    """

    value: Decimal
    percent: bool = False
    begun: bool = False


def is_sum(text: str) -> bool:
    """Whether a text is more than one number: something is reckoned in it.

    >>> is_sum("-12,500"), is_sum("3*250000"), is_sum("12 %")
    (False, True, False)
    """
    return re.search(r"[*/()]|(?<=[0-9% ])[-+]", text.strip().lstrip("+-").strip()) is not None


def work_out(text: str, number: Callable[[str], Decimal]) -> Decimal:
    """The result of a sum.

    Parameters
    ----------
    text : ASCII digits, separators, ``+ - * / ( ) %``
    number : reads one number as its language writes it; may raise

    Returns
    -------
    exact where the result is; what was divided is rounded to six decimals

    Raises
    ------
    SumError : ``sum_unreadable``, ``sum_too_long``, ``sum_by_zero``, ``sum_too_large``, ``percent_of_nothing``
    """
    tokens = _tokens(text)
    reader = _Reader(tokens, number)
    result = reader.additive(0)
    if reader.rest():
        raise SumError("sum_unreadable", found=reader.rest())
    if result.percent:
        raise SumError("percent_of_nothing", found=text)
    value = result.value
    return value.quantize(_DECIMALS, context=_EXACT).normalize(_EXACT) if reader.divided else value


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    stripped = text.rstrip()
    while at < len(stripped):
        token = _TOKEN.match(stripped, at)
        if token is None:
            raise SumError("sum_unreadable", found=stripped[at : at + 20])
        found.append(token[1].strip())
        at = token.end()
        if len(found) > _MOST_TOKENS:
            raise SumError("sum_too_long", limit=_MOST_TOKENS)
    return found


class _Reader:
    """Goes through the tokens once; each rule stops at the first token that is not its own."""

    def __init__(self, tokens: list[str], number: Callable[[str], Decimal]) -> None:
        self._tokens = tokens
        self._at = 0
        self._number = number
        self.divided = False

    def rest(self) -> str:
        """What was not read."""
        return " ".join(self._tokens[self._at :])[:20]

    def additive(self, depth: int) -> _Term:
        """Terms joined by plus and minus."""
        left = self._multiplicative(depth)
        while self._peek() in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            right = self._multiplicative(depth)
            if right.begun:  # 10+5%*2: calculators differ
                raise SumError("sum_unreadable", found="%*")
            if right.percent and not left.percent:
                part = _EXACT.multiply(left.value, right.value)
                left = _Term(_checked(_EXACT.add(left.value, sign * part)))
            elif left.percent and not right.percent:
                raise SumError("percent_of_nothing", found=f"{left.value * 100:f} %")
            else:
                left = _Term(_checked(_EXACT.add(left.value, sign * right.value)), left.percent)
        return left

    def _multiplicative(self, depth: int) -> _Term:
        left = self._signed(depth)
        while self._peek() in ("*", "/"):
            operator, right = self._take(), self._signed(depth)
            if operator == "/" and not right.value:
                raise SumError("sum_by_zero")
            self.divided |= operator == "/"
            reckon = _EXACT.multiply if operator == "*" else _EXACT.divide
            left = _Term(_checked(reckon(left.value, right.value)), begun=left.percent or left.begun)
        return left

    def _signed(self, depth: int) -> _Term:
        negative = False
        while self._peek() in ("+", "-"):
            negative ^= self._take() == "-"
        term = self._single(depth)
        return _Term(-term.value, term.percent) if negative else term

    def _single(self, depth: int) -> _Term:
        sign = self._take()
        if sign == "(":
            if depth >= _DEEPEST:
                raise SumError("sum_too_long", limit=_DEEPEST)
            term = self.additive(depth + 1)
            if self._take() != ")":
                raise SumError("sum_unreadable", found="(")
        elif sign and sign[0].isdigit():
            term = _Term(_checked(self._number(sign)))
        else:
            raise SumError("sum_unreadable", found=sign)
        if self._peek() == "%":
            self._take()
            term = _Term(_EXACT.divide(term.value, Decimal(100)), percent=True)
        return term

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token


def _checked(value: Decimal) -> Decimal:
    if not abs(value) < LARGEST_RESULT:
        raise SumError("sum_too_large")
    return value
