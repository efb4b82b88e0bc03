"""How deep JSON of a request lies inside itself: known before it is read, since reading follows every bracket."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["DEEPEST", "depth"]

DEEPEST: Final = 60


def depth(content: bytes) -> int:
    """How deep brackets lie inside each other, texts left out; counted, not followed."""
    deepest = level = 0
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"?', b"", content, flags=re.DOTALL)
    for letter in re.findall(rb"[\[\]{}]", bare):
        level += 1 if letter in b"[{" else -1
        deepest = max(deepest, level)
        if deepest > DEEPEST:
            break
    return deepest
