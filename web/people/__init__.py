"""People who share one installation: accounts, sign-in, roles, shares, organisations, tokens, and what was done with a plan.

Without ``--shared`` there is one person and none of this but the own data: taking them out and deleting them.
"""

from __future__ import annotations

from web.people.area import blueprint

__all__ = ["blueprint"]
