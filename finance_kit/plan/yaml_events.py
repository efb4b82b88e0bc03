"""The events of a YAML text from ruamel.yaml's parser, stopped early where a file is out of all bounds.

Only scanner and parser of ruamel.yaml are used: nothing here resolves a tag, follows an alias or builds an object, and
neither of them calls itself. Two things are changed. Blanks, comments and runs of text are skipped in one step instead
of letter by letter, and nesting, directives and overlong values end the scan at once (ruamel.yaml looks ahead over a
thousand brackets and slows with the square of their number: 83 s for 20,000 of them).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ruamel.yaml.error import StringMark, YAMLError
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken, TagToken

from finance_kit.plan.yaml_syntax import syntax_problem

__all__ = ["DEEPEST", "LONGEST_TEXT", "StoppedError", "events"]

DEEPEST: Final = 40
"""Lists and mappings inside each other that a plan file may have."""

LONGEST_TEXT: Final = 20_000
_LONGEST_RAW = 20 * LONGEST_TEXT
"""Characters that one value may take up in the file: escapes and indentation included, a lawful one stays below."""

_BLANKS = re.compile(r" *(?:#[^\n\0]*)?")
_PROPERTY = re.compile(r"[!&*][^ \t\n\0,\[\]{}]*")
_QUOTED = {"'": re.compile(r"'([^'\n\0]*)'(?!')"), '"': re.compile(r'"([^"\\\n\0]*)"')}
_WORD = r"[^ \t\n\0:]*+(?::(?![ \t\n\0])[^ \t\n\0:]*+)*+"
_PLAIN = re.compile(rf"{_WORD}(?: ++(?!#)(?!:[ \t\n\0]){_WORD})*+(?= *(?P<end>\n(?: *\n)*+(?P<indent> *)|:[ \n]| #))")
_PLAIN_IN_FLOW = re.compile(r"[^ \t\n\0:,?#\[\]{}]++(?: ++[^ \t\n\0:,?#\[\]{}]++)*+(?= *[,\]}])")
_BLANKS_IN_FLOW = re.compile(r"[ \t]*(?:#[^\n\0]*)?")


class StoppedError(Exception):
    """The text cannot be read beyond a place; line and column count from 1, ``path`` is that of the value if known."""

    def __init__(
        self,
        code: str,
        line: int,
        column: int,
        params: dict[str, Any] | None = None,
        path: tuple[str | int, ...] | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.line, self.column, self.params, self.path = code, line, column, params or {}, path


def events(text: str) -> Iterator[Any]:
    """The events of a text whose lines end in a line feed alone and that holds no forbidden character.

    Raises
    ------
    StoppedError : the text is not YAML from here on, or a limit is passed
    """
    source = _Events(text)
    try:
        while source.check_event():
            yield source.get_event()
    except YAMLError as error:
        code, line, column, params = syntax_problem(error, text)
        raise StoppedError(code, line, column, params) from None
    except (AssertionError, AttributeError, IndexError, KeyError, NotImplementedError, TypeError, ValueError) as error:
        # The parser stumbles over some malformed texts instead of reporting them (an escape beyond Unicode).
        raise StoppedError("yaml_syntax", source.line + 1, source.column + 1) from error


class _Events(Reader, Scanner, Parser):
    """Reader, scanner and parser in one object, as ruamel.yaml's own loaders put them together."""

    processing_version = (1, 2)
    reader: Any = None  # properties of ruamel.yaml that look for the loader each time they are asked
    scanner: Any = None

    def __init__(self, text: str) -> None:
        self.reader = self.scanner = self
        self.comment_handling = None
        self._resolver = self
        self._raw_end: int | None = None
        self._raw_start = (1, 1)
        Reader.__init__(self, text, loader=self)
        Scanner.__init__(self, loader=self)
        Parser.__init__(self, loader=self)

    def check_token(self, *choices: Any) -> bool:
        """Whether the next token is of one of these types; asked eight times an event, so without detours."""
        while self.need_more_tokens():
            self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def need_more_tokens(self) -> bool:
        """Whether more has to be read before the next token is certain: it may turn out to be a key."""
        if self.done or not self.tokens:
            return not self.done
        if not self.possible_simple_keys:
            return False
        self.stale_possible_simple_keys()
        return bool(self.next_possible_simple_key() == self.tokens_taken)

    def get_mark(self) -> StringMark:
        """The place that is reached."""
        return StringMark(self.name, self.index, self.line, self.column, self.buffer, self.pointer)

    def forward(self, length: int = 1) -> None:
        """Move on by a number of characters; a line feed is the only line end there is."""
        start = self.pointer
        end = start + length
        self.pointer = end
        self.index += length
        breaks = self.buffer.count("\n", start, end)
        if breaks:
            self.line += breaks
            self.column = end - self.buffer.rfind("\n", start, end) - 1
        else:
            self.column += length
        if self._raw_end is not None and self.index > self._raw_end:
            raise StoppedError("text_too_long", *self._raw_start, {"limit": LONGEST_TEXT})

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments and line ends; a line end lets a key follow, outside brackets."""
        pattern = _BLANKS_IN_FLOW if self.flow_level else _BLANKS
        while True:
            found = pattern.match(self.buffer, self.pointer)
            if found is not None and found.end() > self.pointer:
                self.forward(found.end() - self.pointer)
            if self.buffer[self.pointer] != "\n":
                return
            self.forward()
            if not self.flow_level:
                self.allow_simple_key = True

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803 - ruamel's name
        """Refuse a bracket that lies too deep before looking at what it holds."""
        if self.flow_level >= DEEPEST:
            raise StoppedError("too_deep", self.line + 1, self.column + 1, {"limit": DEEPEST})
        super().fetch_flow_collection_start(TokenClass, to_push)

    def scan_tag(self) -> TagToken:
        """A tag as far as it can be recognised; what it means is never asked."""
        name, start, end = self._property()
        return TagToken(("!", name), start, end)

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: N803 - ruamel's name
        """An anchor or alias as far as it can be recognised; what it stands for is never asked."""
        return TokenClass(*self._property())

    def _property(self) -> tuple[str, Any, Any]:
        """The beginning of the word after ``!``, ``&`` or ``*``, and the marks of its start and end."""
        found = _PROPERTY.match(self.buffer, self.pointer)
        length = found.end() - found.start() if found else 1
        start = self.get_mark()
        name = self.buffer[self.pointer + 1 : self.pointer + min(length, 60)]
        self.forward(length)
        return name, start, self.get_mark()

    def fetch_directive(self) -> None:
        """Refuse ``%YAML`` and ``%TAG``: a plan file has one version and no tags."""
        raise StoppedError("yaml_directive", self.line + 1, self.column + 1)

    def fetch_block_scalar(self, style: Any) -> None:
        """A ``|`` or ``>`` text, up to the limit."""
        self._limit()
        super().fetch_block_scalar(style)
        self._raw_end = None

    def fetch_flow_scalar(self, style: Any) -> None:
        """A text in quotation marks, up to the limit."""
        self._limit()
        super().fetch_flow_scalar(style)
        self._raw_end = None

    def _limit(self) -> None:
        """From here on one value is read."""
        self._raw_end, self._raw_start = self.index + _LONGEST_RAW, (self.line + 1, self.column + 1)

    def scan_plain(self) -> Any:
        """A value without quotation marks; one that ends on its line is taken in one step."""
        found = (_PLAIN_IN_FLOW if self.flow_level else _PLAIN).match(self.buffer, self.pointer)
        length = found.end() - found.start() if found else 0
        if found is None or length == 0 or (not self.flow_level and self._goes_on(found)):
            return super().scan_plain()
        start = self.get_mark()
        self.forward(length)
        return ScalarToken(found[0], True, start, self.get_mark())

    def _goes_on(self, found: re.Match[str]) -> bool:
        """Whether the next line may continue a value: it is indented further than what the value belongs to."""
        return found["indent"] is not None and len(found["indent"]) > self.indent

    def scan_flow_scalar(self, style: Any) -> Any:
        """A text in quotation marks; one without escapes on one line is taken in one step."""
        found = _QUOTED[style].match(self.buffer, self.pointer)
        if found is None:
            return super().scan_flow_scalar(style)
        start = self.get_mark()
        self.forward(found.end() - found.start())
        return ScalarToken(found[1], False, start, self.get_mark(), style)

    def fetch_plain(self) -> None:
        """A value without quotation marks, up to the limit."""
        self._limit()
        super().fetch_plain()
        self._raw_end = None
