"""Tables of many years keep the digits of their money."""

from __future__ import annotations

from finance_kit.report.formats import Formats
from finance_kit.report.model import Column, Row, Table


def test_money_of_twenty_years_is_not_scaled_until_it_reads_0() -> None:
    years = tuple(Column(str(year), "money") for year in range(2027, 2047))
    rows = (Row(("Sales", *[957_200_000.0] * 20)), Row(("Interest", *[-119_000.0] * 20)))
    table = Table("pl", "Profit and loss", (Column(""), *years), rows)
    formats = Formats("KHR")
    scale, words = formats.scale_for(table)
    assert scale == 1_000
    assert words == "KHR thousand"
    assert formats.cell(table, rows[1], 1, scale) == "\u2212119"


def test_small_money_is_not_scaled_at_all() -> None:
    years = tuple(Column(str(year), "money") for year in range(2027, 2047))
    table = Table("pl", "Profit and loss", (Column(""), *years), (Row(("Sales", *[9_999.0] * 20)),))
    assert Formats("USD").scale_for(table)[0] == 1
