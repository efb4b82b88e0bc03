"""User text that may go into a document.

Whatever a person typed or pasted becomes text that Word can store and that reads in the order it is written: XML
forbids some characters altogether (one of them makes Word refuse the whole file), and bidirectional overrides can
turn a figure or a name round on paper. Escaping of ``& < >`` is not done here but where XML is built.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["clean_text", "clean_values"]

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# C0 and C1 controls except tab and line feed; overrides, embeddings and isolates; byte order mark; non-characters.
_REMOVED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U0001fffe-\U0010ffff]"
)


def clean_text(text: str) -> str:
    r"""The same text without what a document cannot hold or must not obey.

    Parameters
    ----------
    text : any string, however it came in

    Returns
    -------
    text with line ends as ``\n``, tabs kept, control characters and bidirectional overrides, embeddings and isolates
    left out, and half characters (lone surrogates) shown as U+FFFD. Emoji, zero-width joiners, zero-width spaces and
    the direction marks that belong to Arabic and Hebrew spelling stay.

    Notes
    -----
    Allowed characters: XML 1.0, 5th ed., production 2 (Char). Directional controls: Unicode Standard Annex 9; see also
    Unicode Technical Report 36, 2.4, for what overrides are abused for.

    Examples
    --------
    >>> clean_text("Kiln\x0b & co\r\nroad 7")
    'Kiln & co\nroad 7'
    >>> clean_text("1\u202e000\u202c")
    '1000'
    """
    if _SUSPECT.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATE.sub("\ufffd", _REMOVED.sub("", text))


def clean_values(value: Any) -> Any:
    """The same mappings and lists with every string cleaned, for handing a whole context to a template."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {key: clean_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_values(item) for item in value]
    return value
