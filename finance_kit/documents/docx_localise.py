"""The last pass over a Word file: fonts, sizes and languages for Latin and for Khmer, Burmese and Thai script.

Word keeps two looks for each text, one for Latin and one for "complex scripts", and takes the Latin one for Khmer,
Burmese and Thai unless the run says ``w:cs`` (Microsoft's notes on ISO/IEC 29500, 2.1.88). So after everything is in
place, every stretch of these scripts gets a run of its own with ``w:cs``, its font and its language, and every style
gets the complex-script twin of its size, bold and italic. Theme fonts are replaced by their names, because a theme
attribute would win over the font beside it. Khmer and Burmese have no blanks between words: zero-width spaces for line
breaking go in here, on the way out, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["SCRIPTS", "Script", "complex_font_for", "localise", "script_segments", "with_break_points"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ZERO_WIDTH_SPACE: Final = "\u200b"
_WORD_PARTS: Final = re.compile(r"wordprocessingml\.(document\.main|header|footer)\+xml$")


@dataclass(frozen=True, slots=True)
class Script:
    """A complex script: language of its text, Word's tag for it, a font of every Windows 10, break points or not."""

    language: str
    tag: str
    font: str
    break_points: bool


SCRIPTS: Final = {
    "km": Script("km", "km-KH", "Leelawadee UI", break_points=True),
    "my": Script("my", "my-MM", "Myanmar Text", break_points=True),
    "th": Script("th", "th-TH", "Leelawadee UI", break_points=False),
}
_LATIN_TAGS: Final = {"vi": "vi-VN"}

# The baht sign stands in the Thai block but belongs to figures, and Latin fonts have it.
_CHARACTERS: Final = {
    "km": "\u1780-\u17ff\u19e0-\u19ff",
    "my": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "th": "\u0e01-\u0e3a\u0e40-\u0e7f",
}
_ANY: Final = re.compile(f"[{''.join(_CHARACTERS.values())}]")
_STRETCH: Final = re.compile(
    "|".join(
        f"(?P<{language}>[{block}]+(?:[ \u200b-\u200d]*[{block}]+)*[\u200b-\u200d]*)"
        for language, block in _CHARACTERS.items()
    )
)

# Order of the children of w:rPr that this pass adds or that stand after them (ISO/IEC 29500-1, CT_RPr).
_RUN_ORDER: Final = re.findall(
    r"\w+",
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
)
_RANK: Final = {f"{_W}{name}": rank for rank, name in enumerate(_RUN_ORDER)}


def complex_font_for(text: str, otherwise: str = "Leelawadee UI") -> str:
    """Font for the first complex script in a text (a chart has one such font for all of its text)."""
    found = _STRETCH.search(text)
    return SCRIPTS[found.lastgroup].font if found is not None and found.lastgroup else otherwise


def script_segments(text: str) -> Iterator[tuple[str, str]]:
    """A text cut where its script changes.

    Yields
    ------
    (stretch, language) : language ``km``, ``my``, ``th``, or empty for everything else; joined they are the text

    Examples
    --------
    >>> list(script_segments("Group ABC / กลุ่ม"))
    [('Group ABC / ', ''), ('กลุ่ม', 'th')]
    """
    at = 0
    for match in _STRETCH.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], ""
        yield match.group(), match.lastgroup or ""
        at = match.end()
    if at < len(text):
        yield text[at:], ""


def with_break_points(text: str, language: str) -> str:
    """Khmer or Burmese text with zero-width spaces between words (ICU's dictionaries); others unchanged."""
    if not SCRIPTS[language].break_points:
        return text
    from icu4py.breakers import LineBreaker

    pieces = list(LineBreaker(text, language))
    out = pieces[0] if pieces else text
    for piece in pieces[1:]:
        blank = out[-1] in " \u200b\u200c\u200d" or piece[0] in " \u200b\u200c\u200d"
        out += piece if blank else _ZERO_WIDTH_SPACE + piece
    return out


def localise(document: Document, *, language: str = "en", complex_language: str = "") -> None:
    """Make fonts, sizes and languages right for every script in the document, in place.

    Parameters
    ----------
    document : rendered and complete: styles, body, headers and footers are gone through
    language : of the document: ``en``, ``vi``, ``km``, ``my``, ``th``
    complex_language : ``km``, ``my`` or ``th`` for a document in Latin script from that country; empty for none
    """
    complex_key = language if language in SCRIPTS else complex_language
    script = SCRIPTS.get(complex_key, SCRIPTS["th"])
    _localise_styles(document, _LATIN_TAGS.get(language, "en-US"), script)
    for part in document.part.package.iter_parts():
        element: Any = getattr(part, "element", None)
        if element is not None and _WORD_PARTS.search(part.content_type):
            _localise_runs(element)


def _localise_styles(document: Document, latin_tag: str, script: Script) -> None:
    """Defaults and every style: named fonts, complex-script twins, languages."""
    root: Any = document.styles.element
    theme = _theme_fonts(document)
    default = _child(_child(_child(root, "docDefaults", first=True), "rPrDefault", first=True), "rPr")
    fonts = _in_order(default, "rFonts")
    latin = _named_font(fonts, theme) or "Arial"
    for properties in root.iter(f"{_W}rPr"):
        found = properties.find(f"{_W}rFonts")
        if found is not None:
            _set_fonts(found, _named_font(found, theme) or latin, script.font)
        _add_twins(properties)
        found = properties.find(f"{_W}lang")
        if found is not None:
            properties.remove(found)
    _set_fonts(fonts, latin, script.font)
    language = _in_order(default, "lang")
    language.set(f"{_W}val", latin_tag)
    language.set(f"{_W}eastAsia", "en-US")
    language.set(f"{_W}bidi", script.tag)


def _theme_fonts(document: Document) -> dict[str, str]:
    """Latin fonts of the theme, for templates that staff set through Word's *Design* fonts."""
    from docx.oxml.parser import parse_xml

    for part in document.part.package.iter_parts():
        if part.content_type.endswith("theme+xml"):
            root: Any = parse_xml(part.blob)
            found = {kind: root.find(f".//{_A}{kind}Font/{_A}latin") for kind in ("major", "minor")}
            return {kind: latin.get("typeface", "") for kind, latin in found.items() if latin is not None}
    return {}


def _named_font(fonts: Any, theme: dict[str, str]) -> str:
    """Latin font that an ``w:rFonts`` means, theme attributes resolved; empty when it names none."""
    for slot in ("ascii", "hAnsi"):
        themed = fonts.get(f"{_W}{slot}Theme")
        if themed:
            return theme.get("major" if themed.startswith("major") else "minor", "")
        named = fonts.get(f"{_W}{slot}")
        if named:
            return str(named)
    return ""


def _set_fonts(fonts: Any, latin: str, complex_font: str) -> None:
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(f"{_W}{slot}", latin)
    fonts.set(f"{_W}cs", complex_font)


def _add_twins(properties: Any) -> None:
    """``szCs``, ``bCs`` and ``iCs`` equal to ``sz``, ``b`` and ``i``; Word's own dialogs leave old ones behind."""
    for plain in ("sz", "b", "i"):
        found = properties.find(f"{_W}{plain}")
        if found is None:
            continue
        twin = _in_order(properties, f"{plain}Cs")
        value = found.get(f"{_W}val")
        if value is not None:
            twin.set(f"{_W}val", value)
        elif f"{_W}val" in twin.attrib:
            del twin.attrib[f"{_W}val"]


def _child(parent: Any, name: str, *, first: bool = False) -> Any:
    """The child of this name, made when missing."""
    found = parent.find(f"{_W}{name}")
    if found is None:
        found = parent.makeelement(f"{_W}{name}")
        parent.insert(0 if first else len(parent), found)
    return found


def _in_order(properties: Any, name: str) -> Any:
    """The child of a ``w:rPr`` of this name, made at the place the schema wants (Word "repairs" any other order)."""
    tag = f"{_W}{name}"
    found = properties.find(tag)
    if found is not None:
        return found
    made = properties.makeelement(tag)
    rank = _RANK[tag]
    for at, sibling in enumerate(properties):
        if _RANK.get(sibling.tag, len(_RUN_ORDER)) > rank:
            properties.insert(at, made)
            return made
    properties.append(made)
    return made


def _localise_runs(root: Any) -> None:
    """Cut every run that holds a complex script at its changes of script."""
    concerned: dict[Any, None] = {}
    for text in root.iter(f"{_W}t"):
        if text.text and not text.text.isascii() and _ANY.search(text.text):
            concerned[text.getparent()] = None
    for run in concerned:
        _cut_run(run)


def _cut_run(run: Any) -> None:
    """Replace one run by one run per stretch of script, each with the same character formatting."""
    properties = run.find(f"{_W}rPr")
    for child in list(run):
        if child.tag == f"{_W}rPr":
            continue
        if child.tag != f"{_W}t":
            _add_run(run, properties, "").append(child)
            continue
        for stretch, language in script_segments(child.text or ""):
            piece = _add_run(run, properties, language)
            text = piece.makeelement(f"{_W}t", {_XML_SPACE: "preserve"})
            text.text = with_break_points(stretch, language) if language else stretch
            piece.append(text)
    run.getparent().remove(run)


def _add_run(before: Any, properties: Any, language: str) -> Any:
    """A new empty run just before ``before``, with a copy of the formatting and the marks of the script."""
    run = before.makeelement(f"{_W}r")
    before.addprevious(run)
    copied = deepcopy(properties) if properties is not None else None
    if language:
        script = SCRIPTS[language]
        if copied is None:
            copied = run.makeelement(f"{_W}rPr")
        _in_order(copied, "rFonts").set(f"{_W}cs", script.font)
        fonts = copied.find(f"{_W}rFonts")
        if f"{_W}cstheme" in fonts.attrib:
            del fonts.attrib[f"{_W}cstheme"]
        _add_twins(copied)
        _in_order(copied, "cs")
        _in_order(copied, "lang").set(f"{_W}bidi", script.tag)
    if copied is not None:
        run.append(copied)
    return run
