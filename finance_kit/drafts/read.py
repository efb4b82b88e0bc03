"""An uploaded plan file as a document."""

from __future__ import annotations

from finance_kit.drafts.document import Document, new_document
from finance_kit.errors import Issue, Where
from finance_kit.plan.load import load_text

__all__ = ["read_text"]


def read_text(text: str, name: str) -> tuple[Document | None, tuple[Issue, ...]]:
    """The document of a plan file in YAML or JSON.

    Parameters
    ----------
    text : of the file, at most 5 MiB
    name : to show in the place of each issue

    Returns
    -------
    the document, ``None`` when the form of the file cannot be read; and every issue with its line. Issues of the values
    do not keep a document from being opened: they are mended in the form

    Raises
    ------
    PackError : the country's pack that comes with Finance Kit cannot be read
    """
    loaded = load_text(text, name)
    source = loaded.source
    if any(issue.severity == "error" for issue in source.issues):
        return None, loaded.issues
    if not isinstance(source.data, dict):
        return None, loaded.issues or (Issue("not_a_section", Where("", name)),)
    return new_document(source.data), loaded.issues
