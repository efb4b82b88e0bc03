"""The translators' tool: ``python -m web.messages`` (or ``make messages``) brings every catalog up to date.

It collects the texts of the pages and of the core, writes a template (``.pot``) for each, takes them over into each
language's ``.po`` and compiles its ``.mo``. Nothing that changes by itself is written: no dates, names or lines. A text
that is not used any more is dropped; a changed text is a new one, untranslated, never guessed ("fuzzy").
"""

from __future__ import annotations

import io
import re
import string
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from finance_kit.i18n.language import LOCALES
from finance_kit.service_languages import core_texts

__all__ = [
    "FOLDERS",
    "catalog_files",
    "compiled",
    "counted",
    "faults",
    "main",
    "read",
    "template",
    "texts",
    "updated",
    "written",
]

PAGES: Final = Path(__file__).parent
FOLDERS: Final[Mapping[str, Path]] = {"web": PAGES / "translations", "finance_kit": LOCALES}
"""Domain -> folder of its catalogs."""
KEYWORDS: Final = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
DRAFT: Final = "machine-assisted draft, not read by a native banker"

_METHODS: Final = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
_PLACES: Final = re.compile(rb"^#: .*\n", re.MULTILINE)
_TOP: Final = {
    None: "English texts of Finance Kit, collected by: make messages",
    "vi": f"Vietnamese for Finance Kit: {DRAFT}.",
}


class Quiet(Catalog):
    """A catalog whose header says how much is translated, and no date, person or tool."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Names and values of the header."""
        kept = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit")]
        if self.locale is None:
            return kept
        said = ("X-Translated", "{}/{}".format(*counted(self)))
        return [("Language", self.locale_identifier), ("Plural-Forms", self.plural_forms), said, *kept]


def template(domain: str) -> Catalog:
    """Every text of a domain with the files that it stands in."""
    found = Quiet(header_comment=f"# {_TOP[None]}", fuzzy=False)
    if domain == "web":
        options = {"**/templates/**.html": {"silent": "false"}}
        extracted = extract_from_dir(PAGES, _METHODS, options, KEYWORDS, directory_filter=lambda _: True)
        for name, _line, text, _comments, context in sorted(extracted, key=lambda each: (each[0], each[1])):
            found.add(text, locations=[(f"web/{name}", 0)], context=context)
    else:
        for text, places in core_texts().items():
            found.add(text, locations=[(place, 0) for place in places])
            _plain(found[text])
    return found


def read(domain: str, language: str) -> Catalog:
    """A language's catalog as it stands in its file."""
    with _file(domain, language).open("rb") as file:
        stored = read_po(file, locale=language, domain=domain, abort_invalid=True)
    found = Quiet(language, domain, f"# {_TOP[language]}", fuzzy=False)
    for message in stored:
        if message.id:
            found[message.id] = message
            if domain != "web":
                _plain(found[message.id])
    return found


def updated(domain: str, language: str) -> Catalog:
    """A language's catalog with today's texts."""
    catalog = read(domain, language)
    catalog.update(template(domain), no_fuzzy_matching=True, keep_user_comments=False)
    catalog.obsolete.clear()
    if domain != "web":
        for message in catalog:
            _plain(message)
    return catalog


def written(catalog: Catalog) -> bytes:
    """The text of a catalog's file."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """What programs read; untranslated texts are left out."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def texts(catalog: Catalog) -> list[Message]:
    """Everything in a catalog but its header."""
    return list(catalog._messages.values())


def counted(catalog: Catalog) -> tuple[int, int]:
    """Texts that are translated, and all of them."""
    return sum(_said(message) for message in texts(catalog)), len(texts(catalog))


def faults(domain: str, language: str) -> list[str]:
    """What is wrong with a language's catalog: fuzzy texts, placeholders that differ, texts that begin otherwise."""
    found = []
    for message in read(domain, language):
        if not message.id:
            continue
        if message.fuzzy:
            found.append(f"{message.id!r}: fuzzy")
        if not _said(message):
            continue
        if domain == "web":
            found += [f"{message.id!r}: {error}" for error in _plural(message).check()]
        elif _fields(str(message.id)) != _fields(str(message.string)):
            found.append(f"{message.id!r}: other placeholders than {_fields(str(message.id))}")
    return found


def catalog_files(domain: str) -> dict[str, Path]:
    """Language -> its ``.po``."""
    return {path.parts[-3]: path for path in sorted(FOLDERS[domain].glob(f"*/LC_MESSAGES/{domain}.po"))}


def main(arguments: list[str]) -> int:
    """Bring all catalogs up to date; ``--check`` writes nothing and says what differs."""
    only_check, stale = "--check" in arguments, []
    for domain, folder in FOLDERS.items():
        made = {folder / f"{domain}.pot": written(template(domain))}
        for language, path in catalog_files(domain).items():
            catalog = updated(domain, language)
            made[path] = written(catalog)
            made[path.with_suffix(".mo")] = compiled(catalog)
        for path, content in made.items():
            found = path.read_bytes() if path.exists() else b""
            if _texts_alone(found) != _texts_alone(content):
                stale.append(path)
            if found != content and not only_check:
                path.write_bytes(content)
        for language in catalog_files(domain):
            sys.stdout.write("{}, {}: {} of {} texts\n".format(domain, language, *counted(read(domain, language))))
            for fault in faults(domain, language):
                sys.stdout.write(f"  {fault}\n")
    for path in stale if only_check else ():
        sys.stdout.write(f"not up to date: {path.name}\n")
    return 1 if only_check and stale else 0


def _file(domain: str, language: str) -> Path:
    return FOLDERS[domain] / language / "LC_MESSAGES" / f"{domain}.po"


def _texts_alone(content: bytes) -> bytes:
    """A catalog without the files that its texts stand in: a text that moves is the same text."""
    return _PLACES.sub(b"", content)


def _said(message: Message) -> bool:
    said = message.string
    return all(said) if isinstance(said, tuple | list) else bool(said)


def _plural(message: Message) -> Message:
    """The message with its plural alone: a language without forms says the number where the singular says "one"."""
    if isinstance(message.id, str):
        return message
    said = message.string if isinstance(message.string, str) else (message.string or ("",))[-1]
    return Message(message.id[-1], said, flags=message.flags)


def _plain(message: Message | None) -> None:
    """Texts of the core are templates of ``str.format``: a per cent sign in them is only that."""
    if message is not None and message.id:
        message.flags.discard("python-format")
        if _fields(str(message.id)):
            message.flags.add("python-brace-format")


def _fields(text: str) -> list[str]:
    """Placeholders with their formats, in alphabetical order."""
    return sorted(f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
