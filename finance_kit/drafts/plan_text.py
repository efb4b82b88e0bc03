"""A document as a plan file for people: YAML in the order of the schema, quoted where a reader would guess.

ruamel.yaml writes it, told what to write event by event: its way through trees of nodes, which can also carry tags,
anchors and comments, takes three times as long, and a plan has none of these.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.emitter import Emitter, ScalarAnalysis
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.tag import Tag

from finance_kit.drafts.document import Document, plain
from finance_kit.plan.schema import Plan
from finance_kit.plan.schema_path import field_names, step_inside
from finance_kit.plan.yaml_scalars import plain_value

__all__ = ["plan_text"]

_WIDE: Final = 100_000  # a line that is folded in a text is read back as another text by some programs
_LIKE_A_NUMBER: Final = re.compile(r"[-+.]?\d")
_LINES: Final = re.compile(r"(?:[^\s\x00-\x1f\x7f-\x9f](?:[^\n\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f])?\n+)+")
_SIGNS: Final = frozenset({"<<", "="})  # to merge and to default, in YAML 1.1
_LONGEST_IN_LINE: Final = 24
_SHORT: Final = 8_000  # of parts that are kept in memory as they were written
_END: Final = "end: 0\n"
_TEXT: Final = Tag(suffix="tag:yaml.org,2002:str")


class _Emitter(Emitter):
    """One that looks at a text once, however often it stands in a document: names of fields do so hundreds of times."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._analysed: dict[str, ScalarAnalysis] = {}

    def analyze_scalar(self, scalar: str) -> ScalarAnalysis:
        found = self._analysed.get(scalar)
        if found is None:
            found = self._analysed[scalar] = super().analyze_scalar(scalar)
        return found


def plan_text(document: Document) -> str:
    """The plan file of a document.

    Read again it holds the same values; whole numbers are written without a fraction, and keys that the schema does not
    know stand behind those that it knows.
    """
    if not document:
        return "{}\n"
    return "".join(_part(key, value) for key, value in _in_order(plain(document), [Plan]))


def _part(key: str, value: Any) -> str:
    """The lines of one part of a document: whoever takes a plan again and again has changed one or two of them."""
    content = json.dumps(value)
    return _kept_part(key, content) if len(content) < _SHORT else _written(key, value)


@lru_cache(maxsize=256)
def _kept_part(key: str, content: str) -> str:
    return _written(key, json.loads(content))


def _written(key: str, value: Any) -> str:
    yaml = YAML()
    yaml.Emitter = _Emitter
    yaml.width = _WIDE
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    buffer = io.StringIO()
    _, _, emitter = yaml.get_serializer_representer_emitter(buffer, None)
    for event in _whole(key, value):
        emitter.emit(event)
    return buffer.getvalue().removesuffix(_END)


def _whole(key: str, value: Any) -> Iterator[Event]:
    yield StreamStartEvent()
    yield DocumentStartEvent(explicit=False)
    yield MappingStartEvent(None, None, implicit=True, flow_style=False)
    yield _scalar(key)
    yield from _events(value, step_inside([Plan], key))
    yield _scalar("end")  # with another field behind it, no text at its end is marked as one that could go on
    yield _scalar(0)
    yield MappingEndEvent()
    yield DocumentEndEvent(explicit=False)
    yield StreamEndEvent()


def _in_order(section: dict[str, Any], options: list[Any]) -> list[tuple[str, Any]]:
    """The fields of a section in the order of the schema, those that it does not know behind them."""
    known = {name: place for place, name in enumerate(field_names(options))}
    return sorted(section.items(), key=lambda field: known.get(field[0], len(known)))


def _events(value: Any, options: list[Any]) -> Iterator[Event]:
    """What ruamel.yaml is told of a value where these types are expected."""
    if isinstance(value, dict):
        yield MappingStartEvent(None, None, implicit=True, flow_style=not value)
        for key, each in _in_order(value, options):
            yield _scalar(key)
            if isinstance(each, dict | list):
                yield from _events(each, step_inside(options, key))
            else:
                yield _scalar(each)
        yield MappingEndEvent()
    elif isinstance(value, list):
        in_line = len(value) <= _LONGEST_IN_LINE and all(isinstance(each, int | float) for each in value)
        inside = step_inside(options, 0)  # entries of one list are of one kind
        yield SequenceStartEvent(None, None, implicit=True, flow_style=in_line)
        for each in value:
            yield from _events(each, inside)
        yield SequenceEndEvent()
    else:
        yield _scalar(value)


def _scalar(value: Any) -> ScalarEvent:
    """A text or number as it is written, and how it is marked as a text."""
    style = None
    if isinstance(value, str):
        text, style = value, _style(value)
    elif value is None:
        text = "null"
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, float) and not value.is_integer():
        text = repr(value).replace("inf", ".inf").replace("nan", ".nan")  # as YAML writes what is no number
    elif isinstance(value, int | float):
        text = str(int(value))
    else:
        message = f"a document holds no {type(value).__name__}"
        raise TypeError(message)
    # Of an empty text alone it asks for the tag.
    return ScalarEvent(None, None if text else _TEXT, (True, True, True), text, style=style)


def _style(text: str) -> str | None:
    if "\n" in text:
        whole_lines = _LINES.fullmatch(text if text.endswith("\n") else f"{text}\n")
        return "|" if whole_lines else '"'
    guessed = text in _SIGNS or plain_value(text) != text or _LIKE_A_NUMBER.match(text)
    return '"' if guessed else None
