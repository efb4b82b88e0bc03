"""Whether a Word file that somebody supplies may be opened as a template: looked at as a package, before it is opened.

The file is data. Its parts are counted and measured before one of them is unpacked, its XML is read by a parser that
stops at a document type, and nothing in it may point outside of it, run, or be another file within the file. What is
refused is named with its place, so that staff can take it out in Word.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from struct import error as StructError  # noqa: N812 - the library's own name says nothing
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - the same

from finance_kit.documents.template_xml import inspect_xml
from finance_kit.errors import TemplateError

__all__ = ["MOST_BYTES", "MOST_PARTS", "check_container", "check_package"]

_MIB: Final = 1024 * 1024
MOST_BYTES: Final = 5 * _MIB
"""Of the file as it is sent."""
MOST_PARTS: Final = 200
_MOST_UNPACKED: Final = 50 * _MIB
_MOST_RATIO: Final = 100
_MOST_XML: Final = 2 * _MIB  # of one part; the text of a plan of 60 pages has less than one
_SMALL: Final = 64 * 1024  # a part of this size may be as regular as it likes
_MOST_PIXELS: Final = 40_000_000
_LISTED: Final = b"PK\x01\x02"
_OLD: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_OTHER_PICTURES: Final = (b"BM", b"II*\x00", b"MM\x00*", b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"RIFF")
_UNREADABLE: Final = (
    BadZipFile, LargeZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip
_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_ALIVE: Final = ("macro", "vba", "activex", "oleobject")


def check_container(content: bytes, name: str) -> None:
    """Refuse a file by its size, its first bytes and the list of its parts; nothing is unpacked, and it takes no time.

    Parameters
    ----------
    content : of the file
    name : to call it by in the sentence; it becomes no path

    Raises
    ------
    TemplateError : ``template_too_large``, ``template_not_word``, ``template_old_format``, ``template_too_many_parts``,
        ``template_unpacks_too_large``; ``params`` hold the ``path`` (its name) and the ``place`` (a part)
    """
    try:
        with _opened(content, MOST_BYTES):
            pass
    except TemplateError as refused:
        raise TemplateError(refused.code, **{**refused.params, "path": name}) from None


def check_package(content: bytes, largest: int = MOST_BYTES) -> None:
    """Refuse a file that is no plain Word document within our bounds. It takes time: in a bounded process.

    Parameters
    ----------
    content : of the file
    largest : bytes that it may have

    Raises
    ------
    TemplateError : as :func:`check_container`, and ``template_macros``, ``template_dtd``, ``template_xml_broken``,
        ``template_outside_link``, ``template_foreign_part``, ``template_field``, ``template_picture``; ``params`` hold
        the ``place`` (a part of the package) and what was ``found``

    Notes
    -----
    The bounds are those for office files in general: 200 parts, 50 MiB unpacked, a ratio of 100, no DTD.
    """
    try:
        with _opened(content, largest) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except _UNREADABLE as failure:
        raise TemplateError("template_not_word") from failure
    types = _content_types(parts)
    for place, part in parts.items():
        _check_part(place, part, types)


def _opened(content: bytes, largest: int) -> ZipFile:
    """The container, its list read and found bearable."""
    if len(content) > largest:
        raise TemplateError("template_too_large", megabytes=largest // _MIB)
    if content.startswith(_OLD):
        raise TemplateError("template_old_format")
    # The list of a zip file is read as a whole: a file that lists a hundred thousand parts is not even opened.
    if (listed := content.count(_LISTED)) > 2 * MOST_PARTS:
        raise TemplateError("template_too_many_parts", found=listed, limit=MOST_PARTS)
    try:
        archive = ZipFile(io.BytesIO(content))
    except _UNREADABLE as failure:
        raise TemplateError("template_not_word") from failure
    _check_sizes(archive.infolist())
    return archive


def _check_sizes(listed: list[ZipInfo]) -> None:
    """Number, names and sizes as the list of the zip file states them; the library reads no part beyond that."""
    if len(listed) > MOST_PARTS:
        raise TemplateError("template_too_many_parts", found=len(listed), limit=MOST_PARTS)
    names = {info.filename.lower() for info in listed}
    if len(names) < len(listed) or any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in listed):
        raise TemplateError("template_not_word")
    limit = _MOST_UNPACKED // _MIB
    if sum(info.file_size for info in listed) > _MOST_UNPACKED:
        raise TemplateError("template_unpacks_too_large", place="", megabytes=limit)
    for info in listed:
        if info.file_size > max(_SMALL, _MOST_RATIO * info.compress_size):
            raise TemplateError("template_unpacks_too_large", place=info.filename, megabytes=limit)
        if ".." in info.filename or info.filename.startswith("/") or "\\" in info.filename:
            raise TemplateError("template_not_word")


def _content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Content type by part, or by ending; the file must say that it is a Word document, and nothing that runs."""
    if _TYPES not in parts:
        raise TemplateError("template_not_word")
    found: dict[str, str] = {}
    for element, attributes in inspect_xml(_TYPES, parts[_TYPES]):
        if element in ("Override", "Default"):
            key = attributes.get("PartName", "").lstrip("/") or attributes.get("Extension", "")
            found[key.lower()] = attributes.get("ContentType", "")
    for place, kind in found.items():
        if any(word in kind.lower() for word in _ALIVE):
            raise TemplateError("template_macros", place=place)
    if _MAIN not in found.values():
        raise TemplateError("template_not_word")
    return found


def _check_part(place: str, part: bytes, types: Mapping[str, str]) -> None:
    """A part is a picture, a font that Word embedded, or XML that points to nothing outside."""
    if part.startswith(_PICTURES):
        _check_picture(place, part)
    elif part.startswith(_OTHER_PICTURES):
        raise TemplateError("template_picture", place=place)
    elif _type_of(place, types) != _FONT:
        if part.startswith(_OLD):
            raise TemplateError("template_macros", place=place)
        if len(part) > _MOST_XML:
            raise TemplateError("template_unpacks_too_large", place=place, megabytes=_MOST_XML // _MIB)
        inspect_xml(place, part)


def _type_of(place: str, types: Mapping[str, str]) -> str:
    small = place.lower()
    return types.get(small) or types.get(small.rpartition(".")[2], "")


def _check_picture(place: str, part: bytes) -> None:
    """A picture of a bearable number of points, by its own head; nothing of it is decoded."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        head = Image.from_blob(part)
        points = head.px_width * head.px_height
    except (
        InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, KeyError, ValueError, TypeError,
        AttributeError, IndexError, StructError,
    ) as failure:  # fmt: skip
        raise TemplateError("template_picture", place=place) from failure
    if points > _MOST_PIXELS:
        raise TemplateError("template_picture", place=place)
