"""The language that words are said in, and the catalogs that hold them; the words themselves are English.

A language is chosen for a piece of work, never for the process: ``with language("vi"): message(issue)``. Other threads
and tasks do not notice. A text without a translation stays English.

Translations lie in ``locales/<language>/LC_MESSAGES/finance_kit.mo``; the key of each is the English text.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = [
    "DOMAIN",
    "ENGLISH",
    "LOCALES",
    "current",
    "language",
    "localised",
    "share_translated",
    "translate",
    "translation",
]

DOMAIN: Final = "finance_kit"
ENGLISH: Final = "en"
LOCALES: Final = Path(__file__).parent / "locales"

_CODE: Final = re.compile(r"[a-z]{2,3}")
_current: ContextVar[str] = ContextVar("language", default=ENGLISH)
# Group and decimal separators, where a language does not write them as English does.
_SEPARATORS: Final = {"vi": str.maketrans(",.", ".,")}


@contextmanager
def language(code: str) -> Iterator[None]:
    """Say everything inside in this language; a code without a catalog gives English.

    >>> with language("vi"):
    ...     translate("Sales")
    'Doanh thu'
    """
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> str:
    """Code of the language that words are said in here."""
    return _current.get()


def translate(text: str) -> str:
    """A text of this package in the current language; the English text itself where there is no translation."""
    return translation(text) or text


def translation(text: str) -> str | None:
    """The translation of a text, which may be the same as the text; ``None`` where there is none."""
    code = _current.get()
    if code == ENGLISH or not text:  # the empty key holds a catalog's header
        return None
    return _read(code, DOMAIN, LOCALES).gettext(text) or None


def localised(figure: str) -> str:
    """A number that was formatted in English with the separators of the current language.

    >>> with language("vi"):
    ...     localised("1,250.5")
    '1.250,5'
    """
    separators = _SEPARATORS.get(_current.get())
    return figure.translate(separators) if separators else figure


def share_translated(code: str, domain: str = DOMAIN, folder: Path | None = None) -> float:
    """The share of texts that a language's catalog holds, as written into it when it was compiled; 0 without one."""
    if code == ENGLISH:
        return 1.0
    counted = re.fullmatch(r"(\d+)/(\d+)", _read(code, domain, folder or LOCALES).info().get("x-translated", ""))
    return int(counted[1]) / int(counted[2]) if counted and int(counted[2]) else 0.0


class _Unknown(gettext.NullTranslations):
    """What a catalog does not hold is told from what is the same in both languages."""

    def gettext(self, message: str) -> str:
        """Nothing."""
        return ""


@lru_cache(maxsize=32)
def _read(code: str, domain: str, folder: Path) -> gettext.NullTranslations:
    """A catalog, read once; an empty one where there is none. A code that is no language leads to no file."""
    if not _CODE.fullmatch(code):
        return _Unknown()
    found = gettext.translation(domain, str(folder), languages=[code], fallback=True)
    found.add_fallback(_Unknown())
    return found if isinstance(found, gettext.GNUTranslations) else _Unknown()
