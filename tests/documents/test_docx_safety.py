"""User text on its way into a document."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from finance_kit.documents.docx_safety import clean_text, clean_values
from finance_kit.documents.docx_text import attribute, paragraph_xml, runs_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_back(xml: str) -> str:
    """Text of a fragment as a reader of the file finds it."""
    root = etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>')
    marks = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    return "".join(marks.get(element.tag, element.text or "") for element in root.iter())


@given(st.text(st.characters(categories=None)))
@settings(max_examples=200)
def test_any_text_becomes_xml_that_reads_back_as_the_cleaned_text(text: str) -> None:
    assert read_back(paragraph_xml(runs_xml(text), "BodyText")) == clean_text(text)
    etree.fromstring(f'<a b="{attribute(text)}"/>')


@given(st.text(st.characters(categories=None)))
@settings(max_examples=200)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_control_characters_go_and_line_ends_become_one_kind() -> None:
    assert clean_text("a\x00b\x0bc\x1fd\x7fe\x9ff") == "abcdef"
    assert clean_text("1\r\n2\r3\u20284\u20295\u00856\n7\t8") == "1\n2\n3\n4\n5\n6\n7\t8"


def test_bidirectional_overrides_and_isolates_are_left_out_but_direction_marks_stay() -> None:
    controls = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    assert all(unicodedata.bidirectional(control) != "BN" for control in controls)
    assert clean_text("pay " + "".join(controls) + "100") == "pay 100"
    assert clean_text("שלום\u200f!") == "שלום\u200f!"


def test_emoji_joiners_and_zero_width_spaces_stay() -> None:
    assert clean_text("👩‍🌾 🏺 ក\u200bខ န\u200cျ") == "👩‍🌾 🏺 ក\u200bខ န\u200cျ"


def test_half_characters_become_the_replacement_character() -> None:
    assert clean_text("a\ud800b\udfffc") == "a\ufffdb\ufffdc"


def test_non_characters_of_every_plane_go() -> None:
    assert clean_text("a\ufffe\uffff\ufdd0\U0001ffff\U0010fffeb\ufeff") == "ab"


def test_a_whole_context_is_cleaned_in_depth() -> None:
    assert clean_values({"a": ["x\x00", {"b": "y\x01"}], "n": 3}) == {"a": ["x", {"b": "y"}], "n": 3}


def test_markup_in_a_text_stays_text() -> None:
    hostile = "</w:t></w:r><w:r><w:instrText>INCLUDETEXT</w:instrText></w:r> & \" '"
    assert read_back(runs_xml(hostile)) == hostile
    assert "<w:instrText>" not in runs_xml(hostile)
