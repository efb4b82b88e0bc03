"""Every code has words, and the words let nothing through that steers a terminal."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit import errors, i18n
from finance_kit.errors import CalculationError, FinanceKitError, Issue, Undefined, Where
from finance_kit.i18n.catalog import message, messages, render, safe

PACKAGE = Path(i18n.__file__).parents[1]
CARRIERS = {"Issue", "Undefined", "PydanticCustomError", "StoppedError", "Refused"} | {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, FinanceKitError)
}


def _codes_in(tree: ast.AST) -> set[str]:
    """First arguments, where they are literal, of everything that carries a code."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in CARRIERS and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_code_in_the_package_has_a_sentence() -> None:
    silent = {
        f"{path.relative_to(PACKAGE).as_posix()}: {code}"
        for path in PACKAGE.rglob("*.py")
        for code in _codes_in(ast.parse(path.read_text("utf-8")))
        if code not in messages()
    }
    assert silent == set()


def test_the_scan_sees_codes_of_issues_exceptions_and_undefined_figures() -> None:
    seeded = 'Issue("a")\nraise errors.PlanError("b", x=1)\nUndefined("c")\nPydanticCustomError("d", "")\nother("e")'
    assert _codes_in(ast.parse(seeded)) == {"a", "b", "c", "d"}


def test_no_code_has_two_sentences() -> None:
    names = [found.name for found in pkgutil.iter_modules(i18n.__path__) if found.name.startswith("messages_")]
    codes = [code for name in names for code in importlib.import_module(f"finance_kit.i18n.{name}").MESSAGES]
    assert "messages_plan" in names
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_templates_name_their_parameters_and_begin_and_end_as_sentences() -> None:
    for code, template in messages().items():
        fields = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
        assert all(name.isidentifier() for name in fields), code
        assert template.strip() == template, code


def test_a_variant_belongs_to_a_code_that_can_stand_alone() -> None:
    variants = [code for code in messages() if "+" in code]
    assert "unknown_field+nearest" in variants
    assert [code for code in variants if code.split("+")[0] not in messages()] == []


def test_a_sentence_says_what_was_found_and_what_is_needed() -> None:
    assert message(Issue("too_small", params={"found": "-3", "limit": 0})) == "-3 was found. It needs 0 or more."


def test_the_variant_is_used_when_its_parameter_has_a_value() -> None:
    known = {"field": "prise", "known": ("price", "unit")}
    plain = message("unknown_field", {**known, "nearest": None})
    offered = message("unknown_field", {**known, "nearest": "price"})
    assert plain == '"prise" is not a field of this section. Its fields are: price, unit.'
    assert offered == '"prise" is not a field of this section. Did you mean "price"?'


def test_kinds_of_value_are_said_in_words() -> None:
    params = {"found": "[1]", "kinds": ("kind_whole_number", "kind_text")}
    assert message("wrong_kind", params) == "[1] was found. It needs a whole number or text."


def test_exceptions_and_undefined_figures_have_sentences_too() -> None:
    assert message(Undefined("no_sign_change")).startswith("No rate of return:")
    assert message(CalculationError("not_finite", found="NaN")).startswith("NaN is not an amount.")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1e15, "1000000000000000"), (0.5, "0.5"), (12, "12"), (True, "true"), (("a", 2), "a, 2"), (None, "nothing")],
)
def test_values_are_shown_as_people_write_them(value: object, shown: str) -> None:
    assert message("not_a_multiple", {"found": "7", "limit": value}) == f"7 was found. It needs a multiple of {shown}."


def test_an_unknown_code_is_still_readable() -> None:
    assert message("bridge_closed", {"river": "Mun"}) == "Bridge closed (river Mun)."
    assert message("bridge_closed") == "Bridge closed."


def test_a_missing_parameter_leaves_a_gap_and_no_traceback() -> None:
    assert message("too_small") == "… was found. It needs … or more."


def test_a_problem_is_shown_with_file_line_column_and_path() -> None:
    issue = Issue("too_small", Where("loans.0.months", "plan.yaml", 4, 13), {"found": "-3", "limit": 1})
    assert render(issue) == "plan.yaml:4:13: loans.0.months: -3 was found. It needs 1 or more."


def test_a_problem_without_a_place_is_only_its_sentence() -> None:
    assert render(Issue("file_empty")) == message("file_empty")


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J\x1b[31mred",
        "\x1b]0;title\x07red",
        "\x9b31mred",
        "red\x00\x07\x08\x7f",
        "\u202ered\u2066",
        "red\ud800",
    ],
)
def test_escape_sequences_and_invisible_controls_do_not_pass(hostile: str) -> None:
    issue = Issue("unknown_field", Where(hostile, hostile, 1, 1), {"field": hostile, "nearest": hostile})
    assert safe(hostile) == "red"
    assert render(issue) == 'red:1:1: red: "red" is not a field of this section. Did you mean "red"?'


def test_words_of_the_region_pass_letter_for_letter() -> None:
    for text in ("ម្រេច\u200bកំពត", "ငရုတ်ကောင်း", "พริกไทย\u200bดำ", "Hạt tiêu Phú Quốc"):
        assert safe(text) == text


def test_a_very_long_path_or_value_is_cut() -> None:
    line = render(Issue("unknown_field", Where("a." * 5_000), {"field": "b" * 5_000}))
    assert len(line) < 1_000


@given(
    st.text(), st.dictionaries(st.text(max_size=8), st.one_of(st.text(), st.floats(), st.none(), st.lists(st.text())))
)
def test_any_code_and_parameters_give_one_printable_line(code: str, params: dict[str, object]) -> None:
    line = render(Issue(code, Where(code, code, 1, 1), params))
    assert "\n" not in line
    assert all(letter.isprintable() or letter in "\u200b\u200c\u200d" for letter in line)


@given(st.sampled_from(sorted(messages())), st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()))
def test_any_value_fits_any_template(code: str, value: object) -> None:
    template = messages()[code]
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    assert message(code, dict.fromkeys(names, value))
