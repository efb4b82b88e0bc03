"""Each catalog is whole, says nothing wrong about its placeholders, and uses the terms that were agreed on."""

from __future__ import annotations

import re

import pytest

from web import messages

LANGUAGES = [(domain, code) for domain in messages.FOLDERS for code in messages.catalog_files(domain)]
FLOOR = {"web": 1.0, "finance_kit": 0.95}
"""Share of texts that must be translated. Pages are whole; of the core, see the next test."""
WHOLE = (
    "finance_kit/plan/",
    "finance_kit/forms/",
    "finance_kit/data/lines.yaml",
    "finance_kit/data/indicators.yaml",
    "finance_kit/data/lenders/",
    "finance_kit/readiness/facts.py",
    "finance_kit/i18n/messages_checks.py",
    "finance_kit/i18n/messages_choices.py",
    "finance_kit/i18n/messages_forms.py",
)
"""What a leader meets between the blank form and readiness: not one text of these may be missing."""

# Terms of the shared glossary: English word -> words, one of which the Vietnamese has.
TERMS = {
    "working capital": ("vốn lưu động",),
    "net profit": ("lợi nhuận ròng",),
    "net cash flow": ("dòng tiền thuần",),
    "own contribution": ("vốn tự có",),
    "loan": ("khoản vay", "cho vay", "giải ngân", "được vay"),
    "lender": ("bên cho vay", "tổ chức", "bên này", "của bên", "bên đó", "họ"),
    "principal": ("tiền gốc", "gốc"),
    "interest rate": ("lãi suất",),
    "grace": ("ân hạn",),
    "instalment": ("trả góp",),
    "collateral": ("bảo đảm",),
    "guarantee": ("bảo lãnh",),
    "overdraft": ("thấu chi",),
    "depreciation": ("khấu hao",),
    "discount rate": ("tỷ lệ chiết khấu",),
    "exchange rate": ("tỷ giá",),
    "inflation": ("lạm phát",),
    "dividend": ("cổ tức",),
    "income tax": ("thuế thu nhập",),
    "net present value": ("giá trị hiện tại thuần",),
    "internal rate of return": ("tỷ suất hoàn vốn nội bộ",),
    "payback": ("hoàn vốn",),
    "balance sheet": ("bảng cân đối kế toán",),
    "cooperative": ("hợp tác xã",),
    "cluster": ("cụm",),
    "grant": ("tài trợ không hoàn lại",),
    "break-even": ("hòa vốn",),
    "fixed cost": ("chi phí cố định",),
    "insurance": ("bảo hiểm",),
    "deposit": ("tiền gửi", "đã gửi", "gửi lại", "được gửi", "nộp"),
}


NO_WORDS = re.compile(r"loan officer|\{[^}]*\}|%\([^)]*\)s|\b\w+_\w+\b|finance-kit .*|\w+:|\w+\.\w+")
"""Placeholders, names of fields, commands; and a term that has a word of its own."""


@pytest.mark.parametrize(("domain", "code"), LANGUAGES)
def test_a_catalog_is_complete_without_guesses_and_with_the_same_placeholders(domain: str, code: str) -> None:
    said, everything = messages.counted(messages.updated(domain, code))
    assert said / everything >= FLOOR[domain], f"{everything - said} texts are not translated"
    assert messages.faults(domain, code) == []


@pytest.mark.parametrize("code", sorted(messages.catalog_files("finance_kit")))
def test_form_lines_checks_and_readiness_are_translated_to_the_last_text(code: str) -> None:
    catalog = messages.updated("finance_kit", code)
    missing = [
        message.id
        for message in messages.texts(catalog)
        if not message.string and any(place.startswith(WHOLE) for place, _ in message.locations)
    ]
    assert missing == []


def test_the_files_are_what_the_translators_tool_makes_of_today_s_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--check"]) == 0, f"run: make messages\n{capsys.readouterr().out}"


def test_every_catalog_says_that_no_banker_has_read_it() -> None:
    for domain, code in LANGUAGES:
        head = messages.catalog_files(domain)[code].read_text(encoding="utf-8").partition("msgid")[0]
        assert messages.DRAFT in head


def test_the_files_name_no_date_person_or_machine() -> None:
    for folder in messages.FOLDERS.values():
        for path in (*folder.rglob("*.po"), *folder.rglob("*.pot")):
            head = path.read_text(encoding="utf-8")[:600]
            assert not re.search(r"Date|Translator|Team|Bugs|Generated|Project", head), path.name


@pytest.mark.parametrize("domain", list(messages.FOLDERS))
def test_the_vietnamese_uses_the_terms_of_the_glossary(domain: str) -> None:
    wrong = []
    for message in messages.texts(messages.read(domain, "vi")):
        english = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, str) else "".join(message.string or ())
        bare = re.sub(
            r"loan officer|\{[^}]*\}|%\([^)]*\)s|\b\w+_\w+\b|finance-kit .*|\w+:|\w+\.\w+", " ", english.lower()
        )
        for term, words in TERMS.items():
            if re.search(rf"\b{term}s?\b", bare) and not any(word in said.lower() for word in words):
                wrong.append(f"{term}: {english!r} -> {said!r}")
    assert wrong == []


def test_the_check_of_placeholders_sees_one_that_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    lame = messages.Quiet("vi", "finance_kit", fuzzy=False)
    lame.add("{found} was found. It needs {limit} or more.", "Tìm thấy {found}.")
    lame.add("50 % of {figure}", "{figure}: 50 %")
    monkeypatch.setattr(messages, "read", lambda *_: lame)
    assert len(messages.faults("finance_kit", "vi")) == 1
