"""The Word business plan for a bank: cover, request sheet, contents, sections, annexes, declaration, provenance.

Everything shown comes from a :class:`~finance_kit.report.model.ReportContext`; this module only says in which order it
stands on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from finance_kit import resources
from finance_kit.documents.docx_blocks import BlockWriter, is_empty
from finance_kit.documents.docx_fit import fit_to_page
from finance_kit.documents.docx_localise import localise
from finance_kit.documents.docx_request import plan_request_sheet, write_request_sheet
from finance_kit.documents.docx_save import save_docx, set_properties
from finance_kit.documents.docx_score import score_section
from finance_kit.documents.docx_template import render_template
from finance_kit.documents.docx_toc import number_contents, update_when_opened
from finance_kit.documents.docx_widths import fitted_text
from finance_kit.documents.docx_writer import DocxWriter
from finance_kit.documents.own_template import SHIPPED, OwnTemplate, render_own
from finance_kit.report.formats import Formats
from finance_kit.report.model import Figure, Paragraph, ReportContext, Section

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["TEACHING_CASE", "Progress", "render_bank_plan", "write_bank_plan"]

Progress = Callable[[str], None]
"""Told in a few words what is being done."""

TEACHING_CASE: Final = "Teaching case – not a real cluster"
_KIND: Final = "BUSINESS PLAN AND LOAN REQUEST"
_COUNTRIES: Final = {"KH": "Cambodia", "MM": "Myanmar", "TH": "Thailand", "VN": "Viet Nam"}
_COMPLEX: Final = {"KH": "km", "MM": "my", "TH": "th"}
_PLACE_ID: Final = "request_place"
_HEAD: Final = 16.0  # centimetres between the margins of the shipped template, less a little
_HEAD_OWN: Final = 11.5  # one's own may have wider margins and larger letters
_COVER_UNITS: Final = ("money", "price", "months", "rate")
_MOST_CONTENTS: Final = 60  # lines; beyond that only the sections are listed
_CONTENTS_NOTE: Final = "The page numbers are filled in when Word opens this file: answer Yes to its question."
_READING: Final = (
    "Amounts are rounded where they are shown and added up unrounded, so that the last digit of a total may differ by"
    " one. A dash stands for a figure that does not exist. Money out and shortfalls have a minus sign."
)


def write_bank_plan(
    context: ReportContext,
    path: Path,
    *,
    with_score: bool = False,
    template: OwnTemplate | None = None,
    count_pages: bool = True,
    progress: Progress | None = None,
) -> Path:
    """Write the business plan as a Word file, whole or not at all.

    Parameters
    ----------
    context : all that the plan says
    path : of the .docx; an existing file is replaced
    with_score : with the readiness, for the cluster's own use; a lender's copy goes without
    template : a Word file that somebody supplies, in place of the one that is shipped
    count_pages : for the page numbers of the contents; otherwise they are left to Word, see below
    progress : is told what is being done

    Returns
    -------
    path of the file

    Raises
    ------
    TemplateError : the template does not offer what the plan needs
    OutputError : the file cannot be written

    Notes
    -----
    The pages of the contents are counted with LibreOffice; without it Word counts them when it opens the file.
    """
    tell = progress or (lambda _words: None)
    tell("Writing the document")
    writer = _written(context, with_score=with_score, template=template)
    if count_pages:
        tell("Counting the pages")
        number_contents(writer.document, [heading.bookmark for heading in writer.headings])
    else:
        update_when_opened(writer.document)
    tell("Saving the file")
    return save_docx(writer.document, path)


def render_bank_plan(context: ReportContext, *, with_score: bool = False) -> Document:
    """The business plan as a python-docx document, complete but for the page numbers of its contents."""
    return _written(context, with_score=with_score).document


def _written(context: ReportContext, *, with_score: bool, template: OwnTemplate | None = None) -> DocxWriter:
    """The document with everything in its place, in fonts that fit its country's script."""
    formats = Formats(context.currency)
    tags = _tags(context, formats, _HEAD_OWN if template else _HEAD)
    document = render_own(template, tags) if template else render_template(resources.template(SHIPPED), tags)
    writer = DocxWriter(document)
    fit_to_page(document, writer.text_width)
    page = BlockWriter(writer, formats)
    sheet = plan_request_sheet(context, formats)
    annexes = [part for part in (*context.annexes, sheet.rest) if part is not None]

    writer.place("REQUEST")
    write_request_sheet(page, context.request.title, sheet)
    writer.place("BODY")
    _write_sections(page, context.sections)
    _write_annexes(page, annexes)
    _write_end(page, context, with_score=with_score)
    writer.place("CONTENTS")
    writer.new_page()
    listed = sum(heading.level <= 2 for heading in writer.headings)
    writer.contents("Contents", depth=2 if listed <= _MOST_CONTENTS else 1, note=_CONTENTS_NOTE)
    writer.finish()
    localise(writer.document, language="en", complex_language=_COMPLEX.get(context.country.upper(), ""))
    set_properties(
        writer.document,
        title=context.title,
        author=context.cluster_name,
        made_on=_made_on(context.date),
        subject=TEACHING_CASE if context.fictional else "",
    )
    return writer


def _write_sections(page: BlockWriter, sections: tuple[Section, ...]) -> None:
    """Sections numbered from 1, the first on a new page."""
    shown = [section for section in sections if not is_empty(section)]
    for at, section in enumerate(shown, start=1):
        if at == 1:
            page.start_page()
        page.section(section, str(at), 1, label=lambda number, title: f"{number}. {title}")


def _write_annexes(page: BlockWriter, annexes: list[Section]) -> None:
    """Annexes lettered from A, each on a new page."""
    shown = [section for section in annexes if not is_empty(section)]
    for at, section in enumerate(shown):
        page.start_page()
        page.section(section, _letter(at), 1, label=lambda letter, title: f"Annex {letter}. {title}")


def _write_end(page: BlockWriter, context: ReportContext, *, with_score: bool) -> None:
    """Readiness where it is wanted, declaration and signatures, and what the figures were made from."""
    if with_score:
        score = score_section(context)
        if not is_empty(score):
            page.start_page()
            page.section(score, "", 1, label=lambda _number, title: title)
    page.turn(landscape=False)
    if context.declaration or context.signatures:
        page.heading("Declaration and signatures", 1, new_page=True)
        page.blocks(context.declaration)
        if context.signatures:
            blocks = [(role, (f"Name: {name}", "Date and place:")) for role, name in context.signatures]
            page.writer.signatures(blocks, description="Signatures")
    page.heading("How this plan was made", 1)
    if context.provenance:
        page.figures(tuple(_dated(figure, page.formats) for figure in context.provenance))
    page.paragraph(Paragraph(_READING))
    if context.fictional:
        page.paragraph(Paragraph(f"{TEACHING_CASE}. The cluster, its people and its figures are made up.", "note"))


def _dated(figure: Figure, formats: Formats) -> Figure:
    """A figure of the provenance with its date in words."""
    if isinstance(figure.value, str) and figure.unit == "text":
        return Figure(figure.id, figure.label, formats.day(figure.value), "text", None, figure.reason, figure.note)
    return figure


def _tags(context: ReportContext, formats: Formats, head_cm: float) -> dict[str, Any]:
    """Values of the template's tags: the cover, headers and footers; the head in one line of this width."""
    day = formats.day(context.date)
    facts = [{"label": label, "value": value} for label, value in _cover_facts(context, formats)]
    facts.append({"label": "Date", "value": day})
    if context.fictional:
        facts.append({"label": "Note", "value": TEACHING_CASE})
    same = context.title.strip().lower() == context.cluster_name.strip().lower()
    head = context.cluster_name if same else f"{context.cluster_name} · {context.title}"
    note = f"{TEACHING_CASE}. The cluster, its people and its figures are made up." if context.fictional else ""
    return {
        "document_kind": _KIND,
        "cluster_name": " ".join(context.cluster_name.split()),
        "cover_place": _place(context),
        "cover_text": "" if same else context.title,
        "cover_facts": facts,
        "cover_note": note,
        "header_text": fitted_text(head, 8.5, head_cm),
        "footer_note": f"{TEACHING_CASE}   |   {day}" if context.fictional else day,
        "date": day,
    }


def _request_figures(context: ReportContext) -> list[Figure]:
    return [figure for block in context.request.blocks if isinstance(block, tuple) for figure in block]


def _place(context: ReportContext) -> str:
    """District, province, country, as far as the request names them."""
    country = _COUNTRIES.get(context.country.upper(), context.country)
    named = {figure.id: figure.value for figure in _request_figures(context)}
    place = " ".join(str(named.get(_PLACE_ID) or country).split())
    return place if place.lower().endswith(country.lower()) else f"{place}, {country}"


def _cover_facts(context: ReportContext, formats: Formats) -> list[tuple[str, str]]:
    """The first amounts and terms of the request; failing these, the first key figures."""
    stated = [f for f in _request_figures(context) if f.unit in _COVER_UNITS and f.value is not None]
    chosen = stated[:4] or [f for f in context.key_figures if f.unit == "money" and f.value is not None][:3]
    return [(figure.label, formats.of(figure).replace(" ", "\u00a0")) for figure in chosen]


def _letter(at: int) -> str:
    """Letter of an annex: A to Z, then AA, AB and so on."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at % 26]


def _made_on(text: str) -> datetime:
    """The day of the plan, for the file's properties."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
