"""A lender profile that cannot be used is refused with the line and with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from finance_kit.errors import PackError
from finance_kit.i18n.catalog import message
from finance_kit.readiness import lender_profile, read_lender_profile
from finance_kit.resources import data

GENERIC = data("lenders", "generic_bank.yaml").read_text(encoding="utf-8")

# What is changed in the generic bank's file, into what, the problem found, and words of its message.
FAULTS = [
    ("fact: min_dscr, rule", "fact: min_dsrc, rule", "unknown_fact", 'Did you mean "min_dscr"'),
    ("fact: bad_debt, rule: is,", "fact: bad_debt, rule: at_least,", "rule_does_not_fit", "is, is_not"),
    ("fact: min_dscr, rule: at_least", "fact: min_dscr, rule: at_most", "rule_does_not_fit", "at_least"),
    ("rule: at_most, value: 30", "rule: at_most, value: thirty", "fact_is_a_number", "is a number"),
    ("rule: is, value: false", "rule: is, value: 0", "fact_is_yes_or_no", "true or false"),
    ("value: informal_group", "value: informal-group", "unknown_word_of_fact", 'Did you mean "informal_group"'),
    ("rule: at_most, value: 0,", "rule: at_most, value: 500,", "money_limit_without_currency", "no currency"),
    ("{at: 1.25, share: 0.8}", "{at: 1.75, share: 0.8}", "scale_not_ascending", "from the smallest number"),
    ("{at: 1.25, share: 0.8}, {at: 1.5, share: 1}", "{at: 1.25, share: 0.8}, {at: 1.5, share: 0.5}",
     "scale_against_better", "better value"),
    ("{at: 1.25, share: 0.8}", '{at: "1.25", share: 0.8}', "scale_mixed", "mixes numbers and words"),
    ("{at: notebook, share: 0.4}, ", "", "scale_words_once", "Please add: notebook"),
    ("weight: 20, fact: min_dscr", "weight: 21, fact: min_dscr", "weights_not_100", "sum to 101"),
    ("id: price_stress", "id: dscr", "criterion_repeated", "dscr"),
    ("nearly_at: 55", "nearly_at: 71", "nearly_above_ready", "70"),
    ("schema_version: 1", "schema_version: 2", "not_a_choice", "choose one of: 1"),
    ("[identity, registration", "[identity, passport", "not_a_choice", "choose one of: registration"),
    ("share: 0.8}, {at: 1.5", "share: 1.8}, {at: 1.5", "too_large", "1.8"),
    ("share: 0.8}, {at: 1.5", "shar: 0.8}, {at: 1.5", "unknown_field", 'Did you mean "share"'),
    ("scale: [{at: 1.0, share: 0}, {at: 1.25, share: 0.8}, {at: 1.5, share: 1}]", "scale: secret", "scale_needed",
     "not_published"),
    ("scale: [{at: 1.0, share: 0}, {at: 1.25, share: 0.8}, {at: 1.5, share: 1}]", "scale: [{at: 1.0, share: 0}]",
     "scale_needed", "at least two steps"),
    ("ready_at: 70\n", "ready_at: 70\nlimit: 5\n", "unknown_field", "limit"),
    ("ready_at: 70\n", "ready_at: __import__('os').getpid()\n", "not_a_number", "plain number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "words"), FAULTS, ids=[f"{f[2]}: {f[1][:24]}" for f in FAULTS])
def test_a_mistake_is_found_at_its_line(old: str, new: str, code: str, words: str, tmp_path: Path) -> None:
    at = GENERIC.index(old)
    path = tmp_path / "bank.yaml"
    path.write_text(GENERIC.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_lender_profile(path)
    found = [issue for issue in caught.value.issues if issue.code.split("+")[0] == code]
    assert found, [issue.code for issue in caught.value.issues]
    assert words in message(found[0])
    assert found[0].where.line is not None
    # A list as a whole is found where it begins, or at its field.
    wholes = ("weights_not_100", "criterion_repeated")
    line = GENERIC[: GENERIC.index("criteria:")].count("\n") + 1 if code in wholes else GENERIC[:at].count("\n") + 1
    assert abs(found[0].where.line - line) <= 2, (found[0].where.line, line)


def test_a_profile_of_ones_own_is_read_like_those_that_come_along(tmp_path: Path) -> None:
    path = tmp_path / "my_bank.yaml"
    path.write_text(GENERIC, encoding="utf-8")
    assert read_lender_profile(path) == lender_profile("generic_bank")
