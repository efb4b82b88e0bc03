"""How a value from a file is shown to the person who wrote it: short, on one line, harmless to a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, Final

__all__ = ["LONGEST_SHOWN", "plain_number", "short"]

LONGEST_SHOWN: Final = 60
_ITEMS_SHOWN: Final = 6
_THOUSANDS: Final = re.compile(r"[-+]?[0-9]{1,3}(?:[, _'\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?")
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_PER_CENT: Final = re.compile(r"([-+]?[0-9]{1,6})(?:\.([0-9]{1,6}))?\s*%")


def short(value: Any) -> str:
    """A value as it would stand in a file, at most 60 characters long.

    >>> print(short("Bo"), short(True), short(None), short([1, "a", {}]))
    "Bo" true null [1, "a", {}]
    """
    text = json.dumps(_trimmed(value, 3), ensure_ascii=False, default=str)
    # JSON escapes C0 only.
    text = "".join(c if c.isprintable() or c in "\u200b\u200c\u200d" else f"\\u{ord(c):04x}" for c in text)
    if len(text) <= LONGEST_SHOWN:
        return text
    return f'{text[: LONGEST_SHOWN - 2]}…"' if isinstance(value, str) else f"{text[: LONGEST_SHOWN - 1]}…"


def plain_number(text: str) -> str | None:
    """The plain number that somebody meant by a text; ``None`` where that is not certain.

    >>> plain_number("1,200"), plain_number("12 %"), plain_number("12 kg"), plain_number("1,5")
    ('1200', '0.12', None, None)
    """
    if len(text) > LONGEST_SHOWN:
        return None
    latin = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.strip())
    if _THOUSANDS.fullmatch(latin):
        return re.sub(r"[, _'\u00a0\u202f]", "", latin).lstrip("+")
    per_cent = _PER_CENT.fullmatch(latin)
    if per_cent:
        digits = len(per_cent[2] or "") + 2
        return f"{float(f'{per_cent[1]}.{per_cent[2] or 0}') / 100:.{digits}f}"
    return latin.lstrip("+") if _NUMBER.fullmatch(latin) else None


def _trimmed(value: Any, depth: int) -> Any:
    """A value without what would not be shown anyway."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN]
    if isinstance(value, dict):
        items = list(value.items())[:_ITEMS_SHOWN] if depth else []
        return {str(key)[:LONGEST_SHOWN]: _trimmed(item, depth - 1) for key, item in items}
    if isinstance(value, list | tuple):
        return [_trimmed(item, depth - 1) for item in value[:_ITEMS_SHOWN]] if depth else []
    return value
