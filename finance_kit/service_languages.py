"""Use case of translators: every English text of the core that a page may show, each with the places it stands in.

Texts are collected from where they are used: sentences of the catalog modules, titles and helps of the plan's schema,
labels and formulas of lines and indicators, words of profiles and checklists that come with the package, headings of
the report's tables. Sources, citations and what only authors of profiles read stay English.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from finance_kit import i18n, resources

__all__ = ["core_texts"]

Found = tuple[str, str]
"""A text and the file, from the project's folder, that it stands in."""

_PACKAGE: Final = Path(__file__).parent
_SILENT: Final = frozenset(
    {"messages_loans", "messages_loan_words", "messages_offers", "messages_packs", "messages_starter"}
)
"""Sentences of the loan desk and of the starter file, which only the command line says, in English."""
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_SCREENS: Final = frozenset(
    {"by_month", "checklist", "interview", "investment", "repayment", "returns_section", "statements"}
)
"""Modules whose plain words stand on screens, wherever they stand in the code."""
_NAME: Final = re.compile(r"[A-Z][A-Za-z]*[a-z][A-Z]\w*|[A-Z_]+")
_REPORT: Final = {"Table": 1, "Column": 0, "Row": 0, "Figure": 1, "KeyFigure": 1, "Series": 0, "Stress": 0}
"""Things of the report that carry words, and where among their arguments."""


def core_texts() -> dict[str, tuple[str, ...]]:
    """English text -> files it stands in, in the order of the sources."""
    found: dict[str, list[str]] = {}
    for source in (_sentences, _phrases, _form, _schema, _lines, _facts, _profiles, _checklists, _trades, _headings):
        for text, place in source():
            if text and _WORD.search(text):
                places = found.setdefault(text, [])
                if place not in places:
                    places.append(place)
    return {text: tuple(places) for text, places in found.items()}


def _sentences() -> Iterator[Found]:
    """Templates of the catalog modules."""
    for module in sorted(pkgutil.iter_modules(i18n.__path__), key=lambda each: each.name):
        if module.name.startswith("messages_") and module.name not in _SILENT:
            sentences = importlib.import_module(f"{i18n.__name__}.{module.name}").MESSAGES
            yield from ((text, f"finance_kit/i18n/{module.name}.py") for text in sentences.values())


def _phrases() -> Iterator[Found]:
    """Templates of sentences that the core says with the figures in them."""
    from finance_kit.i18n.phrase_templates import PHRASES

    yield from ((text, "finance_kit/i18n/phrase_templates.py") for text in PHRASES)


def _form() -> Iterator[Found]:
    """Steps of the form, the questions of a profile, kits and depths of documents."""
    from finance_kit.forms.steps import FULL_STEPS, PROFILE_STEPS
    from finance_kit.plan.profile_questions import PROFILE_QUESTIONS
    from finance_kit.service_documents import DEPTHS, KITS

    yield from ((text, "finance_kit/service_documents.py") for text in (*KITS.values(), *DEPTHS.values()))
    for step in (*PROFILE_STEPS, *FULL_STEPS):
        yield step.title, "finance_kit/forms/steps.py"
        yield step.about, "finance_kit/forms/steps.py"
    for question in PROFILE_QUESTIONS:
        yield question.text, "finance_kit/plan/profile_questions.py"


def _schema() -> Iterator[Found]:
    """Title, help and example of each field of a plan."""
    from finance_kit.plan.schema import Plan

    seen: set[type[BaseModel]] = set()
    waiting: list[type[BaseModel]] = [Plan]
    while waiting:
        model = waiting.pop(0)
        if model in seen:
            continue
        seen.add(model)
        place = f"{model.__module__.replace('.', '/')}.py"
        for info in model.model_fields.values():
            yield info.title or "", place
            yield info.description or "", place
            yield from ((each, place) for each in info.examples or () if isinstance(each, str) and " " in each)
            waiting += _models(info.annotation)


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Models that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is Annotated:
        return _models(get_args(annotation)[0])
    if origin in (Union, types.UnionType, list, tuple, dict):
        return [model for part in get_args(annotation) for model in _models(part)]
    return []


def _lines() -> Iterator[Found]:
    """Labels and formulas of statement lines and indicators."""
    from finance_kit.engine.catalogue import lines
    from finance_kit.indicators.registry import definitions

    for line in lines().values():
        yield line.label, "finance_kit/data/lines.yaml"
        yield line.formula, "finance_kit/data/lines.yaml"
    for each in definitions().values():
        place = "finance_kit/data/indicators.yaml"
        yield each.label, place
        yield each.formula, place
        yield from ((variant.formula, place) for variant in each.variants.values())


def _facts() -> Iterator[Found]:
    """Labels of what a profile may ask of a plan, their words, what is counted; terms; kinds of security and papers."""
    from finance_kit.plan.financing import Collateral, DocumentKind
    from finance_kit.readiness.facts import FACTS
    from finance_kit.readiness.terms import Terms

    for fact in FACTS.values():
        place = "finance_kit/readiness/facts.py"
        yield fact.label, place
        yield from ((word.replace("_", " "), place) for word in fact.choices)
        yield from ((word, place) for word in fact.counted)
    for info in Terms.model_fields.values():
        yield str(info.title), "finance_kit/readiness/terms.py"
    for kind in (*get_args(Collateral.model_fields["kind"].annotation), *get_args(DocumentKind)):
        yield kind.replace("_", " "), "finance_kit/plan/financing.py"


def _profiles() -> Iterator[Found]:
    """What lender profiles that come with the package say to a reader."""
    for path in sorted(resources.data("lenders").glob("*.yaml")):
        yield from _told(path, {"title", "note", "why", "mend", "text", "not_published"})


def _checklists() -> Iterator[Found]:
    """Documents that lenders ask for."""
    for path in sorted(resources.data("checklists").glob("*.yaml")):
        yield from _told(path, {"title", "text"})


def _trades() -> Iterator[Found]:
    """Names of the trades with a starter, and titles of the sample plans."""
    for path in resources.sample_plans():
        title = re.search(r'^title: "?(.+?)"?$', path.read_text(encoding="utf-8"), re.MULTILINE)
        yield title[1] if title else "", f"sample_plans/{path.name}"
    for path in sorted(resources.data("activities").glob("*.yaml")):
        yield _yaml(path)["title"], f"finance_kit/data/activities/{path.name}"


def _yaml(path: Path) -> Any:
    from finance_kit.engine.catalogue import declarations

    return declarations(path.relative_to(_PACKAGE / "data").as_posix())


def _told(path: Path, keys: set[str]) -> Iterator[Found]:
    """The texts under these keys, however deep; what stands under ``source`` is a citation and stays as it is."""
    place = path.relative_to(_PACKAGE.parent).as_posix()

    def walk(node: Any) -> Iterator[Found]:
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("source", "sources"):
                    continue
                if key in keys and isinstance(value, str):
                    yield value, place
                elif key in keys and isinstance(value, list):
                    yield from ((each, place) for each in value if isinstance(each, str))
                yield from walk(value)
        elif isinstance(node, list):
            for each in node:
                yield from walk(each)

    yield from walk(_yaml(path))


def _headings() -> Iterator[Found]:
    """Titles, columns and row headings that stand as plain texts where the report makes its tables."""
    for room in ("report", "risk", "readiness"):
        for path in sorted((_PACKAGE / room).glob("*.py")):
            place = path.relative_to(_PACKAGE.parent).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from ((text, place) for text in _of_calls(tree))
            if path.stem in _SCREENS:
                yield from ((text, place) for text in _plain_words(tree))


def _plain_words(tree: ast.Module) -> Iterator[str]:
    """Constants that begin as a label or a sentence does, outside docstrings and texts with figures in them."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            silent |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.BinOp):  # a text put together from parts has a template among the phrases
            silent |= {id(node.left), id(node.right)}
        elif isinstance(node, ast.Expr):
            silent.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value.strip()
            if text[:1].isupper() and not _NAME.fullmatch(text):
                yield text


def _of_calls(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _REPORT:
            at = _REPORT[node.func.id]
            given = node.args[at] if len(node.args) > at else None
            if isinstance(given, ast.Tuple) and given.elts:
                given = given.elts[0]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value
