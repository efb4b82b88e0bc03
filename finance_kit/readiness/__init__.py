"""Readiness: who would lend by a stated profile, why not, and where each point comes from.

The word is readiness, never approval or probability: a profile is a dated reading of what lenders ask, and an officer
may decide otherwise.
"""

from finance_kit.readiness.assess import Assessment, ConditionResult, CriterionResult, assess, assess_all
from finance_kit.readiness.facts import FACTS, Fact, facts
from finance_kit.readiness.profile import LenderProfile, lender_profile, lender_profiles, read_lender_profile
from finance_kit.readiness.reading import Reading

__all__ = [
    "FACTS",
    "Assessment",
    "ConditionResult",
    "CriterionResult",
    "Fact",
    "LenderProfile",
    "Reading",
    "assess",
    "assess_all",
    "facts",
    "lender_profile",
    "lender_profiles",
    "read_lender_profile",
]
