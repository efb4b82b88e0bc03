"""Amounts in Vietnamese words: ``hai mươi triệu``. Not read by a native speaker; see the catalogs' own remark.

After the first group, hundreds that are missing are named (``không trăm``), as in papers of banks: so that nothing can
be put in between. One, four and five change behind tens: ``hai mươi mốt``, ``hai mươi tư``, ``mười lăm``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

__all__ = ["vietnamese"]

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BEHIND_TENS: Final = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION: Final = 10**9


def vietnamese(value: Decimal) -> str:
    """An amount in words.

    >>> vietnamese(Decimal(1_234_567)), vietnamese(Decimal("-12.5"))
    ('một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy', 'âm mười hai phẩy năm')
    """
    whole, _, fraction = f"{abs(value):f}".partition(".")
    words = _whole(int(whole)) or _DIGITS[0]
    fraction = fraction.rstrip("0")
    if fraction:
        words += " phẩy " + " ".join(_DIGITS[int(digit)] for digit in fraction)
    return f"âm {words}" if value < 0 else words


def _whole(number: int, *, after: bool = False) -> str:
    """A whole number; nothing for 0. ``after``: something larger stands before it."""
    billions, rest = divmod(number, _BILLION)
    parts = [f"{_whole(billions, after=after)} tỷ"] if billions else []
    for scale, name in ((10**6, " triệu"), (10**3, " nghìn"), (1, "")):
        group = rest // scale % 1000
        if group:
            parts.append(_group(group, after=after or bool(parts)) + name)
    return " ".join(parts)


def _group(number: int, *, after: bool) -> str:
    """A number from 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or after else []
    tens, ones = divmod(rest, 10)
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
        words += [_BEHIND_TENS.get(ones, _DIGITS[ones])] if ones else []
    elif tens:
        words.append("mười")
        words += ["lăm" if ones == 5 else _DIGITS[ones]] if ones else []
    elif ones:
        words += ["lẻ", _DIGITS[ones]] if words else [_DIGITS[ones]]
    return " ".join(words)
