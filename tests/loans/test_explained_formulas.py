"""Every figure of a schedule can be followed with a pencil: each formula gives the figure, and the words are these."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

import finance_kit.loans
from finance_kit.errors import CalculationError, Undefined
from finance_kit.i18n.catalog import messages
from finance_kit.loans import LoanTerms, schedule
from finance_kit.loans.explain import FIGURES, explain
from finance_kit.loans.sentences import Quantity, Sentence
from finance_kit.offers import parse_offer
from finance_kit.offers.words import Words
from tests.oracles.loan_contracts import wide_contracts

SPECS = Path(__file__).parents[1] / "specs" / "loan_explanations.yaml"
CASES = YAML(typ="safe").load(SPECS.read_text(encoding="utf-8"))
ROW_FIGURES = FIGURES[:-2]


def said(case: dict[str, Any], figure: str) -> list[str]:
    offer = parse_offer(case["terms"], "terms.yaml")
    name, _, number = figure.partition(" ")
    found = explain(offer.terms, name, int(number) if number else None)
    return [Words.of(offer).sentence(sentence) for sentence in found.sentences]


@pytest.mark.parametrize(
    ("case", "figure"),
    [pytest.param(case, figure, id=f"{case['name']}, {figure}") for case in CASES for figure in case["why"]],
)
def test_a_figure_is_explained_in_these_words(case: dict[str, Any], figure: str) -> None:
    expected = case["why"][figure]
    assert said(case, figure) == ([expected] if isinstance(expected, str) else expected)


def value(params: Any, name: str) -> float:
    """The number behind a parameter; a part of a formula is its sum, nothing is 0."""
    found = params.get(name)
    if found is None:
        return 0.0
    if isinstance(found, Sentence):
        if "years" in found.params:
            return value(found.params, "years")
        return value(
            found.params, "sum" if "sum" in found.params else "interest" if "interest" in found.params else "rate"
        )
    return float(found.value if isinstance(found, Quantity) else found)


def year(params: Any) -> float:
    """The part of a year of a period, from its fraction where it is told as one."""
    part = params["part"].params
    if "part" in part:  # of a charge
        return year(part)
    return float(part["parts"] / part["whole"]) if "parts" in part else value(part, "years")


def level(params: Any) -> float:
    factor, count = value(params, "factor"), int(params["count"])
    return value(params, "balance") * factor / float(1 - (1 + factor) ** -count)


# What the formula of each sentence gives before it is rounded; written from the words of the sentence.
FORMULAS: dict[str, Callable[[Any], float]] = {
    "loan_why_interest": lambda p: value(p, "balance") * value(p, "rate") * year(p) + value(p, "drawn"),
    "loan_why_interest_waits": lambda p: value(p, "own") + value(p, "waited") - value(p, "waits"),
    "loan_why_flat_total": lambda p: value(p, "principal") * value(p, "rate") * value(p, "years"),
    "loan_why_flat_period": lambda p: value(p, "principal") * value(p, "rate") * year(p),
    "loan_why_flat_part": lambda p: value(p, "total") / p["count"],
    "loan_why_flat_rest": lambda p: value(p, "total") - value(p, "earlier"),
    "loan_why_instalment": lambda p: value(p, "interest") + value(p, "principal"),
    "loan_why_level": level,
    "loan_why_level_free": lambda p: value(p, "balance") / p["count"],
    "loan_why_level_advance": lambda p: (
        value(p, "balance") * value(p, "factor") / (1 - (1 - value(p, "factor")) ** p["count"])
    ),
    "loan_why_level_balloon": lambda p: (
        value(p, "spread") * value(p, "factor") / (1 - (1 + value(p, "factor")) ** -p["count"])
        + value(p, "balloon") * value(p, "factor")
    ),
    "loan_why_principal_level": lambda p: value(p, "instalment") - value(p, "interest"),
    "loan_why_principal_equal": lambda p: value(p, "balance") / p["count"],
    "loan_why_principal_season": lambda p: value(p, "balance") * value(p, "weight") / value(p, "weights"),
    "loan_why_principal_plan": lambda p: value(p, "opening") + value(p, "drawn") - value(p, "closing"),
    "loan_why_balance": lambda p: (
        value(p, "opening") + value(p, "drawn") + value(p, "capitalised") - value(p, "principal")
    ),
    "loan_why_total": lambda p: value(p, "instalment") + value(p, "fees") + value(p, "savings"),
    "loan_why_fee_share": lambda p: (
        value(p, "sum")
        * value(p, "share")
        * (value(p, "covered") if p.get("covered") else 1.0)
        * (year(p) if p.get("part") else 1.0)
    ),
    "loan_why_upfront_fee": lambda p: value(p, "principal") * value(p, "share") + value(p, "fixed"),
    "loan_why_pay_out_share": lambda p: (
        value(p, "sum") * value(p, "share") * (value(p, "covered") if p.get("covered") else 1.0)
    ),
    "loan_why_savings": lambda p: value(p, "principal") * value(p, "share"),
    "loan_why_savings_interest": lambda p: value(p, "held") * value(p, "rate") * year(p),
    "loan_why_savings_back": lambda p: value(p, "held") + value(p, "credited"),
    "loan_why_net_received": lambda p: value(p, "principal") - value(p, "kept"),
}


def outcome(sentence: Sentence) -> tuple[float, float | None, float]:
    """Result of a formula, what it was before rounding, and the step it was rounded to."""
    params = sentence.params
    if "outcome" not in params:
        return value(params, "result"), None, 0.0
    ended = params["outcome"].params
    before = value(ended, "exact") if "exact" in ended else None
    unit = value(ended["rounded"].params, "unit") if "rounded" in ended else 0.0
    return value(ended, "result"), before, unit


def near(one: float, other: float, terms: LoanTerms) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9 * max(terms.principal, 1.0))


@given(wide_contracts(), st.data())
def test_every_formula_gives_the_figure(contract: dict[str, Any], data: st.DataObject) -> None:
    terms = LoanTerms(**contract)
    number = data.draw(st.integers(1, terms.instalments))
    row = schedule(terms).rows[number - 1]
    figures = {"instalment": row.interest + row.principal}
    for figure in ROW_FIGURES:
        found = explain(terms, figure, number)
        assert near(float(found.value), figures.get(figure, getattr(row, figure, 0.0)), terms)  # type: ignore[arg-type]
        check(found.sentences, terms)
    check(explain(terms, "net_received").sentences, terms)
    check(explain(terms, "eir").sentences, terms)


def check(sentences: tuple[Sentence, ...], terms: LoanTerms) -> None:
    """Each sentence has words; its formula gives the sum before rounding, and rounding moves it by less than a step."""
    words = Words(2)
    for sentence in sentences:
        assert sentence.code in messages()
        assert "…" not in words.sentence(sentence)
        formula = FORMULAS.get(sentence.code)
        if formula is None:
            continue
        result, before, unit = outcome(sentence)
        assert near(formula(sentence.params), result if before is None else before, terms), sentence
        if before is not None:
            assert abs(result - before) < unit * (1.0 if "up" in str(sentence.params["outcome"]) else 0.5) + 1e-6 * unit


@given(wide_contracts())
def test_the_last_sentence_ends_with_the_figure(contract: dict[str, Any]) -> None:
    terms = LoanTerms(**contract)
    for number in (1, terms.instalments):
        for figure in ("interest", "principal", "instalment", "total", "closing_balance"):
            found = explain(terms, figure, number)
            told = [s for s in found.sentences if "result" in s.params or "outcome" in s.params]
            if told and told[-1] is found.sentences[-1] and "capitalised" not in told[-1].code:
                assert near(outcome(told[-1])[0], float(found.value), terms)  # type: ignore[arg-type]


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("loan_"):
            yield node.value


def test_every_sentence_of_the_explanations_has_words_and_every_word_is_used() -> None:
    room = Path(finance_kit.loans.__file__).parent
    used = {code for path in room.glob("explain*.py") for code in _codes(ast.parse(path.read_text("utf-8")))}
    plain = {code for code in used if not code.endswith("_")}
    assert plain - set(messages()) == set()
    composed = ("loan_rounded_", "loan_interval_", "loan_basis_", "loan_part", "loan_why_stepped", "loan_why_custom")
    from finance_kit.i18n.messages_loan_words import MESSAGES

    unused = {code.split("+")[0] for code in MESSAGES} - plain
    assert {code for code in unused if not code.startswith(composed)} == set()


def test_a_figure_or_instalment_that_does_not_exist_is_refused() -> None:
    terms = LoanTerms(principal=1_000.0, annual_rate=0.12, instalments=4)
    with pytest.raises(CalculationError) as caught:
        explain(terms, "profit", 1)
    assert caught.value.code == "loan_figure_unknown"
    for number in (None, 0, 5):
        with pytest.raises(CalculationError) as caught:
            explain(terms, "interest", number)
        assert caught.value.code == "loan_row_unknown"


def test_where_nothing_is_received_there_is_no_rate_but_a_reason() -> None:
    found = explain(LoanTerms(principal=100.0, annual_rate=0.1, instalments=2, upfront_fee_share=1.0), "eir")
    assert found.value == Undefined("loan_nothing_received")
    assert found.sentences[0].code == "loan_nothing_received"


def test_a_rate_too_large_for_any_number_is_told_and_does_not_stop_the_program() -> None:
    # 7.50 in hand, 7.50 + 45 to pay a day later: 7 ** 365 is above 1e308, the largest float
    from finance_kit.loans import LoanFee, true_cost

    fee = LoanFee(name="fixed", amount=45.0)
    terms = LoanTerms(
        principal=10.0, annual_rate=0.0, instalments=1, days_between=1, down_payment_share=0.25, fees=(fee,)
    )
    assert true_cost(terms).eir == Undefined("loan_rate_beyond_numbers")
    assert Words(2).percent(1e40) == "more than 1,000,000 %"
