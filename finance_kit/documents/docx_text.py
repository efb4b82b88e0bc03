"""Runs and paragraphs as WordprocessingML, from text that is only ever text.

Built as strings and parsed once for a whole document: element by element through python-docx the same plan takes
more than ten times as long. Every piece of text passes :func:`escaped`; nothing else puts text between tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from finance_kit.documents.docx_safety import clean_text

__all__ = ["Run", "Text", "attribute", "escaped", "field_xml", "paragraph_xml", "runs_xml"]

_BOLD: Final = "<w:b/><w:bCs/>"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look: a character style's *id* (from the template), bold or not."""

    text: str
    style_id: str = ""
    bold: bool = False


Text = str | Run | Sequence[str | Run]


def escaped(text: str) -> str:
    """Text as XML character data."""
    return escape(clean_text(text))


def attribute(text: str) -> str:
    """Text as the inside of an XML attribute in double quotes, on one line."""
    return escape(" ".join(clean_text(text).split()), {'"': "&quot;"})


def _text_xml(text: str) -> str:
    """Content of one run; line feeds and tabs become Word's own elements."""
    safe = escaped(text)
    if "\n" not in safe and "\t" not in safe:
        return f'<w:t xml:space="preserve">{safe}</w:t>'
    lines = []
    for line in safe.split("\n"):
        pieces = (f'<w:t xml:space="preserve">{piece}</w:t>' if piece else "" for piece in line.split("\t"))
        lines.append("<w:tab/>".join(pieces))
    return "<w:br/>".join(lines)


def runs_xml(text: Text, *, bold: bool = False, style_id: str = "") -> str:
    """One or several ``w:r`` elements; an empty text gives none.

    ``bold`` and ``style_id`` hold for all runs; a :class:`Run` may add its own.
    """
    if isinstance(text, str):
        if not text:
            return ""
        properties = (f'<w:rStyle w:val="{style_id}"/>' if style_id else "") + (_BOLD if bold else "")
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{_text_xml(text)}</w:r>"
    if isinstance(text, Run):
        return runs_xml(text.text, bold=bold or text.bold, style_id=text.style_id or style_id)
    return "".join(runs_xml(piece, bold=bold, style_id=style_id) for piece in text)


def paragraph_xml(
    content: str,
    style_id: str,
    *,
    keep_next: bool = False,
    page_break: bool = False,
    page_top: bool = False,
    align: str = "",
    indent: int = 0,
) -> str:
    """A ``w:p`` around ready-made runs.

    Parameters
    ----------
    content : XML of runs, from :func:`runs_xml` and :func:`field_xml` only
    style_id : id of a paragraph style of the template
    keep_next : stay on the page of the following paragraph
    page_break : begin on a new page
    page_top : stands first on its page in any case (after a section break), so without distance above
    align : ``right``, ``center`` or empty for the style's own
    indent : left indent, twentieths of a point
    """
    properties = f'<w:pStyle w:val="{style_id}"/>'
    if keep_next:
        properties += "<w:keepNext/>"
    if page_break:
        properties += "<w:pageBreakBefore/>"
    if page_break or page_top:
        properties += '<w:spacing w:before="0"/>'  # at the top of a page the style's distance would leave a hole
    if indent:
        properties += f'<w:ind w:left="{indent}"/>'
    if align:
        properties += f'<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field_xml(instruction: str, result: str) -> str:
    r"""A Word field with its result filled in, so that it reads right before anything recalculates it.

    ``instruction`` is always ours (``SEQ Table \* ARABIC``): a field code can fetch files, so user text never
    becomes one.
    """
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{escaped(result)}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
