"""Where in a file, and where in the models, a pydantic error belongs.

The location that pydantic gives mixes keys and list positions with the names of branches it tried (a type of a union,
the tag of a discriminated union). Walking the models beside it tells them apart: what remains is the path that a person
sees in the file.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator
from pydantic.fields import FieldInfo

__all__ = ["Place", "choices", "field_names", "locate", "step_inside"]

Step = str | int
_LISTS = (list, set, frozenset, Sequence, AbstractSet, Iterable)
_MAPPINGS = (dict, Mapping)


@dataclass(slots=True)
class Place:
    """A spot in file and models.

    Attributes
    ----------
    path : keys and list positions as they stand in the file
    options : types that the value there may have
    around : types that the list or mapping around it may have
    info : the model field at the path, if it is one
    branches : (path, name) of every branch of a union on the way
    """

    path: tuple[Step, ...]
    options: list[Any]
    around: list[Any]
    info: FieldInfo | None = None
    branches: list[tuple[tuple[Step, ...], str]] = field(default_factory=list)


def locate(model: type[BaseModel], location: tuple[Step, ...]) -> Place:
    """The place of an error.

    Parameters
    ----------
    model : what the whole file was validated against
    location : ``loc`` of a pydantic error
    """
    place = Place((), [model], [])
    tag_name: str | None = None
    for step in location:
        if tag_name is not None:
            place.options = [option for option in place.options if _has_tag(option, tag_name, step)] or place.options
            tag_name = None
            continue
        if step == "[key]":
            continue
        child = _child(place.options, step)
        if isinstance(step, str) and len(place.options) > 1:
            chosen = [option for option in place.options if _is_named(option, step)]
            if chosen or child is None:
                place.branches.append((place.path, step))
                place.options = chosen or place.options
                continue
        place.around, place.path = place.options, (*place.path, step)
        annotation, place.info = child or (Any, None)
        place.options, tag_name = _unfold(annotation)
        if place.info is not None and place.info.discriminator is not None:
            tag_name = _tag_name(place.info.discriminator)
    return place


def field_names(options: list[Any]) -> list[str]:
    """Names that keys may have where a value has one of these types."""
    return [info.alias or name for option in options if _is_model(option) for name, info in option.model_fields.items()]


def step_inside(options: list[Any], step: Step) -> list[Any]:
    """Types that a value one step inside may have; empty where nothing is known to lie there."""
    found = [child for option in options if (child := _child([option], step)) is not None]
    return [inner for annotation, _ in found for inner in _unfold(annotation)[0]]


def choices(options: list[Any]) -> list[Any]:
    """Values that a person may choose from where these types list them; empty where they do not."""
    found: list[Any] = []
    for option in options:
        if get_origin(option) is Literal:
            found += get_args(option)
        elif isinstance(option, type) and hasattr(option, "__members__"):
            found += [member.value for member in option.__members__.values()]
    return found


def _unfold(annotation: Any) -> tuple[list[Any], str | None]:
    """The types of an annotation without ``None``, and the field that tells them apart (empty for a function)."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        options, tag_name = _unfold(inner)
        for item in metadata:
            discriminator = item if isinstance(item, Discriminator) else getattr(item, "discriminator", None)
            tag_name = tag_name if discriminator is None else _tag_name(discriminator)
        return options, tag_name
    if origin is Union or origin is types.UnionType:
        parts = [_unfold(part) for part in get_args(annotation) if part is not type(None)]
        tag_name = next((name for _, name in parts if name is not None), None)
        return [option for options, _ in parts for option in options], tag_name
    alias = getattr(annotation, "__value__", None)  # a ``type`` statement
    return _unfold(alias) if alias is not None else ([annotation], None)


def _child(options: list[Any], step: Step) -> tuple[Any, FieldInfo | None] | None:
    """Annotation and field of what lies one step inside; ``None`` when nothing is known to lie there."""
    for option in options:
        origin, arguments = get_origin(option) or option, get_args(option)
        if _is_model(option):
            for name, info in option.model_fields.items():
                if step in (name, info.alias):
                    return info.annotation, info
        elif isinstance(step, int) and origin is tuple and arguments:
            return (arguments[0] if arguments[-1] is Ellipsis else arguments[min(step, len(arguments) - 1)]), None
        elif isinstance(step, int) and origin in _LISTS:
            return (arguments[0] if arguments else Any), None
        elif isinstance(step, str) and origin in _MAPPINGS and not _is_named(option, step):
            return (arguments[1] if arguments else Any), None
    return None


def _is_model(option: Any) -> bool:
    return isinstance(option, type) and issubclass(option, BaseModel)


def _is_named(option: Any, label: str) -> bool:
    """Whether pydantic's name of a branch (``Cat``, ``list[int]``, ``constrained-str``) speaks of this type."""
    name = getattr(get_origin(option) or option, "__name__", str(option)).lower()
    return re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", label.lower()) is not None


def _has_tag(option: Any, tag_name: str, tag: Step) -> bool:
    """Whether a model of a discriminated union is the one with this tag."""
    if not _is_model(option) or tag_name not in option.model_fields:
        return False
    values = choices(_unfold(option.model_fields[tag_name].annotation)[0])
    return str(tag) in [str(value) for value in values]


def _tag_name(discriminator: Any) -> str:
    """The field that a discriminator looks at; empty when it is a function."""
    name = getattr(discriminator, "discriminator", discriminator)
    return name if isinstance(name, str) else ""
