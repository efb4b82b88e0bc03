"""Fonts, sizes and languages of Khmer, Burmese, Thai and Vietnamese text."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from finance_kit.documents.docx_localise import localise, script_segments, with_break_points
from finance_kit.documents.docx_save import package_bytes
from finance_kit.documents.docx_template import render_template
from tests.documents.docx_sample import BURMESE, KHMER, TEMPLATE, THAI, VIETNAMESE, context, sample_bytes

COMPLEX = re.compile("[\u0e01-\u0e3a\u0e40-\u0e7f\u1000-\u109f\u1780-\u17ff]")
ORDER = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "shd", "cs", "lang"]


def sample() -> Document:
    return docx.Document(io.BytesIO(sample_bytes()))


def runs(document: Document) -> Iterator[Any]:
    yield from document.element.body.iter(qn("w:r"))


def properties(run: Any) -> dict[str, Any]:
    found = run.find(qn("w:rPr"))
    return {} if found is None else {child.tag.split("}")[1]: child for child in found}


def text_of(run: Any) -> str:
    return "".join(text.text or "" for text in run.iter(qn("w:t")))


@pytest.mark.parametrize(
    ("text", "font", "tag"),
    [(KHMER, "Leelawadee UI", "km-KH"), (BURMESE, "Myanmar Text", "my-MM"), (THAI, "Leelawadee UI", "th-TH")],
)
def test_complex_script_runs_carry_the_mark_the_font_and_the_language(text: str, font: str, tag: str) -> None:
    found = [run for run in runs(sample()) if text_of(run).replace("\u200b", "") == text]
    assert len(found) >= 2  # a heading and a paragraph
    for run in found:
        marks = properties(run)
        assert "cs" in marks
        assert marks["rFonts"].get(qn("w:cs")) == font
        assert marks["lang"].get(qn("w:bidi")) == tag


def test_no_run_mixes_scripts_and_none_is_forgotten() -> None:
    for run in runs(sample()):
        text = text_of(run)
        complex_part = bool(COMPLEX.search(text))
        assert ("cs" in properties(run)) == complex_part, text
        if complex_part:
            assert not re.search("[A-Za-z0-9฿]", text)


def test_vietnamese_stays_in_the_latin_font() -> None:
    found = [run for run in runs(sample()) if VIETNAMESE in text_of(run)]
    assert found
    assert all("cs" not in properties(run) for run in found)


def test_paragraphs_read_as_they_were_written_but_for_zero_width_spaces() -> None:
    texts = [paragraph.text.replace("\u200b", "") for paragraph in sample().paragraphs]
    for text in (KHMER, BURMESE, THAI, VIETNAMESE):
        assert f"The name {text} (1,200) stands here. ฿500" in texts


def test_run_properties_stand_in_the_order_of_the_schema() -> None:
    for run in runs(sample()):
        names = list(properties(run))
        assert names == sorted(names, key=ORDER.index)


def test_khmer_and_burmese_get_break_points_between_words_and_thai_none() -> None:
    assert with_break_points("ភាសាខ្មែរជាភាសាផ្លូវការ", "km") == "ភាសាខ្មែរ\u200bជា\u200bភាសាផ្លូវការ"
    assert "\u200b" in with_break_points(BURMESE, "my")
    assert with_break_points(THAI, "th") == THAI


@given(st.text(st.sampled_from(KHMER + BURMESE + THAI + "ab1 \u200b\u200d()"), max_size=40))
@settings(max_examples=100)
def test_cutting_and_break_points_lose_nothing(text: str) -> None:
    pieces = list(script_segments(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(bool(COMPLEX.search(piece)) == bool(language) for piece, language in pieces)
    broken = "".join(with_break_points(piece, language) if language else piece for piece, language in pieces)
    assert broken.replace("\u200b", "") == text.replace("\u200b", "")
    assert broken.count("\u200b\u200b") == text.count("\u200b\u200b")


def test_every_style_has_the_complex_script_twin_of_its_size_and_weight() -> None:
    for style in sample().styles.element.iter(qn("w:rPr")):
        found = {child.tag.split("}")[1]: child.get(qn("w:val")) for child in style}
        for plain in ("sz", "b", "i"):
            assert found.get(plain, "none") == found.get(f"{plain}Cs", "none")


def test_defaults_name_fonts_for_all_scripts_and_the_languages() -> None:
    styles = sample().styles.element
    fonts = styles.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert {name.split("}")[1]: value for name, value in fonts.attrib.items()} == {
        "ascii": "Arial",
        "hAnsi": "Arial",
        "eastAsia": "Arial",
        "cs": "Leelawadee UI",
    }
    language = styles.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert (language.get(qn("w:val")), language.get(qn("w:bidi"))) == ("en-US", "th-TH")


@pytest.mark.parametrize(
    ("language", "complex_language", "expected"),
    [
        ("en", "km", ("en-US", "km-KH", "Leelawadee UI")),
        ("vi", "", ("vi-VN", "th-TH", "Leelawadee UI")),
        ("my", "", ("en-US", "my-MM", "Myanmar Text")),
    ],
)
def test_the_language_of_the_document_decides_the_defaults(
    language: str, complex_language: str, expected: tuple[str, str, str]
) -> None:
    document = render_template(TEMPLATE, context())
    localise(document, language=language, complex_language=complex_language)
    defaults = document.styles.element.find(f".//{qn('w:docDefaults')}")
    tags = defaults.find(f".//{qn('w:lang')}")
    font = defaults.find(f".//{qn('w:rFonts')}").get(qn("w:cs"))
    assert (tags.get(qn("w:val")), tags.get(qn("w:bidi")), font) == expected


def restyled(folder: Path, change: Callable[[str], str]) -> Document:
    with ZipFile(TEMPLATE) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    path = folder / "restyled.docx"
    path.write_bytes(
        package_bytes((n, change(b.decode()).encode() if n == "word/styles.xml" else b) for n, b in members)
    )
    return render_template(path, context())


def test_theme_fonts_are_replaced_by_their_names(tmp_path: Path) -> None:
    themed = '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/><w:b/>'

    def change(xml: str) -> str:
        at = xml.index('w:styleId="Heading1"')
        return xml[:at] + xml[at:].replace("<w:rPr><w:b/>", themed, 1)

    document = restyled(tmp_path, change)
    localise(document)
    assert "Theme" not in document.styles.element.xml
    assert "cstheme" not in document.styles.element.xml
    assert document.styles["Heading 1"].font.name == "Arial"  # the template's theme names Arial


def test_a_font_that_staff_chose_stays_and_sizes_follow_it(tmp_path: Path) -> None:
    chosen = '<w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:b/>'

    def change(xml: str) -> str:
        at = xml.index('w:styleId="Heading1"')
        changed = xml[at:].replace("<w:rPr><w:b/>", chosen, 1)
        return xml[:at] + changed.replace('<w:sz w:val="34"/>', '<w:sz w:val="44"/>', 1)

    document = restyled(tmp_path, change)
    localise(document)
    style = document.styles["Heading 1"].element
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert style.find(f".//{qn('w:szCs')}").get(qn("w:val")) == "44"


def test_headers_and_footers_are_gone_through_as_well() -> None:
    document = render_template(TEMPLATE, context(header_text=f"Cluster {THAI}", cover_note=KHMER))
    localise(document)
    blobs = {str(part.partname): part.blob.decode() for part in document.part.package.iter_parts()}
    assert "<w:cs/>" in blobs["/word/header1.xml"]
    assert 'w:bidi="km-KH"' in blobs["/word/footer2.xml"]
