"""A file's data as a model, or everything that is wrong with it, each fault with its place and what is needed there."""

from __future__ import annotations

import difflib
from typing import Any, Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

from finance_kit.errors import Issue, Where
from finance_kit.plan.found import plain_number, short
from finance_kit.plan.schema_path import Place, choices, field_names, locate
from finance_kit.plan.yaml_source import Source

__all__ = ["validate"]

M = TypeVar("M", bound=BaseModel)
Fault = tuple[ErrorDetails, Place]

_MOST_LISTED: Final = 200  # a starter of a trade asks for about ninety numbers, and all of them are to be seen
_MOST_FAULTS: Final = 2_000  # beyond this only their number is of use, and sorting them would take long
_OWN_TYPES: Final = frozenset(get_args(ErrorType))
_CODES: Final[dict[str, str]] = {
    "missing": "missing_field",
    "union_tag_not_found": "missing_field",
    "extra_forbidden": "unknown_field",
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "mapping_type", "dataclass_type"), "not_a_section"
    ),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type", "iterable_type"), "not_a_list"),
    **dict.fromkeys(("string_type", "string_unicode"), "not_text"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "not_true_false"),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), "not_whole_number"),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing"), "not_a_number"),
    **dict.fromkeys(("greater_than", "greater_than_equal"), "too_small"),
    **dict.fromkeys(("less_than", "less_than_equal"), "too_large"),
    "multiple_of": "not_a_multiple",
    "finite_number": "not_finite",
    "too_short": "too_few",
    "too_long": "too_many",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "wrong_form",
    **dict.fromkeys(("literal_error", "enum", "is_instance_of", "union_tag_invalid"), "not_a_choice"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "not_a_date"),
    "none_required": "must_be_empty",
}
_KIND_OF_CODE: Final[dict[str, str]] = {
    "not_a_section": "kind_section",
    "not_a_list": "kind_list",
    "not_text": "kind_text",
    "not_true_false": "kind_true_false",
    "not_whole_number": "kind_whole_number",
    "not_a_number": "kind_number",
}
_LIMITS_OF_FRACTIONS: Final = (1.0, 10.0)  # of shares, and of rates and growth
_LIMITS: Final = ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length")


def validate(model: type[M], source: Source) -> tuple[M | None, tuple[Issue, ...]]:
    """Read a file's data into a model.

    Parameters
    ----------
    model : pydantic model of the whole file; how strict it is stands in its configuration
    source : what :mod:`finance_kit.plan.yaml_source` gave

    Returns
    -------
    the model, or ``None`` when the source or its values have a fault; and the faults of the values in the order of the
    file, at most 200 and then one that counts the rest. The source's own issues are not repeated, nor is a value
    complained about twice.
    """
    if source.data is None and source.issues:
        return None, ()
    try:
        value = model.model_validate(source.data)
    except ValidationError as error:
        return None, _issues(model, source, error)
    usable = all(issue.severity != "error" for issue in source.issues)
    return (value if usable else None), ()


def _issues(model: type[BaseModel], source: Source, error: ValidationError) -> tuple[Issue, ...]:
    """The faults of an error, sorted by place, limited in number."""
    details = error.errors(include_url=False)
    faults = _nearest_branches([(detail, locate(model, detail["loc"])) for detail in details[:_MOST_FAULTS]])
    said = {issue.where.path for issue in source.issues}
    issues = [_issue(detail, place, source) for detail, place in faults]
    issues = [issue for issue in issues if not issue.where.path or issue.where.path not in said]
    issues.sort(key=lambda issue: (issue.where.line or 0, issue.where.column or 0))
    listed = issues[:_MOST_LISTED]
    more = len(issues) - len(listed) + max(0, len(details) - _MOST_FAULTS)
    return (*listed, Issue("more_issues", Where("", source.file), {"count": more})) if more else tuple(listed)


# ------------------------------------------------------------------------------------------------- branches of unions


def _nearest_branches(faults: list[Fault]) -> list[Fault]:
    """Of each union the faults of the branch that was most likely meant; all of them where no branch came close."""
    unions: dict[tuple[Any, ...], dict[str, list[Fault]]] = {}
    for fault in faults:
        for path, label in fault[1].branches:
            unions.setdefault(path, {}).setdefault(label, []).append(fault)
    dropped: set[int] = set()
    for path in sorted(unions, key=len):
        branches = {
            label: left
            for label, members in unions[path].items()
            if (left := [fault for fault in members if id(fault) not in dropped])
        }
        if len(branches) < 2:
            continue
        best = max(branches, key=lambda label: _closeness(branches[label], path))
        losers = [fault for label, members in branches.items() if label != best for fault in members]
        if all(_is_wrong_kind(fault) and fault[1].path == path for members in branches.values() for fault in members):
            _merge_kinds(branches[best][0], [*branches[best], *losers])
        dropped.update(id(fault) for fault in losers)
    return [fault for fault in faults if id(fault) not in dropped]


def _closeness(faults: list[Fault], path: tuple[Any, ...]) -> tuple[bool, int]:
    """A branch is closer when the value has its kind, and then when fewer things are wrong with it."""
    wrong_kind = any(_is_wrong_kind(fault) and fault[1].path == path for fault in faults)
    return not wrong_kind, -len(faults)


def _is_wrong_kind(fault: Fault) -> bool:
    return _CODES.get(fault[0]["type"]) in _KIND_OF_CODE


def _merge_kinds(kept: Fault, faults: list[Fault]) -> None:
    """Let one fault stand for all branches: the value has none of their kinds."""
    kinds = dict.fromkeys(_KIND_OF_CODE[_CODES[detail["type"]]] for detail, _ in faults)
    kept[0]["ctx"] = {"kinds": tuple(kinds)}


# ------------------------------------------------------------------------------------------------------- one fault


def _issue(detail: ErrorDetails, place: Place, source: Source) -> Issue:
    """A fault in our terms."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    params: dict[str, Any] = {"found": short(value)}
    if place.info is not None and place.info.title:
        params["title"] = place.info.title
    if kind not in _OWN_TYPES:  # a rule of the schema with a code of its own
        return Issue(kind, source.where(place.path), {"field": _name(place.path), **params, **context})
    code = _CODES.get(kind, "invalid_value")
    path = place.path
    if kind.startswith("union_tag"):
        path = (*path, str(context["discriminator"]).strip("'"))
        params["found"] = short(context.get("tag", ""))
    params["field"] = _name(path)
    if "kinds" in context and code in _KIND_OF_CODE:
        return Issue("wrong_kind", source.where(path), {**params, "kinds": context["kinds"]})
    if value is None and code in _KIND_OF_CODE:
        return Issue("empty_value", source.where(path), {**params, "kinds": (_KIND_OF_CODE[code],)})
    params |= _needs(code, kind, context, value, place)
    return Issue(code, source.where(path, key=code == "unknown_field"), params)


def _needs(code: str, kind: str, context: dict[str, Any], value: Any, place: Place) -> dict[str, Any]:
    """What the message of a code says beyond the place and what was found."""
    needs: dict[str, Any] = {}
    if code == "unknown_field":
        known = field_names(place.around)
        needs = {"known": tuple(known), "nearest": _nearest(_name(place.path), known)}
    elif code == "not_a_choice":
        permitted = choices(place.options) or _quoted(str(context.get("expected_tags", context.get("expected", ""))))
        found = str(context.get("tag", value))
        needs = {"choices": tuple(permitted), "nearest": _nearest(found, [str(choice) for choice in permitted])}
    elif code in ("not_a_number", "not_whole_number") and isinstance(value, str):
        needs = {"write": plain_number(value)}
    elif code == "not_text" and isinstance(value, bool | int | float):
        needs = {"write": f'"{short(value)}"'}
    elif code == "wrong_form":
        needs = {"pattern": context.get("pattern"), "form": place.info.description if place.info else None}
    elif code in ("too_few", "too_many"):
        needs = {"count": context.get("actual_length")}
    elif code in ("too_short", "too_long") and isinstance(value, str):
        needs = {"count": len(value)}
    elif kind in ("value_error", "assertion_error"):
        needs = {"reason": str(context.get("error", ""))}
    for name in _LIMITS:
        if name in context:
            limit = context[name]
            if code == "too_large" and limit in _LIMITS_OF_FRACTIONS and isinstance(limit, float):
                needs["fraction_beyond" if name == "lt" else "fraction"] = limit
            needs["limit"] = limit
            needs["beyond"] = limit if name in ("gt", "lt") else None
    return needs


def _name(path: tuple[Any, ...]) -> str:
    """The key that a path ends with; with its list's name for an entry of a list."""
    keys = [step for step in path if isinstance(step, str)]
    return str(keys[-1]) if keys else ""


def _nearest(name: str, known: list[str]) -> str | None:
    """The known name that looks most like one that is not known."""
    plain = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name[:60].lower().replace("-", "_").replace(" ", "_"), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _quoted(expected: str) -> list[str]:
    """The choices in pydantic's list ``'a', 'b' or 'c'``."""
    return [part.strip("' ") for part in expected.replace(" or ", ", ").split(", ") if part.strip("' ")]
