"""Exit codes of the command line."""

from typing import Final

__all__ = ["FAILED", "NOT_READY", "WRONG_USE"]

FAILED: Final = 1
"""The plan has errors."""
WRONG_USE: Final = 2
"""Options that do not fit, and names of what there is not."""
NOT_READY: Final = 3
"""With ``--gate``."""
