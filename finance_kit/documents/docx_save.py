"""Saving a Word file: the same input gives the same bytes, and a failure leaves nothing behind."""

from __future__ import annotations

import errno
import io
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from finance_kit.errors import OutputError

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["docx_bytes", "package_bytes", "save_docx", "set_properties", "write_file"]

_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMPRESSION: Final = 5  # 4 % larger than level 6 and half a time faster on a plan of 25 pages


def package_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip container with these members in this order, without a clock in it."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        for name, blob in members:
            info = ZipInfo(name, _ZIP_DATE)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, blob, compresslevel=_COMPRESSION)
    return buffer.getvalue()


def _members(document: Document) -> Iterator[tuple[str, bytes]]:
    """Members of the package in Word's order: content types, relationships, parts."""
    package = document.part.package
    parts = list(package.iter_parts())
    overrides = "".join(f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>' for part in parts)
    yield (
        "[Content_Types].xml",
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<Types xmlns="{_CONTENT_TYPES}">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ).encode(),
    )
    yield "_rels/.rels", _as_bytes(package.rels.xml)
    for part in parts:
        part.before_marshal()
        yield part.partname.membername, part.blob
        if part.rels:
            yield part.partname.rels_uri.membername, _as_bytes(part.rels.xml)


def _as_bytes(xml: str | bytes) -> bytes:
    return xml.encode() if isinstance(xml, str) else xml


def docx_bytes(document: Document) -> bytes:
    """The document as the bytes of a .docx; equal documents give equal bytes."""
    return package_bytes(_members(document))


def set_properties(
    document: Document, *, title: str, author: str, made_on: datetime, language: str = "en-US", subject: str = ""
) -> None:
    """Core properties of the file; nothing of the template's or of this machine remains in them.

    ``made_on`` is the plan's date, handed in: a document reads no clock.
    """
    from finance_kit.documents.docx_safety import clean_text

    stamp = made_on.astimezone(UTC).replace(tzinfo=None) if made_on.tzinfo else made_on
    properties = document.core_properties
    properties.title = clean_text(title)[:255]
    properties.author = clean_text(author)[:255]
    properties.last_modified_by = clean_text(author)[:255]
    properties.subject = clean_text(subject)[:255]
    properties.language = language
    properties.comments = ""
    properties.keywords = ""
    properties.revision = 1
    properties.created = stamp
    properties.modified = stamp


def save_docx(document: Document, path: Path) -> Path:
    """Write the document to ``path``, whole or not at all.

    Raises
    ------
    OutputError : ``path`` is a folder or a device, its folder is missing or closed to us, the file is held open by
        another program, or the disk is full; what was there before is unchanged and nothing else is left
    """
    return write_file(path, docx_bytes(document))


def write_file(path: Path, data: bytes) -> Path:
    """Write bytes to ``path`` through a file beside it that is renamed once it is safely on disk.

    Raises
    ------
    OutputError : see :func:`save_docx`
    """
    path = Path(path)
    if not path.name:
        raise OutputError("output_is_folder", path=str(path))
    temporary = path.with_name(f".{path.name[:50]}.{secrets.token_hex(4)}.tmp")
    try:
        if path.is_dir():
            raise OutputError("output_is_folder", path=str(path))
        if path.exists() and not path.is_file():
            raise OutputError("output_not_a_file", path=str(path))
        _write_synced(temporary, data)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as failure:
        raise OutputError(_code(failure), path=str(path), reason=failure.strerror or str(failure)) from failure
    finally:
        with suppress(OSError):  # it is only there when writing or renaming failed, and that is told above
            temporary.unlink()
    return path


def _write_synced(path: Path, data: bytes) -> None:
    """A new file with these bytes, forced to disk; permissions as the person's own settings give them."""
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Force the rename to disk where the system lets a folder be opened (not on Windows)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _code(failure: OSError) -> str:
    """Which message tells this failure best."""
    if isinstance(failure, FileNotFoundError | NotADirectoryError):
        return "output_folder_missing"
    if isinstance(failure, PermissionError) or failure.errno == errno.EROFS:
        return "output_not_writable"
    if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "output_disk_full"
    if failure.errno == errno.ENAMETOOLONG:
        return "output_name_too_long"
    return "output_failed"
