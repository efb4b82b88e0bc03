"""Report tables on a screen: no figure may vanish in a scale or be cut off, however many years there are."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from finance_kit.cli.tables import print_table
from finance_kit.report.formats import Formats
from finance_kit.report.model import Column, Row, Table


def printed(table: Table, width: int = 110) -> str:
    out = io.StringIO()
    print_table(Console(file=out, width=width), table, Formats("THB"))
    return out.getvalue()


def yearly(years: int, *rows: Row, note: str | None = None) -> Table:
    labels = tuple(Column(str(2027 + year), "money") for year in range(years))
    return Table("table", "By year", (Column("Line"), *labels), rows, note)


def test_a_wide_ratio_does_not_scale_the_money_away() -> None:
    money = Row(("Debt service", *([285_435.0] * 8)), unit="money")
    cover = Row(("Interest cover", *([3_258.19] * 8)), unit="ratio")
    text = printed(yearly(8, money, cover))
    assert text.count("285,435") == 8
    assert text.count("3,258.19") == 8
    assert "billion" not in text


@pytest.mark.parametrize("width", [40, 80, 110, 200])
@pytest.mark.parametrize("years", [1, 7, 20])
def test_every_year_is_printed_whole(width: int, years: int) -> None:
    text = printed(yearly(years, Row(("Sales", *(1_234_567.0 + year for year in range(years))), unit="money")), width)
    assert "…" not in text
    for year in range(years):
        assert str(2027 + year) in text
    assert text.count("1,234,5") + text.count("1,235") == years, "in baht, or in thousands with four digits left"


def test_an_amount_below_a_thousand_is_never_scaled() -> None:
    text = printed(yearly(20, Row(("Fee", *([12.0] * 20)), unit="money")), 60)
    assert text.count("12") >= 20
    assert "thousand" not in text


def test_the_marked_year_is_marked_without_colour() -> None:
    cover = Row(("DSCR", 2.0, 1.25), unit="ratio", marked_cells=(2,))
    text = printed(yearly(2, cover, note="Lowest year marked."))
    assert "1.25*" in text
    assert "2.00*" not in text
    assert "* Lowest year marked." in text
