"""Overview, topics, checks, and the page of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from finance_kit import service_results as results
from finance_kit.errors import CalculationError
from finance_kit.service import figure_labels
from finance_kit.service_results import FigureTable
from web.results import headlines, missing
from web.results.gist import outcome_of
from web.results.headlines import Headline
from web.results.links import Place, place
from web.results.parts import Part, cut
from web.results.shown import shown_table, with_unit
from web.results.site import Desk, blueprint, desk, from_htmx, page, wanting
from web.results.stated import stated_words
from web.results.topics import TOPICS
from web.results.topics import page as topic_page
from web.words import core, month, sentence

__all__ = ["FigureLine", "SummaryLine", "overview", "summary", "topic"]

_ON_TOP: Final = ("cash", "profit", "repayment", "sources", "break-even")
_NEEDS_YEAR: Final = ("period_needed", "year_needed", "month_needed_for_figure", "period_unknown")


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of the overview: its page's title, the finding, and where it opens."""

    title: Any
    headline: Headline
    address: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure by itself: label, value in words, a remark, and where it opens (empty: nowhere)."""

    label: str
    text: str
    note: str
    address: str


@blueprint.get("/plans/<plan_id>/results", endpoint="show")
def overview(plan_id: str) -> ResponseReturnValue:
    """The findings of all pages in a line each, and the key figures."""
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, "overview")
    return page("overview", found, "overview", **_overview(found), figures=_key_figures(found))


@blueprint.get("/plans/<plan_id>/results/summary")
def summary(plan_id: str) -> ResponseReturnValue:
    """The overview as a part of another page, asked for again after each save; a page of its own without script."""
    if not from_htmx():
        return overview(plan_id)
    found = desk(plan_id)
    if found.opening.run is None:
        errors = [grade for grade in missing.graded(found.plan_id, found.opening) if grade[0].severity == "error"]
        values: dict[str, Any] = {
            "lines": (),
            "remarks": errors[0][1] if errors else (),
            "so_far": missing.so_far(found.opening.document),
        }
    else:
        values = _overview(found) | {"remarks": ()}
    values |= {"plan_id": found.plan_id, "revision": found.access.revision}
    return render_template("results/_summary.html", **values)


@blueprint.get("/plans/<plan_id>/results/<name>")
def topic(plan_id: str, name: str) -> ResponseReturnValue:
    """One topic: finding, chart, tables; a year opened to its months on request."""
    chosen = next((each for each in TOPICS if each.name == name), None) or abort(404)
    found = desk(plan_id)
    if found.opening.run is None:
        return wanting(found, name)
    wanted, number = request.args.get("table", "")[:200], request.args.get("part", 1, type=int)
    try:
        shown = topic_page(found.run, chosen, request.args.get("year", "")[:20], wanted)
    except CalculationError:  # a year that the plan does not have
        abort(404)
    return page(
        "topic",
        found,
        name,
        shown=shown,
        tables=[_in_part(found, each, wanted, number) for each in shown.tables],
        folded=[
            (core(each.title), each.id, *(_in_part(found, each.table, wanted, number) if each.table else (None, None)))
            for each in shown.folded
        ],
        wanted=wanted,
    )


@blueprint.get("/plans/<plan_id>/checks")
def checks(plan_id: str) -> ResponseReturnValue:
    """Everything that must be fixed, that a lender will ask, and that is good to know."""
    found = desk(plan_id)
    remarks = missing.graded(found.plan_id, found.opening)
    weak = results.weak_points(found.opening.run) if found.opening.run is not None else ()
    counts = missing.counted(found.opening)
    return page("checks", found, "checks", remarks=remarks, weak=[core(text) for text in weak], counts=counts)


@blueprint.get("/plans/<plan_id>/figure/<name>")
def figure(plan_id: str, name: str) -> ResponseReturnValue:
    """A figure opened: formula in words, the figures it is made of, where each number was stated."""
    found = desk(plan_id)
    if name not in figure_labels():
        abort(404)
    if found.opening.run is None:
        return wanting(found, "overview")
    period = request.args.get("period", "")[:20]
    by_year = _by_year(found, name)
    try:
        explained = results.explain_at(found.run, name, period or None)
    except CalculationError as failure:
        if failure.code not in _NEEDS_YEAR:
            raise
        title = core(figure_labels()[name])
        if not period:
            return page("choose_year", found, "overview", title=title, by_year=by_year)
        return page("choose_year", found, "overview", title=title, by_year=by_year, problem=sentence(failure)), 404
    return page(
        "figure",
        found,
        "overview",
        item=explained,
        text=_explained(found, explained),
        period=_period(explained.period),
        inputs=[
            (each, _explained(found, each), _period(each.period), _opens(found, each)) for each in explained.inputs
        ],
        stated=[(each, where, *stated_words(where, each, found.currency)) for each, where in _stated(found, explained)],
        by_year=by_year,
    )


def _stated(found: Desk, explained: Any) -> list[tuple[Any, Place]]:
    """The parts of the plan that a figure rests on, each with its place in the form."""
    return [(each, place(found.plan_id, found.opening.document, each.where)) for each in explained.stated]


# ------------------------------------------------------------------------------------------------------------ overview


def _overview(found: Desk) -> dict[str, Any]:
    """Lines of the overview: topics, then the two generic lenders, then what is to be checked."""
    run, by_name = found.run, {each.name: each for each in TOPICS}
    lines = [
        SummaryLine(
            by_name[name].title,
            headlines.one_of(run, name),
            url_for("results.topic", plan_id=found.plan_id, name=name),
        )
        for name in _ON_TOP
    ]
    for assessment in run.readiness:
        address = url_for("results.lender", plan_id=found.plan_id, profile_id=assessment.profile_id)
        headline = Headline(core(assessment.verdict), outcome_of(assessment.outcome).tag)
        lines.append(SummaryLine(core(assessment.profile), headline, address))
    return {"lines": lines, "counts": missing.counted(found.opening), "weak": results.weak_points(run)}


def _key_figures(found: Desk) -> list[FigureLine]:
    """The key figures of the report, each of which can be opened."""
    lines = []
    for each, link in results.key_figures(found.run):
        if each.value is None:
            text = core(results.reason_words(each.reason))
        else:
            text = with_unit(each.value, each.unit, each.currency or found.currency)
        address = ""
        if link is not None:
            address = url_for("results.figure", plan_id=found.plan_id, name=link[0], period=link[1] or None)
        lines.append(FigureLine(core(each.label), text, core(each.note or ""), address))
    return lines


# ------------------------------------------------------------------------------------------------------------- figures


def _explained(found: Desk, item: Any) -> str:
    if item.value is None:
        return core(results.reason_words(item.reason))
    if item.month is not None:
        return month(item.month)
    return with_unit(item.value, item.unit, found.currency)


def _opens(found: Desk, item: Any) -> str:
    """The address of an input; of one on the eve of the plan there is none."""
    labels = (*results.years(found.run), *results.month_labels(found.run), "")
    if item.period not in labels:
        return ""
    name = item.id if item.id in figure_labels() else ""
    return url_for("results.figure", plan_id=found.plan_id, name=name, period=item.period or None) if name else ""


def _period(period: str) -> str:
    """A year, a month by its name, or the months of the whole plan."""
    first, between, last = period.partition(" to ")
    if between:
        return str(gettext("%(first)s to %(last)s", first=month(first), last=month(last)))
    return month(period)


def _by_year(found: Desk, name: str) -> list[FigureLine]:
    """The figure in each year, where it has one a year."""
    unit, scope = results.kind_of(name)
    if scope != "year":
        return []
    values = results.yearly(found.run, name)
    return [
        FigureLine(
            year,
            with_unit(value, unit, found.currency),
            "",
            url_for("results.figure", plan_id=found.plan_id, name=name, period=year),
        )
        for year, value in zip(results.years(found.run), values, strict=True)
    ]


def _in_part(found: Desk, table: FigureTable, wanted: str, number: int) -> tuple[Any, Part | None]:
    """A table, of a long one the part that was asked for, else the first."""
    rows, part = cut(table, number if table.table.id == wanted else 1)
    return _table(found, rows), part


def _table(found: Desk, table: FigureTable) -> Any:
    named = {}
    if table.table.id == "true_cost":  # each loan in its own currency
        plan = found.run.plan
        named = {loan.name: loan.currency or found.currency for loan in plan.financing.loans}
    return shown_table(table, found.plan_id, found.currency, named)
