"""Writes the places of a rendered template: headings, text, tables, charts, captions, contents, sections.

A writer gathers XML for one place after another and puts everything into the document at the end, in one parse.
It knows how a plan is set on paper; it knows nothing about plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from finance_kit.documents import docx_charts, docx_tables, docx_toc
from finance_kit.documents.docx_charts import Chart
from finance_kit.documents.docx_localise import complex_font_for
from finance_kit.documents.docx_tables import Cell, Column, Row
from finance_kit.documents.docx_template import PLACES, TemplateStyles, paragraph_text
from finance_kit.documents.docx_text import Text, field_xml, paragraph_xml, runs_xml

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["DocxWriter", "Heading"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWIPS_PER_CM: Final = docx_tables.TWIPS_PER_CM


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the contents list it, with the bookmark that marks it."""

    text: str
    level: int
    bookmark: str


class DocxWriter:
    """Gathers what is to stand at the places of one document; :meth:`finish` puts it there.

    Parameters
    ----------
    document : from :func:`~finance_kit.documents.docx_template.render_template`

    Notes
    -----
    Begin with :meth:`place`. Pages turn between blocks, never by an empty paragraph. After :meth:`finish` come
    :func:`~finance_kit.documents.docx_localise.localise` and
    :func:`~finance_kit.documents.docx_toc.number_contents`.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles = TemplateStyles.of(document)
        self._parts: dict[str, list[str]] = {place: [] for place in PLACES}
        self._place = "BODY"
        self._headings: dict[str, list[Heading]] = {place: [] for place in PLACES}
        self._bookmarks = 0
        self._captions: dict[str, int] = {}
        self._drawings = docx_charts.largest_drawing_id(document)
        self._contents: tuple[str, int, str, bool] | None = None
        self._new_page = False
        self._page_top = False
        self._section: Any = deepcopy(document.element.body.find(f"{_W}sectPr"))
        self._sections = 0

    # -- where ---------------------------------------------------------------------------------------------------

    def place(self, name: str) -> None:
        """Write from here on at this place of the template (``REQUEST``, ``CONTENTS``, ``BODY``)."""
        if name not in self._parts:
            raise KeyError(name)
        self._place = name

    @property
    def headings(self) -> list[Heading]:
        """All headings so far, in the order of the pages."""
        return [heading for place in PLACES for heading in self._headings[place]]

    @property
    def text_width(self) -> int:
        """Width of the text on the present page, twentieths of a point."""
        size = self._section.find(f"{_W}pgSz")
        margins = self._section.find(f"{_W}pgMar")
        return int(size.get(f"{_W}w")) - int(margins.get(f"{_W}left")) - int(margins.get(f"{_W}right"))

    @property
    def text_width_cm(self) -> float:
        """Width of the text on the present page, centimetres."""
        return self.text_width / _TWIPS_PER_CM

    def new_page(self) -> None:
        """Let the next block begin on a new page."""
        self._new_page = True

    def section(self, *, landscape: bool) -> None:
        """Begin a new section on a new page, upright or landscape; headers and footers go on."""
        self._add_raw(self._section_paragraph())
        self._sections += 1
        self._new_page = False
        self._page_top = True
        size = self._section.find(f"{_W}pgSz")
        wide = int(size.get(f"{_W}w")) > int(size.get(f"{_W}h"))
        if wide != landscape:
            width, height = size.get(f"{_W}w"), size.get(f"{_W}h")
            size.set(f"{_W}w", height)
            size.set(f"{_W}h", width)
        if landscape:
            size.set(f"{_W}orient", "landscape")
        elif f"{_W}orient" in size.attrib:
            del size.attrib[f"{_W}orient"]
        # Later sections inherit headers and footers by naming none; only the first has a cover.
        for tag in ("headerReference", "footerReference", "titlePg"):
            for found in self._section.findall(f"{_W}{tag}"):
                self._section.remove(found)

    # -- what ----------------------------------------------------------------------------------------------------

    def heading(self, text: str, level: int = 1, *, page_break: bool = False) -> Heading:
        """A heading of level 1 to 3 that the contents and the bookmarks of a PDF list."""
        self._bookmarks += 1
        name = f"_Toc{100000 + self._bookmarks}"
        heading = Heading(" ".join(text.split()) or "–", level, name)
        self._headings[self._place].append(heading)
        mark = self._bookmarks
        content = (
            f'<w:bookmarkStart w:id="{mark}" w:name="{name}"/>{runs_xml(heading.text)}<w:bookmarkEnd w:id="{mark}"/>'
        )
        self._new_page = self._new_page or page_break
        self._add_paragraph(content, f"Heading {level}")
        return heading

    def paragraph(self, text: Text, style: str = "Body Text", *, keep_next: bool = False) -> None:
        """A paragraph; line feeds in the text stay inside it."""
        self._add_paragraph(runs_xml(text), style, keep_next=keep_next)

    def bullets(self, items: Sequence[Text]) -> None:
        """A list with bullets."""
        for item in items:
            self.paragraph(item, "List Bullet")

    def warning(self, text: Text) -> None:
        """A boxed paragraph that nobody should overlook."""
        self.paragraph(text, "Warning")

    def remark(self, text: Text) -> None:
        """A boxed paragraph that explains."""
        self.paragraph(text, "Remark")

    def caption(self, kind: str, text: Text, *, keep_next: bool = True) -> str:
        """A numbered caption ("Table 3. Cash flow by month"); gives its number as text ("Table 3").

        One that stands above what it names keeps to it; one below is followed by a gap.
        """
        number = self._captions.get(kind, 0) + 1
        self._captions[kind] = number
        label = runs_xml(f"{kind} ") + field_xml(f"SEQ {_sequence_name(kind)} \\* ARABIC", str(number)) + runs_xml(". ")
        self._add_paragraph(label + runs_xml(text), "Caption", keep_next=keep_next)
        if not keep_next:
            self._add_paragraph("", "Table Gap")
        return f"{kind} {number}"

    def table(
        self,
        columns: Sequence[Column],
        header: Sequence[Sequence[str | Cell]],
        rows: Sequence[Row | Sequence[str | Cell]],
        *,
        note: Text = "",
        small: bool = False,
        fill: bool = True,
        description: str = "",
        keep_whole: bool | None = None,
    ) -> None:
        """A table of figures (see :func:`~finance_kit.documents.docx_tables.table_xml`), its note below it."""
        xml = docx_tables.table_xml(
            self.styles,
            columns,
            header,
            rows,
            text_width=self.text_width,
            small=small,
            fill=fill,
            description=description,
            keep_whole=keep_whole,
            noted=bool(note),
        )
        self._add_table(xml, note)

    def facts(
        self, facts: Sequence[tuple[str, Text]], *, pairs: bool = False, note: Text = "", description: str = ""
    ) -> None:
        """Labels and values side by side; ``pairs`` puts two of them into a row."""
        xml = docx_tables.fact_table_xml(
            self.styles,
            facts,
            text_width=self.text_width,
            label_cm=5.2 if pairs else 5.5,
            pairs=pairs,
            description=description,
        )
        self._add_table(xml, note)

    def key_figures(self, figures: Sequence[tuple[str, str, str]], *, description: str = "") -> None:
        """Large figures in a band: label, figure, remark."""
        xml = docx_tables.key_figures_xml(self.styles, figures, text_width=self.text_width, description=description)
        self._add_table(xml, "")

    def signatures(self, blocks: Sequence[tuple[str, Sequence[str]]], *, description: str = "") -> None:
        """Blocks to sign in: who signs, and what is filled in by hand below the line."""
        xml = docx_tables.signatures_xml(self.styles, blocks, text_width=self.text_width, description=description)
        self._add_table(xml, "")

    def chart(self, chart: Chart, *, alt_text: str, width_cm: float | None = None, height_cm: float = 7.5) -> None:
        """A native chart, over the text width unless a width is given; its caption belongs below it."""
        self._drawings += 1
        texts = " ".join([chart.title, *chart.categories, *(series.name for series in chart.series)])
        run = docx_charts.chart_inline_xml(
            self.document,
            chart,
            drawing_id=self._drawings,
            alt_text=alt_text,
            width_cm=min(width_cm or self.text_width_cm, self.text_width_cm),
            height_cm=height_cm,
            complex_font=complex_font_for(texts),
        )
        self._add_paragraph(run, "Chart", keep_next=True)

    def contents(self, title: str, *, depth: int = 2, note: str = "") -> None:
        """The table of contents, here; ``note`` is shown only when page numbers could not be found."""
        self._contents = (title, depth, note, self._new_page)
        self._new_page = False
        self._add_raw(_CONTENTS)

    # -- the end -------------------------------------------------------------------------------------------------

    def finish(self) -> Document:
        """The document with everything in its place; a place with nothing to say disappears.

        Notes
        -----
        The body is written out, filled and parsed again as a whole: moving the new elements into the old tree one by
        one takes lxml five times as long.
        """
        from docx.oxml.parser import parse_xml
        from lxml import etree

        root: Any = self.document.element
        body = root.find(f"{_W}body")
        if self._sections:
            final = body.find(f"{_W}sectPr")
            body.replace(final, deepcopy(self._section))
        markers = {paragraph_text(element): element for element in body.iterchildren(f"{_W}p")}
        for place in PLACES:
            body.replace(markers[f"[[{place}]]"], etree.Comment(place))
        xml = cast(bytes, etree.tostring(root, encoding="UTF-8")).decode()
        contents = self._contents_xml()
        for place, pieces in self._parts.items():
            # User text is escaped and so cannot hold a comment of its own.
            filled = "".join(contents if piece is _CONTENTS else piece for piece in pieces)
            xml = xml.replace(f"<!--{place}-->", filled)
        part = self.document.part
        part._element = cast(Any, parse_xml(xml))
        self.document = part.document
        return self.document

    def _contents_xml(self) -> str:
        if self._contents is None:
            return ""
        title, depth, note, page_break = self._contents
        head = paragraph_xml(runs_xml(title), self.styles["TOC Heading"], page_break=page_break)
        listed = [heading for heading in self.headings if heading.level <= depth]
        entries = [(heading.text, heading.level, heading.bookmark) for heading in listed]
        body = docx_toc.contents_xml(entries, depth, (self.styles["TOC 1"], self.styles["TOC 2"]))
        return head + body + (docx_toc.note_xml(note, self.styles["Figure Note"]) if note else "")

    def _add_raw(self, xml: str) -> None:
        self._parts[self._place].append(xml)

    def _add_paragraph(self, content: str, style: str, *, keep_next: bool = False) -> None:
        style_id = self.styles[style]
        page_break, page_top = self._new_page, self._page_top
        self._new_page = self._page_top = False
        self._add_raw(paragraph_xml(content, style_id, keep_next=keep_next, page_break=page_break, page_top=page_top))

    def _add_table(self, xml: str, note: Text) -> None:
        """A table and what must follow it: its note or a small gap (two tables in a row would become one)."""
        if self._new_page:
            self._add_paragraph("", "Table Gap", keep_next=True)
        self._add_raw(xml)
        self._page_top = False
        self._add_paragraph(runs_xml(note), "Figure Note" if note else "Table Gap")

    def _section_paragraph(self) -> str:
        """The end of the present section, in a paragraph too low to push anything to another page."""
        from lxml import etree

        section = cast(bytes, etree.tostring(self._section)).decode()
        return (
            '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            f'<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>{section}</w:pPr></w:p>'
        )


_CONTENTS: Final = "<contents/>"


def _sequence_name(kind: str) -> str:
    """Name of a caption's counter: letters only, so that no caption text can become part of a field code."""
    return "".join(letter for letter in kind if letter.isalpha() and letter.isascii()) or "Figure"
