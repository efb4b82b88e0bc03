"""A whole document with every kind of block, opened again as a lender's machine would open it."""

import io
import re
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from finance_kit.documents.docx_save import docx_bytes
from finance_kit.documents.docx_template import render_template
from finance_kit.documents.docx_toc import number_contents, outline_pages
from finance_kit.documents.docx_writer import DocxWriter
from finance_kit.documents.office import convert_to_pdf, find_office
from finance_kit.errors import Undefined
from finance_kit.i18n.messages_documents import MESSAGES
from tests.documents.docx_sample import (
    HOSTILE,
    HOSTILE_READ_BACK,
    KHMER,
    TEMPLATE,
    context,
    finished_sample,
    sample_bytes,
)

NO_OFFICE = Path(__file__).parent / "no-such-program"


def sample() -> Document:
    return docx.Document(io.BytesIO(sample_bytes()))


def contents_lines(document: Document) -> list[tuple[str, str]]:
    """Text and page of each line of the contents."""
    lines = []
    for link in document.element.body.iter(qn("w:hyperlink")):
        texts = [text.text or "" for text in link.iter(qn("w:t"))]
        lines.append(("".join(texts[:-1]).replace("\u200b", ""), texts[-1]))
    return lines


def test_the_document_is_valid_open_xml(tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(sample_bytes())
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_hostile_text_stays_text_everywhere() -> None:
    document = sample()
    assert [paragraph.text for paragraph in document.paragraphs].count(HOSTILE_READ_BACK) == 2  # cover and body
    assert document.tables[2].rows[0].cells[1].text == HOSTILE_READ_BACK
    assert not list(document.element.body.iter(qn("w:fldSimple")))


def test_no_marker_and_no_tag_of_the_template_is_left() -> None:
    xml = docx.Document(io.BytesIO(docx_bytes(DocxWriter(render_template(TEMPLATE, context())).finish())))
    text = "\n".join(paragraph.text for paragraph in xml.paragraphs)
    assert not re.search(r"\[\[|\]\]|\{\{|\}\}|\{%|None|nan", text)


def test_field_codes_are_only_ours() -> None:
    codes = {code.text.split()[0] for code in sample().element.body.iter(qn("w:instrText"))}
    assert codes == {"TOC", "SEQ", "PAGEREF"}


def test_captions_count_by_kind_with_the_number_filled_in() -> None:
    captions = [p.text for p in sample().paragraphs if p.style is not None and p.style.name == "Caption"]
    assert [caption.split(".")[0] for caption in captions] == [
        *(f"Figure {number}" for number in range(1, 8)),
        "Table 1",
        "Table 2",
    ]
    assert captions[-1] == "Table 2. Income by year"


def test_a_table_caption_stays_with_its_table_and_a_chart_with_its_caption() -> None:
    paragraphs = {p.text: p for p in sample().paragraphs}
    assert paragraphs["Table 2. Income by year"].paragraph_format.keep_with_next is True
    chart_style = sample().styles["Chart"]
    assert chart_style.paragraph_format.keep_with_next is True


def test_a_caption_name_cannot_become_part_of_a_field_code() -> None:
    writer = DocxWriter(render_template(TEMPLATE, context()))
    assert writer.caption('T" \\* MERGEFORMAT', "x") == 'T" \\* MERGEFORMAT 1'
    assert writer.caption("តារាង", "y") == "តារាង 1"
    codes = [code.text for code in writer.finish().element.body.iter(qn("w:instrText"))]
    assert codes == [" SEQ TMERGEFORMAT \\* ARABIC ", " SEQ Figure \\* ARABIC "]


def test_sections_turn_the_page_and_keep_headers_and_footers() -> None:
    sections = sample().sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    assert [(s.page_width or 0) > (s.page_height or 0) for s in sections] == [False, True, False]
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]
    assert sections[0].header.is_linked_to_previous is False
    assert [section.header.is_linked_to_previous for section in sections][1:] == [True, True]
    assert "Page " in sections[0].footer.paragraphs[0].text


def test_headings_are_real_headings_with_bookmarks_of_their_own() -> None:
    document = sample()
    headings = [p for p in document.paragraphs if p.style is not None and (p.style.name or "").startswith("Heading")]
    marks = [p._p.find(qn("w:bookmarkStart")) for p in headings]
    names = [mark.get(qn("w:name")) for mark in marks if mark is not None]
    assert len(names) == len(set(names)) == len(headings) == 9
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    assert anchors == names


def test_contents_list_the_headings_in_their_order() -> None:
    lines = contents_lines(sample())
    assert [text for text, _ in lines][:3] == ["Loan request", "1. Summary", "2. Languages"]
    assert lines[3][0] == f"Khmer: {KHMER}"
    assert {page for _, page in lines} == {"–"}


def test_without_libreoffice_word_is_asked_to_count_and_the_page_says_so(tmp_path: Path) -> None:
    writer = finished_sample()
    found = number_contents(writer.document, [h.bookmark for h in writer.headings], office=NO_OFFICE)
    assert found == Undefined("office_not_found")
    path = tmp_path / "plan.docx"
    path.write_bytes(docx_bytes(writer.document))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    document = docx.Document(str(path))
    switch = document.settings.element.find(qn("w:updateFields"))
    assert switch is not None
    assert switch.getnext().tag == qn("w:compat")
    assert "Word asks once whether to count the pages." in [p.text for p in document.paragraphs]


def test_an_office_that_hangs_is_ended_and_one_that_fails_is_told(tmp_path: Path) -> None:
    source = tmp_path / "plan.docx"
    source.write_bytes(sample_bytes())
    for name, script, reason in (
        ("hangs", "import time; time.sleep(60)", "office_timeout"),
        ("fails", "print('no display')", "office_failed"),
    ):
        program = tmp_path / name
        program.write_text(f"#!{sys.executable}\n{script}\n")
        program.chmod(0o700)
        found = convert_to_pdf(source, tmp_path, timeout_seconds=1.5, office=program)
        assert isinstance(found, Undefined)
        assert found.reason == reason
        assert MESSAGES[found.reason].format(**found.params)
    assert not list(tmp_path.glob("*.pdf"))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Any, Path | None]:
    """The sample with its pages counted, what the count said, and its PDF where LibreOffice is installed."""
    folder = tmp_path_factory.mktemp("printed")
    writer = finished_sample()
    bookmarks = [heading.bookmark for heading in writer.headings]
    pages = number_contents(writer.document, bookmarks, profile_dir=folder / "profile")
    source = folder / "sample.docx"
    source.write_bytes(docx_bytes(writer.document))
    pdf = convert_to_pdf(source, folder, profile_dir=folder / "profile")
    return docx.Document(str(source)), pages, pdf if isinstance(pdf, Path) else None


def test_page_numbers_of_the_contents_are_those_of_the_printed_headings(
    printed: tuple[Document, Any, Path | None],
) -> None:
    document, pages, pdf = printed
    if pdf is None:
        assert find_office() is None
        assert pages == Undefined("office_not_found")
        return
    outline = outline_pages(pdf)
    assert [page for _, page in outline] == pages
    assert contents_lines(document) == [(text.replace("\u200b", ""), str(page)) for text, page in outline]
    assert pages == sorted(pages)
    assert pages[:2] == [2, 4]  # cover, request sheet, contents, first section
    assert document.settings.element.find(qn("w:updateFields")) is None
    assert "Word asks once whether to count the pages." not in [p.text for p in document.paragraphs]


def test_every_printed_page_has_text_and_the_header_of_a_long_table_is_repeated(
    printed: tuple[Document, Any, Path | None],
) -> None:
    _, _, pdf = printed
    if pdf is None:
        assert find_office() is None
        return
    with PdfReader(pdf) as reader:
        texts = [page.extract_text() for page in reader.pages]
        wide = [float(page.mediabox.width) > float(page.mediabox.height) for page in reader.pages]
    assert all(len(text) > 60 for text in texts)
    assert "Page" not in texts[0]
    assert all(f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts[1:], start=2))
    assert sum(wide) == 2
    assert all("First half" in text for text, landscape in zip(texts, wide, strict=True) if landscape)
    assert all("Dan Kwian Potters · Business plan" in text for text in texts[1:])


def test_text_given_twice_is_written_twice_and_empty_headings_are_shown_as_a_dash() -> None:
    writer = DocxWriter(render_template(TEMPLATE, context()))
    writer.heading(" \n ")
    writer.paragraph(HOSTILE)
    document = writer.finish()
    assert [p.text for p in document.paragraphs][-2:] == ["–", HOSTILE_READ_BACK]


def test_headings_at_the_top_of_a_page_leave_no_hole_above_them() -> None:
    tops = {p.text: p.paragraph_format.space_before for p in sample().paragraphs}
    assert tops["1. Summary"] == 0  # after a page break
    assert tops["3. Cash flow"] == 0  # after a section break
    assert tops["2. Languages"] is None  # in the run of the text: as the style says
