"""One XML part of a Word file that somebody supplies, read without building a tree: what it says, and what it may not.

The parser is Expat, which is told to stop at a document type: entities are never declared, let alone expanded. Rules
hold for every part alike, whatever it claims to be: programs disagree about which part is which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn
from xml.parsers import expat

from finance_kit.errors import TemplateError

__all__ = ["inspect_xml"]

_DEEPEST: Final = 200
_SHOWN: Final = 60
_WORD: Final = "wordprocessingml"
# What a Word file may be made of, by the last word of a relationship's type. All else (macros, other files within the
# file, charts with their workbooks, films, templates and pictures elsewhere) is refused: a list of what is known to be
# harmful would lack the next kind.
_RELATIONS: Final = frozenset(
    re.findall(
        r"\S+",
        "officeDocument core-properties extended-properties custom-properties thumbnail styles stylesWithEffects "
        "settings webSettings fontTable numbering theme themeOverride header footer footnotes endnotes comments "
        "commentsExtended commentsIds commentsExtensible people image customXml customXmlProps glossaryDocument font "
        "hyperlink diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing "
        "classificationlabels docMetadata",
    )
)
_ELEMENTS: Final = frozenset(
    ("altChunk", "object", "OLEObject", "control", "subDoc", "attachedTemplate", "mailMerge", "frameset",
     "saveThroughXslt", "externalData", "objectEmbed", "objectLink", "videoFile", "audioFile", "quickTimeFile")
)  # fmt: skip
_FIELDS: Final = frozenset(
    ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE",
     "SUBJECT", "AUTHOR", "FILENAME", "STYLEREF", "REF", "PAGEREF", "NOTEREF", "SEQ", "TOC", "TC", "HYPERLINK",
     "SYMBOL")
)  # fmt: skip
_LINK: Final = re.compile(r"(https?://|mailto:)[^\s\\]+", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]+:|\\\\|//", re.IGNORECASE)


def inspect_xml(place: str, content: bytes) -> list[tuple[str, Mapping[str, str]]]:
    """Read a part and refuse what it may not hold.

    Parameters
    ----------
    place : name of the part, for the sentence
    content : its bytes

    Returns
    -------
    the elements of its two outermost levels, by local name with their attributes: enough to read a list

    Raises
    ------
    TemplateError : ``template_dtd``, ``template_xml_broken``, ``template_outside_link``, ``template_foreign_part``,
        ``template_field``
    """
    reader = _Reader(place)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.document_type
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as failure:
        raise TemplateError("template_xml_broken", place=place) from failure
    reader.close()
    return reader.listed


class _Reader:
    """What was read so far: the depth, and the fields that are open with their codes."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.listed: list[tuple[str, Mapping[str, str]]] = []
        self._depth = 0
        self._fields: list[list[str]] = []
        self._in_code = False

    def document_type(self, *_: Any) -> NoReturn:
        raise TemplateError("template_dtd", place=self.place)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TemplateError("template_xml_broken", place=self.place)
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if self._depth <= 2:
            self.listed.append((local, plain))
        if local == "svg":
            raise TemplateError("template_picture", place=self.place)
        if local in _ELEMENTS and (local not in ("object", "control") or _WORD in space):
            self._refuse("template_foreign_part", local)
        if local == "Relationship":
            self._relation(plain)
        elif _ELSEWHERE.match(plain.get("src", "")):
            self._refuse("template_outside_link", plain["src"])
        if local == "fldSimple":
            self._code(plain.get("instr", ""))
        elif local == "fldChar":
            self._field(plain.get("fldCharType", ""))
        self._in_code = local in ("instrText", "delInstrText")

    def end(self, _name: str) -> None:
        self._depth -= 1
        self._in_code = False

    def text(self, words: str) -> None:
        if self._in_code:
            if not self._fields:
                self._refuse("template_field", words)
            self._fields[-1].append(words)

    def close(self) -> None:
        """A field that nobody closed is a field all the same."""
        while self._fields:
            self._code("".join(self._fields.pop()))

    def _relation(self, said: Mapping[str, str]) -> None:
        kind = said.get("Type", "").rstrip("/").rpartition("/")[2]
        target = said.get("Target", "")
        outside = said.get("TargetMode", "Internal").lower() != "internal"
        if kind == "vbaProject" or "macro" in kind.lower():
            raise TemplateError("template_macros", place=self.place)
        if kind == "hyperlink":
            if outside and not _LINK.fullmatch(target) and not target.startswith("#"):
                self._refuse("template_outside_link", target)
        elif outside or _ELSEWHERE.match(target):
            self._refuse("template_outside_link", target)
        elif kind not in _RELATIONS:
            self._refuse("template_foreign_part", kind)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._code("".join(self._fields.pop()))

    def _code(self, code: str) -> None:
        """A field that counts, dates or points within the file; a link leads to a page or an address of mail only."""
        words = code.split()
        kind = words[0].upper() if words else ""
        if kind not in _FIELDS or "{" in code or "}" in code:
            self._refuse("template_field", code)
        if kind == "HYPERLINK":
            targets = [word.strip('"') for word in words[1:]]
            if any(_ELSEWHERE.match(target) and not _LINK.fullmatch(target) for target in targets):
                self._refuse("template_outside_link", code)

    def _refuse(self, code: str, found: str) -> NoReturn:
        raise TemplateError(code, place=self.place, found=" ".join(found.split())[:_SHOWN])
