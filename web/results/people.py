"""Who stands behind a loan: members' shares, and what is offered as security."""

from __future__ import annotations

from typing import Final

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from finance_kit import service_lenders
from web.results.readiness import assessed
from web.results.site import blueprint, desk, page, wanting
from web.words import core

__all__ = ["group", "security"]

STATES: Final = {
    "fits": (lazy_gettext("fits"), "done"),
    "over": (lazy_gettext("over the limit"), "problem"),
    "not_stated": (lazy_gettext("net cash not stated"), "warning"),
    "no_household": (lazy_gettext("a firm or group: not judged"), "note"),
}
CONDITIONS: Final = {
    "amount_least": lazy_gettext("Amount, at least"),
    "amount_most": lazy_gettext("Amount, at most"),
    "own_contribution": lazy_gettext("Own contribution, at least"),
    "years_in_business": lazy_gettext("Years in business, at least"),
    "no_bad_debt": lazy_gettext("No bad debt"),
    "no_tax_debt": lazy_gettext("No tax unpaid for a year"),
}
MET: Final = {
    True: (lazy_gettext("met"), "done"),
    False: (lazy_gettext("not met"), "problem"),
    None: (lazy_gettext("to be asked"), "warning"),
}
SHARE_FROM: Final = {
    "own": lazy_gettext("this lender"),
    "generic": lazy_gettext("generic, a convention of this product"),
    "not_taken": lazy_gettext("not taken by this lender"),
    "not_published": lazy_gettext("not published, so it counts nothing"),
}


@blueprint.get("/plans/<plan_id>/group")
def group(plan_id: str) -> ResponseReturnValue:
    """Each member's share of the new loans, and whether its household can bear it."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "group")
    shares = service_lenders.group(found.run.plan)
    return page("group", found, "group", group=shares, states=STATES, currency=found.currency)


@blueprint.get("/plans/<plan_id>/security")
def security(plan_id: str) -> ResponseReturnValue:
    """What a lender counts of the security, the cover of the loans, and guarantee schemes."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "security")
    run = found.run
    profile_id = request.args.get("lender", "")[:80]
    if profile_id:
        assessed(found, profile_id)  # no other country's profile, and none that there is not
    lenders = [(each.profile_id, core(each.profile)) for each in run.every_lender]
    if not lenders:
        abort(404)
    offered = service_lenders.security(run.basis.indicators, profile_id or None)
    chosen = profile_id or f"{run.plan.cluster.country.lower()}_generic_bank"
    return page(
        "security",
        found,
        "security",
        security=offered,
        lenders=lenders,
        chosen=chosen,
        conditions=CONDITIONS,
        met=MET,
        share_from=SHARE_FROM,
        currency=found.currency,
    )
