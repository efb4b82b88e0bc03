"""Who fills in a form reads labels and per cent; who writes a plan file reads its keys. Both mean the same problem."""

from __future__ import annotations

import re
import string

import pytest

from finance_kit.errors import Issue
from finance_kit.forms.typed import node_at
from finance_kit.i18n.catalog import message, messages

IN_FORM = {code: text for code, text in messages().items() if code.endswith("@form")}
_KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z_]+: (?:0|\[\])|\[\]|\bfractions?\b|\btrue or false\b")


def title(path: str) -> str:
    node = node_at(path)
    assert node is not None, path
    return node.title


def test_a_form_reads_the_label_and_a_file_the_key() -> None:
    issue = Issue("tax_missing", params={"regimes": "kh_small"})
    assert "write rate: 0" in message(issue)
    said = message(issue, label=title)
    assert "“Rate”, “Brackets” or “Regime of the country pack” (kh_small)" in said
    assert "a rate of 0 %" in said


def test_a_share_that_is_too_large_is_said_in_per_cent() -> None:
    issue = Issue("too_large", params={"found": 1.5, "limit": 1.0, "fraction": True})
    assert message(issue, label=title) == "150% was found. It needs 100% or less."


def test_a_sentence_without_words_for_forms_is_the_same_for_both() -> None:
    issue = Issue("too_small", params={"found": "-3", "limit": 0})
    assert message(issue, label=title) == message(issue)


@pytest.mark.parametrize("code", sorted(IN_FORM))
def test_each_sentence_of_the_form_replaces_one_and_speaks_no_language_of_files(code: str) -> None:
    assert code.removesuffix("@form") in messages()
    fields = [name for _, name, _, _ in string.Formatter().parse(IN_FORM[code]) if name is not None]
    for name in fields:
        if name.startswith("label_"):
            title(name.removeprefix("label_").replace("__", "/"))
    words = "".join(words for words, *_ in string.Formatter().parse(IN_FORM[code]))
    assert _KEY.findall(words) == []


def test_no_check_of_a_plan_speaks_of_keys_where_a_form_has_no_words_of_its_own() -> None:
    from finance_kit.i18n import messages_checks

    bare = {code: re.sub(r"\{[^}]*\}", "", text) for code, text in messages_checks.MESSAGES.items()}
    assert [code for code, text in bare.items() if f"{code}@form" not in IN_FORM and _KEY.search(text)] == []
