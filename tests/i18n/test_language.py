"""Words of the core in the language that a piece of work asks for, and only there."""

from __future__ import annotations

import threading

import pytest

from finance_kit.errors import Issue
from finance_kit.i18n.catalog import message, render
from finance_kit.i18n.language import current, language, localised, share_translated, translate
from finance_kit.i18n.phrase_templates import PHRASES
from finance_kit.i18n.phrases import say


def test_a_language_holds_inside_its_block_and_not_after_a_failure() -> None:
    assert current() == "en"
    heard = []
    with pytest.raises(TypeError), language("vi"):
        heard.append(translate("Sales") / 0)  # type: ignore[operator]
    assert heard == []
    assert translate("Sales") == "Sales"


def test_another_thread_keeps_its_own_language() -> None:
    heard: list[str] = []
    with language("vi"):
        thread = threading.Thread(target=lambda: heard.append(translate("Sales")))
        thread.start()
        thread.join()
        assert translate("Sales") == "Doanh thu"
    assert heard == ["Sales"]


@pytest.mark.parametrize("code", ["xx", "../vi", "VI", "", "vi/../vi", "en"])
def test_a_language_without_a_catalog_gives_english(code: str) -> None:
    with language(code):
        assert translate("Sales") == "Sales"
        assert say("at least 3 years") == "at least 3 years"
        assert localised("1,250.5") == "1,250.5"


def test_the_empty_text_is_not_the_header_of_a_catalog() -> None:
    with language("vi"):
        assert translate("") == say("") == ""


def test_a_sentence_is_translated_before_its_figures_are_filled_in() -> None:
    issue = Issue("inflation_negative", params={"found": -0.0125})
    with language("vi"):
        assert message(issue) == "Giá được nêu là giảm -1,2% mỗi năm. Hãy kiểm tra và nêu nguồn."
        assert render(issue) == message(issue)
    assert message(issue) == "Prices are said to fall by -1.2% a year. Please check it and name its source."


def test_what_a_person_typed_is_shown_as_it_was_typed() -> None:
    with language("vi"):
        assert '"1,250.5"' in message(Issue("not_a_month", params={"found": "1,250.5"}))


def test_kinds_are_joined_in_the_language() -> None:
    kinds = {"found": "[1]", "kinds": ("kind_whole_number", "kind_text")}
    with language("vi"):
        assert message("wrong_kind", kinds) == "Tìm thấy [1]. Cần một số nguyên hoặc chữ."


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("at least 1.20", "ít nhất 1,20"),
        ("3 years", "3 năm"),
        ("1,250,000 KHR missing (Jun 2027)", "thiếu 1.250.000 KHR (tháng 6, 2027)"),
        (
            "no points at 0.90 or less, 50 % of them at 1.20, all points at 1.50 or more",
            "không có điểm từ 0,90 trở xuống, 50 % số điểm ở 1,20, đủ điểm từ 1,50 trở lên",
        ),
        (
            "lowest yearly DSCR: 0.98 (2028); needed: at least 1.20",
            "DSCR năm thấp nhất: 0,98 (2028); cần: ít nhất 1,20",
        ),
        (
            "Repay “Loan, 1.5 of it” over 48 months, not 36.",
            "Trả “Loan, 1.5 of it” trong 48 tháng, không phải 36.",
        ),
        (
            "Borrow for “Dryer” 20,000,000 KHR, not 24,000,000 KHR (4,000,000 KHR less). "
            "Members put in the difference in cash: 4,000,000 KHR.",
            "Vay cho “Dryer” 20.000.000 KHR, không phải 24.000.000 KHR (ít hơn 4.000.000 KHR). "
            "Thành viên góp phần chênh lệch bằng tiền mặt: 4.000.000 KHR.",
        ),
        (
            "Borrow for “Dryer” 5,000 USD, not 8,000 USD (3,000 USD less). Borrow for “Shed” 1,000 USD, not 2,000 USD "
            "(1,000 USD less).",
            "Vay cho “Dryer” 5.000 USD, không phải 8.000 USD (ít hơn 3.000 USD). Vay cho “Shed” 1.000 USD, không phải "
            "2.000 USD (ít hơn 1.000 USD).",
        ),
        (
            "Not enough by itself: a longer loan (even 60 months), a smaller loan (even 5 % of it), instalments in the "
            "season and a smaller start.",
            "Riêng từng điều này không đủ: khoản vay dài hơn (kể cả 60 tháng), khoản vay nhỏ hơn (kể cả chỉ còn 5 %), "
            "trả góp theo mùa và bắt đầu nhỏ hơn.",
        ),
        (
            "Ma Aye takes no share of the loan, or first pays off debts until their instalments are 5,000 MMK a month "
            "less (now 100,000 of 95,000)",
            "Ma Aye không nhận phần nào của khoản vay, hoặc trả bớt nợ trước cho đến khi tiền trả góp giảm 5.000 MMK "
            "mỗi tháng (nay 100.000 trên 95.000)",
        ),
        (
            "Have buyers sign a lowest price of at least 96.9 % of the planned one: today that is Lunch 5.33 USD a "
            "meal; Tour 8.73 USD a person.",
            "Để người mua ký giá thấp nhất ít nhất bằng 96,9 % giá kế hoạch: hôm nay là Lunch 5,33 USD một meal; Tour "
            "8,73 USD một person.",
        ),
        ("not listed: bank statements, tax", "chưa liệt kê: sao kê ngân hàng, giấy tờ thuế"),
        ("Lowest yearly DSCR", "DSCR năm thấp nhất"),
        ("monthly, equal instalments", "hằng tháng, các khoản trả góp bằng nhau"),
        ("monthly, interest, principal at the end", "hằng tháng, trả tiền lãi, tiền gốc cuối kỳ"),
    ],
)
def test_a_finding_with_figures_is_said_again_with_the_same_figures(english: str, vietnamese: str) -> None:
    with language("vi"):
        assert say(english) == vietnamese
    assert say(english) == english


@pytest.mark.parametrize("text", ["at least what the village says", "Sok's pepper (2027)", "3 buffaloes", "1.5 of it"])
def test_what_is_not_known_as_a_whole_stays_as_it_is(text: str) -> None:
    with language("vi"):
        assert say(text) == text


def test_a_hostile_text_is_only_a_text() -> None:
    with language("vi"):
        for text in ("at least {0.__class__}", "{label}", "at least " * 400, "(" * 5_000, ", " * 2_000, "a. A" * 300):
            assert say(text) == text


def test_every_phrase_can_be_told_from_the_others_by_words_of_its_own() -> None:
    bare = [text for text in PHRASES if not any(letter.isalnum() for letter in _own(text))]
    # These need every part of theirs to be known, so that they take nothing else.
    assert bare == ["{found} ({own_at})", "{figure} %", "{title}: {text}"]


def _own(template: str) -> str:
    import string

    return "".join(words for words, *_ in string.Formatter().parse(template))


def test_how_much_is_translated_is_read_off_the_catalog() -> None:
    assert share_translated("en") == 1.0
    assert share_translated("vi") >= 0.95
    assert share_translated("km") == share_translated("../../etc") == 0.0
