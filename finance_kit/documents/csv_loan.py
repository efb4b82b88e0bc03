"""A loan schedule as CSV that a spreadsheet opens as it is, and in which no text becomes a formula."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from finance_kit.loans import schedule
from finance_kit.offers.offer import Offer
from finance_kit.offers.tables import COLUMNS, schedule_columns, schedule_values

__all__ = ["csv_bytes", "safe_cell"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """A text that a spreadsheet takes for text: one that begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(offer: Offer) -> bytes:
    """The schedule of an offer: UTF-8 with a byte order mark, one row an instalment, amounts without separators.

    Parameters
    ----------
    offer : with its principal
    """
    table = schedule(offer.terms)
    columns = schedule_columns(table)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe_cell(offer.title), safe_cell(offer.currency.code or "currency not stated")])
    writer.writerow([COLUMNS[name] for name in columns])
    for row in table.rows:
        writer.writerow([_cell(value, offer.decimals) for value in schedule_values(row, columns)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: Any, decimals: int) -> str:
    if value is None:
        return ""
    return f"{value:.{decimals}f}" if isinstance(value, float) else str(value)
