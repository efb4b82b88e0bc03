"""What to bring and what to answer: documents by lender, and the questions of an interview."""

from __future__ import annotations

from typing import Final

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from finance_kit import service_assess
from web.results.links import place
from web.results.readiness import assessed
from web.results.site import blueprint, desk, page, wanting
from web.words import core

__all__ = ["interview", "papers"]

STATUS: Final = {
    "to_get": (lazy_gettext("to get"), "problem"),
    "expired": (lazy_gettext("expired"), "problem"),
    "requested": (lazy_gettext("requested"), "warning"),
    "held": (lazy_gettext("held"), "done"),
    "not_applicable": (lazy_gettext("does not apply"), "note"),
}
_WANTED: Final = ("to_get", "expired", "requested")
STATE: Final = {
    "answered": (lazy_gettext("answered"), "done"),
    "partly": (lazy_gettext("partly answered"), "warning"),
    "open": (lazy_gettext("open"), "problem"),
}


@blueprint.get("/plans/<plan_id>/papers")
def papers(plan_id: str) -> ResponseReturnValue:
    """The documents that a lender asks for: held, requested, expired or to get, and where to get them."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "papers")
    run = found.run
    profile_id = request.args.get("lender", "")[:80]
    if profile_id:
        assessed(found, profile_id)
    profiles = service_assess.profile_choice(run, [profile_id] if profile_id else [])[:1]
    lists, _ = service_assess.checklists(run, profiles)
    lenders = [(each.profile_id, core(each.profile)) for each in run.every_lender]
    sources: list[str] = []
    for item in lists[0].items:
        sources += [text for text in item.asked_by if text not in sources]
    parts = [
        (title, [item for item in lists[0].items if (item.status in _WANTED) is wanted])
        for title, wanted in ((lazy_gettext("Still to get"), True), (lazy_gettext("There, or not needed"), False))
    ]
    return page(
        "papers",
        found,
        "papers",
        list=lists[0],
        lenders=lenders,
        chosen=lists[0].profile_id,
        status=STATUS,
        parts_of=[(title, items) for title, items in parts if items],
        sources=sources,
        wanted=lists[0].count(*_WANTED),
        held=lists[0].count("held"),
        form=place(found.plan_id, found.opening.document, "documents"),
    )


@blueprint.get("/plans/<plan_id>/interview")
def interview(plan_id: str) -> ResponseReturnValue:
    """What a loan officer will ask, what the plan answers, and the holes."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "interview")
    _, answers = service_assess.checklists(found.run, [])
    shown = [(each, [place(found.plan_id, found.opening.document, hole) for hole in each.holes]) for each in answers]
    holes = sum(each.state != "answered" for each in answers)
    return page("interview", found, "interview", answers=shown, state=STATE, holes=holes, count=len(shown))
