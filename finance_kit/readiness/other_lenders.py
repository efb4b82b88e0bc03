"""Another lender of the country that would not stop the plan as it stands: held against its own terms and conditions.

Nothing is changed in the plan: it is the same plan on another desk. A lender is named only where the plan fails no
knock-out of it, and what cannot be checked there is said. Who should not borrow is sent to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from finance_kit.readiness.assess import Outcome, assess
from finance_kit.readiness.effects import Weighed
from finance_kit.readiness.facts import common_facts, facts
from finance_kit.readiness.profile import LenderProfile

__all__ = ["Elsewhere", "other_lenders"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A lender whose knock-outs the plan does not fail.

    Parameters
    ----------
    profile_id, profile, version : which one
    outcome, score, possible : what its profile makes of the plan as it stands
    open : conditions of its own that the plan does not say enough for
    holds : conditions of its own that are not met and hold the plan back
    not_published : terms that it does not publish: they must be asked for
    """

    profile_id: str
    profile: str
    version: str
    outcome: Outcome
    score: float
    possible: float
    open: tuple[str, ...]
    holds: tuple[str, ...]
    not_published: tuple[str, ...]


def other_lenders(before: Weighed, profile: LenderProfile, others: Iterable[LenderProfile]) -> tuple[Elsewhere, ...]:
    """Lenders that would not stop the plan where this one does, those that find most readiness first.

    Parameters
    ----------
    before : the plan as it stands, assessed by the first lender
    profile : the first lender
    others : lenders of the country; those that only guarantee are left out

    Returns
    -------
    none where the first lender's knock-outs are not failed: there is then nothing to go elsewhere for
    """
    if all(each.met is not False for each in before.assessment.knock_outs):
        return ()
    common = common_facts(before.found, before.stressed)
    found = []
    for other in others:
        if other.id == profile.id or other.lender_type == "guarantee_fund" or other.country != profile.country:
            continue
        known = facts(before.found, before.stressed, other.documents.kinds, other.terms, common)
        result = assess(other, known, before.plan.period.currency)
        if result.outcome in ("knocked_out", "not_assessed"):
            continue
        found.append(
            Elsewhere(
                profile_id=other.id,
                profile=other.title,
                version=other.version,
                outcome=result.outcome,
                score=result.score,
                possible=result.possible,
                open=tuple(each.label for each in (*result.knock_outs, *result.holds) if each.unknown),
                holds=tuple(each.label for each in result.holds if each.met is False),
                not_published=result.not_published,
            )
        )
    order = ("ready", "nearly", "not_yet")
    return tuple(sorted(found, key=lambda each: (order.index(each.outcome), -each.score / each.possible, each.profile)))
