"""A profile as a page: terms, conditions, points, what is not published, sources. Plain values, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from finance_kit.readiness import wording
from finance_kit.readiness.facts import FACTS
from finance_kit.readiness.profile import LenderProfile
from finance_kit.readiness.rules import Condition, Criterion
from finance_kit.readiness.sources import NOT_PUBLISHED, RuleSource
from finance_kit.readiness.term_wording import term_lines

__all__ = ["page"]


def page(profile: LenderProfile) -> dict[str, Any]:
    """Everything that a profile says.

    Returns
    -------
    plain values; ``borrowed_from`` of a term, condition or criterion is empty where the value is the profile's own
    """
    return {
        "id": profile.id,
        "title": profile.title,
        "kind": profile.kind,
        "lender_type": profile.lender_type,
        "country": profile.country,
        "version": profile.version,
        "date": profile.date,
        "based_on": list(profile.lineage),
        "note": profile.note,
        "file": profile.file,
        "terms": [
            {
                "name": line.name,
                "title": line.title,
                "words": line.words,
                "note": line.note,
                "source": "" if line.source is None else _said(line.source),
                "borrowed_from": line.borrowed_from,
            }
            for line in term_lines(profile)
        ],
        "knock_outs": _conditions(profile, "knock_outs", profile.knock_outs),
        "holds": _conditions(profile, "holds", profile.holds),
        "criteria": [_criterion(profile, rule) for rule in profile.criteria],
        "ready_at": profile.ready_at,
        "nearly_at": profile.nearly_at,
        "documents": {
            "kinds": list(profile.documents.kinds),
            "source": _said(profile.documents.source),
            "borrowed_from": profile.fallbacks.get("documents", ""),
        },
        "also_asked": [{"text": each.text, "source": _said(each.source)} for each in profile.also_asked],
        "not_published": list(profile.not_published),
        "sources": [_source(source) for source in profile.all_sources()],
    }


def _conditions(profile: LenderProfile, place: str, rules: Iterable[Condition]) -> list[dict[str, Any]]:
    """Conditions in words; those on the lender's terms only where it publishes some."""
    said = []
    for rule in profile.in_force(rules):
        fact = FACTS[rule.fact]
        value = None if rule.value == NOT_PUBLISHED else rule.value
        borrowed = profile.borrowed(f"{place}.{rule.fact}", rule.fact)
        if _about_no_term(profile, rule.fact):
            continue
        said.append(
            {
                "fact": rule.fact,
                "label": fact.label,
                "rule": wording.limit(fact, rule.rule, value, ""),
                "source": _said(rule.source),
                "borrowed_from": profile.lineage[0] if borrowed else "",
            }
        )
    return said


def _about_no_term(profile: LenderProfile, fact: str) -> bool:
    """Whether a rule holds a plan against a limit that these terms do not have."""
    amount, uses = profile.terms.amount, profile.terms.uses
    limits = () if amount is None else amount.limits
    return {
        "amount_of_maximum": not any(each.max or each.first_loan_max for each in limits),
        "amount_of_minimum": not any(each.min for each in limits),
        "legal_form_accepted": profile.terms.legal_forms is None,
        "excluded_use": uses is None or not uses.excluded,
    }.get(fact, False)


def _criterion(profile: LenderProfile, rule: Criterion) -> dict[str, Any]:
    fact = FACTS[rule.fact]
    borrowed = profile.borrowed(f"criteria.{rule.id}", rule.fact)
    return {
        "id": rule.id,
        "title": rule.title,
        "weight": rule.weight,
        "fact": rule.fact,
        "rule": wording.scale(fact, [(step.at, step.share) for step in rule.scale]),
        "source": _said(rule.source),
        "borrowed_from": profile.lineage[0] if borrowed else "",
    }


def _said(source: RuleSource) -> str:
    return " ".join(part for part in (wording.source(source), source.url) if part)


def _source(source: RuleSource) -> dict[str, Any]:
    return {"text": wording.source(source), "url": source.url, "last_confirmed": source.last_confirmed}
