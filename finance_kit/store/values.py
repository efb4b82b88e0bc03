"""Small values that every table is made of: ids, secrets, moments, texts as they are kept."""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from datetime import UTC, datetime
from typing import Any, Final

from finance_kit.errors import DraftError, StoreError
from finance_kit.plan.yaml_source import MOST_BYTES

__all__ = ["canonical", "digest", "fingerprint", "new_id", "now", "packed", "secret", "unpacked"]

_MIB: Final = 1024 * 1024


def new_id() -> str:
    """A random id of 128 bits that may stand in an address; it is no secret, and it cannot be guessed either."""
    return secrets.token_urlsafe(16)


def secret() -> str:
    """A random secret of 256 bits for a cookie, a link or a token; only its :func:`fingerprint` is kept."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """The SHA-256 of a secret: enough to know it again, useless to whoever reads the database."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> datetime:
    """The moment that is now, in UTC; limits in time and words depend on it, the order of versions never."""
    return datetime.now(UTC)


def canonical(document: dict[str, Any]) -> str:
    """A document as the one JSON text that stands for it: keys sorted, numbers as they were given.

    Raises
    ------
    DraftError : ``draft_too_large``, more than a plan file may have
    """
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    size = len(text.encode("utf-8"))
    if size > MOST_BYTES:
        raise DraftError("draft_too_large", path="", mebibytes=round(size / _MIB, 1), limit=MOST_BYTES // _MIB)
    return text


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def packed(text: str) -> bytes:
    """A text as it is kept: a tenth larger than it could be, in half the time, of which each save takes some."""
    return zlib.compress(text.encode("utf-8"), 3)


def unpacked(content: bytes, expected: str | None = None) -> str:
    """The text again.

    Parameters
    ----------
    content : what :func:`packed` gave
    expected : the :func:`digest` that the text had

    Raises
    ------
    StoreError : ``store_damaged``, this is not what was written
    """
    try:
        text = zlib.decompress(content).decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError("store_damaged") from error
    if expected is not None and digest(text) != expected:
        raise StoreError("store_damaged")
    return text
