"""What can be chosen for a document: kit, lender, depth, readiness, template; and the choices that somebody sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext

from finance_kit import service_documents, service_lenders
from web.access import PlanAccess

__all__ = ["Choices", "LenderLine", "country_of", "lenders_of", "may_see", "read_choices"]

_COUNTRIES: Final = ("KH", "MM", "TH", "VN")


@dataclass(frozen=True, slots=True)
class LenderLine:
    """A lender's profile that can be chosen."""

    id: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices for one document."""

    kit: str
    lender: str
    depth: str
    score: bool = False
    template: str = ""
    page_numbers: bool = False
    """Counted however many wait; otherwise they may be left to Word then."""

    def as_options(self) -> dict[str, Any]:
        """As a job keeps them; the day is that of the server, and the same choices on one day are the same work."""
        day = datetime.now().astimezone().date().isoformat()
        chosen = {"kit": self.kit, "lender": self.lender, "depth": self.depth, "score": self.score, "day": day}
        if self.page_numbers:
            chosen["page_numbers"] = True
        return chosen | ({"template": self.template} if self.template else {})


def country_of(document: Mapping[str, Any]) -> str | None:
    """The country of a plan in the making; ``None`` while it is not chosen."""
    cluster = document.get("cluster")
    country = cluster.get("country") if isinstance(cluster, dict) else None
    return country if country in _COUNTRIES else None


def lenders_of(country: str | None) -> list[LenderLine]:
    """The lenders of a country, the general ones first."""
    if country is None:
        return []
    found = [
        LenderLine(each.id, each.title, each.kind)
        for each in service_lenders.catalogue((), country).of_country(country)
    ]
    return sorted(found, key=lambda line: line.kind != "generic")


def read_choices(
    sent: Mapping[str, Any], lenders: list[LenderLine], templates: Collection[str] = ()
) -> tuple[Choices | None, str]:
    """The choices in a form or a request, or a sentence that says which of them there is not.

    Parameters
    ----------
    sent : ``kit``, ``lender``, ``depth``, ``score``, ``template``, ``page_numbers``; what is left out is the first of
        its kind, no readiness, the template that is shipped, and page numbers unless many wait
    lenders : those of the plan's country
    templates : ids of the person's own Word templates
    """
    kit = sent.get("kit") or next(iter(service_documents.KITS))
    depth = sent.get("depth") or next(iter(service_documents.DEPTHS))
    known = [line.id for line in lenders]
    lender = sent.get("lender") or next(iter(known), "")
    if kit not in service_documents.KITS:
        return None, gettext("There is no such kit of documents. Choose one from the list.")
    if depth not in service_documents.DEPTHS:
        return None, gettext("There is no such depth. Choose the whole plan or the summary.")
    if lender not in known:
        return None, gettext("There is no such lender in the plan's country. Choose one from the list.")
    template = sent.get("template") or ""
    if template and template not in templates:
        return None, gettext("There is no such Word template of yours. Choose one from the list.")
    score = sent.get("score") in (True, "1", "on", "yes")
    numbers = sent.get("page_numbers") in (True, "1", "on", "yes")
    return Choices(str(kit), str(lender), str(depth), score, str(template), numbers), ""


def may_see(found: PlanAccess, options: Mapping[str, Any]) -> bool:
    """Whether a person may ask for a document of these options, or have it: readiness is for the cluster's own use."""
    return options.get("score") is not True or found.may("edit")
