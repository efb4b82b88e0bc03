"""A starter asks for every number and gives none; a profile made from answers can be worked out and grows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from finance_kit.errors import PackError, PlanError
from finance_kit.i18n.catalog import message
from finance_kit.packs.load import activities, countries
from finance_kit.plan.load import load_text
from finance_kit.plan.profile_questions import (
    PROFILE_QUESTIONS,
    answer_problem,
    applies,
    draft_from_answers,
    profile_from_answers,
)
from finance_kit.plan.schema import Plan
from finance_kit.plan.starter import grow, starter_text

PROFILE = (Path(__file__).parent / "fixtures" / "profile.yaml").read_text("utf-8")
QUESTION = {question.id: question for question in PROFILE_QUESTIONS}
EXAMPLES = {question.id: question.example for question in PROFILE_QUESTIONS}
ALWAYS = {"schema_version": 1}  # the only number that a starter may state


def numbers_in(value: object) -> list[object]:
    if isinstance(value, dict):
        return [each for item in value.values() for each in numbers_in(item)]
    if isinstance(value, list):
        return [each for item in value for each in numbers_in(item)]
    return [value] if isinstance(value, int | float) else []


def uncommented(text: str) -> str:
    """A starter as it is after its author took the sign out of each line that waits for an answer."""
    lines = []
    for line in text.splitlines():
        found = re.fullmatch(r"( *)# ( *(?:- )?[a-z_]+:.*)", line)
        lines.append(found[1] + found[2] if found else line)
    return "\n".join(lines)


@pytest.mark.parametrize("activity", activities())
@pytest.mark.parametrize("depth", ["profile", "full"])
def test_a_starter_holds_no_number_and_asks_for_them(activity: str, depth: str) -> None:
    loaded = load_text(starter_text(activity, "MM", depth), "new.yaml")
    assert numbers_in(loaded.source.data) == [ALWAYS["schema_version"]]
    assert loaded.plan is None
    asked = {issue.where.path for issue in loaded.issues if issue.code == "missing_field"}
    assert {"period.start", "cluster.name", "products.0.price", "fixed_costs.0.amount"} <= asked
    assert {issue.code for issue in loaded.issues} == {"missing_field"}, "all are listed"


@pytest.mark.parametrize("country", countries())
@pytest.mark.parametrize("depth", ["profile", "full"])
def test_every_line_of_a_starter_is_a_field_of_the_schema(country: str, depth: str) -> None:
    text = uncommented(starter_text("pepper_drying", country, depth))
    loaded = load_text(text, "new.yaml")
    assert loaded.source.issues == ()
    codes = {issue.code for issue in loaded.issues}
    assert "unknown_field" not in codes
    assert "empty_value" not in codes


def test_a_full_starter_offers_every_section_that_a_lender_wants() -> None:
    data = load_text(uncommented(starter_text("sesame", "MM", "full")), "new.yaml").source.data
    optional = {"fictional", "origin", "value_chain", "sales_costs", "distribution", "policies", "consortium", "notes"}
    assert set(data) | optional == set(Plan.model_fields)


def test_a_starter_names_the_regimes_of_its_country_and_how_far_they_are_confirmed() -> None:
    text = starter_text("pottery", "TH")
    assert "regime th_sme, confirmed" in text
    assert "regime th_community_enterprise, not confirmed" in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_an_unknown_trade_country_or_depth_is_refused_with_the_known_ones() -> None:
    with pytest.raises(PackError) as caught:
        starter_text("gold_digging", "TH")
    assert "pottery" in message(caught.value)
    with pytest.raises(PackError):
        starter_text("pottery", "../kh")
    with pytest.raises(PlanError) as wrong:
        starter_text("pottery", "TH", "deep")
    assert "profile" in message(wrong.value)


def test_the_answers_of_the_examples_make_a_profile_without_errors() -> None:
    loaded = load_text(profile_from_answers(EXAMPLES), "profile.yaml")
    assert loaded.usable
    assert loaded.plan is not None
    assert loaded.plan.assets[0].life_months == 120
    assert loaded.plan.products[0].volume_per_month == 900
    assert loaded.plan.period.currency == "KHR"
    loan = loaded.plan.financing.loans[0]
    assert (loan.principal, loan.annual_rate, loan.instalments, loan.repayment) == (24_000_000, 0.12, 36, "annuity")
    assert [issue.code for issue in loaded.issues if issue.severity == "warning"] == []


def test_without_a_loan_its_terms_are_not_asked_and_what_nobody_pays_is_said() -> None:
    answers = {name: answer for name, answer in EXAMPLES.items() if name not in ("loan_rate", "loan_months")}
    assert [q.id for q in PROFILE_QUESTIONS if not applies(q, {**answers, "loan": "0"})] == ["loan_rate", "loan_months"]
    loaded = load_text(profile_from_answers({**answers, "loan": "0"}), "profile.yaml")
    assert loaded.plan is not None
    assert loaded.plan.financing.loans == []
    # Of the dryer's 40 million the members pay 16.
    assert [issue.code for issue in loaded.issues if issue.severity == "warning"] == ["uses_above_sources"]
    with pytest.raises(PlanError) as caught:
        profile_from_answers({**answers, "loan": "24000000"})
    assert [issue.where.path for issue in caught.value.issues] == ["loan_rate", "loan_months"]


def test_questions_name_the_currency_of_the_country_and_the_unit_of_the_product() -> None:
    assert QUESTION["price"].asked({"country": "th", "unit": "piece {x}"}) == (
        "At what price is one piece {x} sold, in THB?"
    )
    assert "money of the country" in QUESTION["price"].asked({})


@pytest.mark.parametrize("given", range(1, len(PROFILE_QUESTIONS)))
def test_answers_so_far_are_a_plan_file_that_asks_for_the_others(given: int) -> None:
    answered = [question.id for question in PROFILE_QUESTIONS[:given]]
    text = draft_from_answers({name: EXAMPLES[name] for name in answered})
    loaded = load_text(text, "draft.yaml")
    assert loaded.source.issues == ()
    assert {issue.code for issue in loaded.issues} <= {"missing_field"}
    assert "period.start" in {issue.where.path for issue in loaded.errors}
    assert loaded.source.data["title"] == EXAMPLES["name"]
    assert ("price" in str(loaded.source.data)) == ("price" in answered)
    assert load_text(uncommented(text), "draft.yaml").source.issues == ()


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("12 %", 0.12), ("12%", 0.12), ("0.12", 0.12), ("១២ %", 0.12), ("0", 0.0), ("12", None), ("-1 %", None),
     ("120 %", None), ("twelve", None)],
)  # fmt: skip
def test_a_rate_says_whether_it_is_per_cent(typed: str, rate: float | None) -> None:
    problem = answer_problem(QUESTION["loan_rate"], typed)
    assert (problem is None) == (rate is not None)
    if rate is not None:
        plan = load_text(profile_from_answers({**EXAMPLES, "loan_rate": typed}), "profile.yaml").plan
        assert plan is not None
        assert plan.financing.loans[0].annual_rate == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1,200", 1200), ("1 200", 1200), ("12.5", 12.5), ("១២០០", 1200), ("0", None), ("1.200", None), ("12 kg", None),
     ("-5", None), ("12 %", None), ("9" * 14, None), ("", None)],
)  # fmt: skip
def test_a_price_is_taken_as_typed_or_asked_again(typed: str, number: float | None) -> None:
    problem = answer_problem(QUESTION["price"], typed)
    assert (problem is None) == (number is not None)
    if number is None:
        assert problem is not None
        assert "…" not in message(problem)
    else:
        loaded = load_text(profile_from_answers({**EXAMPLES, "price": typed}), "profile.yaml")
        assert loaded.plan is not None
        assert loaded.plan.products[0].price == number


@pytest.mark.parametrize(
    ("question", "typed", "code"),
    [
        ("country", "Laos", "answer_not_a_choice"),
        ("start", "March", "answer_not_a_month"),
        ("start", "2027-13", "answer_not_a_month"),
        ("members", "2.5", "answer_not_a_count"),
        ("members", "0", "answer_not_a_count"),
        ("life_years", "80", "answer_life_too_long"),
        ("name", "a" * 101, "answer_too_long"),
        ("name", "a\x1b[31m", "control_character"),
        ("name", "a\u202eb", "direction_control"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(question: str, typed: str, code: str) -> None:
    problem = answer_problem(QUESTION[question], typed)
    assert problem is not None
    assert problem.code == code
    assert message(problem).endswith(".")
    with pytest.raises(PlanError) as caught:
        profile_from_answers({**EXAMPLES, question: typed})
    assert [issue.code for issue in caught.value.issues] == [code]


@pytest.mark.parametrize("name", ['a: "b" \\ #c', "{{ x }} & <b>", "ម្រេចកំពត", "- no", "&anchor *alias !tag", "null"])
def test_what_people_type_stays_text_in_the_profile(name: str) -> None:
    loaded = load_text(profile_from_answers({**EXAMPLES, "name": name, "product": name}), "profile.yaml")
    assert loaded.plan is not None
    assert (loaded.plan.cluster.name, loaded.plan.products[0].name) == (name, name)


def test_a_profile_grows_into_a_full_plan_and_keeps_every_typed_line() -> None:
    grown = grow(PROFILE)
    kept = PROFILE.splitlines()
    kept[kept.index("depth: profile")] = "depth: full"
    assert [line for line in grown.splitlines() if line.strip() and not line.lstrip().startswith("#")] == kept
    loaded = load_text(grown, "plan.yaml")
    assert loaded.plan is not None
    assert loaded.plan.depth == "full"
    assert {issue.code for issue in loaded.errors} == {"tax_missing", "valuation_missing"}
    assert "# members:" in grown
    assert "# assets:" not in grown, "the profile has them"


ANSWERED = profile_from_answers(EXAMPLES)


@pytest.mark.parametrize(
    "text",
    [
        PROFILE,
        ANSWERED,
        ANSWERED.replace("  number_of_members: 24\n", "  history: |\n    We began.\n    # not a comment\n\n"),
        ANSWERED.replace("    input_cost_per_unit: 14000\n", "    input_cost_per_unit: 14000\n    # my own remark\n"),
        ANSWERED.replace("fixed_costs:", "\n# What a month costs\nfixed_costs:"),
        ANSWERED.rstrip("\n"),
        ANSWERED.replace("\n", "\r\n"),
    ],
)
def test_growing_changes_no_value_and_asks_where_the_answer_belongs(text: str) -> None:
    before, after = load_text(text, "plan.yaml").source.data, load_text(grow(text), "plan.yaml").source
    assert after.issues == ()
    assert after.data == {**before, "depth": "full"}
    answered = load_text(uncommented(grow(text)), "plan.yaml")
    assert answered.source.issues == ()
    assert not {"unknown_field", "not_a_list"} & {issue.code for issue in answered.issues}
    assert {"women_led", "leader"} <= set(answered.source.data["cluster"])


def test_each_product_asset_and_loan_is_asked_for_what_a_lender_needs() -> None:
    second = "  - name: White pepper\n    unit: kg\n    price: 30000\n    volume_per_month: 90\nfixed_costs:"
    data = load_text(uncommented(grow(ANSWERED.replace("fixed_costs:", second))), "plan.yaml").source.data
    assert all({"capacity_per_month", "loss_share", "season"} <= set(product) for product in data["products"])
    assert {"quotation", "own_share", "loan_share"} <= set(data["assets"][0])
    assert {"lender_type", "purpose", "quotation"} <= set(data["financing"]["loans"][0])


def test_growing_twice_adds_nothing_new_that_is_there_already() -> None:
    once = grow(PROFILE) + "\ntax: {rate: 0.2, source: Tax office}\n"
    assert grow(once).count("# tax:") == 1
    assert grow(once).count("\n# members:") == 2, "members are still missing, so they are offered again"


def test_line_ends_and_other_spellings_of_the_depth_are_kept() -> None:
    assert grow(PROFILE.replace("\n", "\r\n")).count("\n") == grow(PROFILE.replace("\n", "\r\n")).count("\r\n")
    assert '"depth": "full"' in grow('{"schema_version": 1, "depth": "profile"}')
    assert "depth: 'full' # a view" in grow("schema_version: 1\ndepth: 'profile' # a view\n")


def test_a_file_that_cannot_be_read_does_not_grow() -> None:
    with pytest.raises(PlanError) as caught:
        grow("a: [1\n")
    assert caught.value.issues
    assert "…" not in message(caught.value)
