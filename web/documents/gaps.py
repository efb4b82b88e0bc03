"""What a plan still lacks before its document is worth making, each with the page of the form that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from finance_kit import drafts, service, service_assess
from finance_kit.errors import Issue, PackError
from web.plans.addresses import field_address
from web.words import core, sentence

__all__ = ["Gap", "Gaps", "gaps", "open_run"]

_NOT_STATED: Final = ("missing_field", "too_few", "empty_value")
_MOST_OF_A_KIND: Final = 50
_TO_GET: Final = ("to_get", "requested", "expired")


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: what it is, in words, and where it is mended."""

    words: str
    address: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps: what must be mended or filled in first, what a lender will ask, what is good to know, papers to get."""

    errors: tuple[Gap, ...]
    missing: tuple[Gap, ...]
    warnings: tuple[Gap, ...]
    notes: tuple[Gap, ...]
    papers: tuple[Gap, ...]

    @property
    def count(self) -> int:
        """Gaps of all kinds but those that are only good to know."""
        return self.first + len(self.warnings) + len(self.papers)

    @property
    def first(self) -> int:
        """Gaps that stand in the way of a document."""
        return len(self.errors) + len(self.missing)


def open_run(document: dict[str, Any], title: str, lenders: tuple[str, ...] = ()) -> tuple[Any, Any]:
    """The plan of a document with its issues, and a run of it, ``None`` where it cannot be calculated."""
    loaded = drafts.loaded(document, title or "plan")
    today = datetime.now().astimezone().date().isoformat()
    return loaded, service.Run(loaded, today, lenders=lenders) if loaded.usable else None


def gaps(plan_id: str, document: dict[str, Any], issues: Sequence[Issue], opened: Any, lender: str) -> Gaps:
    """Every gap of a plan for one lender.

    Parameters
    ----------
    plan_id, document, issues : of the plan
    opened : its run, ``None`` where it has errors; then papers are not looked at yet
    lender : id of a profile
    """

    def graded(severity: str, *, missing: bool = False) -> tuple[Gap, ...]:
        found = [each for each in issues if each.severity == severity and (each.code in _NOT_STATED) is missing]
        return tuple(
            Gap(_words(issue, missing=missing), field_address(plan_id, document, issue.where.path), issue.where.path)
            for issue in found[:_MOST_OF_A_KIND]
        )

    papers = () if opened is None else _papers(plan_id, document, opened, lender)
    missing = graded("error", missing=True)
    return Gaps(graded("error"), missing, graded("warning"), graded("note"), papers)


def _words(issue: Issue, *, missing: bool) -> str:
    """A gap in words; of what is missing its name is enough on a page that asks for it."""
    title = issue.params.get("title")
    return core(title) if missing and isinstance(title, str) and title else sentence(issue)


def _papers(plan_id: str, document: dict[str, Any], opened: Any, lender: str) -> tuple[Gap, ...]:
    """Papers that this lender asks for and that the plan does not hold yet."""
    try:
        profiles = service_assess.profile_choice(opened, [lender] if lender else [])
    except PackError:  # the lender is of another country than the plan by now: the page offers the right ones
        return ()
    lists, _ = service_assess.checklists(opened, profiles[:1])
    items = [item for each in lists for item in each.items if item.status in _TO_GET]
    address = field_address(plan_id, document, "documents")
    return tuple(Gap(item.title, address, item.where) for item in items)
