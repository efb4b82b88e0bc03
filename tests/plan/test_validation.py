"""Every fault of a value has its place, a code of ours, what was found and what is needed."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from finance_kit.errors import Issue
from finance_kit.i18n.catalog import messages, render
from finance_kit.plan.found import plain_number, short
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import parse


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _month(value: object) -> object:
    if value == "never":
        raise PydanticCustomError("month_needed", "a month", {"first": "2027-01"})
    return value


def _rate(value: object) -> object:
    return {"rate": value} if isinstance(value, int | float) else value


class Growth(Strict):
    rate: float = Field(ge=0, lt=1)


class Grade(Enum):
    A = "a"
    B = "b"


class Pepper(Strict):
    trade: Literal["pepper"]
    hectares: float = Field(gt=0)


class Homestay(Strict):
    trade: Literal["homestay"]
    rooms: int = Field(ge=1)


class Product(Strict):
    name: str = Field(title="Product", min_length=2, max_length=12)
    price: float = Field(title="Price per unit", ge=0, le=1e6)
    growth: Annotated[Growth, BeforeValidator(_rate)] | None = None
    organic: bool = False
    unit: Literal["kg", "piece", "guest-night"] = "kg"
    grade: Grade = Grade.A
    start: str = Field("2027-01", pattern=r"^\d{4}-\d{2}$", description="As 2027-03")
    season: Annotated[tuple[float, ...], BeforeValidator(_as_tuple), Field(max_length=12)] = ()


class Range(Strict):
    low: int
    high: int

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.low > self.high:
            raise PydanticCustomError("not_in_order", "low above high", {"low": self.low, "high": self.high})
        return self


class Plan(Strict):
    title: str = "Plan"
    products: list[Product] = Field(default_factory=list, max_length=3)
    month: Annotated[int | str, BeforeValidator(_month)] = 1
    activity: Annotated[Pepper | Homestay, Field(discriminator="trade")] | None = None
    activities: list[Annotated[Pepper | Homestay, Field(discriminator="trade")]] = Field(default_factory=list)
    either: Range | Growth | None = None
    limits: dict[str, Range] = Field(default_factory=dict)
    mixed: list[int] | dict[str, int] | str = ""


def _issues(text: str) -> tuple[Issue, ...]:
    source = parse(text, "plan.yaml")
    assert source.issues == ()
    plan, issues = validate(Plan, source)
    assert (plan is None) == bool(issues)
    for issue in issues:
        assert issue.code in messages() or issue.code == "not_in_order"
        assert render(issue)
    return issues


def _only(text: str) -> tuple[str, str, int | None, int | None]:
    issues = _issues(text)
    assert len(issues) == 1, [render(issue) for issue in issues]
    where = issues[0].where
    return issues[0].code, where.path, where.line, where.column


def test_a_file_without_fault_becomes_the_model() -> None:
    source = parse("title: Pepper\nproducts:\n- {name: Black, price: 12, growth: 0.03}\n", "p")
    plan, issues = validate(Plan, source)
    assert issues == ()
    assert plan is not None
    assert plan.products[0].growth == Growth(rate=0.03)


PRODUCT = "products:\n  - name: Black\n    price: 12\n"
FAULTS: dict[str, tuple[str, tuple[str, str, int, int]]] = {
    "unknown field": (PRODUCT + "    prise: 1", ("unknown_field", "products.0.prise", 4, 5)),
    "missing field": ("products:\n  - name: Black", ("missing_field", "products.0.price", 2, 5)),
    "number for text": ("title: 12", ("not_text", "title", 1, 8)),
    "text for number": ("products:\n- name: Black\n  price: 12 baht", ("not_a_number", "products.0.price", 3, 10)),
    "true for number": ("products:\n- name: Black\n  price: true", ("not_a_number", "products.0.price", 3, 10)),
    "text for true": (PRODUCT + '    organic: "true"', ("not_true_false", "products.0.organic", 4, 14)),
    "1 for true": (PRODUCT + "    organic: 1", ("not_true_false", "products.0.organic", 4, 14)),
    "fraction for whole": ("activity: {trade: homestay, rooms: 1.5}", ("not_whole_number", "activity.rooms", 1, 36)),
    "below the limit": ("products:\n- name: Black\n  price: -1", ("too_small", "products.0.price", 3, 10)),
    "not above the limit": ("activity: {trade: pepper, hectares: 0}", ("too_small", "activity.hectares", 1, 37)),
    "above the limit": (PRODUCT + "    growth: {rate: 1}", ("too_large", "products.0.growth.rate", 4, 20)),
    "shorthand above the limit": (PRODUCT + "    growth: 12", ("too_large", "products.0.growth.rate", 4, 13)),
    "too short": ("products:\n- name: B\n  price: 1", ("too_short", "products.0.name", 2, 9)),
    "too long": ("products:\n- name: Black pepper, dried\n  price: 1", ("too_long", "products.0.name", 2, 9)),
    "wrong form": (PRODUCT + "    start: March", ("wrong_form", "products.0.start", 4, 12)),
    "not a choice": (PRODUCT + "    unit: kgs", ("not_a_choice", "products.0.unit", 4, 11)),
    "not a choice of an enum": (PRODUCT + "    grade: c", ("not_a_choice", "products.0.grade", 4, 12)),
    "a list for a section": ("activity: [1]", ("not_a_section", "activity", 1, 11)),
    "a section for a list": ("products: {name: Black}", ("not_a_list", "products", 1, 11)),
    "the whole is a list": ("- title", ("not_a_section", "", 1, 1)),
    "13 months": (PRODUCT + "    season: [1,1,1,1,1,1,1,1,1,1,1,1,1]", ("too_many", "products.0.season", 4, 13)),
    "an entry of a list": (PRODUCT + "    season: [1, x]", ("not_a_number", "products.0.season.1", 4, 17)),
    "nothing after the colon": ("mixed: a\ntitle:   # later\n\n", ("empty_value", "title", 2, 1)),
    "unknown tag": ("activity: {trade: pottery}", ("not_a_choice", "activity.trade", 1, 19)),
    "missing tag": ("activity: {rooms: 2}", ("missing_field", "activity.trade", 1, 11)),
    "inside a tag": ("activities:\n- trade: homestay\n  rooms: 0", ("too_small", "activities.0.rooms", 3, 10)),
    "unknown inside a tag": (
        "activity: {trade: homestay, rooms: 2, room: 3}",
        ("unknown_field", "activity.room", 1, 39),
    ),
    "no kind of a union": ("month: [1]", ("wrong_kind", "month", 1, 8)),
    "no kind of a wider union": ("mixed: 1.5", ("wrong_kind", "mixed", 1, 8)),
    "inside one kind of a union": ("mixed: [1, x]", ("not_whole_number", "mixed.1", 1, 12)),
    "inside a kind with keys": ("mixed: {a: x}", ("not_whole_number", "mixed.a", 1, 12)),
    "nearest of two models": ("either: {low: 1, high: x}", ("not_whole_number", "either.high", 1, 24)),
    "inside free keys": ("limits:\n  rice: {low: 1}", ("missing_field", "limits.rice.high", 2, 9)),
    "a rule of the schema": ("month: never", ("month_needed", "month", 1, 8)),
    "a rule between fields": ("limits:\n  rice: {low: 2, high: 1}", ("not_in_order", "limits.rice", 2, 9)),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_has_its_code_and_place(text: str, expected: tuple[str, str, int, int]) -> None:
    assert _only(text) == expected


@pytest.mark.parametrize(
    ("text", "params"),
    [
        (PRODUCT + "    prise: 1", {"field": "prise", "nearest": "price"}),
        (PRODUCT + "    Price-: 1", {"nearest": "price"}),
        (PRODUCT + "    zebra: 1", {"nearest": None}),
        ("activity: {trade: homestay, rooms: 2, rum: 3}", {"nearest": None, "known": ("trade", "rooms")}),
        ("activity: {trade: homestay, rooms: 2, roms: 3}", {"nearest": "rooms"}),
        ("either: {low: 1, high: 2, hihg: 3}", {"nearest": "high", "known": ("low", "high")}),
        ("products:\n- name: Black", {"field": "price", "title": "Price per unit"}),
        ("title: 12", {"found": "12", "write": '"12"'}),
        ("products:\n- name: Black\n  price: 1,200", {"found": '"1,200"', "write": "1200", "title": "Price per unit"}),
        ("products:\n- name: Black\n  price: 12 baht", {"write": None}),
        ("products:\n- name: Black\n  price: -1", {"found": "-1", "limit": 0, "beyond": None}),
        ("activity: {trade: pepper, hectares: 0}", {"limit": 0, "beyond": 0}),
        (PRODUCT + "    unit: kgs", {"choices": ("kg", "piece", "guest-night"), "nearest": "kg"}),
        (PRODUCT + "    grade: c", {"choices": ("a", "b")}),
        ("activity: {trade: home-stay}", {"choices": ("pepper", "homestay"), "nearest": "homestay"}),
        (PRODUCT + "    start: March", {"form": "As 2027-03"}),
        (PRODUCT + "    season: [1,1,1,1,1,1,1,1,1,1,1,1,1]", {"count": 13, "limit": 12}),
        ("title:", {"kinds": ("kind_text",)}),
        ("month: [1]", {"kinds": ("kind_whole_number", "kind_text"), "found": "[1]"}),
        ("month: never", {"first": "2027-01", "found": '"never"', "field": "month"}),
        ("limits:\n  rice: {low: 2, high: 1}", {"low": 2, "high": 1}),
    ],
)
def test_a_fault_says_what_was_found_and_what_is_needed(text: str, params: dict[str, Any]) -> None:
    (issue,) = _issues(text)
    assert params.items() <= dict(issue.params).items()


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    issues = _issues("title: 1\nzebra: 2\nproducts:\n- price: x\n- name: Two\n  price: 3\n  organic: 4\n")
    assert [(issue.code, issue.where.line) for issue in issues] == [
        ("not_text", 1),
        ("unknown_field", 2),
        ("missing_field", 4),
        ("not_a_number", 4),
        ("not_true_false", 7),
    ]


def test_more_than_200_faults_are_counted() -> None:
    issues = _issues("".join(f"zebra{number}: 1\n" for number in range(220)))
    assert len(issues) == 201
    assert issues[-1].code == "more_issues"
    assert issues[-1].params == {"count": 20}


def test_a_value_that_the_form_refused_is_not_complained_about_again() -> None:
    source = parse("products:\n- {name: Black, price: 0x1F, organic: no}\n", "p")
    plan, issues = validate(Plan, source)
    assert [issue.code for issue in source.issues] == ["ambiguous_scalar", "ambiguous_scalar"]
    assert plan is None
    assert issues == ()


def test_no_model_comes_from_a_file_with_a_fault_of_form() -> None:
    source = parse("title: &x Pepper\n", "p")
    assert validate(Plan, source) == (None, ())
    assert validate(Plan, parse("a: [", "p")) == (None, ())


def test_hostile_keys_and_values_are_shown_harmlessly() -> None:
    source = parse("title: 1\n", "p")
    object.__setattr__(source, "data", {"\x1b[31mred\n" * 40: "\u202e" * 300, "title": 2})
    _, issues = validate(Plan, source)
    assert len(issues) == 2
    for issue in issues:
        assert render(issue).isprintable()
        assert len(str(issue.params["found"])) <= 60


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Bo", '"Bo"'),
        (12.5, "12.5"),
        (None, "null"),
        (True, "true"),
        ("a\x1b[31mb\u202e", '"a\\u001b[31mb\\u202e"'),
        ("ម្រេច\u200bកំពត", '"ម្រេច\u200bកំពត"'),
        ("x" * 100, '"' + "x" * 57 + '…"'),
        (list(range(9)), "[0, 1, 2, 3, 4, 5]"),
        ({"a": {"b": {"c": {"d": 1}}}}, '{"a": {"b": {"c": {}}}}'),
    ],
)
def test_what_was_found_is_short_and_on_one_line(value: object, shown: str) -> None:
    assert short(value) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", "1200"),
        ("1 200 000", "1200000"),
        ("1,200.50", "1200.50"),
        ("12%", "0.12"),
        ("7.5 %", "0.075"),
        ("12", "12"),
        ("๑๒๐", "120"),
        ("១២០", "120"),
        ("၁၂၀", "120"),
        ("12 kg", None),
        ("1,20", None),
        ("1,5", None),
        ("--1", None),
        ("", None),
        ("x" * 1_000, None),
    ],
)
def test_a_number_is_offered_only_where_it_is_certain(text: str, number: str | None) -> None:
    assert plain_number(text) == number


_ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["title", "products", "name", "price", "activity", "trade", "either", "low", "mixed", "zz"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=15,
)


@given(st.dictionaries(st.sampled_from([*Plan.model_fields, "zz"]), _ANY, max_size=8))
def test_any_data_gives_a_model_or_faults_and_never_an_exception(data: dict[str, Any]) -> None:
    source = parse("title: Pepper", "p")
    object.__setattr__(source, "data", data)
    plan, issues = validate(Plan, source)
    assert (plan is None) == bool(issues)
    assert all(issue.code in messages() or issue.code == "not_in_order" for issue in issues)
    assert all("\n" not in render(issue) for issue in issues)
