"""A plan file with some of its values changed, and everything else, comments included, as it was typed."""

from __future__ import annotations

import difflib
import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from finance_kit.errors import PlanError
from finance_kit.plan.load import load_text
from finance_kit.plan.schema import Plan

__all__ = ["amended", "edits"]

Path = tuple[str | int, ...]
_WIDE = 100_000
_MONTH = re.compile(r"\d{4}-\d{2}")
_DASH = re.compile(r"^( *)[\w\"']+:[^\n]*\n(?: *#[^\n]*\n| *\n)*( *)- ", re.MULTILINE)


def edits(old: BaseModel, new: BaseModel, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """What a changed plan states otherwise: path (keys, positions in lists) and the new value, plain.

    A path one beyond the end of a list is a new entry. Only fields that the new plan states are looked at.
    """
    for name in type(new).model_fields:
        if name not in new.model_fields_set:
            continue
        before, after = getattr(old, name), getattr(new, name)
        if before is after or before == after:
            continue
        if isinstance(before, BaseModel) and isinstance(after, BaseModel):
            yield from edits(before, after, (*path, name))
        elif isinstance(before, list) and isinstance(after, list) and len(after) >= len(before):
            yield from _list_edits(before, after, (*path, name))
        else:
            yield (*path, name), _plain(after)


def _list_edits(before: list[Any], after: list[Any], path: Path) -> Iterator[tuple[Path, Any]]:
    for number, entry in enumerate(after):
        place = (*path, number)
        if number >= len(before):
            yield place, _plain(entry)
        elif isinstance(entry, BaseModel) and isinstance(before[number], BaseModel):
            yield from edits(before[number], entry, place)
        elif entry != before[number]:
            yield place, _plain(entry)


def _plain(value: Any) -> Any:
    """A value as a person would type it: whole numbers without a fraction, what is not stated left out."""
    if isinstance(value, BaseModel):
        stated = value.model_dump(mode="python", exclude_unset=True, exclude_none=True)
        said_last = sorted(stated, key=lambda name: name.startswith("source"))
        return {name: _plain(stated[name]) for name in said_last}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return DoubleQuotedScalarString(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def amended(text: str, file: str, old: Plan, new: Plan) -> str:
    """The text of a plan file with the values of a changed plan.

    Parameters
    ----------
    text : of the file that ``old`` was read from
    file : its name, for words
    old, new : the plan as it was read, and changed

    Returns
    -------
    the new text; read again it gives the changed plan, which is tried before it is handed back

    Raises
    ------
    PlanError : ``plan_not_amended``, the text cannot be changed so that it says the same
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda _data: True
    dash = _DASH.search(text)
    offset = len(dash[2]) - len(dash[1]) if dash else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=max(offset, 0))
    data = yaml.load(text)
    untouched = _dumped(yaml, data)
    for path, value in edits(old, new):
        _put(data, path, value)
    changed = _dumped(yaml, data)
    # What ruamel.yaml writes is right, but lines may be folded otherwise than they were typed: take its changes only.
    for result in (_merged(text, untouched, changed), changed):
        again = load_text(result, file) if result is not None else None
        if result is not None and again is not None and again.plan is not None and _same(again.plan, new):
            return result
    raise PlanError("plan_not_amended", file=file)


def _same(one: Plan, other: Plan) -> bool:
    return one.model_dump() == other.model_dump()


def _dumped(yaml: YAML, data: Any) -> str:
    buffer = io.StringIO()
    yaml.dump(data, buffer)
    return buffer.getvalue()


def _merged(typed: str, untouched: str, changed: str) -> str | None:
    """The typed lines with the changes between two other forms of the text; ``None`` where they do not fit in."""
    own, base, new = (text.splitlines(keepends=True) for text in (typed, untouched, changed))
    place: dict[int, int] = {-1: -1}
    for first, second, length in difflib.SequenceMatcher(None, base, own, autojunk=False).get_matching_blocks():
        place |= {first + number: second + number for number in range(length)}
    result, copied = [], 0
    for kind, start, end, new_start, new_end in difflib.SequenceMatcher(None, base, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        lines = range(start, end) if end > start else range(start - 1, start)
        if any(line not in place for line in lines):
            return None
        begin = place[start] if end > start else place[start - 1] + 1
        stop = place[end - 1] + 1 if end > start else begin
        result += [*own[copied:begin], *new[new_start:new_end]]
        copied = stop
    return "".join([*result, *own[copied:]])


def _put(data: Any, path: Path, value: Any) -> None:
    """Set a value, make missing sections on the way, or add an entry to a list."""
    for step, following in itertools.pairwise(path):
        if isinstance(step, str) and data.get(step) is None:
            data[step] = [] if isinstance(following, int) else {}
        data = data[step]
    last = path[-1]
    if isinstance(last, int) and last >= len(data):
        data.append(value)
        if isinstance(data, CommentedSeq):
            data.fa.set_block_style()
    elif isinstance(value, list):
        sequence = CommentedSeq(value)
        sequence.fa.set_flow_style()
        data[last] = sequence
    else:
        data[last] = value
