"""The Word template that staff restyle: filling its tags, and what it must offer.

Tags name values and are escaped and strict: a tag that no value belongs to is an error that names it, not an empty spot
on the lender's paper. What people typed is only ever a value, never part of the template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from zipfile import BadZipFile

from finance_kit.documents.docx_safety import clean_values
from finance_kit.documents.template_tags import environment
from finance_kit.errors import TemplateError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

__all__ = ["CHARACTER_STYLES", "PARAGRAPH_STYLES", "PLACES", "TABLE_STYLES", "TemplateStyles", "render_template"]

PARAGRAPH_STYLES: Final = (
    "Body Text", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet", "TOC Heading",
    "TOC 1", "TOC 2", "Header", "Footer", "Figure Note", "Chart", "Warning", "Remark", "Key Figure", "Key Label",
    "Cell Text", "Cell Number", "Cell Header", "Small Cell Text", "Small Cell Number", "Small Cell Header",
    "Signature Label", "Table Gap",
)  # fmt: skip
CHARACTER_STYLES: Final = ("Strong", "Emphasis", "Marked")
TABLE_STYLES: Final = ("Finance Table", "Fact Table", "Key Figure Table", "Signature Table")
PLACES: Final = ("REQUEST", "CONTENTS", "BODY")
"""Paragraphs ``[[REQUEST]]`` … of the template, each replaced by what the program writes there."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_TEMPLATE_BYTES: Final = 20_000_000
_LEAST_ROOM: Final = 12  # centimetres between the margins: the widest table of a plan can still be read
_TALLEST: Final = 31_680  # twentieths of a point; Word knows no larger page


@dataclass(frozen=True, slots=True)
class TemplateStyles:
    """Style ids by name, and the colours that the program repeats on cells which a Word table style cannot reach.

    Colours are taken from the template's own styles (six hexadecimal digits, or ``auto``), so that restyling
    *Finance Table* or *Marked* in Word restyles every table.
    """

    ids: Mapping[str, str]
    header_fill: str
    tint_fill: str
    marked_fill: str
    rule_color: str

    def __getitem__(self, name: str) -> str:
        """Style id of a style the template must have, by the name Word shows."""
        return self.ids[name.lower()]

    @classmethod
    def of(cls, document: Document) -> TemplateStyles:
        """Styles of a rendered template.

        Raises
        ------
        TemplateError : ``template_lacks_styles`` with their names
        """
        elements = {
            style.find(f"{_W}name").get(f"{_W}val").lower(): style
            for style in document.styles.element.iterchildren(f"{_W}style")
        }
        required = (*PARAGRAPH_STYLES, *CHARACTER_STYLES, *TABLE_STYLES)
        missing = [name for name in required if name.lower() not in elements]
        if missing:
            raise TemplateError("template_lacks_styles", styles=", ".join(missing))
        finance = elements["finance table"]
        return cls(
            ids={name: cast(str, style.get(f"{_W}styleId")) for name, style in elements.items()},
            header_fill=_fill(finance, f"{_W}tblStylePr[@{_W}type='firstRow']//{_W}shd"),
            tint_fill=_fill(finance, f"{_W}tblStylePr[@{_W}type='band1Horz']//{_W}shd"),
            marked_fill=_fill(elements["marked"], f".//{_W}shd"),
            rule_color=_fill(finance, f".//{_W}tblBorders/{_W}top", "color"),
        )


def _fill(style: BaseOxmlElement, path: str, name: str = "fill") -> str:
    """A colour that a style states; ``auto`` (no colour of its own) where it states none."""
    found = style.find(path)
    return cast(str, found.get(f"{_W}{name}", "auto")) if found is not None else "auto"


def render_template(path: Path, context: Mapping[str, Any]) -> Document:
    """The template with its tags filled, headers and footers included; places still to be replaced.

    Parameters
    ----------
    path : a .docx; one that is not ours comes through :func:`~finance_kit.documents.own_template.render_own`
    context : value of each tag, already written out as text; strings are cleaned here, sequences of mappings serve
        ``{%tr for … %}`` rows

    Raises
    ------
    TemplateError : the file is missing or not a Word file (``template_unreadable``), a tag is broken
        (``template_tag_broken``), has no value (``template_tag_unknown``) or does what templates may not
        (``template_tag_forbidden``), a style (``template_lacks_styles``) or place (``template_lacks_places``) is gone,
        its page has no size or too little room (``template_lacks_page``)
    """
    from jinja2.exceptions import TemplateError as JinjaError

    template = _opened(path)
    try:
        template.render(clean_values(context), environment(), autoescape=True)
    except TemplateError as failure:
        raise TemplateError(failure.code, **{**failure.params, "path": str(path)}) from failure
    except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError) as failure:
        raise TemplateError("template_tag_broken", path=str(path), tag=str(failure)[:80]) from failure
    document = cast("Document", template.docx)
    _forget_origin(document)
    TemplateStyles.of(document)
    _check_places(document, path)
    return document


def _forget_origin(document: Document) -> None:
    """Let go of what the template's own program wrote about it: company, template, small picture of its first page.

    They would go out with every plan, and an export that has them counts as one that somebody worked on.
    """
    kept = ("/officeDocument", "/core-properties")
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if not relation.reltype.endswith(kept)]:
        del relations[key]


def _check_places(document: Document, path: Path) -> None:
    """The places are there, in the last section of the file, on a page with room for tables."""
    body = document.element.body
    order = {paragraph_text(element): at for at, element in enumerate(body) if element.tag == f"{_W}p"}
    missing = [f"[[{place}]]" for place in PLACES if f"[[{place}]]" not in order]
    if missing:
        raise TemplateError("template_lacks_places", path=str(path), places=", ".join(missing))
    last = max(order[f"[[{place}]]"] for place in PLACES)
    if any(element.find(f".//{_W}sectPr") is not None for element in body[last:-1] if element.tag == f"{_W}p"):
        raise TemplateError("template_section_after", path=str(path))
    try:
        size, margins = (body[-1].find(f"{_W}{name}") for name in ("pgSz", "pgMar"))
        room = int(size.get(f"{_W}w")) - int(margins.get(f"{_W}left")) - int(margins.get(f"{_W}right"))
        tall = int(size.get(f"{_W}h"))
    except (AttributeError, TypeError, ValueError) as failure:
        raise TemplateError("template_lacks_page", path=str(path), centimetres=_LEAST_ROOM) from failure
    if min(room, tall) < _LEAST_ROOM * 567 or tall > _TALLEST:
        raise TemplateError("template_lacks_page", path=str(path), centimetres=_LEAST_ROOM)


def _opened(path: Path) -> Any:
    """The template as docxtpl holds it, its container and main part read."""
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    if not path.is_file():
        raise TemplateError("template_missing", path=str(path))
    if path.stat().st_size > _MAX_TEMPLATE_BYTES:
        raise TemplateError("template_too_large", path=str(path), megabytes=_MAX_TEMPLATE_BYTES // 1_000_000)
    template = DocxTemplate(str(path))
    try:
        template.init_docx()
    except (OpcError, BadZipFile, LookupError, ValueError, XMLSyntaxError, OSError) as failure:
        raise TemplateError("template_unreadable", path=str(path), reason=str(failure)) from failure
    return template


def paragraph_text(paragraph: BaseOxmlElement) -> str:
    """Text of a ``w:p`` without blanks at its ends; staff's Word may have cut a marker into several runs."""
    return "".join(text.text or "" for text in paragraph.iter(f"{_W}t")).strip()
