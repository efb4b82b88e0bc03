"""Contents with page numbers: a real TOC field whose result is already filled in.

Page numbers come from one LibreOffice conversion to PDF, whose bookmarks are the headings in their order. Without
LibreOffice, Word is told to fill them in when it opens the file (it asks once), and the page says so.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from finance_kit.documents.docx_text import field_xml, paragraph_xml, runs_xml
from finance_kit.documents.office import convert_to_pdf
from finance_kit.errors import Undefined

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["contents_xml", "note_xml", "number_contents", "outline_pages", "update_when_opened", "write_page_numbers"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNKNOWN_PAGE: Final = "–"
_NOTE_MARK: Final = "_ContentsNote"
_NOTE_ID: Final = 900_000
# What follows w:updateFields in w:settings (ISO/IEC 29500-1, CT_Settings).
_AFTER_UPDATE_FIELDS: Final = frozenset(
    f"{_W}{name}"
    for name in re.findall(
        r"\w+",
        "hdrShapeDefaults footnotePr endnotePr compat docVars rsids attachedSchema themeFontLang clrSchemeMapping "
        "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType "
        "shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator",
    )
)


def contents_xml(entries: Sequence[tuple[str, int, str]], depth: int, style_ids: Sequence[str]) -> str:
    """Paragraphs of a table of contents, one TOC field around them.

    Parameters
    ----------
    entries : (text, level, bookmark) of each heading listed
    depth : lowest heading level listed
    style_ids : paragraph style of each level; deeper levels take the last
    """
    if not entries:
        return ""
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    last = len(entries) - 1
    lines = []
    for at, (text, level, bookmark) in enumerate(entries):
        page = field_xml(f"PAGEREF {bookmark} \\h", UNKNOWN_PAGE)
        link = (
            f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{runs_xml(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
        )
        content = (opening if at == 0 else "") + link + (closing if at == last else "")
        lines.append(paragraph_xml(content, style_ids[min(level, len(style_ids)) - 1]))
    return "".join(lines)


def note_xml(text: str, style_id: str) -> str:
    """A remark below the contents that goes away once the page numbers are known."""
    mark = f'<w:bookmarkStart w:id="{_NOTE_ID}" w:name="{_NOTE_MARK}"/>'
    return paragraph_xml(f'{mark}{runs_xml(text)}<w:bookmarkEnd w:id="{_NOTE_ID}"/>', style_id)


def number_contents(
    document: Document,
    headings: Sequence[str],
    *,
    timeout_seconds: float = 60.0,
    office: Path | None = None,
    profile_dir: Path | None = None,
) -> list[int] | Undefined:
    """Find the page of each heading and write it into the contents; the last step before saving.

    Parameters
    ----------
    document : complete and localised
    headings : bookmark of every heading in the order of the pages, those not listed in the contents included
    timeout_seconds, office, profile_dir : see :func:`~finance_kit.documents.office.convert_to_pdf`

    Returns
    -------
    page of each heading, counted from the cover as 1; or Undefined with the reason (``office_not_found``,
    ``office_timeout``, ``office_failed``, ``office_outline_differs``): Word then fills the numbers in when it opens
    the file, and the note of the contents stays
    """
    pages = _pages_by_office(document, headings, timeout_seconds, office, profile_dir)
    if isinstance(pages, Undefined):
        update_when_opened(document)
        return pages
    write_page_numbers(document, dict(zip(headings, pages, strict=True)))
    return pages


def _pages_by_office(
    document: Document, headings: Sequence[str], timeout_seconds: float, office: Path | None, profile_dir: Path | None
) -> list[int] | Undefined:
    """Pages of the headings from one conversion; the note is left out, as it will be on paper."""
    from finance_kit.documents.docx_save import save_docx

    note = _note(document)
    parent = note.getparent() if note is not None else None
    place = parent.index(note) if parent is not None else 0
    with tempfile.TemporaryDirectory(prefix="finance-kit-pages-") as folder:
        if parent is not None:
            parent.remove(note)
        try:
            source = save_docx(document, Path(folder) / "plan.docx")
        finally:
            if parent is not None:
                parent.insert(place, note)
        pdf = convert_to_pdf(
            source, Path(folder), timeout_seconds=timeout_seconds, office=office, profile_dir=profile_dir
        )
        if isinstance(pdf, Undefined):
            return pdf
        outline = outline_pages(pdf)
    pages = _pages_of(_heading_texts(document, headings), outline)
    if len(pages) != len(headings):
        return Undefined("office_outline_differs", {"expected": len(headings), "found": len(outline)})
    return pages


def _pages_of(texts: Sequence[str], outline: Sequence[tuple[str, int]]) -> list[int]:
    """Pages of these headings in their order; a template of one's own may have headings between them."""
    if len(outline) == len(texts):
        return [page for _, page in outline]
    wanted = [_letters(text) for text in texts]
    pages: list[int] = []
    for title, page in outline:
        if len(pages) < len(wanted) and _letters(title) == wanted[len(pages)]:
            pages.append(page)
    return pages


def _heading_texts(document: Document, headings: Sequence[str]) -> list[str]:
    """Text of the paragraph of each bookmark."""
    body: Any = document.element.body
    found = {
        mark.get(f"{_W}name"): "".join(text.text or "" for text in mark.getparent().iter(f"{_W}t"))
        for mark in body.iter(f"{_W}bookmarkStart")
    }
    return [found.get(name, "") for name in headings]


def _letters(text: str) -> str:
    """A heading as two programs write it alike: without blanks and break points."""
    return "".join(text.replace("\u200b", "").split())


def outline_pages(pdf: Path) -> list[tuple[str, int]]:
    """Bookmarks of a PDF in their order: text and page, counted from 1."""
    from pypdf import PdfReader

    with PdfReader(pdf) as reader:

        def flat(items: Sequence[Any]) -> Iterator[tuple[str, int]]:
            for item in items:
                if isinstance(item, list):
                    yield from flat(item)
                else:
                    page = reader.get_destination_page_number(item)
                    yield str(item.title), 0 if page is None else page + 1

        return list(flat(reader.outline))


def write_page_numbers(document: Document, pages: dict[str, int]) -> None:
    """Write known pages into the contents and take the note away."""
    body: Any = document.element.body
    for link in body.iter(f"{_W}hyperlink"):
        page = pages.get(link.get(f"{_W}anchor", ""))
        if page is not None:
            list(link.iter(f"{_W}t"))[-1].text = str(page)
    note = _note(document)
    if note is not None:
        note.getparent().remove(note)


def update_when_opened(document: Document) -> None:
    """Have Word bring its fields up to date when it opens the file; it asks the reader once."""
    settings: Any = document.settings.element
    if settings.find(f"{_W}updateFields") is not None:
        return
    switch = settings.makeelement(f"{_W}updateFields", {f"{_W}val": "true"})
    following = next((child for child in settings if child.tag in _AFTER_UPDATE_FIELDS), None)
    if following is None:
        settings.append(switch)
    else:
        following.addprevious(switch)


def _note(document: Document) -> Any:
    """The paragraph made by :func:`note_xml`, or None."""
    body: Any = document.element.body
    for mark in body.iter(f"{_W}bookmarkStart"):
        if mark.get(f"{_W}name") == _NOTE_MARK:
            return mark.getparent()
    return None
