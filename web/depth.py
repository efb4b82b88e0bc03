"""How deep JSON of a request lies inside itself: known before it is read, since reading follows every bracket."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["DEEPEST", "depth"]

DEEPEST: Final = 60
# Possessive: a text is gone over once, and nothing is remembered to go back to.
_TEXT_OR_BRACKET: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_QUOTE: Final = ord('"')
_OPENING: Final = b"[{"


def depth(content: bytes) -> int:
    """How deep brackets lie inside each other, texts left out; counted one by one, without following or a copy."""
    deepest = level = 0
    for found in _TEXT_OR_BRACKET.finditer(content):
        letter = content[found.start()]
        if letter == _QUOTE:
            continue
        level += 1 if letter in _OPENING else -1
        deepest = max(deepest, level)
        if deepest > DEEPEST:
            break
    return deepest
