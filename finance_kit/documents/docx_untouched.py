"""Whether a file is a Word plan as it was exported: what somebody has worked on since is not written over."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

__all__ = ["is_untouched_export"]

_CORE: Final = "docProps/core.xml"
_LARGEST_CORE: Final = 100_000
_OFFICE_MARK: Final = "docProps/app.xml"  # every office program writes one when it saves; an export has none


def is_untouched_export(path: Path) -> bool:
    """Whether a file was written by an export and not saved by another program since; ``False`` where that is unknown.

    Parameters
    ----------
    path : an existing file of any kind
    """
    from lxml import etree

    try:
        with ZipFile(path) as package:
            names = package.namelist()
            if _CORE not in names or _OFFICE_MARK in names or package.getinfo(_CORE).file_size > _LARGEST_CORE:
                return False
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            core = etree.fromstring(package.read(_CORE), parser)
    except (OSError, BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError):
        return False
    found = {etree.QName(each).localname: each.text for each in core}
    return (
        found.get("revision") == "1" and found.get("created") is not None and found["created"] == found.get("modified")
    )
