"""Mends: the smallest changes that make a plan ready for a lender, to be tried before anything is saved."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillLooking
from dataclasses import dataclass, replace
from itertools import groupby
from threading import Lock
from typing import Any, Final, Literal

from flask import abort, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from finance_kit import drafts, service_fixes
from finance_kit import service_results as results
from finance_kit.service import Run
from web.results.compared import compared
from web.results.gist import Outcome, gist_of, outcome_of, points_of
from web.results.headlines import Headline, one_of
from web.results.links import field_words
from web.results.readiness import assessed
from web.results.site import Desk, blueprint, desk, page, wanting
from web.results.stated import value_words
from web.storage import store
from web.words import core
from web.working import Kept, opened_document

__all__ = ["keep", "look", "try_one"]

_PATIENCE: Final = 4.0
"""Seconds that a page waits for the search before it says that it is still looking."""
_LONGEST: Final = 20.0
"""Seconds that the page of one mend waits; it is found already where somebody came from the list."""
_WAITING: Final = 6
"""Searches that may be under way or wait; more are asked to come back."""
KINDS: Final = {
    "knock_out": lazy_gettext("Stops the loan"),
    "hold": lazy_gettext("Holds it back"),
    "unknown": lazy_gettext("Cannot be checked"),
    "criterion": lazy_gettext("Costs points"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """A plan beside another: findings, outcome, points."""

    headlines: tuple[Headline, ...]
    outcome: Outcome
    points: str


@dataclass(frozen=True, slots=True)
class Begin:
    """The one thing to begin with, in words; ``number`` is that of the mend, 0 where nothing can be tried."""

    kind: Literal["ready", "business", "first"]
    text: str
    number: int = 0


class Searches:
    """Searches for mends, one after another in the background, each once for a state of a plan and a lender."""

    def __init__(self) -> None:
        self._desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mends")
        self._lock, self._under_way = Lock(), dict[tuple[str, str], Future[Any]]()
        self._done = Kept[Any](32)

    def ask(self, found: Desk, profile_id: str) -> Future[Any] | None:
        """The search of a plan's mends for a lender, begun if it is not under way; ``None`` when too many wait."""
        key, run = (found.opening.state, profile_id), found.run
        with self._lock:
            for old in [each for each, search in self._under_way.items() if search.done() and each != key]:
                del self._under_way[old]
            if key in self._under_way:
                return self._under_way[key]
            if len(self._under_way) >= _WAITING:
                return None
            profile = results.profile_of(run, profile_id)
            search = self._desk.submit(self._done.get, key, lambda: results.mends(run, profile))
            self._under_way[key] = search
            return search


_searches: Final = Searches()


@blueprint.get("/plans/<plan_id>/readiness/<profile_id>/mends")
def look(plan_id: str, profile_id: str) -> ResponseReturnValue:
    """What mends the plan for one lender; while the search runs the page says so and comes back by itself."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "readiness")
    assessment = assessed(found, profile_id)
    search = _searches.ask(found, profile_id)
    with contextlib.suppress(StillLooking):
        if search is not None:
            data = service_fixes.fixes_as_data(search.result(_PATIENCE))
            return _found_mends(found, assessment, data)
    waiting = page(
        "looking", found, "readiness", busy=search is None, lender=core(assessment.profile), profile_id=profile_id
    )
    response = make_response(waiting)
    response.headers["Refresh"] = "3" if search is not None else "10"
    return response


def _found_mends(found: Desk, assessment: Any, data: dict[str, Any]) -> str:
    """The page of what was found: the top, then the problems by how grave they are, each in a line that folds open."""
    gist = gist_of(found, assessment)
    return page(
        "mends",
        found,
        "readiness",
        mends=data,
        kinds=KINDS,
        groups=[(kind, list(each)) for kind, each in groupby(data["problems"], lambda each: each["problem"]["kind"])],
        gist=replace(gist, more=max(len(data["problems"]) - len(gist.reasons), 0)),
        begin=_begin(data),
        lender=core(assessment.profile),
    )


def _begin(data: dict[str, Any]) -> Begin | None:
    """The one thing to begin with: a change that alone makes the plan ready, else what mends the gravest problem.

    Where a loan would make things worse it is what the business lacks, never a change of the loan.
    """
    problems = data["problems"]
    if data["do_not_borrow"]:
        lacking = next((each["lacking"] for each in problems if each["lacking"]), "")
        return Begin("business", core(lacking)) if lacking else None
    fixes = [fix for each in problems for fix in each["fixes"]]
    whole = next((fix for fix in fixes if fix["after"]["outcome"] == "ready"), None)
    if whole is not None:
        return Begin("ready", core(whole["change"]), whole["number"] if whole["applies"] else 0)
    if not problems:
        return None
    gravest = problems[0]
    if gravest["fixes"]:
        fix = gravest["fixes"][0]
        return Begin("first", core(fix["change"]), fix["number"] if fix["applies"] else 0)
    text = gravest["todo"][0] if gravest["todo"] else gravest["lacking"] or gravest["problem"]["mend"]
    return Begin("first", core(text)) if text else None


@blueprint.get("/plans/<plan_id>/readiness/<profile_id>/mends/<int:place>")
def try_one(plan_id: str, profile_id: str, place: int) -> ResponseReturnValue:
    """What the plan would be with one mend in it, beside what it is; nothing is saved."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "readiness")
    assessment = assessed(found, profile_id)
    fix, changes = _chosen(found, profile_id, place)
    changed = opened_document(drafts.apply(found.opening.document, changes)) if changes else None
    after = changed.run if changed is not None else None
    if changes and after is None:
        abort(404)
    return page(
        "try",
        found,
        "readiness",
        fix=fix,
        lender=core(assessment.profile),
        profile_id=profile_id,
        before=_side(found.run, assessment),
        after=None if after is None else _side(after, after.by_lender(profile_id)),
        rows=[] if after is None else compared(found.run, after),
        edits=[_edit(found, each) for each in fix["edits"]] if changes else [],
        state=found.opening.state,
        batch=drafts.new_id() + drafts.new_id(),
    )


@blueprint.post("/plans/<plan_id>/readiness/<profile_id>/mends/<int:place>")
def keep(plan_id: str, profile_id: str, place: int) -> ResponseReturnValue:
    """Save a mend that was tried, as any other change of the plan."""
    from finance_kit.store import plans

    found = desk(plan_id, "edit")
    back = redirect(url_for("results.look", plan_id=plan_id, profile_id=profile_id), 303)
    if found.opening.run is None or request.form.get("state") != found.opening.state:
        flash(gettext("The plan has changed since you tried this. Nothing was changed now; look again."), "warning")
        return back
    if request.form.get("read") != "yes":
        flash(gettext("First read what must be proven, and tick that you did."), "problem")
        return redirect(url_for("results.try_one", plan_id=plan_id, profile_id=profile_id, place=place), 303)
    assessed(found, profile_id)
    fix, changes = _chosen(found, profile_id, place)
    if not changes:
        abort(404)
    batch = request.form.get("batch", "")[:64] or drafts.new_id()
    with store().session() as session:
        known, user = found.access.plan, found.access.user
        saved = plans.save(
            session, plan_id, user.id, known.revision, batch, changes, seen=known.seen, whole=True, known=known
        )
    if getattr(saved, "conflicts", ()):
        flash(gettext("Somebody changed the same field at this moment. Nothing was changed; look again."), "warning")
        return back
    flash(gettext("Kept: %(change)s", change=fix["change"]), "done")
    return redirect(url_for("results.lender", plan_id=plan_id, profile_id=profile_id), 303)


def _chosen(found: Desk, profile_id: str, place: int) -> tuple[dict[str, Any], list[drafts.Change]]:
    """A mend by its number, and the changes of the document that it is; none for what must be proven first."""
    search = _searches.ask(found, profile_id) or abort(503)
    try:
        mends = search.result(_LONGEST)
    except StillLooking:
        abort(503)
    for problem in service_fixes.fixes_as_data(mends)["problems"]:
        for fix in problem["fixes"]:
            if fix["number"] == place:
                return fix, list(_changes(found.opening.document, mends, place)) if fix["applies"] else []
    return abort(404)


def _changes(document: dict[str, Any], mends: Any, place: int) -> Iterator[drafts.Change]:
    """The changes of a document that put a mend into it, each made after the one before."""
    for path, value in results.fix_edits(mends, place):
        change = _change(document, path, value)
        document = drafts.apply(document, [change])
        yield change


def _change(document: dict[str, Any], path: tuple[str | int, ...], value: Any) -> drafts.Change:
    """One edit of a plan as a change of its document: a field, a new row, or an entry of a list of plain values."""
    last, place = path[-1], drafts.field_path(document, ".".join(map(str, path)))
    if not isinstance(last, int):
        return drafts.Change("set", place, value, drafts.lookup(document, place))
    place = drafts.field_path(document, ".".join(map(str, path[:-1])))
    entries = drafts.lookup(document, place)
    entries = entries if isinstance(entries, list) else []
    if isinstance(value, dict) and last >= len(entries):
        return drafts.Change("add", place, {"_id": drafts.new_id(), **value})
    if isinstance(value, dict):
        row = f"{place}/@{entries[last]['_id']}"
        return drafts.Change("set", row, value, drafts.lookup(document, row))
    return drafts.Change("set", place, [*entries[:last], value, *entries[last + 1 :]], entries or None)


def _side(run: Run, assessment: Any) -> Side:
    return Side(
        tuple(one_of(run, name) for name in ("cash", "repayment")),
        outcome_of(assessment.outcome),
        points_of(assessment.score, assessment.possible),
    )


def _edit(found: Desk, edit: dict[str, Any]) -> tuple[str, str, str]:
    """A field that a mend changes: its words, what it says now, what it would say."""
    document = found.opening.document
    place = drafts.field_path(document, edit["path"])
    keys = [key for key in edit["path"].split(".") if not key.isdecimal()]
    currency = _currency(document, place, edit["value"]) or found.currency
    now, then = (value_words(keys, value, currency) for value in (drafts.lookup(document, place), edit["value"]))
    return field_words(document, edit["path"]), now, then


def _currency(document: dict[str, Any], place: str, value: Any) -> str:
    """The currency that a row of a document states for its amounts; empty where it has none of its own."""
    row = value if isinstance(value, dict) else drafts.lookup(document, place.rpartition("/")[0])
    stated = row.get("currency") if isinstance(row, dict) else None
    return stated if isinstance(stated, str) else ""
