"""The tags of a Word template: words that stand for values, a loop over rows, a condition; nothing that reckons.

Whoever restyles a template needs no more, and what is no more than that cannot run away: there is no call, no sum, no
filter, no attribute but those of a row, no loop within a loop. What Jinja's sandbox would have to catch while it runs
is refused before, with the tag as staff wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn

from finance_kit.errors import TemplateError

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

__all__ = ["ROWS", "TAGS", "environment", "sample_values"]

TAGS: Final = (
    "document_kind", "cluster_name", "cover_place", "cover_text", "cover_facts", "cover_note", "header_text",
    "footer_note", "date",
)  # fmt: skip
"""Names that a template may use."""
ROWS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"cover_facts": ("label", "value")})
"""Names whose values are rows, with what each row holds."""

_WORD: Final = r"[a-z][a-z0-9_]*"
_VALUE: Final = re.compile(rf"({_WORD})(?:\.({_WORD}))?")
_FOR: Final = re.compile(rf"for ({_WORD}) in ({_WORD})")
_IF: Final = re.compile(rf"(?:el)?if (?:not )?({_WORD})(?:\.({_WORD}))?")
_MARKUP: Final = re.compile(r"<[^<>]*>")
_OPEN_TEXT: Final = re.compile(r"<[wa]:t(?: [^<>]*)?>")
_TORN: Final = re.compile(r"\}\}|%\}|\{\s+[{%]|[}%]\s+\}")
_SHOWN: Final = 80


def sample_values() -> dict[str, Any]:
    """A value for each name, to try a template with before there is a plan."""
    values: dict[str, Any] = {name: name.replace("_", " ").capitalize() for name in TAGS}
    return values | {name: [dict.fromkeys(fields, "Sample") for _ in range(4)] for name, fields in ROWS.items()}


def environment() -> ImmutableSandboxedEnvironment:
    """Jinja's sandbox with nothing in it but the values, which refuses every tag that is not of the kinds above.

    Raises
    ------
    TemplateError : while it reads a template: ``template_tag_unknown``, ``template_tag_broken``,
        ``template_tag_forbidden``, with the ``tag``
    """
    from jinja2 import StrictUndefined, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """Looks at the tags before anything is made of them."""

        def compile(self, source: Any, *arguments: Any, **named: Any) -> Any:
            text = str(source)
            try:
                _check(list(self.lex(text)))
                return super().compile(text, *arguments, **named)
            except TemplateSyntaxError as failure:
                raise TemplateError("template_tag_broken", tag=_line(text, failure.lineno)) from failure

    made = Environment(undefined=StrictUndefined, autoescape=True)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made


def _check(tokens: list[tuple[int, str, str]]) -> None:
    """Every tag is one of ours, stands where text stands, and opens and closes in pairs."""
    names: dict[str, tuple[str, ...]] = dict.fromkeys(TAGS, ())
    open_tags: list[tuple[str, str, str]] = []
    in_text, looped = True, set(ROWS)
    for kind, text, before in _tags(tokens):
        in_text = _stands_in_text(before, in_text)
        words = " ".join(text.split())
        tag = f"{{{{ {words} }}}}" if kind == "variable" else f"{{% {words} %}}"
        if "<" in _MARKUP.sub("", before):
            _refuse("template_tag_forbidden", tag)  # within an angle bracket: a setting of Word, a comment
        if kind == "variable":
            if not in_text:
                _refuse("template_tag_forbidden", tag)
            _check_value(_VALUE.fullmatch(words), tag, names, looped)
        elif kind == "block":
            _check_block(words, tag, names, open_tags, looped)
        else:
            _refuse("template_tag_forbidden", f"{{# {words} #}}" if kind == "comment" else "{% raw %}")
    if open_tags:
        _refuse("template_tag_broken", open_tags[-1][1])


def _check_value(found: re.Match[str] | None, tag: str, names: Mapping[str, tuple[str, ...]], looped: set[str]) -> None:
    """A name that has a value, or a part of a row within its loop."""
    if found is None:
        _refuse("template_tag_forbidden", tag)
    name, field = found[1], found[2]
    if name not in names or (field is not None and field not in names[name]):
        _refuse("template_tag_unknown", tag)
    if field is None and (name in looped or names[name]):
        _refuse("template_tag_broken", tag)  # a list of rows, or a whole row, is no text


def _check_block(
    words: str,
    tag: str,
    names: dict[str, tuple[str, ...]],
    open_tags: list[tuple[str, str, str]],
    looped: set[str],
) -> None:
    """``for`` and ``if`` with their ends."""
    if loop := _FOR.fullmatch(words):
        row, rows = loop[1], loop[2]
        if rows not in TAGS:
            _refuse("template_tag_unknown", tag)
        if rows not in ROWS or row in TAGS or any(kind == "for" for kind, _, _ in open_tags):
            _refuse("template_tag_forbidden", tag)
        names[row] = ROWS[rows]
        open_tags.append(("for", tag, row))
    elif condition := _IF.fullmatch(words):
        if words.startswith("elif") and not (open_tags and open_tags[-1][0] == "if"):
            _refuse("template_tag_broken", tag)
        name, field = condition[1], condition[2]
        if name not in names or (field is not None and field not in names[name]):
            _refuse("template_tag_unknown", tag)
        if not words.startswith("elif"):
            open_tags.append(("if", tag, ""))
    elif words == "else":
        if not (open_tags and open_tags[-1][0] == "if"):
            _refuse("template_tag_broken", tag)
    elif words in ("endfor", "endif"):
        if not open_tags or f"end{open_tags[-1][0]}" != words:
            _refuse("template_tag_broken", tag)
        kind, _, row = open_tags.pop()
        if kind == "for":
            del names[row]
    else:
        _refuse("template_tag_forbidden", tag)


def _tags(tokens: list[tuple[int, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Kind and words of each tag, and what stands between it and the one before; torn ones are refused on the way."""
    kind, words, before = "", "", ""
    for _, sort, value in tokens:
        if sort == "data":
            before += value
            if torn := _TORN.search(_MARKUP.sub("", value)):
                around = _MARKUP.sub("", value)
                _refuse("template_tag_broken", around[max(0, torn.start() - 40) : torn.end() + 20])
        elif sort.endswith("_begin"):
            kind, words = sort.removesuffix("_begin"), ""
        elif sort.endswith("_end"):
            yield kind, words, before
            before = ""
        else:
            words += value


def _stands_in_text(before: str, otherwise: bool) -> bool:
    """Whether the last markup before a tag opened a text of Word; without any, what was so before is so still."""
    found = _MARKUP.findall(before)
    return _OPEN_TEXT.fullmatch(found[-1]) is not None if found else otherwise


def _line(text: str, number: int) -> str:
    """The words of the line, which is a paragraph, that Jinja stumbled over: what stands from its first brace on."""
    lines = text.splitlines()
    shown = _MARKUP.sub("", lines[number - 1]) if 0 < number <= len(lines) else ""
    return _shown(shown[shown.find("{") :] if "{" in shown else shown)


def _refuse(code: str, tag: str) -> NoReturn:
    if code == "template_tag_unknown":
        raise TemplateError(code, tag=_shown(tag), known=", ".join(TAGS))
    raise TemplateError(code, tag=_shown(tag))


def _shown(text: str) -> str:
    return " ".join(text.split())[:_SHOWN]
