"""What stands on top of a readiness page: ready or not, the one or two reasons, what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Final

from flask_babel import gettext, lazy_gettext, ngettext

from web.results.headlines import Headline, State
from web.results.links import Place, places
from web.results.site import Desk
from web.words import core, number

__all__ = ["OUTCOMES", "Gist", "Outcome", "Reason", "closest", "gist_of", "outcome_of", "points_of", "raised"]

_TOLD: Final = 2
"""Reasons on top; the rest stand in their lines further down."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome in words, and the colour beside them."""

    words: Any
    tag: State


OUTCOMES: Final = {
    "ready": Outcome(lazy_gettext("Ready to apply"), "done"),
    "nearly": Outcome(lazy_gettext("Nearly ready"), "warning"),
    "not_yet": Outcome(lazy_gettext("Not ready yet"), "warning"),
    "knocked_out": Outcome(lazy_gettext("Not ready: a condition is not met"), "problem"),
    "not_assessed": Outcome(lazy_gettext("No scale published"), "note"),
}
"""By outcome of the core, from the best to the one that says least."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something in the way: a sentence, the number behind it, what helps, and the fields to fill in for it."""

    text: str
    found: str
    needed: str
    mend: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Gist:
    """The top of a page: the verdict, its first reasons, how many more there are, and the step to begin with.

    ``points`` are those got of those possible, empty without a scale; with ``ready`` of them a plan is ready.
    ``alone`` says that nothing else stands in the way, so that the step is not only the first one.
    """

    headline: Headline
    points: str
    ready: str
    reasons: tuple[Reason, ...]
    more: int
    alone: bool

    @property
    def first(self) -> Reason | None:
        """The reason to begin with."""
        return self.reasons[0] if self.reasons else None


def outcome_of(name: str) -> Outcome:
    """The words of an outcome."""
    return OUTCOMES[name]


def points_of(score: float, possible: float) -> str:
    """Points got, rounded down so that none look like a border that they miss."""
    return f"{number(floor(score * 10 + 1e-6) / 10, 1, 1)} / {number(possible, 0)}" if possible else ""


def gist_of(found: Desk, assessment: Any) -> Gist:
    """The top of a lender's page."""
    reasons = tuple(_reasons(found, assessment))
    return Gist(
        headline=Headline(_verdict(assessment), outcome_of(assessment.outcome).tag),
        points=points_of(assessment.score, assessment.possible),
        ready=number(ceil(assessment.ready_at * assessment.possible / 10 - 1e-6) / 10, 1),
        reasons=reasons[:_TOLD],
        more=len(reasons[_TOLD:]),
        alone=len(reasons) == 1,
    )


def closest(assessments: Iterable[Any]) -> Any:
    """The lender that the plan is nearest to: by outcome, then by conditions that fail, then by points."""
    order = list(OUTCOMES)

    def distance(each: Any) -> tuple[int, int, float]:
        failed = sum(rule.met is False for rule in (*each.knock_outs, *each.holds))
        return order.index(each.outcome), failed, -each.score / (each.possible or 1.0)

    return min(assessments, key=distance, default=None)


def raised(text: str) -> str:
    """A label at the beginning of a line."""
    return text[:1].upper() + text[1:]


def _verdict(assessment: Any) -> str:
    if assessment.outcome != "knocked_out":
        return f"{outcome_of(assessment.outcome).words}."
    failed = sum(each.met is False for each in assessment.knock_outs)
    return str(
        ngettext(
            "Not ready: one condition is not met, and nothing else makes up for it.",
            "Not ready: %(num)s conditions are not met, and nothing else makes up for them.",
            failed,
        )
    )


def _reasons(found: Desk, assessment: Any) -> Iterator[Reason]:
    """What is in the way, the gravest first: failed conditions, those that cannot be checked, then weak criteria."""
    conditions = (*assessment.knock_outs, *assessment.holds)
    document = found.opening.document

    def fields(names: Iterable[str]) -> tuple[Place, ...]:
        return places(found.plan_id, document, names)

    told = set()
    for each in conditions:
        if each.met is False:
            told.add(each.fact)
            needed = "" if each.comparison in ("is", "is_not") else core(each.rule)  # else the sentence says it
            yield Reason(
                core(each.why), core(each.found) if needed else "", needed, core(each.mend), fields(each.inputs)
            )
    for each in conditions:
        if each.unknown:
            text = gettext("Cannot be checked: %(what)s", what=raised(core(each.label)))
            yield Reason(text, "", core(each.rule), "", fields(each.missing))
    for each in assessment.weak:
        if each.fact not in told:
            yield Reason(core(each.title), core(each.found), core(each.target), core(each.mend), fields(each.missing))
