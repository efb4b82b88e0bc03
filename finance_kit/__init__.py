"""Finance Kit: from what a cluster knows to the paper on which a lender decides.

Importing this package loads nothing heavy; the work is done by its sub-packages (see ``docs/adr/0001``).
"""

from typing import Final

__version__: Final = "0.1.0"

__all__ = ["__version__"]
