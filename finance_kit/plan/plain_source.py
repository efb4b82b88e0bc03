"""Data that never stood in a file (a form, a request) under the rules that a file is read by.

What a text reader refuses on the way in has to be looked for here: nesting, long lists, overlong texts, characters
that hide or steer, numbers beyond all amounts. The issues carry a path and no line.
"""

from __future__ import annotations

import math
from typing import Any, Final

from finance_kit.errors import Issue, Where
from finance_kit.plan.found import short
from finance_kit.plan.yaml_characters import FORBIDDEN, forbidden_code
from finance_kit.plan.yaml_composer import MOST_ENTRIES, MOST_VALUES, KeyPath
from finance_kit.plan.yaml_events import DEEPEST, LONGEST_TEXT
from finance_kit.plan.yaml_scalars import LARGEST_NUMBER, MOST_DIGITS
from finance_kit.plan.yaml_source import MOST_ISSUES, Source

__all__ = ["source_of", "text_value"]

_STOPS: Final = frozenset(("too_deep", "too_many_entries", "too_many_keys", "too_many_values"))


def source_of(data: Any, file: str) -> Source:
    """Plain data as a source without lines, with everything that is wrong with its form.

    Parameters
    ----------
    data : dict, list, str, int, float, bool or None, as JSON gives them; it is not changed
    file : name to show to people
    """
    reader = _Reader(file)
    taken = reader.take(data)
    stopped = any(issue.code in _STOPS for issue in reader.issues)
    issues = reader.issues
    if reader.unlisted:
        issues = [*issues, Issue("more_issues", Where("", file), {"count": reader.unlisted})]
    return Source(file, None if stopped else taken, issues=tuple(issues))


def text_value(text: str) -> str:
    """A typed text with line feeds alone at its line ends: browsers send a carriage return before each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Reader:
    """Goes through data without calling itself: hostile nesting is counted, not followed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []
        self.unlisted = 0

    def take(self, data: Any) -> Any:
        """A copy of the data; a value that is refused stands in it as text without its forbidden characters."""
        holder: list[Any] = [None]
        waiting: list[tuple[Any, KeyPath, Any, Any]] = [(data, (), holder, 0)]
        count = 0
        while waiting:
            value, path, container, key = waiting.pop()
            count += 1
            if count > MOST_VALUES:
                self._note("too_many_values", (), limit=MOST_VALUES)
                return None
            if not isinstance(value, dict | list):
                container[key] = self._scalar(value, path)
                continue
            if len(path) >= DEEPEST:
                self._note("too_deep", path[:DEEPEST], limit=DEEPEST)
                return None
            if len(value) > MOST_ENTRIES:
                code = "too_many_keys" if isinstance(value, dict) else "too_many_entries"
                self._note(code, path, limit=MOST_ENTRIES)
                return None
            inner: Any = {} if isinstance(value, dict) else [None] * len(value)
            container[key] = inner
            entries = self._named(value, path) if isinstance(value, dict) else enumerate(value)
            later = []
            for step, each in entries:
                if _is_plain(each):  # nine in ten: they need no path
                    inner[step] = each
                    count += 1
                else:
                    inner[step] = None  # keeps the order
                    later.append((each, (*path, step), inner, step))
            waiting.extend(reversed(later))
        if count > MOST_VALUES:
            self._note("too_many_values", (), limit=MOST_VALUES)
            return None
        return holder[0]

    def _named(self, value: dict[Any, Any], path: KeyPath) -> list[tuple[Any, Any]]:
        """The entries of a mapping whose keys are texts that may be shown."""
        named = []
        for key, each in value.items():
            if isinstance(key, str) and (_is_name(key) or (len(key) <= LONGEST_TEXT and not FORBIDDEN.search(key))):
                named.append((key, each))
            else:
                self._note("key_not_text", path, found=short(str(key)[:80]))
        return named

    def _scalar(self, value: Any, path: KeyPath) -> Any:
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float):
            return self._number(value, path)
        self._note("not_plain_value", path, found=short(str(type(value).__name__)))
        return None

    def _text(self, value: str, path: KeyPath) -> str:
        if len(value) > LONGEST_TEXT:
            self._note("text_too_long", path, length=len(value), limit=LONGEST_TEXT)
            return ""
        text = text_value(value)
        found = FORBIDDEN.search(text)
        if found is None:
            return text
        self._note(forbidden_code(found[0]), path, codepoint=f"U+{ord(found[0]):04X}")
        return FORBIDDEN.sub("\ufffd", text)

    def _number(self, value: int | float, path: KeyPath) -> Any:
        if isinstance(value, float) and not math.isfinite(value):
            self._note("not_finite", path, found=str(value))
        elif isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
            self._note("too_many_digits", path, found=_first_digits(value), limit=MOST_DIGITS)
        elif abs(value) > LARGEST_NUMBER:
            self._note("number_out_of_range", path, found=str(value), limit=LARGEST_NUMBER)
        else:
            return value
        return 0

    def _note(self, code: str, path: KeyPath, **params: Any) -> None:
        if len(self.issues) >= MOST_ISSUES and code not in _STOPS:
            self.unlisted += 1
            return
        self.issues.append(Issue(code, Where(".".join(map(str, path)), self.file), params))


def _is_name(key: str) -> bool:
    """Whether a key is a short ordinary name, as those of the schema are."""
    return len(key) < 100 and key.isascii() and key.isidentifier()


def _is_plain(value: Any) -> bool:
    """Whether a value is a short ordinary text, number or nothing, about which there is nothing to say."""
    kind = type(value)
    if kind is str:
        return len(value) <= LONGEST_TEXT and "\r" not in value and FORBIDDEN.search(value) is None
    if kind is int or kind is float:
        return bool(-LARGEST_NUMBER <= value <= LARGEST_NUMBER)
    return value is None or kind is bool


def _first_digits(value: int) -> str:
    """The size of a number that may have more digits than Python will write out."""
    return f"10^{int(value.bit_length() * math.log10(2))}"
