"""A document as a plan with everything that can be said about it, without a file in between."""

from __future__ import annotations

from finance_kit.drafts.document import Document, plain
from finance_kit.plan.load import Loaded, load_data

__all__ = ["Loaded", "loaded"]


def loaded(document: Document, name: str) -> Loaded:
    """The plan of a document and all its issues, their places without lines.

    Parameters
    ----------
    document : as it is kept
    name : to show to people where the name of a file would stand

    Raises
    ------
    PackError : the country's pack that comes with Finance Kit cannot be read
    """
    return load_data(plain(document), name)
