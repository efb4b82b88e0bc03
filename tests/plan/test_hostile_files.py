"""Files from strangers are refused with one clear problem each: no traceback, no hang, no code, no memory bomb."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from finance_kit.i18n.catalog import messages, render
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import MOST_BYTES, Source, parse, read

MEMORY_LIMIT = 1024**3
HANG_GUARD_SECONDS = 60


class Product(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    name: str
    price: float


class Small(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    title: str
    products: list[Product]


def _codes(source: Source) -> list[str]:
    return [issue.code for issue in source.issues]


def _assert_said_well(source: Source) -> None:
    """Every problem has a sentence of its own, in few and harmless words."""
    text = "\n".join(render(issue) for issue in source.issues)
    assert {issue.code for issue in source.issues} <= messages().keys()
    assert "…" not in [render(issue) for issue in source.issues]
    assert all(letter.isprintable() or letter in "\n\u200b\u200c\u200d" for letter in text)


FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "file_empty"),
    "blank": (b" \n\n  \n", "file_empty"),
    "comments only": (b"# a plan\n# to come\n", "file_empty"),
    "null": (b"null\n", "file_empty"),
    "an empty document": (b"---\n...\n", "file_empty"),
    "too large": (b"a: " + b"x" * MOST_BYTES, "file_too_large"),
    "a Word document": (b"PK\x03\x04\x14\x00\x06\x00", "file_of_another_program"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "file_of_another_program"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_of_another_program"),
    "UTF-16 with a mark": ("title: Pepper\n".encode("utf-16"), "wrong_encoding"),
    "UTF-16 without a mark": ("title: Pepper\n".encode("utf-16-le"), "wrong_encoding"),
    "UTF-16 big-endian": ("title: Pepper\n".encode("utf-16-be"), "wrong_encoding"),
    "UTF-32": ("title: Pepper\n".encode("utf-32"), "wrong_encoding"),
    "Windows Western": ("title: Café\n".encode("cp1252"), "not_utf8"),
    "Windows Thai": ("title: พริกไทย\n".encode("cp874"), "not_utf8"),
    "an overlong form of a slash": (b"title: \xc0\xaf\n", "not_utf8"),
    "NUL": (b"title: a\x00b\n", "control_character"),
    "only NUL": (b"\x00" * 1000, "control_character"),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_plan_says_what_it_is(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)
    source = read(path)
    assert _codes(source)[0] == code
    assert source.data is None or code == "control_character"
    _assert_said_well(source)


def test_the_encoding_that_was_seen_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes("title: a\ncaf\u00e9: b\n".encode("latin-1"))
    issue = read(path).issues[0]
    assert (issue.where.line, issue.where.column, issue.params["byte"]) == (2, 4, "0xE9")
    path.write_bytes("title: a\n".encode("utf-16"))
    assert read(path).issues[0].params == {"encoding": "UTF-16"}


def test_a_folder_a_missing_file_and_an_impossible_name_are_told_apart(tmp_path: Path) -> None:
    assert _codes(read(tmp_path)) == ["file_is_folder"]
    assert _codes(read(tmp_path / "plan.yaml")) == ["file_missing"]
    assert _codes(read(Path("plan\0.yaml"))) == ["file_missing"]
    assert _codes(read(tmp_path / ("x" * 5_000))) == ["file_unreadable"]
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert _codes(read(tmp_path / "loop.yaml")) == ["file_unreadable"]
    for path in (tmp_path, tmp_path / "plan.yaml", Path("plan\0.yaml"), tmp_path / ("x" * 5_000)):
        _assert_said_well(read(path))


def test_a_device_without_end_is_not_read() -> None:
    assert _codes(read(Path("/dev/zero"))) == ["file_not_regular"]


TEXTS: dict[str, tuple[str, str]] = {
    "a Python object": ("a: !!python/object/apply:os.system ['true']", "yaml_tag"),
    "a timestamp tag": ("a: !!timestamp x", "yaml_tag"),
    "a tag of its own": ("a: !cluster {b: 1}", "yaml_tag"),
    "a tag with an unknown handle": ("a: !x!y z", "yaml_tag"),
    "a verbatim tag": ("a: !<tag:yaml.org,2002:str> b", "yaml_tag"),
    "a tag on the whole": ("!!set\na: b", "yaml_tag"),
    "a tag on a key": ("!!str a: b", "yaml_tag"),
    "five million letters of tag": ("a: !" + "x" * 5_000_000, "yaml_tag"),
    "an anchor": ("a: &x 1", "yaml_anchor"),
    "an alias": ("a: *x", "yaml_alias"),
    "an alias as a key": ("*x : 1", "yaml_alias"),
    "a billion laughs": (
        "a: &a [l, l]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghi")),
        "yaml_anchor",
    ),
    "a merge key": ("a:\n  <<: {b: 1}", "yaml_merge_key"),
    "two documents": ("a: 1\n---\na: 2", "several_documents"),
    "an empty second document": ("a: 1\n---\n", "several_documents"),
    "a version directive": ("%YAML 1.1\n---\na: 1", "yaml_directive"),
    "a tag directive": ("%TAG ! tag:example.org,2000:\n---\na: 1", "yaml_directive"),
    "a directive of endless digits": ("%YAML " + "9" * 100_000, "yaml_directive"),
    "a key twice": ("a: 1\na: 2", "duplicate_key"),
    "a key twice in brackets": ('{"a": 1, "a": 2}', "duplicate_key"),
    "a number as key": ("1: a", "key_not_text"),
    "41 levels of brackets": ("[" * 41 + "]" * 41, "too_deep"),
    "41 levels of lines": ("".join("  " * level + "a:\n" for level in range(42)), "too_deep"),
    "41 levels of dashes": ("- " * 42 + "a", "too_deep"),
    "20,000 open brackets": ("[" * 20_000, "too_deep"),
    "5,000,000 open brackets": ("[" * 5_000_000, "too_deep"),
    "20,000 open braces": ("{a: " * 20_000, "too_deep"),
    "100,000 question marks": ("? " * 100_000, "too_deep"),
    "501 entries": ("a:\n" + "- 1\n" * 501, "too_many_entries"),
    "501 entries on one line": ("a: [" + "1, " * 501 + "]", "too_many_entries"),
    "501 keys": ("".join(f"k{number}: 1\n" for number in range(501)), "too_many_keys"),
    "too many values": (
        "".join(f"k{number}:\n" + "- [1, 2]\n" * 200 for number in range(120)),
        "too_many_values",
    ),
    "a million lines": ("a:\n" + "- 1\n" * 1_000_000, "too_many_lines"),
    "20,001 letters": ("a: " + "x" * 20_001, "text_too_long"),
    "20,001 letters in quotation marks": ('a: "' + "x" * 20_001 + '"', "text_too_long"),
    "20,001 letters in a block": ("a: |\n" + "  xxxxxxxxx\n" * 2_001, "text_too_long"),
    "five million letters": ("a: " + "x" * 5_000_000, "text_too_long"),
    "five million escapes": ('a: "' + "\\n" * 2_500_000 + '"', "text_too_long"),
    "five million letters as key": ('"' + "x" * 5_000_000 + '": 1', "text_too_long"),
    "a bell": ("a: b\x07c", "control_character"),
    "an escape sequence": ("a: \x1b[31mred", "control_character"),
    "a next line (C1)": ("a: b\x85c", "control_character"),
    "a control sequence introducer (C1)": ("a: b\x9b31m", "control_character"),
    "delete": ("a: b\x7fc", "control_character"),
    "a line separator": ("a: b\u2028c", "control_character"),
    "right-to-left override": ("a: b\u202ec", "direction_control"),
    "right-to-left embedding": ("a: b\u202bc", "direction_control"),
    "an isolate": ("a: b\u2066c\u2069", "direction_control"),
    "a byte order mark inside": ("a: b\ufeffc", "invisible_character"),
    "a soft hyphen": ("a: b\u00adc", "invisible_character"),
    "a word joiner": ("a: b\u2060c", "invisible_character"),
    "letters of tags": ("a: b\U000e0041c", "invisible_character"),
    "half of a surrogate pair": ("a: b\ud800c", "broken_character"),
    "a noncharacter": ("a: b\uffffc", "broken_character"),
    "an escaped NUL": (r'a: "b\0c"', "control_character"),
    "an escaped bell": (r'a: "b\ac"', "control_character"),
    "an escaped override": (r'a: "b\u202ec"', "direction_control"),
    "an escaped byte order mark": (r'{"a": "b\ufeffc"}', "invisible_character"),
    "an escaped half pair": (r'{"a": "b\ud83dc"}', "broken_character"),
    "an escaped override in a key": (r'"b\u202ec": 1', "direction_control"),
    "5,000 digits": ("a: " + "7" * 5_000, "too_many_digits"),
    "infinity": ("a: .inf", "not_finite"),
    "not a number": ("a: .nan", "not_finite"),
    "infinity of JSON": ('{"a": Infinity}', "not_finite"),
    "not a number of JSON": ('{"a": NaN}', "not_finite"),
    "1e308": ("a: 1e308", "number_out_of_range"),
    "a tab": ("a:\n\t- 1", "yaml_tab"),
}


@pytest.mark.parametrize(("text", "code"), TEXTS.values(), ids=TEXTS.keys())
def test_a_hostile_text_is_refused_with_its_place(text: str, code: str) -> None:
    source = parse(text, "plan.yaml")
    assert code in _codes(source)
    assert source.issues[0].where.line is not None
    assert source.issues[0].where.column is not None
    assert len(source.issues) <= 51
    assert len("\n".join(render(issue) for issue in source.issues)) < 16_000
    _assert_said_well(source)


@pytest.mark.parametrize(
    ("text", "line", "column", "codepoint"),
    [
        ("a: 1\nb: x\u202ey\n", 2, 5, "U+202E"),
        ("a: 1\r\nb: x\x07y\r\n", 2, 5, "U+0007"),
        ('a: 1\nb: "x\\u2066"\n', 2, 4, "U+2066"),
    ],
)
def test_a_refused_character_is_named_with_line_and_column(text: str, line: int, column: int, codepoint: str) -> None:
    issue = parse(text, "p").issues[0]
    assert (issue.where.line, issue.where.column, issue.params["codepoint"]) == (line, column, codepoint)


def test_other_problems_are_still_found_beside_a_refused_character() -> None:
    source = parse("a: x\x07y\nb: no\nb: 2\n", "p")
    assert _codes(source) == ["control_character", "ambiguous_scalar", "duplicate_key"]


def test_a_flood_of_problems_is_counted_and_not_listed() -> None:
    source = parse("# " + "\x01" * 70_000 + "\n" + "a:\n" + "- no\n" * 400, "p")
    assert _codes(source) == ["control_character"] * 50 + ["more_issues"]
    assert source.issues[-1].params == {"count": 70_000 + 400 - 50}


def test_500_entries_and_40_levels_and_20000_letters_are_accepted() -> None:
    deep = "[" * 39 + "]" * 39
    source = parse(f"a: {deep}\nb:\n" + "- 1\n" * 500 + "c: " + "x" * 20_000, "p")
    assert source.issues == ()
    assert (len(source.data["b"]), len(source.data["c"])) == (500, 20_000)


IN_A_SMALL_PROCESS = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY_LIMIT}, {MEMORY_LIMIT}))
from pathlib import Path
from finance_kit.plan.yaml_source import read
print(*[issue.code for issue in read(Path(sys.argv[1])).issues])
"""
MILLIONS: dict[str, tuple[Callable[[], str], str]] = {
    "on lines": (lambda: "products:\n" + "- {}\n" * 1_000_000, "too_many_lines"),
    "in brackets": (lambda: "products: [" + "{}, " * 1_000_000 + "]", "too_many_entries"),
    "as JSON with names": (lambda: '{"products": [' + '{"name":1},' * 400_000 + "]}", "too_many_entries"),
    "in lists of 500": (lambda: '{"products": [' + ("[" + "1," * 499 + "1],") * 500 + "]}", "too_many_values"),
    "characters refused": (lambda: "\x01" * 5_000_000, "control_character"),
}


@pytest.mark.parametrize(("text", "code"), MILLIONS.values(), ids=MILLIONS.keys())
def test_a_million_products_are_refused_within_1_gib(text: Callable[[], str], code: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text(), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", IN_A_SMALL_PROCESS, str(path)],
        capture_output=True,
        text=True,
        timeout=HANG_GUARD_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert code in done.stdout.split()


REGION = {
    "Khmer": "ម្រេចកំពត ប្រភេទ\u200bល្អ ៥០០ គីឡូក្រាម",
    "Burmese": "ငရုတ်ကောင်း အစိုခြောက် ၅၀၀ ကီလို",
    "Thai": "พริกไทยดำอบแห้ง บ้านด่านเกวียน จังหวัดนครราชสีมา ๕๐๐ กก.",
    "Vietnamese": "Hạt tiêu Phú Quốc sấy khô, xã Cửa Cạn",
    "Vietnamese, letters composed": "Ha\u0323t tie\u0302u",
    "Lao": "ໝາກພິກໄທ",
    "with zero-width space": "ភាសា\u200bខ្មែរ",
    "with joiners": "က\u200dခ\u200cဂ",
    "emoji of several letters": "👩\u200d🌾🇰🇭",
}


@pytest.mark.parametrize("text", REGION.values(), ids=REGION.keys())
def test_scripts_of_the_region_are_kept_letter_for_letter(text: str, tmp_path: Path) -> None:
    path = tmp_path / "ផែនការ-แผน.yaml"
    path.write_text(f"title: {text}\n{text[:6]}: '{text}'\nlong: |\n  {text}\n", "utf-8")
    source = read(path)
    assert source.issues == ()
    assert source.data == {"title": text, text[:6]: text, "long": f"{text}\n"}


SEED = """\
title: "Pepper, dried"   # ម្រេច
period: {start: 2027-03, months: 36}
products:
  - name: Black pepper
    price: 12.50
    season: [1, 1, 0.5, -2e3]
    note: |
      Dried in the sun.
        Twice.
  - ? name
    : 'It''s \\u0041'
    price: ~
""".encode()


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """The seed with some of its bytes replaced, inserted, deleted or doubled."""
    data = bytearray(SEED)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data) - 1))
        kind = draw(st.sampled_from("ridc"))
        byte = draw(
            st.one_of(st.sampled_from(b"\t\n\r :-?[]{}#&*!|>'\"%@`,\\<=~.0_\x00\x1b\xc3\xff"), st.integers(0, 255))
        )
        if kind == "r":
            data[at] = byte
        elif kind == "i":
            data[at:at] = bytes([byte])
        elif kind == "d":
            del data[at : at + draw(st.integers(1, 9))]
        else:
            data[at:at] = data[at : at + draw(st.integers(1, 40))]
        if not data:
            data = bytearray(b"a")
    return bytes(data)


@given(_mutated())
@example(SEED)
def test_no_change_of_bytes_gives_anything_but_data_or_problems(data: bytes) -> None:
    source = parse(data.decode("utf-8", "surrogateescape"), "plan.yaml")
    plan, issues = validate(Small, source)
    assert plan is None
    assert source.issues or issues
    _assert_said_well(source)
    for issue in issues:
        assert render(issue)


@given(st.text(st.sampled_from("ab \n\t:-?[]{}#&*!|>'\"%@,\\.01~<\u202e\x00"), max_size=60))
def test_no_text_of_yaml_signs_gives_anything_but_data_or_problems(text: str) -> None:
    source = parse(text, "plan.yaml")
    assert source.data is not None or source.issues
    _assert_said_well(source)
