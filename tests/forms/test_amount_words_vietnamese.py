"""Amounts read back in Vietnamese; the words were written down by hand, by the rules of the language."""

from __future__ import annotations

from decimal import Decimal

import pytest

from finance_kit.forms.amount_words import in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "không"),
        ("5", "năm"),
        ("10", "mười"),
        ("11", "mười một"),
        ("14", "mười bốn"),
        ("15", "mười lăm"),
        ("20", "hai mươi"),
        ("21", "hai mươi mốt"),
        ("24", "hai mươi tư"),
        ("55", "năm mươi lăm"),
        ("100", "một trăm"),
        ("105", "một trăm lẻ năm"),
        ("110", "một trăm mười"),
        ("1005", "một nghìn không trăm lẻ năm"),
        ("15000", "mười lăm nghìn"),
        ("20000000", "hai mươi triệu"),
        ("1250000", "một triệu hai trăm năm mươi nghìn"),
        ("1000001", "một triệu không trăm lẻ một"),
        ("2000050000", "hai tỷ không trăm năm mươi nghìn"),
        ("1000000000000", "một nghìn tỷ"),
        ("-12.5", "âm mười hai phẩy năm"),
        ("0.05", "không phẩy không năm"),
    ],
)
def test_an_amount_is_read_back_as_it_is_said(amount: str, words: str) -> None:
    assert in_words(Decimal(amount), "vi") == words


def test_a_zero_too_many_is_heard() -> None:
    said = {in_words(Decimal(24 * 10**power), "vi") for power in range(12)}
    assert len(said) == 12
