"""The area's blueprint, and the door that each of its pages comes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import lazy_gettext

from finance_kit.service import Run
from web.access import PlanAccess, plan_access
from web.plans.shown import plan_links
from web.results import missing
from web.results.links import place, places
from web.results.topics import TOPICS
from web.working import Opening, opened

__all__ = ["Desk", "blueprint", "desk", "from_htmx", "page", "wanting"]

blueprint = Blueprint("results", __name__)

TITLES: Final[dict[str, Any]] = {
    "readiness": lazy_gettext("Readiness"),
    "offers": lazy_gettext("Loan offers"),
    "papers": lazy_gettext("Documents to get"),
    "interview": lazy_gettext("Interview"),
    "group": lazy_gettext("Members' shares"),
    "security": lazy_gettext("Security"),
    "checks": lazy_gettext("Checks"),
}
"""Pages beside the topics, in the order of the list."""


@dataclass(frozen=True)
class Desk:
    """A plan that somebody may see, opened."""

    access: PlanAccess
    opening: Opening

    @property
    def plan_id(self) -> str:
        """The plan's id in addresses."""
        return str(self.access.plan.id)

    @property
    def run(self) -> Run:
        """The plan worked out; pages that need it are not shown without."""
        return self.opening.run or abort(404)

    @property
    def currency(self) -> str:
        """Plan currency."""
        return str(self.run.plan.period.currency)


def desk(plan_id: str, right: Literal["view", "edit"] = "view") -> Desk:
    """The plan with this id, opened, for who may see it."""
    access = plan_access(plan_id, right)
    return Desk(access, opened(access))


def from_htmx() -> bool:
    """Whether a part of a page is wanted, not a whole one."""
    return request.headers.get("HX-Request") == "true"


def page(name: str, found: Desk, here: str, **values: Any) -> str:
    """A page of this area; ``here`` is the entry of the area's list that it belongs to."""
    own = url_for("results.show", plan_id=found.plan_id)
    return render_template(
        f"results/{name}.html",
        plan_id=found.plan_id,
        plan_title=found.access.plan.title or found.opening.document.get("title") or "",
        revision=found.access.revision,
        may_edit=found.access.may("edit"),
        entries=_entries(found.plan_id),
        links=[(words, address) for _, words, address in plan_links(found.plan_id) if address != own],
        entry=here,
        place_of=lambda field: place(found.plan_id, found.opening.document, field),
        places_of=lambda fields: places(found.plan_id, found.opening.document, fields),
        fictional=bool(found.opening.document.get("fictional")),
        **values,
    )


def _entries(plan_id: str) -> list[tuple[str, Any, str]]:
    """The list of pages: name, title, address."""
    first = [("overview", lazy_gettext("Overview"), url_for("results.show", plan_id=plan_id))]
    topics = [(each.name, each.title, url_for("results.topic", plan_id=plan_id, name=each.name)) for each in TOPICS]
    others = [(name, title, url_for(f"results.{name}", plan_id=plan_id)) for name, title in TITLES.items()]
    return [*first, *topics, *others]


def wanting(found: Desk, here: str) -> str:
    """The page in place of one that needs figures: what is still missing for them."""
    return page(
        "wanting",
        found,
        here,
        remarks=missing.graded(found.plan_id, found.opening),
        count=len(found.opening.errors),
        so_far=missing.so_far(found.opening.document),
    )
