"""Texts that the core made in English with figures in them, said again in the current language.

An assessment is worked out once and kept, whoever looks at it: its texts are English. A page that shows them in another
language recognises each by its template here, translates the template and puts the same figures into it. A text of
which any part is not recognised stays English as a whole; no sentence is half translated.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import Final

from finance_kit.i18n.language import ENGLISH, current, language, localised, translation
from finance_kit.i18n.phrase_templates import PHRASES

__all__ = ["say"]

_FIGURE: Final = r"[-−]?\d[\d,]*(?:\.\d+)?"
_TITLED: Final = "{title}: {text}"
"""Of the whole of a text only: inside another template it could take what belongs to that one."""
_MOST_ENTRIES: Final = 12
_DEEPEST: Final = 6
_LONGEST: Final = 900
"""Characters beyond which a text is looked up as it stands and not taken apart: no finding is that long."""


def say(text: str) -> str:
    """A text of the core in the current language, with the figures that are in it; English where it is not known.

    >>> with language("vi"):
    ...     say("at least 1,250.5 %"), say("at least quite a lot")
    ('ít nhất 1.250,5 %', 'at least quite a lot')
    """
    code = current()
    if code == ENGLISH:
        return text
    known = _known(text, code)
    return text if known is None else known


@lru_cache(maxsize=4096)
def _known(text: str, code: str, depth: int = 0, *, divisible: bool = True) -> str | None:
    """The text in the language; ``None`` where any part of it is not known.

    What fills a place of a template is one text, never a list, or "50 % at 1, all at 2 or more" would be read as
    "50 % at (1, all at 2) or more"; only ``reasons`` are several.
    """
    with language(code):
        plain = translation(text)
        if plain is not None or not 0 < len(text) <= _LONGEST:
            return plain
        if re.fullmatch(_FIGURE, text):
            return localised(text)
        small = text[0].lower() + text[1:]
        lower = translation(small)
        if lower is not None:  # a label at the beginning of a line
            return lower[0].upper() + lower[1:]
        upper = translation(text[0].upper() + text[1:])
        if upper is not None:  # a title inside a sentence
            return upper[0].lower() + upper[1:]
        if depth >= _DEEPEST:
            return None
        return _by_template(text, code, depth) or (_in_parts(text, code, depth) if divisible else None)


def _by_template(text: str, code: str, depth: int) -> str | None:
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        translated = translation(template)
        if found is None or translated is None or (depth and template == _TITLED):
            continue
        parts = {name: _part(name, value, code, depth) for name, value in found.groupdict().items()}
        if all(part is not None for part in parts.values()):
            return translated.format_map(parts)
    return None


def _part(name: str, value: str, code: str, depth: int) -> str | None:
    if name.startswith("own"):
        return (_known(value, code, depth + 1, divisible=False) or value) if name == "own_at" else value
    if name.startswith("figure"):
        return localised(value)
    return _known(value, code, depth + 1, divisible=name == "reasons")


def _in_parts(text: str, code: str, depth: int) -> str | None:
    """Entries of a list, or sentences one after another, when each of them is known."""
    for joint in (", ", "; "):
        first, _, rest = text.partition(joint)
        if rest and text.count(joint) <= _MOST_ENTRIES:
            said = _known(first, code, depth + 1, divisible=False)
            others = said and _known(rest, code, depth)
            if others:
                return f"{said}{joint}{others}"
    for end in [found.start() for found in re.finditer(r"(?<=\.) (?=[A-Z])", text)][::-1]:
        before, after = _known(text[:end], code, depth + 1), _known(text[end + 1 :], code, depth + 1)
        if before and after:
            return f"{before} {after}"
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each template as a pattern, those with the most words of their own first."""
    made = []
    for template in PHRASES:
        parts, own = [], 0
        for words, name, _, _ in string.Formatter().parse(template):
            parts.append(re.escape(words))
            own += len(words)
            if name is not None:
                parts.append(f"(?P<{name}>{_shape(name)})")
        made.append((own, template, re.compile("".join(parts))))
    return tuple((template, pattern) for _, template, pattern in sorted(made, key=lambda each: -each[0]))


def _shape(name: str) -> str:
    """What may stand in a place of a template: as little as can be, but of a list as much as can be."""
    if name.startswith("figure"):
        return _FIGURE
    shapes = {"own_code": "[A-Z]{3}", "own_currency": "[A-Z]{3}", "own_loan": "[^”]+?", "own_product": "[^;]+?"}
    shapes |= {"own_unit": "[^;]+?", "reasons": ".+"}
    return next((shape for start, shape in shapes.items() if name.startswith(start)), ".+?")
