"""Every help page holds one worked example, and the product gives the figures that the page works out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit import loans, resources
from finance_kit.loans.legal_rates import contract_apr, contract_aprc
from finance_kit.offers import Offer
from finance_kit.offers.cost import offer_cost
from finance_kit.offers.read import parse_offer

PAGES = resources.help_pages()
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


def example(text: str) -> tuple[str, dict[str, Any]]:
    """The terms of a page's example as text, and what else stands in its block."""
    (block,) = BLOCK.findall(text)
    data = YAML(typ="safe").load(block)
    terms = re.sub(r"^(settle|expect):.*?(?=^\S|\Z)", "", block, flags=re.DOTALL | re.MULTILINE)
    return terms, data


def measured(name: str, offer: Offer, asked: dict[str, Any]) -> Any:
    """The figure of this name."""
    table, cost = loans.schedule(offer.terms), loans.true_cost(offer.terms)
    if numbered := re.fullmatch(r"(\w+?)_(\d+)", name):
        row = table.rows[int(numbered[2]) - 1]
        return row.interest + row.principal if numbered[1] == "instalment" else getattr(row, numbered[1])
    if name in ("to_pay", "saved"):
        given: dict[str, Any] = {
            k: float(v.rstrip("%")) / 100 if isinstance(v, str) else v for k, v in asked["settle"].items()
        }
        return getattr(loans.settle(offer.terms, **given), name)
    if name == "caps":
        return "kept" if all(cap.check and cap.check.within for cap in offer_cost(offer).caps) else "not kept"
    rates = {
        "nominal": cost.nominal_annual_rate,
        "eir": cost.eir,
        "apr": contract_apr(offer.terms),
        "aprc": contract_aprc(offer.terms),
        "declining": offer_cost(offer).declining_rate,
        "savings_deposited": table.savings_deposit,
        "savings_returned": table.savings_returned,
    }
    return rates[name] if name in rates else getattr(table, name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_worked_example_comes_out_to_the_digits_on_the_page(page: Any) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "## Worked example" in text
    terms, asked = example(text)
    offer = parse_offer(terms, page.name)
    assert asked["expect"]
    for name, expected in asked["expect"].items():
        found = measured(name, offer, asked)
        if isinstance(expected, str) and expected.endswith("%"):
            assert found * 100 == pytest.approx(float(expected.rstrip("%")), abs=0.005), name
        elif isinstance(expected, str | date):
            assert found == expected, name
        else:
            assert found == pytest.approx(expected, abs=0.005), name


def test_every_convention_that_a_loan_officer_asks_about_has_a_page() -> None:
    assert {page.stem for page in PAGES} >= {
        "repayment-kinds", "flat-or-declining", "grace", "interest-timing", "day-counts", "due-dates", "rounding",
        "fees-and-insurance", "compulsory-savings", "true-cost", "interest-caps", "early-settlement",
        "cumulative-and-progressive",
    }  # fmt: skip
