"""Answers of the programming interface: problems with code, sentence and field, and refusals in one shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

from flask import abort, jsonify, make_response
from pydantic import ValidationError

from finance_kit.errors import FinanceKitError, Issue
from finance_kit.i18n.catalog import message
from web.api.models import ErrorBody, ProblemOut
from web.words import core

__all__ = ["body_of", "explain_refusal", "problem_of", "problems_of", "refuse"]

_MOST: int = 50
_KINDS: Mapping[str, str] = {
    "missing": "json_field_missing",
    "extra_forbidden": "json_field_unknown",
    "int_type": "json_not_whole",
    "int_parsing": "json_not_whole",
    "int_from_float": "json_not_whole",
    "string_type": "json_not_text",
    "bool_type": "json_not_yes_or_no",
    "bool_parsing": "json_not_yes_or_no",
    "list_type": "json_not_a_list",
    "dict_type": "json_not_an_object_here",
    "model_type": "json_not_an_object_here",
    "model_attributes_type": "json_not_an_object_here",
    "literal_error": "json_not_a_choice",
    "string_too_long": "json_too_long",
    "too_long": "json_too_long",
    "string_too_short": "json_too_short",
    "too_short": "json_too_short",
    "greater_than_equal": "json_out_of_range",
    "less_than_equal": "json_out_of_range",
}
"""pydantic's kind of fault -> our code; its own words are never shown."""
_LIMITS: Final = ("max_length", "min_length", "expected")


def problem_of(issue: Issue) -> ProblemOut:
    """An issue of a plan."""
    return ProblemOut(code=issue.code, sentence=core(message(issue)), path=issue.where.path, severity=issue.severity)


def problems_of(issues: Iterable[Issue]) -> list[ProblemOut]:
    """The issues of a plan, errors first."""
    order = ("error", "warning", "note")
    return [problem_of(issue) for issue in sorted(issues, key=lambda issue: order.index(issue.severity))]


def body_of(status: int, code: str, problems: Iterable[ProblemOut] = (), **params: Any) -> ErrorBody:
    """The inside of a refusal."""
    sentence = core(message(FinanceKitError(code, **params)))
    return ErrorBody(status=status, code=code, title=sentence, problems=list(problems)[:_MOST])


def refuse(
    status: int, code: str, problems: Iterable[ProblemOut] = (), *, path: str | None = None, **params: Any
) -> NoReturn:
    """Refuse a request; with ``path``, the field is named as the one problem."""
    body = body_of(status, code, problems, **params, **({"path": path} if path else {}))
    if path is not None and not body.problems:
        body.problems.append(ProblemOut(code=code, sentence=body.title, path=path))
    answer = make_response(jsonify(error=body.model_dump()), status)
    if status == 429:
        answer.headers["Retry-After"] = "60"
    abort(answer)


def explain_refusal(_request: Any, answer: Any, error: Any, _instance: Any, _adapter: Any) -> None:
    """Put our words in place of the checker's where a request does not fit its model."""
    if not isinstance(error, ValidationError):
        return
    problems = [_of_field(each) for each in error.errors(include_url=False, include_input=False)[:_MOST]]
    body = body_of(answer.status_code, "json_does_not_fit", problems)
    answer.set_data(jsonify(error=body.model_dump()).get_data())


def _of_field(found: Any) -> ProblemOut:
    path = ".".join(str(step) for step in found["loc"])[:200]
    code = _KINDS.get(found["type"], "json_field_wrong")
    limits = {name: value for name, value in found.get("ctx", {}).items() if name in _LIMITS}
    sentence = core(message(FinanceKitError(code, path=path, **limits)))
    return ProblemOut(code=code, sentence=sentence, path=path)
