"""A plan file as plain data, with the line and column of every value, and everything that is wrong with its form.

Safe for files from strangers. Size is looked at before reading; text becomes data event by event, without recursion,
tags, aliases or objects; whatever YAML reads in a surprising way is refused and named. JSON is YAML, so JSON files are
read by the same rules. What the values mean is the business of :mod:`finance_kit.plan.validation`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from finance_kit.errors import Issue, Where
from finance_kit.plan.yaml_characters import BYTE_ORDER_MARK, decode, refused_characters
from finance_kit.plan.yaml_composer import Composer, KeyPath, Position
from finance_kit.plan.yaml_events import StoppedError, events

__all__ = ["MOST_BYTES", "MOST_ISSUES", "MOST_LINES", "Source", "parse", "read"]

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_LINES: Final = 100_000
MOST_ISSUES: Final = 50
"""Issues that are listed; how many more there are is said in one more issue."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a plan file holds.

    Attributes
    ----------
    file : name to show to people
    data : dict, list, str, int, float, bool or None; ``None`` as well where the form of the file could not be read
        to its end
    positions : path of a value (keys, and positions in lists from 0) -> line and column of the value, from 1
    key_positions : path of a value that stands under a key -> line and column of the key
    issues : what is wrong with the form of the file; a plan is used only when there is none
    text : the text itself
    """

    file: str
    data: Any = None
    positions: Mapping[KeyPath, Position] = field(default_factory=lambda: MappingProxyType({}))
    key_positions: Mapping[KeyPath, Position] = field(default_factory=lambda: MappingProxyType({}))
    issues: tuple[Issue, ...] = ()
    text: str = ""

    def where(self, path: KeyPath, *, key: bool = False) -> Where:
        """The place of a value, or of the nearest known value around it; with ``key``, the place of its key."""
        first = self.key_positions if key else self.positions
        known = path
        while known and known not in first and known not in self.positions:
            known = known[:-1]
        line, column = first.get(known) or self.positions.get(known) or (None, None)
        return Where(".".join(map(str, path)), self.file, line, column)


def read(path: Path) -> Source:
    """A YAML or JSON file as data with positions; it never raises for what the file is or holds.

    Parameters
    ----------
    path : at most 5 MiB of UTF-8 text, with or without a byte order mark
    """
    file = str(path)
    content = _content(path, file)
    if isinstance(content, Issue):
        return Source(file, issues=(content,))
    text = decode(content, file)
    return parse(text, file) if isinstance(text, str) else Source(file, issues=(text,))


def parse(text: str, file: str) -> Source:
    """A YAML or JSON text as data with positions; it never raises for what the text holds.

    Parameters
    ----------
    text : the content
    file : name to show to people in the place of every issue
    """
    size = len(text) if len(text) > MOST_BYTES else len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        return Source(file, issues=(_too_large(size, file),))
    lines = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    if lines.count("\n") >= MOST_LINES:
        issue = Issue("too_many_lines", Where("", file, MOST_LINES + 1, 1), {"limit": MOST_LINES})
        return Source(file, issues=(issue,), text=text)
    if not lines.strip():
        return Source(file, issues=(Issue("file_empty", Where("", file)),), text=text)
    cleaned, refused, found = refused_characters(lines, file, MOST_ISSUES)
    composer = Composer(file, MOST_ISSUES)
    try:
        composer.compose(events(cleaned))
    except StoppedError as stop:
        composer.stop(stop)
    if not composer.issues and not refused and composer.data is None:
        composer.issue("file_empty", None)
    issues = sorted([*refused, *composer.issues], key=lambda issue: (issue.where.line or 0, issue.where.column or 0))
    more = found - len(refused) + composer.unlisted + max(0, len(issues) - MOST_ISSUES)
    del issues[MOST_ISSUES:]
    if more:
        issues.append(Issue("more_issues", Where("", file), {"count": more}))
    return Source(
        file,
        composer.data,
        MappingProxyType(composer.positions),
        MappingProxyType(composer.key_positions),
        tuple(issues),
        text,
    )


def _content(path: Path, file: str) -> bytes | Issue:
    """The bytes of a regular file that is not too large, or why they cannot be had."""
    where = Where("", file)
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            return Issue("file_is_folder", where)
        if not stat.S_ISREG(state.st_mode):  # a pipe or a device may never end
            return Issue("file_not_regular", where)
        if state.st_size > MOST_BYTES:
            return _too_large(state.st_size, file)
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Issue("file_missing", where, {"name": path.name})
    except PermissionError:
        return Issue("file_forbidden", where)
    except OSError as error:
        return Issue("file_unreadable", where, {"reason": os.strerror(error.errno) if error.errno else ""})
    except ValueError:  # a NUL in the name
        return Issue("file_missing", where, {"name": path.name})
    return _too_large(len(content), file) if len(content) > MOST_BYTES else content


def _too_large(size: int, file: str) -> Issue:
    params = {"size": size, "mebibytes": round(size / 1024**2, 1), "limit": MOST_BYTES // 1024**2}
    return Issue("file_too_large", Where("", file), params)
