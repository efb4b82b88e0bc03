"""Figures, readiness and lenders: the same services as the pages and the command line."""

from __future__ import annotations

from typing import Any

from finance_kit import service, service_assess
from finance_kit.errors import PackError
from web.access import PlanAccess, plan_access
from web.api.answers import problems_of, refuse
from web.api.models import FiguresOut, LenderOut, LenderQuery, LendersOut, NoQuery, ReadinessOut, ReadinessQuery
from web.api.site import answers, blueprint, spec
from web.documents.choices import lenders_of
from web.documents.gaps import open_run

__all__ = ["figures", "lenders", "opened_plan", "readiness"]


@blueprint.get("/lenders")
@spec.validate(resp=answers(LendersOut), tags=["lenders"])
def lenders(query: LenderQuery) -> LendersOut:
    """List the lender profiles of a country."""
    lines = [LenderOut(id=each.id, title=each.title, kind=each.kind) for each in lenders_of(query.country)]
    return LendersOut(country=query.country, lenders=lines)


@blueprint.get("/plans/<plan_id>/figures")
@spec.validate(resp=answers(FiguresOut), tags=["figures"])
def figures(plan_id: str, query: NoQuery) -> FiguresOut:
    """Calculate a plan: every line by month, every indicator, the whole report."""
    found, opened = opened_plan(plan_id)
    return FiguresOut(plan_id=plan_id, revision=found.revision, figures=service.as_json(opened))


@blueprint.get("/plans/<plan_id>/assessments")
@spec.validate(resp=answers(ReadinessOut), tags=["figures"])
def readiness(plan_id: str, query: ReadinessQuery) -> ReadinessOut:
    """Hold a plan against the published criteria of lenders."""
    found, opened = opened_plan(plan_id, (query.lender,) if query.lender else (), everyone=query.everyone)
    try:
        told = service_assess.assessment_json(opened)
    except PackError:
        refuse(422, "lender_not_of_country", path="lender")
    return ReadinessOut(plan_id=plan_id, revision=found.revision, readiness=told)


def opened_plan(plan_id: str, chosen: tuple[str, ...] = (), *, everyone: bool = False) -> tuple[PlanAccess, Any]:
    """A plan that this person may see and that can be calculated; else it is refused with all its problems."""
    found = plan_access(plan_id, "view")
    loaded, opened = open_run(found.document, found.plan.title, chosen)
    if opened is None:
        refuse(422, "plan_not_usable", problems_of(loaded.issues))
    if everyone:
        opened = service.Run(loaded, opened.date, all_lenders=True)
    return found, opened
