"""What a template holds in fixed widths, brought between margins that staff have made wider: contents, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["fit_to_page"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def fit_to_page(document: Document, text_width: int) -> None:
    """Narrow what is wider than the text; what fits stays as it is.

    Parameters
    ----------
    document : a rendered template, before the plan is written into it
    text_width : between the margins, twentieths of a point
    """
    for style in _root(document.styles).iterchildren(f"{_W}style"):
        if style.find(f"{_W}name").get(f"{_W}val", "").lower().startswith("toc "):
            _fit_tabs(style, text_width)
    for table in _root(document).iter(f"{_W}tbl"):
        _fit_table(table, text_width)


def _root(holder: Any) -> Any:
    return holder.element


def _fit_tabs(style: Any, text_width: int) -> None:
    """Page numbers of the contents stand at a tab on the right."""
    for tab in style.iter(f"{_W}tab"):
        if tab.get(f"{_W}val") == "right" and _twips(tab, "pos") > text_width:
            tab.set(f"{_W}pos", str(text_width))


def _fit_table(table: Any, text_width: int) -> None:
    """Every column narrower by the same share."""
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    width = sum(_twips(column, "w") for column in columns)
    if width <= text_width:
        return
    stated = [*columns, *table.iterfind(f"{_W}tblPr/{_W}tblW"), *table.iterfind(f"{_W}tr/{_W}tc/{_W}tcPr/{_W}tcW")]
    for each in stated:
        if each.get(f"{_W}type", "dxa") == "dxa":
            each.set(f"{_W}w", str(_twips(each, "w") * text_width // width))


def _twips(element: Any, name: str) -> int:
    """A width as Word writes it; nothing where it is written otherwise."""
    found = element.get(f"{_W}{name}", "")
    return int(found) if found.isascii() and found.isdigit() else 0
