"""The form of the plan, read off the schema: fields with title, unit, help, limits, choices; sections; rows.

The schema is the only place where a label stands. What is added here is how a kind of value is asked for.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from finance_kit.plan.base import Calendar, Growth, Season, Unit

__all__ = ["Field", "Kind", "Node", "Rows", "Section", "form_of", "walk"]

Kind = Literal[
    "text", "long_text", "number", "whole", "choice", "yes_no", "month", "calendar_month", "date",
    "season", "months_of_year", "texts", "shares", "growth",
]  # fmt: skip

_LONG_FROM: Final = 500


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is asked for.

    Attributes
    ----------
    name : key in the plan
    kind : how it is asked for and read
    title, help, example : from the schema; the example is a value, not a text
    required : the plan cannot be reckoned without it (in a section that may be left out: once it is there)
    default : what counts where nothing is stated; ``None`` where nothing does
    choices : values to choose from
    unit : what a number is measured in
    least, most, longest : limits of the schema, ``None`` where it has none
    """

    name: str
    kind: Kind
    title: str
    help: str | None
    example: Any
    required: bool
    default: Any
    choices: tuple[Any, ...]
    unit: Unit | None
    least: float | None
    most: float | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan with fields of its own; one that is ``optional`` may be missing altogether."""

    name: str
    title: str
    help: str | None
    optional: bool
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of entries; ``label`` names the field that an entry is called by."""

    name: str
    title: str
    help: str | None
    noun: str
    label: str
    least: int
    nodes: tuple[Node, ...]


Node = Field | Section | Rows


@cache
def form_of(model: type[BaseModel]) -> tuple[Node, ...]:
    """What a part of the plan asks for, in the order of the schema, with where it comes from last."""
    nodes = [_node(name, info) for name, info in model.model_fields.items()]
    return tuple(sorted(nodes, key=lambda node: node.name in ("source", "source_date")))


def walk(nodes: tuple[Node, ...], path: str = "") -> Iterator[tuple[str, Field]]:
    """Every field below, with its path; ``*`` stands for an entry of a list."""
    for node in nodes:
        here = f"{path}/{node.name}" if path else node.name
        if isinstance(node, Field):
            yield here, node
        else:
            yield from walk(node.nodes, f"{here}/*" if isinstance(node, Rows) else here)


def _node(name: str, info: FieldInfo) -> Node:
    annotation, optional = _without_none(info.annotation)
    metadata = [*_metadata(annotation), *info.metadata]
    inner = _bare(annotation)
    title = info.title or name
    row = _row_model(inner)
    if row is not None:
        nodes = form_of(row)
        least = next((item.min_length for item in metadata if hasattr(item, "min_length")), 0)
        return Rows(name, title, info.description, row.__name__, nodes[0].name, least, nodes)
    if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not Growth:
        return Section(name, title, info.description, optional, form_of(inner))
    limits = {key: _limit(metadata, key) for key in ("ge", "gt", "le", "lt", "max_length")}
    least = limits["ge"] if limits["ge"] is not None else limits["gt"]
    most = limits["le"] if limits["le"] is not None else limits["lt"]
    examples = info.examples or [None]
    return Field(
        name=name,
        kind=_kind(annotation, inner, metadata),
        title=title,
        help=info.description,
        example=examples[0],
        required=info.is_required(),
        default=None if info.is_required() or info.default_factory is not None else info.default,
        choices=get_args(inner) if get_origin(inner) is Literal else (),
        unit=next((item for item in reversed(metadata) if isinstance(item, Unit)), None),
        least=least,
        most=most,
        longest=int(limits["max_length"]) if limits["max_length"] is not None and inner is str else None,
    )


def _kind(annotation: Any, inner: Any, metadata: list[Any]) -> Kind:
    known: dict[Any, Kind] = {Growth: "growth", bool: "yes_no", int: "whole", float: "number", int | str: "month"}
    if get_origin(inner) is Literal:
        return "choice"
    if inner is str:
        return _text_kind(metadata)
    if annotation in (Season, Calendar):
        return "season" if annotation == Season else "months_of_year"
    if inner in known:
        return known[inner]
    return "texts" if _bare(get_args(inner)[0]) is str else "shares"


def _text_kind(metadata: list[Any]) -> Kind:
    pattern = next((item.pattern for item in metadata if getattr(item, "pattern", None)), None)
    if pattern is not None:
        return "calendar_month" if "(19|20|21)" in pattern else "date"
    longest = _limit(metadata, "max_length")
    return "long_text" if longest is not None and longest >= _LONG_FROM else "text"


def _limit(metadata: list[Any], name: str) -> float | None:
    """The tightest of a kind of limit."""
    found = [value for item in metadata if (value := getattr(item, name, None)) is not None]
    return found[-1] if found else None


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        if len(parts) == 1:
            return parts[0], True
    return annotation, False


def _metadata(annotation: Any) -> list[Any]:
    """Limits and units that stand in the annotation itself, from the inside out."""
    if get_origin(annotation) is not Annotated:
        return []
    inner, *items = get_args(annotation)
    found = _metadata(inner)
    for item in items:
        found += item.metadata if isinstance(item, FieldInfo) else [item]
    return found


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _row_model(inner: Any) -> type[BaseModel] | None:
    """The model of a list's entries; ``None`` where it lists plain values."""
    if get_origin(inner) not in (list, tuple):
        return None
    entry = _bare(get_args(inner)[0])
    return entry if isinstance(entry, type) and issubclass(entry, BaseModel) else None
