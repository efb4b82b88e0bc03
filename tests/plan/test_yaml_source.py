"""YAML and JSON text becomes plain data with places; what would surprise is refused with advice."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_kit.errors import Where
from finance_kit.plan.yaml_source import Source, parse, read

PLAN = """\
# A small plan
title: Pepper
period: {start: 2027-03, months: 36}
products:
  - name: Black pepper
    price: 12.5
  - name: "White pepper"
    organic: true
    note:
"""


def _codes(source: Source) -> list[str]:
    return [issue.code for issue in source.issues]


def _only(source: Source) -> tuple[str, int | None, int | None]:
    assert len(source.issues) == 1, source.issues
    return source.issues[0].code, source.issues[0].where.line, source.issues[0].where.column


def test_a_plan_becomes_plain_data() -> None:
    source = parse(PLAN, "plan.yaml")
    assert source.issues == ()
    assert source.data == {
        "title": "Pepper",
        "period": {"start": "2027-03", "months": 36},
        "products": [
            {"name": "Black pepper", "price": 12.5},
            {"name": "White pepper", "organic": True, "note": None},
        ],
    }
    assert source.text == PLAN


def test_every_value_and_key_has_its_line_and_column() -> None:
    source = parse(PLAN, "plan.yaml")
    assert source.positions["title",] == (2, 8)
    assert source.positions["period", "months"] == (3, 34)
    assert source.positions["products", 0] == (5, 5)
    assert source.positions["products", 1, "name"] == (7, 11)
    assert source.key_positions["products", 1, "organic"] == (8, 5)
    assert source.key_positions["products",] == (4, 1)


def test_the_place_of_something_missing_is_that_of_what_is_around_it() -> None:
    source = parse(PLAN, "plan.yaml")
    assert source.where(("products", 0, "price")) == Where("products.0.price", "plan.yaml", 6, 12)
    assert source.where(("products", 0, "price"), key=True) == Where("products.0.price", "plan.yaml", 6, 5)
    assert source.where(("products", 0, "unit")) == Where("products.0.unit", "plan.yaml", 5, 5)
    assert source.where(("loans", 3, "rate")) == Where("loans.3.rate", "plan.yaml", 2, 1)
    assert Source("x").where(("a",)) == Where("a", "x")


def test_columns_count_letters_in_scripts_beyond_latin() -> None:
    source = parse("ឈ្មោះ: {តម្លៃ: 1}", "plan.yaml")
    assert source.key_positions["ឈ្មោះ", "តម្លៃ"] == (1, 9)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+5", 5),
        ("0", 0),
        ("12.50", 12.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("0.07", 0.07),
        ("1e-05", 1e-05),
        ("1e15", 1e15),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2027-03", "2027-03"),
        ("2027-03-01", "2027-03-01"),
        ("2027-13-45", "2027-13-45"),
        ("1,200", "1,200"),
        ("12 kg", "12 kg"),
        ("-", "-"),
        ("- 5"[2:] + "%", "5%"),
        ("+66 44 123", "+66 44 123"),
        ("1.2.3", "1.2.3"),
        ("Nan", "Nan"),
        ("Nakhon", "Nakhon"),
        ("Inle", "Inle"),
        ("noon", "noon"),
        ("១២០", "១២០"),
        ('"no"', "no"),
        ("'012'", "012"),
        ('"12:30"', "12:30"),
    ],
)
def test_a_value_is_read_as_it_looks(written: str, value: object) -> None:
    source = parse(f"a: {written}\n" if written != "-" else 'a: "-"\n', "p.yaml")
    assert source.issues == ()
    assert source.data == {"a": value}
    assert type(source.data["a"]) is type(value)


@pytest.mark.parametrize(
    ("written", "write"),
    [
        ("no", 'false, "no"'),
        ("Yes", 'true, "Yes"'),
        ("ON", 'true, "ON"'),
        ("off", 'false, "off"'),
        ("y", 'true, "y"'),
        ("N", 'false, "N"'),
        ("012", '12, "012"'),
        ("-007", '-7, "-007"'),
        ("12:30", '"12:30"'),
        ("1:2:3.5", '"1:2:3.5"'),
        ("1_000", '1000, "1_000"'),
        ("1_000.5", '1000.5, "1_000.5"'),
        ("0x1F", '31, "0x1F"'),
        ("0o7", '7, "0o7"'),
        ("0b11", '3, "0b11"'),
        ("=", '"="'),
    ],
)
def test_what_yaml_versions_read_differently_is_refused_with_advice(written: str, write: str) -> None:
    source = parse(f"b: 1\na: {written}\n", "p.yaml")
    assert _only(source) == ("ambiguous_scalar", 2, 4)
    assert source.issues[0].where.path == "a"
    assert source.issues[0].params == {"found": written, "write": write}


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "NaN", "nan", "inf", "-Infinity"])
def test_what_is_not_finite_is_refused(written: str) -> None:
    assert _only(parse(f"a: {written}", "p")) == ("not_finite", 1, 4)


@pytest.mark.parametrize("written", ["1e308", "-1e400", "1000000000000001", "-9999999999999999.5"])
def test_numbers_beyond_1e15_are_refused(written: str) -> None:
    assert _only(parse(f"a: {written}", "p")) == ("number_out_of_range", 1, 4)


@pytest.mark.parametrize("written", ["9" * 19, "1" * 5_000, "0." + "1" * 100])
def test_numbers_of_endless_digits_are_refused(written: str) -> None:
    assert _only(parse(f"a: {written}", "p")) == ("too_many_digits", 1, 4)


@pytest.mark.parametrize(
    ("key", "code"),
    [("1", "key_not_text"), ("true", "key_not_text"), ("", "key_not_text"), ("no", "ambiguous_scalar")],
)
def test_a_key_that_is_not_text_is_refused(key: str, code: str) -> None:
    source = parse(f"a: 1\n{key}: 2\nb: 3\n", "p")
    assert _codes(source) == [code]
    assert source.issues[0].where.line == 2
    assert source.data == {"a": 1, "b": 3}


def test_a_list_as_a_key_is_refused_and_the_rest_read() -> None:
    source = parse("? [a, {b: c}]\n: {d: no}\ne: 1\n", "p")
    assert _codes(source) == ["key_not_text", "ambiguous_scalar"]
    assert source.data == {"e": 1}


def test_a_key_that_stands_twice_names_both_lines() -> None:
    source = parse("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", "p")
    assert [(issue.where.path, issue.where.line, issue.params["first_line"]) for issue in source.issues] == [
        ("b.c", 4, 3),
        ("a", 5, 1),
    ]
    assert source.data == {"a": 1, "b": {"c": 1}}


def test_problems_are_collected_in_the_order_of_the_file() -> None:
    source = parse("a: no\nb: !!str x\nc: &d 1\ne: *d\n<<: {f: 1}\ng: .inf\n", "p")
    assert _codes(source) == [
        "ambiguous_scalar",
        "yaml_tag",
        "yaml_anchor",
        "yaml_alias",
        "yaml_merge_key",
        "not_finite",
    ]
    assert [issue.where.line for issue in source.issues] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a:\n\tb: 1", "yaml_tab", 2, 1),
        ("a: [1, 2\nb: 3", "yaml_unclosed_bracket", 1, 4),
        ("a: {b: 1", "yaml_unclosed_bracket", 1, 4),
        ("a: {b: 1]", "yaml_missing_comma", 1, 9),
        ('b: 1\na: "x\nc: 3', "yaml_unclosed_quote", 2, 4),
        ("a\nb: 1", "yaml_missing_colon", 1, 1),
        ("b: 1\na\n", "yaml_missing_colon", 2, 1),
        ("a: b: c", "yaml_colon_in_text", 1, 5),
        ("a: x\n   b: 2", "yaml_indentation", 2, 5),
        ("a:\n  - x\n - y", "yaml_indentation", 3, 2),
        ("a: - b", "yaml_dash_in_line", 1, 4),
        ("a: @x", "yaml_reserved_start", 1, 4),
        ('a: "\\q"', "yaml_bad_escape", 1, 6),
        ("a: |x\n  y", "yaml_block_text", 1, 4),
        ("a: 'it's'", "yaml_text_after_value", 1, 8),
        ("a: ]", "yaml_unexpected_character", 1, 4),
        ("- *very* good", "yaml_alias", 1, 3),
        ('a: "\\U00110000"', "yaml_syntax", 1, 7),
    ],
)
def test_broken_yaml_is_explained_where_it_began(text: str, code: str, line: int, column: int) -> None:
    source = parse(text, "p")
    assert _only(source) == (code, line, column)
    assert source.data is None


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(end: str) -> None:
    source = parse(PLAN.replace("\n", end), "p")
    assert source.data == parse(PLAN, "p").data
    assert source.positions == parse(PLAN, "p").positions


def test_a_byte_order_mark_of_utf8_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    source = read(path)
    assert source.data == parse(PLAN, "p").data
    assert source.positions["title",] == (2, 8)
    assert source.file == str(path)


def test_long_texts_may_run_over_lines() -> None:
    source = parse("a: |\n  one\n  two\nb: >\n  one\n  two\nc: one\n  two\nd: 'one\n\n  two'\n", "p")
    assert source.data == {"a": "one\ntwo\n", "b": "one two\n", "c": "one two", "d": "one\ntwo"}


_WORDS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), max_size=12)
_NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15, allow_nan=False).map(lambda x: float(f"{x:.12g}"))
)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, _WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_WORDS, inner, max_size=4)),
    max_leaves=20,
)


@given(
    st.dictionaries(_WORDS, _JSON, min_size=1, max_size=5),
    st.sampled_from([None, 2, "\t"]),
    st.booleans(),
    st.sampled_from([(", ", ": "), (",", ":")]),
)
def test_whatever_a_program_writes_as_json_is_read_back(
    data: dict[str, object], indent: int | str | None, ascii_only: bool, separators: tuple[str, str]
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only, separators=separators)
    source = parse(text, "plan.json")
    assert source.issues == ()
    assert source.data == data


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "plan.yaml"
    os.mkfifo(pipe)
    assert _codes(read(pipe)) == ["file_not_regular"]
