"""Styles, scripts and fonts: read once, compressed once, kept by browsers for a year under a name that changes.

The name is a folder, ``/static/<print>/css/app.css``, with the print of all files together: scripts that import each
other and styles that name fonts do so relative to themselves, and find each other in the same folder.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, current_app, request, url_for

from web.access import public

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["Asset", "asset_url", "attach", "blueprint", "read_assets"]

FOLDER: Final = Path(__file__).parent / "static"
_TEXT: Final = (".css", ".js", ".svg", ".txt", ".json", ".webmanifest")
_TYPES: Final = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
_YEAR: Final = 31_536_000

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """A file as it is sent: plain, and compressed where that helps."""

    content: bytes
    compressed: bytes | None
    kind: str


@dataclass(frozen=True)
class _Shelf:
    """All files of the program by their path below ``static``, and the print of them together."""

    files: Mapping[str, Asset]
    print: str


def read_assets(folder: Path = FOLDER) -> dict[str, Asset]:
    """Every file below a folder, by its path with forward slashes."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] not in ".~")
    return {path.relative_to(folder).as_posix(): _asset(path) for path in paths}


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    text = path.suffix in _TEXT
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressed = gzip.compress(content, mtime=0) if text else None
    return Asset(content, compressed, f"{kind}; charset=utf-8" if text else kind)


def attach(app: Flask) -> None:
    """Read the files and let templates name them."""
    files = read_assets()
    digest = hashlib.sha256()
    for name, asset in files.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(asset.content).digest())
    app.extensions["finance_kit_assets"] = _Shelf(files, digest.hexdigest()[:12])
    app.jinja_env.globals["asset_url"] = asset_url


def asset_url(name: str) -> str:
    """The address of a file below ``static``; a name that is not there is a mistake of ours and fails."""
    shelf: _Shelf = current_app.extensions["finance_kit_assets"]
    if name not in shelf.files:
        message = f"no file web/static/{name}"
        raise FileNotFoundError(message)
    return url_for("assets.send", print_=shelf.print, name=name)


@blueprint.get("/static/<print_>/<path:name>")
@public
def send(print_: str, name: str) -> Response:
    """A file; under the print of another version it is sent too, but not kept."""
    shelf: _Shelf = current_app.extensions["finance_kit_assets"]
    asset = shelf.files.get(name) or abort(404)
    packed = asset.compressed is not None and request.accept_encodings["gzip"] > 0
    response = Response(asset.compressed if packed else asset.content, content_type=asset.kind)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if asset.compressed is not None:
        response.vary.add("Accept-Encoding")
    keep = f"public, max-age={_YEAR}, immutable" if print_ == shelf.print else "no-cache"
    response.headers["Cache-Control"] = keep
    return response
