"""A document as a plan file for people: YAML in the order of the schema, quoted where a reader would guess."""

from __future__ import annotations

import io
import re
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from finance_kit.drafts.document import Document, plain
from finance_kit.plan.schema import Plan
from finance_kit.plan.schema_path import field_names, step_inside
from finance_kit.plan.yaml_scalars import plain_value

__all__ = ["plan_text"]

_WIDE: Final = 100_000  # a line that is folded in a text is read back as another text by some programs
_LIKE_A_NUMBER: Final = re.compile(r"[-+.]?\d")
_LINES: Final = re.compile(r"(?:[^\s\x00-\x1f\x7f-\x9f](?:[^\n\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f])?\n+)+")
_LONGEST_IN_LINE: Final = 24


def plan_text(document: Document) -> str:
    """The plan file of a document.

    Read again it holds the same values; whole numbers are written without a fraction, and keys that the schema does not
    know stand behind those that it knows.
    """
    yaml = YAML()
    yaml.width = _WIDE
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _data: True
    buffer = io.StringIO()
    yaml.dump(_for_people(plain(document), [Plan]), buffer)
    return buffer.getvalue()


def _for_people(value: Any, options: list[Any]) -> Any:
    """A value as ruamel.yaml should write it, where these types are expected."""
    if isinstance(value, dict):
        known = {name: place for place, name in enumerate(field_names(options))}
        ordered = sorted(value, key=lambda key: known.get(key, len(known)))
        section = CommentedMap()
        for key in ordered:
            section[_text(key)] = _for_people(value[key], step_inside(options, key))
        return section
    if isinstance(value, list):
        entries = CommentedSeq(_for_people(each, step_inside(options, place)) for place, each in enumerate(value))
        if len(value) <= _LONGEST_IN_LINE and all(isinstance(each, int | float) for each in value):
            entries.fa.set_flow_style()
        return entries
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _text(text: str) -> Any:
    if "\n" in text:
        whole_lines = _LINES.fullmatch(text if text.endswith("\n") else f"{text}\n")
        return LiteralScalarString(text) if whole_lines else DoubleQuotedScalarString(text)
    if plain_value(text) != text or _LIKE_A_NUMBER.match(text):
        return DoubleQuotedScalarString(text)
    return text
