"""YAML events into plain data, one by one, with the place of every value and a note of everything refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from finance_kit.errors import Issue, Where
from finance_kit.plan.yaml_characters import FORBIDDEN, forbidden_code
from finance_kit.plan.yaml_events import DEEPEST, LONGEST_TEXT, StoppedError
from finance_kit.plan.yaml_scalars import Refused, plain_value

__all__ = ["MOST_ENTRIES", "MOST_VALUES", "Composer", "KeyPath", "Position"]

KeyPath = tuple[str | int, ...]
Position = tuple[int, int]

MOST_ENTRIES: Final = 500
"""Entries of a list, and keys of a mapping."""
MOST_VALUES: Final = 60_000
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_PROPERTIES: Final = ("yaml_alias", "yaml_anchor", "yaml_tag")


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come. Without a path it is thrown away: it stands under a refused key."""

    path: KeyPath | None
    container: list[Any] | dict[str, Any]
    is_map: bool
    as_key: bool = False
    key: str | None = None
    at_key: bool = True
    seen: dict[str, int] = field(default_factory=dict)
    count: int = 0


class Composer:
    """Builds data from events; ``issues`` holds at most ``most_issues``, ``unlisted`` counts the others."""

    def __init__(self, file: str, most_issues: int) -> None:
        self.file, self.most_issues = file, most_issues
        self.data: Any = None
        self.positions: dict[KeyPath, Position] = {}
        self.key_positions: dict[KeyPath, Position] = {}
        self.issues: list[Issue] = []
        self.unlisted = 0
        self._open: list[_Open] = []
        self._values = 0
        self._documents = 0

    @property
    def path_here(self) -> KeyPath:
        """Path of the innermost list or mapping that is open."""
        return next((level.path for level in reversed(self._open) if level.path is not None), ())

    def compose(self, events: Iterable[Any]) -> None:
        """Take in all events of one text.

        Raises
        ------
        StoppedError : a limit is passed, or a second document begins
        """
        for event in events:
            if isinstance(event, NodeEvent):
                self._node(event)
            elif isinstance(event, SequenceEndEvent | MappingEndEvent):
                self._close()
            elif isinstance(event, DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self._stop("several_documents", _position(event), ())

    def issue(self, code: str, at: Position | None, path: KeyPath = (), **params: Any) -> None:
        """Note an issue, or count it when there are too many to list."""
        if len(self.issues) >= self.most_issues:
            self.unlisted += 1
            return
        line, column = at or (None, None)
        self.issues.append(Issue(code, Where(".".join(map(str, path)), self.file, line, column), params))

    def stop(self, stop: StoppedError) -> None:
        """Note why reading ended, and forget the data: half a plan is not a plan."""
        path = self.path_here if stop.path is None else stop.path
        where = Where(".".join(map(str, path)), self.file, stop.line, stop.column)
        # Text after "*word" stops the parser; that has been said by then.
        said = any(issue.code in _PROPERTIES and issue.where.line == stop.line for issue in self.issues)
        if not (said and stop.code.startswith("yaml_")):
            self.issues.append(Issue(stop.code, where, stop.params))
        self.data = None
        self.positions.clear()
        self.key_positions.clear()

    # ------------------------------------------------------------------------------------------------------ one node

    def _node(self, event: Any) -> None:
        at = _position(event)
        self._values += 1
        if self._values > MOST_VALUES:
            self._stop("too_many_values", at, (), limit=MOST_VALUES)
        level = self._open[-1] if self._open else None
        if level is not None and level.is_map and level.at_key:
            self._properties(event, at, self.path_here)
            self._take_key(level, event, at)
            return
        path = self._path_of_next(level, at)
        if (
            path and event.start_mark.index == event.end_mark.index
        ):  # nothing after the colon: the parser is lines ahead
            at = self.key_positions.get(path, at)
        self._properties(event, at, self.path_here if path is None else path)
        if isinstance(event, SequenceStartEvent | MappingStartEvent):
            self._enter(event, at, path)
            return
        value = None if isinstance(event, AliasEvent) else self._scalar(event, at, path)
        self._attach(level, path, at, value)

    def _path_of_next(self, level: _Open | None, at: Position) -> KeyPath | None:
        """Path of the value that comes now; ``None`` when it is thrown away."""
        if level is None:
            return ()
        if level.is_map:
            return None if level.path is None or level.key is None else (*level.path, level.key)
        level.count += 1
        if level.count > MOST_ENTRIES:
            self._stop("too_many_entries", at, self.path_here, limit=MOST_ENTRIES)
        return None if level.path is None else (*level.path, level.count - 1)

    def _attach(self, level: _Open | None, path: KeyPath | None, at: Position, value: Any) -> None:
        if path is not None:
            self.positions[path] = at
            if level is None:
                self.data = value
            elif isinstance(level.container, list):
                level.container.append(value)
            else:
                level.container[str(path[-1])] = value
        if level is not None:
            level.at_key = True

    def _enter(self, event: Any, at: Position, path: KeyPath | None, *, as_key: bool = False) -> None:
        """Open a list or mapping."""
        if len(self._open) >= DEEPEST:
            self._stop("too_deep", at, self.path_here, limit=DEEPEST)
        is_map = isinstance(event, MappingStartEvent)
        container: list[Any] | dict[str, Any] = {} if is_map else []
        if not as_key:
            self._attach(self._open[-1] if self._open else None, path, at, container)
        self._open.append(_Open(path, container, is_map, as_key))

    def _close(self) -> None:
        closed = self._open.pop()
        if closed.as_key:  # it stood where a key should be: what follows it is thrown away
            self._open[-1].key, self._open[-1].at_key = None, False

    # ---------------------------------------------------------------------------------------------- keys and scalars

    def _take_key(self, level: _Open, event: Any, at: Position) -> None:
        """The key for the next value; ``None`` in place of one that is refused."""
        level.count += 1
        if level.count > MOST_ENTRIES:
            self._stop("too_many_keys", at, self.path_here, limit=MOST_ENTRIES)
        if isinstance(event, SequenceStartEvent | MappingStartEvent):
            self.issue("key_not_text", at, self.path_here, found="[…]" if _is_list(event) else "{…}")
            self._enter(event, at, None, as_key=True)
            return
        level.key, level.at_key = None, False
        if isinstance(event, AliasEvent):
            return
        path = self.path_here
        text: str = event.value
        if event.style is None and text == "<<":
            self.issue("yaml_merge_key", at, path)
            return
        before = len(self.issues) + self.unlisted
        value = self._scalar(event, at, (*path, _short(text)))
        if len(self.issues) + self.unlisted > before:
            return
        if not isinstance(value, str):
            self.issue("key_not_text", at, path, found=text)
        elif value in level.seen:
            self.issue("duplicate_key", at, (*path, value), key=value, first_line=level.seen[value])
        else:
            level.seen[value] = at[0]
            level.key = value
            if level.path is not None:
                self.key_positions[*level.path, value] = at

    def _scalar(self, event: ScalarEvent, at: Position, path: KeyPath | None) -> Any:
        """The value of a scalar; one that is refused stays as the text that was written."""
        text: str = event.value
        place = self.path_here if path is None else path
        if len(text) > LONGEST_TEXT:
            self.issue("text_too_long", at, place, length=len(text), limit=LONGEST_TEXT)
            return ""
        if event.style is not None:
            return self._escaped(text, at, place) if event.style == '"' else text
        value = plain_value(text)
        if isinstance(value, Refused):
            self.issue(value.code, at, place, **value.params)
            return text
        return value

    def _escaped(self, text: str, at: Position, place: KeyPath) -> str:
        """A text in double quotation marks, where escapes may have brought in what the file itself does not hold."""
        if FORBIDDEN.search(text) is None:
            return text
        text = text.replace("\r\n", "\n")  # a program on Windows escapes its line ends so
        # JSON writes a character beyond U+FFFF as a pair of escapes.
        text = _PAIR.sub(lambda pair: pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
        found = FORBIDDEN.search(text)
        if found is not None:
            self.issue(forbidden_code(found[0]), at, place, codepoint=f"U+{ord(found[0]):04X}")
        return FORBIDDEN.sub("\ufffd", text)

    def _properties(self, event: Any, at: Position, place: KeyPath) -> None:
        """Tags, anchors and aliases are refused wherever they stand."""
        if isinstance(event, AliasEvent):
            self.issue("yaml_alias", at, place, found=f"*{_short(str(event.anchor))}")
            return
        if event.anchor is not None:
            self.issue("yaml_anchor", at, place, found=f"&{_short(str(event.anchor))}")
        if event.tag is not None:
            self.issue("yaml_tag", at, place, found=_short(str(event.tag)))

    def _stop(self, code: str, at: Position, path: KeyPath, **params: Any) -> NoReturn:
        """End the reading here: what follows could be anything and any amount of it."""
        raise StoppedError(code, *at, params, path)


def _position(event: Any) -> Position:
    """Line and column, from 1, at which an event begins."""
    return event.start_mark.line + 1, event.start_mark.column + 1


def _is_list(event: Any) -> bool:
    return isinstance(event, SequenceStartEvent)


def _short(text: str) -> str:
    """Enough of a text to recognise it by."""
    return text if len(text) <= 40 else f"{text[:39]}…"
