"""The template that is shipped, and what happens to a template that staff have damaged."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from openxml_audit import OpenXmlValidator

from finance_kit.documents.docx_save import package_bytes
from finance_kit.documents.docx_template import (
    CHARACTER_STYLES,
    PARAGRAPH_STYLES,
    PLACES,
    TABLE_STYLES,
    TemplateStyles,
    render_template,
)
from finance_kit.documents.template_builder import main, template_bytes
from finance_kit.documents.template_tags import TAGS
from finance_kit.errors import TemplateError
from finance_kit.i18n.messages_documents import MESSAGES
from tests.documents.docx_sample import HOSTILE, HOSTILE_READ_BACK, TEMPLATE, context

CONTRACT = TEMPLATE.parents[1] / "CONTRACT.md"
DOCUMENT = "word/document.xml"


def changed_template(folder: Path, change: Callable[[str], str], member: str = DOCUMENT) -> Path:
    """A copy of the shipped template with one part changed, as a slip in Word would change it."""
    with ZipFile(TEMPLATE) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    edited = [(name, change(blob.decode()).encode() if name == member else blob) for name, blob in members]
    path = folder / "edited.docx"
    path.write_bytes(package_bytes(edited))
    return path


def failure(path: Path, **values: Any) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        render_template(path, context(**values))
    assert MESSAGES[caught.value.code].format(**caught.value.params)
    return caught.value


def test_the_shipped_template_is_valid_open_xml() -> None:
    result = OpenXmlValidator().validate(TEMPLATE)
    assert [str(error) for error in result.errors] == []


def test_the_shipped_template_offers_every_style_of_the_contract_and_the_contract_names_it() -> None:
    styles = {style.name.lower(): style.type for style in docx.Document(str(TEMPLATE)).styles if style.name}
    contract = CONTRACT.read_text(encoding="utf-8")
    for names, kind in (
        (PARAGRAPH_STYLES, WD_STYLE_TYPE.PARAGRAPH),
        (CHARACTER_STYLES, WD_STYLE_TYPE.CHARACTER),
        (TABLE_STYLES, WD_STYLE_TYPE.TABLE),
    ):
        for name in names:
            assert styles[name.lower()] == kind
            assert re.search(rf"[ |]{name}[,. ]", contract), name


def test_the_contract_names_every_place_and_every_tag_of_the_template() -> None:
    contract = CONTRACT.read_text(encoding="utf-8")
    with ZipFile(TEMPLATE) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("word/"))
    tags = set(re.findall(r"\{\{ [a-z_.]+ \}\}", text))
    assert tags | {f"[[{place}]]" for place in PLACES} <= set(
        re.findall(r"\{\{ [a-z_.]+ \}\}|\[\[[A-Z]+\]\]", contract)
    )
    assert len(tags) == 9


def test_building_the_template_again_gives_the_parts_that_are_shipped(tmp_path: Path) -> None:
    with ZipFile(TEMPLATE) as shipped, ZipFile(io.BytesIO(template_bytes())) as built:
        assert {n: shipped.read(n) for n in shipped.namelist()} == {n: built.read(n) for n in built.namelist()}
    assert main([str(tmp_path / "new.docx")]) == 0
    assert (tmp_path / "new.docx").read_bytes() == template_bytes()
    assert main([]) == 2


def test_tags_are_filled_on_the_cover_and_in_headers_and_footers() -> None:
    document = render_template(TEMPLATE, context())
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Dan Kwian Potters" in texts
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["Amount", "THB 1,200,000"],
        ["Term", "60 months"],
    ]
    parts = {
        str(part.partname): part.blob.decode() for part in document.part.package.iter_parts() if "er" in part.partname
    }
    assert "Dan Kwian Potters · Business plan" in parts["/word/header1.xml"]
    assert "24 November 2026   |   Page " in parts["/word/footer1.xml"]
    assert "Fictional teaching case." in parts["/word/footer2.xml"]
    assert not any("{{" in text or "{%" in text for text in (*texts, *parts.values()))


def test_hostile_values_stay_text() -> None:
    document = render_template(TEMPLATE, context(cluster_name=HOSTILE))
    assert HOSTILE_READ_BACK in [paragraph.text for paragraph in document.paragraphs]


def test_line_feeds_in_a_value_become_line_breaks() -> None:
    document = render_template(TEMPLATE, context(cover_text="one\r\ntwo"))
    assert "one\ntwo" in [paragraph.text for paragraph in document.paragraphs]


def test_a_tag_without_value_is_named(tmp_path: Path) -> None:
    path = changed_template(tmp_path, lambda xml: xml.replace("{{ cover_text }}", "{{ cover_txet }}"))
    error = failure(path)
    assert error.code == "template_tag_unknown"
    assert error.params["tag"] == "{{ cover_txet }}"
    assert "cover_text" in error.params["known"]


BROKEN = (
    "{% if cover_text %}", "{% endfor %}", "{% else %}", "{{ cover_facts }}", "{{ cover_text }", "{{ cover_text",
    "{ { cover_text }}", "cover_text }}", "{% for fact in cover_facts %}{{ fact }}{% endfor %}",
)  # fmt: skip


@pytest.mark.parametrize("tag", BROKEN)
def test_a_broken_tag_is_a_clear_error_that_names_it(tmp_path: Path, tag: str) -> None:
    error = failure(changed_template(tmp_path, lambda xml: xml.replace("{{ cover_text }}", tag)))
    assert error.code == "template_tag_broken"
    assert error.params["tag"].strip("{}% ")[:8] in tag


FORBIDDEN = (
    "{{ cover_text | upper }}", "{{ 1 / 0 }}", "{{ 'a' * 10**9 }}", "{{ ''.__class__.__mro__ }}", "{{ cover_text() }}",
    "{{ cover_text.__class__.__mro__ }}", "{{ self }}", "{{ cover_text[0] }}", "{% set x = 1 %}",
    "{% raw %}{% endraw %}",
    "{% for i in range(10**9) %}x{% endfor %}", "{% include '/etc/passwd' %}", "{% import 'os' as x %}", "{# note #}",
    "{% for a in cover_facts %}{% for b in cover_facts %}x{% endfor %}{% endfor %}", "{% macro x() %}{% endmacro %}",
    "{% for x in cover_facts recursive %}{{ loop(cover_facts) }}{% endfor %}", "{{ cycler('a') }}", "{{ lipsum(9) }}",
    "{% for date in cover_facts %}x{% endfor %}", "{% for c in cover_text %}x{% endfor %}", "{{ namespace }}",
)  # fmt: skip


@pytest.mark.parametrize("tag", FORBIDDEN)
def test_a_template_can_neither_reckon_nor_reach_into_the_program(tmp_path: Path, tag: str) -> None:
    error = failure(changed_template(tmp_path, lambda xml: xml.replace("{{ cover_text }}", tag)))
    assert error.code in ("template_tag_forbidden", "template_tag_unknown")
    assert error.params["tag"].replace(" ", "")[:4] in tag.replace(" ", "")


@pytest.mark.parametrize(
    ("place", "tagged"),
    [
        ('<w:pStyle w:val="CoverText"/>', '<w:pStyle w:val="{{ cover_text }}"/>'),
        ("<w:t ", "<w:instrText>INCLUDETEXT {{ cover_text }}</w:instrText><w:t "),
    ],
)
def test_a_value_becomes_neither_a_setting_nor_a_field_of_word(tmp_path: Path, place: str, tagged: str) -> None:
    error = failure(changed_template(tmp_path, lambda xml: xml.replace(place, tagged, 1)))
    assert error.code == "template_tag_forbidden"


def test_a_condition_shows_its_text_or_leaves_it_out(tmp_path: Path) -> None:
    tag = "{% if cover_note %}made up{% else %}real{% endif %}{% if not cover_text %}, no title{% endif %}"
    path = changed_template(tmp_path, lambda xml: xml.replace("{{ cover_text }}", tag))
    with_note = [each.text for each in render_template(path, context()).paragraphs]
    without = [each.text for each in render_template(path, context(cover_note="", cover_text="")).paragraphs]
    assert "made up" in with_note
    assert "real, no title" in without


def test_the_names_that_a_template_may_use_are_those_of_the_contract_and_of_the_plan() -> None:
    contract = CONTRACT.read_text(encoding="utf-8")
    assert re.findall(r"^\| `\{\{ ([a-z_]+) \}\}`", contract, re.MULTILINE) == list(TAGS)
    assert set(context()) == set(TAGS)


def test_what_the_templates_own_program_wrote_about_it_stays_behind(tmp_path: Path) -> None:
    with ZipFile(TEMPLATE) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    members["_rels/.rels"] = members["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId9" Type="{kind}" Target="docProps/app.xml"/></Relationships>'.encode(),
    )
    members["docProps/app.xml"] = b"<Properties><Company>Private Bank</Company></Properties>"
    (tmp_path / "saved.docx").write_bytes(package_bytes(members.items()))
    parts = [
        str(part.partname) for part in render_template(tmp_path / "saved.docx", context()).part.package.iter_parts()
    ]
    assert "/docProps/core.xml" in parts
    assert "/docProps/app.xml" not in parts


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: re.sub(r"<w:pgSz[^>]*>", "", xml),
        lambda xml: xml.replace('w:right="1276"', 'w:right="9000"'),
        lambda xml: xml.replace('w:h="16838"', 'w:h="tall"'),
    ],
)
def test_a_page_without_size_or_room_is_told(tmp_path: Path, change: Callable[[str], str]) -> None:
    assert failure(changed_template(tmp_path, change)).code == "template_lacks_page"


def test_a_section_break_after_the_places_is_told(tmp_path: Path) -> None:
    broken = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p><w:sectPr>'
    error = failure(changed_template(tmp_path, lambda xml: xml.replace("<w:sectPr>", broken)))
    assert error.code == "template_section_after"


def test_a_lost_style_is_named(tmp_path: Path) -> None:
    error = failure(
        changed_template(tmp_path, lambda xml: xml.replace('w:val="Figure Note"', 'w:val="My Note"'), "word/styles.xml")
    )
    assert (error.code, error.params["styles"]) == ("template_lacks_styles", "Figure Note")


def test_a_lost_place_is_named(tmp_path: Path) -> None:
    error = failure(changed_template(tmp_path, lambda xml: xml.replace("[[BODY]]", "")))
    assert (error.code, error.params["places"]) == ("template_lacks_places", "[[BODY]]")


def test_a_place_that_word_cut_into_several_runs_is_found(tmp_path: Path) -> None:
    cut = "[[BO</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>DY]]"
    document = render_template(changed_template(tmp_path, lambda xml: xml.replace("[[BODY]]", cut)), context())
    assert "[[BODY]]" in [paragraph.text for paragraph in document.paragraphs]


def test_files_that_are_no_word_files_are_refused(tmp_path: Path) -> None:
    assert failure(tmp_path / "none.docx").code == "template_missing"
    assert failure(tmp_path).code == "template_missing"
    for name, content in (("empty.docx", b""), ("text.docx", b"hello"), ("zip.docx", package_bytes([("a", b"b")]))):
        (tmp_path / name).write_bytes(content)
        assert failure(tmp_path / name).code == "template_unreadable"


def test_colours_of_tables_come_from_the_template(tmp_path: Path) -> None:
    def recolour(xml: str) -> str:
        at = xml.index('w:styleId="FinanceTable"')
        return xml[:at] + xml[at:].replace('w:fill="17324D"', 'w:fill="004000"', 1)

    styles = TemplateStyles.of(render_template(changed_template(tmp_path, recolour, "word/styles.xml"), context()))
    assert styles.header_fill == "004000"
    assert styles["heading 1"] == styles["Heading 1"] == "Heading1"
