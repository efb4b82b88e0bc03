"""What is missing or will be asked about, graded, each with the page where it is mended; and what is there so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext, lazy_gettext, ngettext

from finance_kit.errors import Issue
from web.results.links import Place, place
from web.results.shown import amount
from web.words import sentence
from web.working import Opening

__all__ = ["GRADES", "Grade", "Remark", "counted", "graded", "so_far"]


@dataclass(frozen=True, slots=True)
class Grade:
    """How grave remarks are, in the words of a page."""

    severity: str
    title: Any
    about: Any
    tag: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem in words and the field that it is about."""

    text: str
    place: Place


GRADES: Final = (
    Grade("error", lazy_gettext("Must fix"), lazy_gettext("Without this no figures can be reckoned."), "problem"),
    Grade("warning", lazy_gettext("A lender will ask"), lazy_gettext("Have an answer, or mend it."), "warning"),
    Grade("note", lazy_gettext("Good to know"), lazy_gettext("Nothing has to be done."), "note"),
)


def graded(plan_id: str, opening: Opening) -> tuple[tuple[Grade, tuple[Remark, ...]], ...]:
    """Everything there is to say about a plan, by grade; grades without remarks are left out."""
    found = []
    for grade in GRADES:
        remarks = tuple(
            Remark(_words(issue), place(plan_id, opening.document, issue.where.path))
            for issue in opening.issues
            if issue.severity == grade.severity
        )
        if remarks:
            found.append((grade, remarks))
    return tuple(found)


def counted(opening: Opening) -> dict[str, int]:
    """How many remarks there are of each grade."""
    return {grade.severity: sum(each.severity == grade.severity for each in opening.issues) for grade in GRADES}


def _words(issue: Issue) -> str:
    """An issue in words; the core's words for what is missing speak of lines of a file."""
    return str(gettext("Still needed.")) if issue.code == "missing_field" else sentence(issue)


def so_far(document: dict[str, Any]) -> tuple[str, ...]:
    """What an unfinished plan holds already, in short sentences; sums only where each amount is stated."""
    period = document.get("period")
    code = period.get("currency") if isinstance(period, dict) else None
    financing = document.get("financing")
    said = []
    if (count := len(_rows(document.get("products")))) > 0:
        said.append(ngettext("%(num)s product", "%(num)s products", count))
    if (count := len(_rows(document.get("members")))) > 0:
        said.append(ngettext("%(num)s member listed", "%(num)s members listed", count))
    if assets := _rows(document.get("assets")):
        words = ngettext("%(num)s thing to buy", "%(num)s things to buy", len(assets))
        said.append(_with_sum(words, assets, "unit_cost", code, times="quantity"))
    loans = _rows(financing.get("loans") if isinstance(financing, dict) else None)
    if loans:
        words = ngettext("%(num)s loan asked for", "%(num)s loans asked for", len(loans))
        said.append(_with_sum(words, loans, "principal", code))
    return tuple(said)


def _rows(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _with_sum(words: str, rows: list[dict[str, Any]], field: str, code: Any, times: str = "") -> str:
    """The words with the sum of a field, where every row states it in the plan's currency.

    ``times`` is the field that says how many of it there are; one where nothing is stated.
    """
    values: list[Any] = [row.get(field) for row in rows]
    counts: list[Any] = [1 if (count := row.get(times)) is None else count for row in rows]
    plain = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (*values, *counts))
    if not plain or not isinstance(code, str) or any(row.get("currency") not in (None, code) for row in rows):
        return words
    total = sum(value * count for value, count in zip(values, counts, strict=True))
    return f"{words}: {amount(float(total), code)}"
