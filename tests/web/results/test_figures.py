"""What pages show is what the services reckon, to the digits shown, for the five samples."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finance_kit import drafts, resources, service
from tests.web.results.pages_of import PAGES, SAMPLES, TOPICS, keep, rows_of, sample


def run_of(name: str) -> service.Run:
    """The sample by way of its file, as the command line opens it."""
    return service.run(resources.sample_plan(name))


def written(value: float, decimals: int, factor: int = 1) -> str:
    """A number as a clerk writes it: half up, thousands by commas, no sign."""
    exact = abs(Decimal(repr(float(value)))) * factor
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):,f}"


def plain(text: str) -> str:
    """A cell without the sign of a cost that a statement subtracts, and without unit."""
    return text.replace("\u2212", "").replace("\u00a0", " ").replace(" %", "").strip()


def test_every_figure_of_every_page_that_opens_is_what_it_opens_to(app: Flask, client: FlaskClient) -> None:
    from finance_kit.engine.catalogue import lines
    from finance_kit.indicators.registry import definitions

    decimals = {"money": (0, 1), "ratio": (2, 1), "share": (1, 100), "rate": (1, 100), "years": (1, 1)}
    checked = 0
    for name in SAMPLES:
        run, plan_id = run_of(name), keep(app, sample(name))
        year = run.basis.years[1]
        for page in (*(f"results/{topic}" for topic in TOPICS), f"results/profit?year={year}",
                     f"results/balance?year={year}"):  # fmt: skip
            for row in rows_of(client.get(f"/plans/{plan_id}/{page}").get_data(as_text=True)):
                for text, address in row:
                    if "/figure/" not in address:
                        continue
                    asked = urlsplit(address)
                    figure = asked.path.rpartition("/")[2]
                    period = parse_qs(asked.query).get("period", [None])[0]
                    value = service.explain_figure(run, figure, period, 0).value
                    unit = (lines().get(figure) or definitions()[figure]).unit
                    assert value is not None, (name, page, address)
                    places, factor = decimals[unit]
                    shown = plain(text)
                    exact = written(value, places, factor)
                    if unit == "rate":  # one or two decimals, as many as are needed
                        exact = written(value, 2, factor).removesuffix("0")
                    assert shown == (exact.removesuffix(".0") if unit == "years" else exact), (name, page, address)
                    checked += 1
    assert checked > 4000


@pytest.mark.parametrize("name", SAMPLES)
def test_headlines_say_what_the_json_of_the_plan_says(app: Flask, client: FlaskClient, name: str) -> None:
    run, plan_id = run_of(name), keep(app, sample(name))
    data = service.as_json(run)

    def headline(topic: str) -> str:
        page = client.get(f"/plans/{plan_id}/results/{topic}").get_data(as_text=True)
        found = re.search(r'<p class="finding[^>]*>(.*?)</p>', page, re.S)
        assert found
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1])).split())

    cash = data["lines"]["cash"]
    low = min(cash)
    month = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    label = data["months"][cash.index(low)]
    assert f"{month[int(label[5:]) - 1]} {label[:4]}" in headline("cash")
    assert written(low, 0) in headline("cash")

    yearly = run.basis.yearly("net_profit")
    assert written(yearly[0], 0) in headline("profit")
    assert written(yearly[-1], 0) in headline("profit")
    losses = [year for year, value in zip(data["years"], yearly, strict=True) if value < -0.5]
    assert ("loss" in headline("profit")) == bool(losses)
    assert all(year in headline("profit") for year in losses)

    dscr = [(value, year) for value, year in zip(data["indicators"]["dscr"], data["years"], strict=True)
            if isinstance(value, float)]  # fmt: skip
    worst, when = min(dscr)
    assert when in headline("repayment")
    assert written(worst, 2) in headline("repayment")


def test_a_sum_that_the_sources_lack_is_named(app: Flask, client: FlaskClient) -> None:
    plan = sample()
    plan["financing"]["loans"] = plan["financing"]["loans"][:1]
    for loan in plan["financing"]["loans"]:
        loan["principal"] = 1_000_000
    page = client.get(f"/plans/{keep(app, plan)}/results/sources").get_data(as_text=True)
    # Sources: 110,000,000 and 52,000,000 of the members, 38,000,000 of grants, 34,000,000 there, 1,000,000 lent.
    # Uses: 311,000,000 of assets and 14,000,000 before the start. Missing: 325 less 235 millions.
    assert "90,000,000" in page
    assert "is missing: the uses come to 325,000,000" in " ".join(html.unescape(page).replace("\u00a0", " ").split())


def test_a_loan_in_dollars_is_not_shown_as_one_in_riel(app: Flask, client: FlaskClient) -> None:
    page = html.unescape(client.get(f"/plans/{keep(app, sample())}/results/loans").get_data(as_text=True))
    loans = {loan.name: loan.currency or "KHR" for loan in run_of("kh-pepper-drying").plan.financing.loans}
    assert set(loans.values()) == {"KHR", "USD"}
    heads = {row[0][0] for row in rows_of(page)}
    assert {f"{name} ({code})" for name, code in loans.items()} <= heads
    assert re.search(r'<h2 id="t-true_cost">([^<]*)</h2>', page)


def test_a_figure_opens_to_its_formula_its_inputs_and_who_said_so(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, sample())
    page = client.get(f"/plans/{plan_id}/figure/dscr?period=2028").get_data(as_text=True)
    explained = service.explain_figure(run_of("kh-pepper-drying"), "dscr", "2028", 1)
    assert html.escape(explained.formula, quote=False) in html.unescape(page)
    assert explained.source in html.unescape(page)
    for below in explained.inputs:
        assert below.label in page
        assert written(below.value or 0.0, 0) in page
    sales = html.unescape(client.get(f"/plans/{plan_id}/figure/revenue?period=2028").get_data(as_text=True))
    for stated in service.explain_figure(run_of("kh-pepper-drying"), "revenue", "2028", 1).stated:
        assert stated.source is None or stated.source in sales
    assert "capacity_per_month" not in sales  # in the words of the form, not in the keys of the plan file


def test_what_a_figure_rests_on_is_written_by_its_unit(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, sample())

    def stated(figure: str) -> str:
        page = client.get(f"/plans/{plan_id}/figure/{figure}").get_data(as_text=True)
        table = html.unescape(page[page.index('id="stated"') :])
        return " ".join(re.sub(r"<[^>]*>", " ", table).replace("\u00a0", " ").split())

    # The plan file says: price 15 in USD, launch 2027-03, loss_share 0.02; an input of 14,000 riel.
    sales = stated("revenue?period=2028")
    for said in ("Price per unit: 15.00 $", "March 2027", "Lost between production and sale: 2 %"):
        assert said in sales
    assert "14,000 ៛" in stated("material_cost?period=2028")
    # annual_rate 0.055, grace_months 12, principal 20000 in USD; rate 0.2 of the tax.
    loans = stated("loan_interest?period=2028")
    for said in (": 5.5 %", ": 12 months", ": 180,000,000 ៛", ": 20,000.00 $"):
        assert said in loans
    assert "Rate: 20 %" in stated("tax_expense?period=2030")


def test_a_rate_of_the_country_is_written_in_per_cent(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, sample("vn-coconut-export"))  # the medium regime of Viet Nam: 0.17
    page = html.unescape(client.get(f"/plans/{plan_id}/figure/tax_expense?period=2030").get_data(as_text=True))
    assert "<td>17\u00a0%</td>" in page


def test_a_figure_that_does_not_exist_says_why(app: Flask, client: FlaskClient) -> None:
    plan = sample()
    plan.pop("without_project", None)
    page = client.get(f"/plans/{keep(app, plan)}/figure/increment_npv").get_data(as_text=True)
    reason = service.formats(run_of("kh-pepper-drying")).reason("no_case_without_project")
    assert reason in html.unescape(page)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("figure/profit_of_dreams", 404),
        ("figure/dscr?period=1999", 404),
        ("figure/dscr", 200),
        ("figure/monthly_dscr?period=2028-03", 200),
        ("results/dreams", 404),
        ("results/profit?year=1999", 404),
        ("readiness/th_generic_bank", 404),
        ("readiness/kh_generic_bank/mends/99", 404),
        ("security?lender=vn_generic_bank", 404),
    ],
)
def test_addresses_that_are_guessed_lead_nowhere(app: Flask, client: FlaskClient, address: str, status: int) -> None:
    assert client.get(f"/plans/{keep(app, sample())}/{address}").status_code == status


def test_charts_hold_the_figures_of_the_plan_and_their_texts(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/plans/{keep(app, sample())}/results/cash").get_data(as_text=True)
    found = re.search(r'<script type="application/json" id="chart-cash">(.*?)</script>', page, re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    cash = service.as_json(run_of("kh-pepper-drying"))["lines"]["cash"]
    assert data["series"][0]["values"] == pytest.approx(cash, abs=1e-5)
    assert data["series"][0]["texts"] == [("\u2212" if value < -0.5 else "") + written(value, 0) for value in cash]
    assert cash[data["mark"]] == min(cash)


def test_without_script_each_chart_has_its_table_on_the_page(app: Flask, client: FlaskClient) -> None:
    plan_id = keep(app, sample())
    for topic in TOPICS:
        page = client.get(f"/plans/{plan_id}/results/{topic}").get_data(as_text=True)
        assert "<table" in page
        assert 'class="chart-box" hidden' in page or "data-chart" not in page


def test_every_page_of_every_sample_answers(app: Flask, client: FlaskClient) -> None:
    for name in SAMPLES:
        plan_id = keep(app, sample(name))
        found = {page: client.get(f"/plans/{plan_id}/{page}").status_code for page in PAGES}
        assert set(found.values()) == {200}, (name, found)


def test_many_loans_are_shown_in_parts_from_which_every_row_is_reached(app: Flask, client: FlaskClient) -> None:
    plan, names = sample(), [f"Lot {number}" for number in range(1, 111)]
    terms = {"principal": 1_000_000, "draw": 1, "annual_rate": 0.06, "repayment": "annuity", "instalments": 12}
    address = f"/plans/{keep(app, plan)}/results/loans"
    few = client.get(address).get_data(as_text=True)
    assert "table=" not in few, "a plan of ordinary size stands on one page"
    assert few.count('<details class="folded"') == len(plan["financing"]["loans"])
    plan["financing"]["loans"] = [terms | {"name": name} for name in names]
    address = f"/plans/{keep(app, drafts.new_document(plan))}/results/loans"
    to_see, seen, schedules, years = [address], set(), Counter[str](), Counter[str]()
    while to_see:
        asked = to_see.pop()
        if asked in seen:
            continue
        seen.add(asked)
        page = client.get(asked).get_data(as_text=True)
        rows = rows_of(page)
        assert len(rows) < 2_000
        opened = re.findall(r'<summary id="t-schedule[^"]*">Schedule: (Lot \d+) ', page)
        away = re.findall(r'<a class="folded folded-away" href="([^"]+)">Schedule: (Lot \d+) ', page)
        assert {*opened, *(name for _, name in away)} == set(names), "every loan is named on every part"
        schedules.update(opened)
        years.update(row[0][0] for row in rows if len(row) == 1)  # headings of the table by year
        links = [html.unescape(each) for each in re.findall(r'href="([^"#]+table=[^"#]+)', page)]
        parts = [each for each in links if "part=" in each]
        ahead = [next(html.unescape(each) for each, name in away if name == missing).partition("#")[0]
                 for missing in names if not schedules[missing]]  # fmt: skip
        to_see += [*ahead[:1], *parts]
    assert set(schedules) == set(names)
    assert set(years) == set(names)
