"""Words and values that the templates of a plan share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from babel.dates import get_month_names
from flask import current_app, url_for
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from finance_kit.forms.schema_form import Field
from finance_kit.forms.state import StepState
from finance_kit.forms.view import FieldView
from finance_kit.i18n.catalog import message, messages
from web import words
from web.access import PlanAccess
from web.languages import current_language
from web.plans.area import blueprint
from web.sessions import config

__all__ = ["choice_word", "field_id", "plan_frame", "reading_text", "state_word"]

_NOTHING: Final = Markup("")
# The pieces of an attribute between which the id of a field stands.
_DESCRIBED_BY, _HELP, _READING = Markup('aria-describedby="'), Markup("-help "), Markup("-reading ")
_PROBLEM, _WRONG = Markup('-problem"'), Markup('-problem" aria-invalid="true"')
_LINKS: Final = (("results", "results.show"), ("documents", "documents.show"), ("people", "people.plan_people"))


@blueprint.app_template_filter("field_id")
def field_id(path: str) -> str:
    """The id of a field's input: its path without the characters that addresses and selectors do not like."""
    return "f-" + path.replace("/", "-").replace("@", "")


@dataclass(frozen=True, slots=True)
class FieldParts:
    """What stands around a field, in words.

    ``described`` are the attributes that tell a screen reader of notes, reading and problems; ``needed`` is empty where
    the field may stay empty.
    """

    id: str
    label: str
    needed: str
    unit: str
    notes: tuple[str, ...]
    reading: str
    described: Markup


def field_parts(view: FieldView) -> FieldParts:
    """What stands around a field, in the language of the page."""
    field, name = view.field, escape(field_id(view.path))
    notes = tuple(_notes(view))
    told = (name + _HELP if notes else _NOTHING) + (_NOTHING if field.kind == "season" else name + _READING)
    wrong = any(each.severity == "error" and each.code != "missing_field" for each in view.problems)
    return FieldParts(
        id=name,
        label=words.core(field.title),
        needed=gettext("needed") if field.required else "",
        unit=_unit(view),
        notes=notes,
        reading=reading_text(view),
        described=_DESCRIBED_BY + told + name + (_WRONG if wrong else _PROBLEM),
    )


def _unit(view: FieldView) -> str:
    """The unit behind a field: a currency, a currency for a unit, what is counted, per cent, days."""
    unit = view.field.unit
    if view.currency and view.per:
        if unit is not None and unit.per == "currency":
            return str(gettext("%(currency)s for 1 %(unit)s", currency=view.currency, unit=view.per))
        return str(gettext("%(currency)s per %(unit)s", currency=view.currency, unit=view.per))
    if view.currency or view.counted:
        return view.currency or view.counted or ""
    kind = unit.kind if unit is not None else ""
    if kind == "share":
        return "%"
    if kind == "days":
        return str(gettext("days"))
    return str(gettext("months")) if kind == "months" else ""


def _notes(view: FieldView) -> Iterator[str]:
    """Help, an example, and what an empty field means."""
    if view.field.help:
        yield words.core(view.field.help)
    if view.example:
        yield gettext("Example: %(example)s", example=view.example)
    if view.usual and view.field.kind not in ("choice", "yes_no"):
        yield gettext("Empty means %(usual)s", usual=view.usual)


def choice_word(field: Field, value: str) -> str:
    """A choice in words."""
    name = "yes_no" if field.kind == "yes_no" else field.name
    code = f"choice_{name}_{value}"
    return words.core(message(code)) if code in messages() else value


def reading_text(view: FieldView) -> str:
    """A value read back: an amount with its thousands and in words, a month with its name."""
    reading = view.reading
    if reading is None:
        return ""
    if reading.month is not None and reading.month_number is not None:
        if reading.outside:
            return str(gettext("%(month)s lies before the plan", month=words.month(reading.month)))
        return str(
            gettext("month %(number)s is %(month)s", number=reading.month_number, month=words.month(reading.month))
        )
    amount = words.money(reading.amount, reading.currency) if reading.currency else words.number(reading.amount, 6)
    if reading.words is None:
        return amount
    return str(gettext("%(amount)s: %(words)s", amount=amount, words=reading.words))


def state_word(state: StepState) -> str:
    """How far a step is, in words."""
    if state.state == "problem":
        return str(ngettext("%(num)s problem", "%(num)s problems", state.count))
    if state.state == "todo":
        return str(ngettext("%(num)s to fill in", "%(num)s to fill in", state.count))
    return str(gettext("done") if state.state == "done" else gettext("not begun"))


def severity_word(severity: str) -> str:
    """What a problem asks of the reader."""
    known = {"error": gettext("Must be mended"), "warning": gettext("A lender will ask")}
    return str(known.get(severity, gettext("Good to know")))


def rows_for(view: FieldView) -> int:
    """Lines of a text field: more where more stands in it."""
    return max(3 if view.field.kind == "texts" else 2, min(10, view.text.count("\n") + len(view.text) // 70 + 1))


def title_of(document: dict[str, Any]) -> str:
    """The title of a plan as it is typed, or words for a plan without one."""
    title = document.get("title")
    return title if isinstance(title, str) and title.strip() else gettext("Plan without a title")


def month_names() -> list[str]:
    """Short names of the twelve months."""
    names = get_month_names("abbreviated", "stand-alone", current_language())
    return [names[number] for number in range(1, 13)]


def plan_links(plan_id: str) -> list[tuple[str, str, str]]:
    """The other areas of this plan that are installed: name, title, address. Alone on a laptop there are no people."""
    titles = {"results": gettext("Results"), "documents": gettext("Documents"), "people": gettext("People")}
    return [
        (name, titles[name], url_for(endpoint, plan_id=plan_id))
        for name, endpoint in _LINKS
        if endpoint in current_app.view_functions and (config().shared or name != "people")
    ]


def plan_frame(access: PlanAccess, here_is: str) -> dict[str, Any]:
    """What every page of a plan needs: titles, rights, links, the state of saving."""
    return {
        "plan": access.plan,
        "title": title_of(access.document),
        "revision": access.revision,
        "seen": access.plan.seen,
        "may_edit": access.may("edit"),
        "may_own": access.may("own"),
        "can_undo": access.revision > 1,
        "here_is": here_is,
        "plan_links": plan_links(access.plan.id),
        "saved_words": saved_words(access),
    }


def saved_words(access: PlanAccess) -> str:
    """When the plan was saved last."""
    time = words.clock(access.plan.changed_at)
    return str(gettext("Saved %(time)s, version %(number)s", time=time, number=access.revision))


@blueprint.context_processor
def _helpers() -> dict[str, Any]:
    return {
        "choice_word": choice_word,
        "field_parts": field_parts,
        "month_names": month_names(),
        "rows_for": rows_for,
        "severity_word": severity_word,
        "state_word": state_word,
    }
