"""A language in which every translated text stands in double brackets: what stands outside them was not translated."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo

from web import messages

CODE = "km"  # a script of its own, so that names of months are no Latin words
_SHOWN = ("alt", "aria-label", "placeholder", "title")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]{2,}")


def make(folder: Path) -> dict[str, Path]:
    """Catalogs of both domains: domain -> folder."""
    made = {}
    for domain in messages.FOLDERS:
        catalog = messages.Quiet(CODE, domain, fuzzy=False)
        for text in messages.texts(messages.template(domain)):
            one = text.id if isinstance(text.id, str) else text.id[0]
            said = f"⟦{one}⟧"
            catalog.add(text.id, said if isinstance(text.id, str) else (said,), context=text.context)
        place = folder / domain / CODE / "LC_MESSAGES"
        place.mkdir(parents=True)
        with (place / f"{domain}.mo").open("wb") as file:
            write_mo(file, catalog)
        made[domain] = folder / domain
    return made


class _Texts(HTMLParser):
    """Texts and spoken attributes of a page, without those that say that they are in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _silent(self) -> bool:
        return any(silent for _, silent in self._open)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        language = values.get("lang") or CODE
        silent = tag in ("script", "style") or language != CODE
        if not self._silent and not silent:
            self.found += [values[name] or "" for name in _SHOWN if values.get(name)]
        if tag not in ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"):
            self._open.append((tag, silent))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What closes itself opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(" ".join(data.split()))


def untranslated(page: str, own: set[str]) -> list[str]:
    """Texts of a page with words outside brackets, apart from the names of currencies and a person's own words."""
    parser = _Texts()
    parser.feed(page)
    left = []
    for text in parser.found:
        if text.endswith("…") and any(text.startswith(words) or words.startswith(text[:-1]) for words in own):
            continue  # the author's words, cut short
        rest = text
        for words in sorted(own, key=len, reverse=True):
            rest = rest.replace(words, " ")
        while "⟦" in rest:
            shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)
            if shorter == rest:
                break
            rest = shorter
        if _WORD.search(rest):
            left.append(text)
    return left


def words_of(value: Any) -> set[str]:
    """Every text of a plan, as its author wrote it."""
    if isinstance(value, dict):
        return {text for each in value.values() for text in words_of(each)}
    if isinstance(value, list):
        return {text for each in value for text in words_of(each)}
    return {" ".join(value.split())} if isinstance(value, str) and value.strip() else set()
