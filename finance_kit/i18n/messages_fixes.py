"""Sentences about fixes."""

from __future__ import annotations

from typing import Final

__all__ = ["MESSAGES"]

MESSAGES: Final[dict[str, str]] = {
    "unknown_fix": "There is no fix number {number}; there are {count}. Run the command without --apply to see them.",
    "fix_must_be_proven": (
        "Fix {number} cannot be written into the plan: it is a promise to be signed, or security to be named. "
        "Get the paper first, then state it in the plan."
    ),
    "plan_not_amended": "{file}: the change could not be written so that everything else stays. Make it by hand.",
}
