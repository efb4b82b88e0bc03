"""Each help page's worked example really comes out of the product, to the digits that the page prints."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from finance_kit import loans, resources
from finance_kit.errors import FinanceKitError, Undefined
from finance_kit.offers import Offer, parse_offer
from finance_kit.offers.cost import offer_cost

PAGES = resources.help_pages()
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
TOPICS = {
    "repayment-kinds",
    "flat-or-declining",
    "grace",
    "interest-timing",
    "day-counts",
    "due-dates",
    "rounding",
    "fees-and-insurance",
    "compulsory-savings",
    "true-cost",
    "interest-caps",
    "early-settlement",
    "cumulative-and-progressive",
}


def example(page: Path) -> tuple[Offer, dict[str, Any], dict[str, str]]:
    """The only worked example of a page: its terms, what is asked besides, and the figures as they are printed."""
    (block,) = BLOCK.findall(page.read_text(encoding="utf-8"))
    yaml = YAML(typ="rt")
    data = yaml.load(block)
    printed = {
        name: re.search(rf"^  {name}: *(.+)$", block, re.MULTILINE)[1].strip()  # type: ignore[index]
        for name in data["expect"]
    }
    terms = block[: block.index("expect:")]
    if "settle:" in terms:
        terms = terms[: terms.index("settle:")]
    return parse_offer(terms, page.name), dict(data.get("settle", {})), printed


def measured(offer: Offer, ask: dict[str, Any], name: str) -> Any:
    """What the product gives for a figure of a page."""
    table, cost = loans.schedule(offer.terms), offer_cost(offer)
    if numbered := re.fullmatch(r"([a-z_]+?)_(\d+)", name):
        row = table.rows[int(numbered[2]) - 1]
        return row.interest + row.principal if numbered[1] == "instalment" else getattr(row, numbered[1])
    if ask:
        return getattr(loans.settle(offer.terms, **ask), name)
    if name == "caps":
        (cap,) = cost.caps
        assert cap.check is not None
        return {True: "kept", False: "not kept"}[bool(cap.check.within)]
    figures: dict[str, Any] = {
        "net_received": table.net_received,
        "total_interest": cost.true.total_interest,
        "nominal": cost.true.nominal_annual_rate,
        "eir": cost.true.eir,
        "apr": cost.apr,
        "aprc": cost.aprc,
        "declining": cost.declining_rate,
        "savings_deposited": cost.savings_deposited,
        "savings_returned": cost.true.savings_returned,
    }
    return figures[name]


def same(found: Any, printed: str) -> bool:
    """Whether a figure is the printed one to half a unit of its last digit."""
    assert not isinstance(found, Undefined)
    if not re.fullmatch(r"-?[\d.]+%?", printed):
        return str(found) == printed
    number = Decimal(printed.rstrip("%"))
    scale = 100 if printed.endswith("%") else 1
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return bool(abs(found * scale - float(number)) <= 0.5 * 10.0**exponent + 1e-9)


def test_every_convention_has_its_page() -> None:
    assert {page.stem for page in PAGES} >= TOPICS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_worked_example_of_a_page_comes_out_as_printed(page: Path) -> None:
    offer, ask, printed = example(page)
    assert printed
    for name, figure in printed.items():
        assert same(measured(offer, ask, name), figure), f"{name}: {measured(offer, ask, name)}, printed {figure}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_words_of_a_page_hold_the_figures_of_its_example(page: Path) -> None:
    """Whoever reads only the text, and not the block, reads the same figures."""
    text = page.read_text(encoding="utf-8")
    words = text[text.index("## Worked example") : text.index("```yaml")].replace(" ", "").replace("\n", "")
    _, _, printed = example(page)
    numbers = [
        figure.rstrip("%").removesuffix(".00") for figure in printed.values() if re.fullmatch(r"[1-9][\d.]*%?", figure)
    ]
    told = [number for number in numbers if number.rstrip("0").rstrip(".") in words or number in words]
    assert len(told) >= len(numbers) / 3, (numbers, words)


def test_pages_are_short_and_have_one_title_and_one_example() -> None:
    for page in PAGES:
        lines = page.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.startswith("# ")] == [lines[0]], page.name
        assert lines.count("## Worked example") == 1, page.name
        assert len(lines) <= 80, page.name


def test_an_unknown_topic_is_answered_with_those_that_exist() -> None:
    with pytest.raises(FinanceKitError) as caught:
        resources.help_page("../../setup")
    assert "grace" in caught.value.params["known"]


def test_the_comparison_sees_a_wrong_digit() -> None:
    assert same(0.20419, "20.42%")
    assert not same(0.20414, "20.42%")
    assert same(98333.3333, "98333.33")
    assert not same(98333.34, "98333.33")
