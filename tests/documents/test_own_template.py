"""A Word template that somebody supplies: honest ones give the plan in their style, hostile ones a sentence."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import docx
import pytest
from docx.document import Document

from finance_kit import resources, service
from finance_kit.documents.docx_untouched import is_untouched_export
from finance_kit.documents.office import find_office
from finance_kit.documents.own_template import Bounds, OwnTemplate, read_template, render_own, try_out
from finance_kit.documents.template_package import check_container, check_package
from finance_kit.errors import TemplateError
from finance_kit.i18n.catalog import message
from tests.documents.docx_sample import HOSTILE, HOSTILE_READ_BACK, TEMPLATE, context
from tests.documents.own_templates import LETTERHEAD, OWN_PAGE, field, hostile, house_style, stored, with_body, with_tag

CASES = hostile()


def refusal(content: bytes, bounds: Bounds | None = None) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        render_own(OwnTemplate("our style.docx", content), context(), bounds)
    return caught.value


def words_of(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


@pytest.mark.parametrize("case", CASES)
def test_what_a_template_may_not_be_is_refused_with_a_sentence_that_names_the_place(case: str) -> None:
    content, code, word = CASES[case]
    failure = refusal(content)
    told = message(failure)
    assert failure.code == code, told
    assert word in told
    if code not in ("template_too_many_parts", "template_not_word"):
        assert "our style.docx" in told
    assert "finance-kit-template-" not in told, "no place of this machine"


def test_what_the_list_of_parts_shows_is_refused_before_any_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.Popen", None)
    for case in (
        "a bomb",
        "2,000 parts",
        "201 parts",
        "a part twice",
        "an old Word file",
        "no Word file",
        "six megabytes",
    ):
        assert refusal(CASES[case][0]).code == CASES[case][1]


def test_all_but_tags_is_refused_before_the_file_is_opened_as_a_document() -> None:
    tagged = ("a field put together by a tag",)
    before = [case for case, (_, code, _) in CASES.items() if "_tag_" not in code and case not in tagged]
    assert len(before) > 30
    for case in before:
        with pytest.raises(TemplateError) as caught:
            check_package(CASES[case][0])
        assert caught.value.code == CASES[case][1]


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    started = time.process_time()
    with pytest.raises(TemplateError):
        check_container(CASES["a bomb"][0], "bomb.docx")
    assert time.process_time() - started < 5, "sixty megabytes take longer to be read as XML"


def test_a_template_that_takes_too_long_is_ended_and_told() -> None:
    assert refusal(TEMPLATE.read_bytes(), Bounds(seconds=0.01)).code == "template_too_long"


def test_a_template_that_takes_too_much_memory_is_ended_and_told() -> None:
    failure = refusal(stored(with_body("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 50_000)), Bounds(memory=75 * 1024**2))
    # Which library notices first differs; one of them gives no reason.
    assert failure.code in ("template_out_of_memory", "template_unreadable")
    assert "our style.docx" in message(failure)


def test_a_template_that_uses_its_processor_time_up_is_ended_and_told() -> None:
    tags = context(cover_facts=[{"label": "x", "value": "y" * 2_000}] * 60_000)
    with pytest.raises(TemplateError) as caught:
        render_own(OwnTemplate("our style.docx", TEMPLATE.read_bytes()), tags, Bounds(processor=1, memory=8 * 1024**3))
    assert caught.value.code in ("template_too_long", "template_out_of_memory")


def test_the_shipped_template_passes_as_ones_own() -> None:
    try_out(read_template(TEMPLATE))


@pytest.mark.parametrize(
    "code",
    [
        " PAGE ",
        'DATE \\@ "d MMMM yyyy"',
        'TOC \\o "1-3" \\h',
        'HYPERLINK \\l "_Toc1"',
        'HYPERLINK "https://union.example"',
    ],
)
def test_fields_that_count_date_or_point_are_fine(code: str) -> None:
    try_out(OwnTemplate("our style.docx", with_body(field(code))))


def test_what_people_typed_is_never_a_template_or_markup() -> None:
    document = render_own(OwnTemplate("our style.docx", house_style()), context(cluster_name=HOSTILE))
    assert HOSTILE_READ_BACK in [each.text for each in document.paragraphs]


def test_a_tag_that_word_cut_into_runs_is_filled() -> None:
    cut = with_tag("{{ cov</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>er_text }}")
    document = render_own(OwnTemplate("our style.docx", cut), context())
    assert "A shared gas kiln." in [each.text for each in document.paragraphs]


def test_a_plan_in_the_house_style_has_its_letterhead_and_every_figure_of_the_shipped_one(tmp_path: Path) -> None:
    opened = service.run(resources.sample_plan("kh-homestay"))
    style = tmp_path / "our style.docx"
    style.write_bytes(house_style())
    plain = docx.Document(str(service.export_docx(opened, tmp_path / "plain.docx")))
    own_path = service.export_docx(opened, tmp_path / "own.docx", template=style)
    own = docx.Document(str(own_path))
    section = own.sections[0]
    for header in (section.header, section.first_page_header):
        assert LETTERHEAD in header.paragraphs[0].text
        assert header.part.related_parts, "the logo"
    assert section.left_margin is not None
    assert round(section.left_margin.cm, 1) == 3.0
    assert own.styles["Heading 1"].font.name == "Georgia"
    lines = [each for each in words_of(plain).splitlines() if any(letter.isdigit() for letter in each)]
    shown = words_of(own)
    assert len(lines) > 500
    assert [line for line in lines if line not in shown and "\t" not in line] == [], "the contents have other pages"
    assert f"This page is ours on {opened_day(opened)}." in shown
    assert "{{" not in shown
    assert is_untouched_export(own_path), "so that the next export may replace it"
    right = [each.paragraph_format.tab_stops[0].position for each in own.styles if each.name in ("toc 1", "toc 2")]
    assert right
    assert all(round(position.cm, 1) == 15.5 for position in right), "21 cm of paper less margins of 3 and 2.5 cm"
    cover = own.tables[0]
    assert round(sum(column.width.cm for column in cover.columns if column.width), 1) == 15.5
    assert numbered(own), "the page of ours that has a heading does not stop the counting"
    assert OWN_PAGE in shown


def opened_day(opened: service.Run) -> str:
    return str(service.formats(opened).day(opened.date))


def numbered(document: Document) -> bool:
    """Whether the contents have the numbers of their pages."""
    entries = [each.text for each in document.paragraphs if each.style and (each.style.name or "").lower() == "toc 1"]
    assert len(entries) > 5
    return all(entry.rpartition("\t")[2].isdigit() for entry in entries)


def test_a_template_that_another_office_program_saved_is_taken(tmp_path: Path) -> None:
    (tmp_path / "style.docx").write_bytes(house_style())
    (tmp_path / "saved").mkdir()
    office = find_office()
    assert office is not None, "LibreOffice is needed for the tests"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    kind = "docx:MS Word 2007 XML"
    command = [str(office), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(tmp_path / "style.docx")], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / "style.docx").read_bytes()
    assert saved != house_style()
    document = render_own(OwnTemplate("style.docx", saved), context())
    assert LETTERHEAD in document.sections[0].header.paragraphs[0].text
    assert "Dan Kwian Potters" in [each.text for each in document.paragraphs]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "none.docx"):
        with pytest.raises(TemplateError) as caught:
            read_template(missing)
        assert caught.value.code == "template_missing"


def test_a_plan_text_with_braces_stays_text_in_a_template_of_ones_own(tmp_path: Path) -> None:
    text = resources.sample_plan("kh-homestay").read_text("utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    plan = tmp_path / "plan.yaml"
    plan.write_text(text.replace(title, 'title: "Rooms {{ 7*7 }} {% for x in y %} [[BODY]]"'), "utf-8")
    style = tmp_path / "our style.docx"
    style.write_bytes(house_style())
    made = docx.Document(str(service.export_docx(service.run(plan), tmp_path / "own.docx", template=style)))
    buffer = io.BytesIO()
    made.save(buffer)
    assert "Rooms {{ 7*7 }} {% for x in y %} [[BODY]]" in words_of(made)
