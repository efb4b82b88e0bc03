"""What a complaint of the YAML parser means for the person who wrote the file.

The parser says what it expected and where it gave up; people need to hear what is wrong and where it began. The words
of the parser are looked at here and shown nowhere.
"""

from __future__ import annotations

from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError, YAMLError

__all__ = ["syntax_problem"]

Problem = tuple[str, int, int, dict[str, Any]]

_CONTEXTS: Final = (  # part of the parser's context -> code; what it was reading when it gave up
    ("quoted scalar", "yaml_unclosed_quote"),
    ("block scalar", "yaml_block_text"),
)


def syntax_problem(error: YAMLError, text: str) -> Problem:
    """Code, line and column from 1, and message parameters of a parser's error.

    Parameters
    ----------
    error : what ruamel.yaml raised
    text : the text it was reading, for the line that it complains about
    """
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return "yaml_syntax", 1, 1, {}
    mark = error.problem_mark
    lines = text.split("\n")
    line_text = lines[mark.line] if mark.line < len(lines) else ""
    above = lines[mark.line - 1] if 0 < mark.line <= len(lines) else ""
    if "mapping values are not allowed" in str(error.problem) and _lacks_colon(above, line_text):
        return "yaml_missing_colon", mark.line, len(above) - len(above.lstrip()) + 1, {}
    code, at, params = _diagnosis(error, line_text)
    return code, at.line + 1, at.column + 1, params


def _lacks_colon(above: str, line: str) -> bool:
    """Whether a line without ``name: value`` stands in the same column as the line below it."""
    level = len(line) - len(line.lstrip())
    plain = above.strip()
    return bool(plain) and len(above) - len(above.lstrip()) == level and ": " not in plain and plain[-1] != ":"


def _diagnosis(error: MarkedYAMLError, line_text: str) -> tuple[str, Any, dict[str, Any]]:
    """Code, mark and parameters; the mark is where the mistake began if the parser knows."""
    problem, context = str(error.problem or ""), str(error.context or "")
    mark, began = error.problem_mark, error.context_mark or error.problem_mark
    before = line_text[: mark.column]
    character = line_text[mark.column : mark.column + 1]
    if character == "\t" or (not before.strip() and "\t" in before):
        return "yaml_tab", mark, {}
    if "escape" in problem and "double-quoted" in context:
        return "yaml_bad_escape", mark, {}
    for part, code in _CONTEXTS:
        if part in context:
            return code, began, {}
    if "cannot start any token" in problem:
        return "yaml_reserved_start", mark, {"found": character}
    if "could not find expected ':'" in problem:
        return "yaml_missing_colon", began, {}
    if "expected ',' or" in problem:
        return _in_brackets(problem, mark, began, character)
    return _in_block(problem, mark, before, character)


def _in_brackets(problem: str, mark: Any, began: Any, character: str) -> tuple[str, Any, dict[str, Any]]:
    """A bracket whose end is not on its own line was most likely forgotten there."""
    if began.line != mark.line or "stream end" in problem:
        return "yaml_unclosed_bracket", began, {}
    return "yaml_missing_comma", mark, {"found": character}


def _in_block(problem: str, mark: Any, before: str, character: str) -> tuple[str, Any, dict[str, Any]]:
    """Problems of lines and their indentation."""
    starts_line = not before.strip(" -")
    if "mapping values are not allowed" in problem:
        return ("yaml_colon_in_text" if ": " in before else "yaml_indentation"), mark, {}
    if "sequence entries are not allowed" in problem:
        return ("yaml_indentation" if starts_line else "yaml_dash_in_line"), mark, {}
    if "expected <block end>" in problem and starts_line and character not in "]},":
        return "yaml_indentation", mark, {}
    if "expected <block end>" in problem:
        return "yaml_text_after_value", mark, {"found": character}
    if "expected the node content" in problem and character and character in "]},":
        return "yaml_unexpected_character", mark, {"found": character}
    return "yaml_syntax", mark, {}
