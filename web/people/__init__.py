"""People who share one installation: accounts, roles, shares, organisations, tokens, and what was done with a plan.

Without ``--shared`` there is one person, and of all this their own data, their tokens and their plans' log.
"""

from __future__ import annotations

from web.people import account, administration, doors, organisations, own_data, sharing, tokens, trail
from web.people.area import blueprint

__all__ = ["blueprint"]

_PAGES = (account, administration, doors, organisations, own_data, sharing, tokens, trail)
"""Modules whose routes are part of the blueprint once they are imported."""

blueprint.record_once(lambda state: trail.attach(state.app))  # type: ignore[arg-type]  # it is a Flask
