"""The published investment cases, and how each is put to the library and to its spreadsheet names."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from finance_kit import depreciation, rate_conversion, spreadsheet, time_value
from finance_kit.day_count import days_between, year_fraction
from finance_kit.errors import Undefined

__all__ = ["CASES", "LEFT_OUT", "answer", "days", "spreadsheet_answer", "tolerance"]

REFERENCE = Path(__file__).parents[1] / "reference" / "investment.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in REFERENCE.read_text("utf-8").splitlines()]

# Cases that the library answers otherwise on purpose, with the reason. The spreadsheet names answer every one.
LEFT_OUT = {"INV-347": "a rate of -100.0125 %: more than everything cannot be lost, rates are above -1 here"}


def tolerance(case: dict[str, Any]) -> float:
    allowed: dict[str, float] = case["tolerance"]
    expected: float = case["expected"] or 0.0
    return max(allowed.get("abs", 0.0), allowed.get("rel", 0.0) * abs(expected))


def days(case: dict[str, Any]) -> list[date]:
    return [date.fromisoformat(day) for day in case["args"]["dates"]]


def day_count(a: dict[str, Any]) -> float:
    start, end = date.fromisoformat(a["start"]), date.fromisoformat(a["end"])
    maturity = date.fromisoformat(a["termination_date"]) if "termination_date" in a else None
    if a.get("result") == "days":
        return days_between(start, end, a["convention"], maturity=maturity)
    regular = (date.fromisoformat(a["ref_start"]), date.fromisoformat(a["ref_end"])) if "ref_start" in a else None
    return year_fraction(start, end, a["convention"], maturity=maturity, regular_period=regular)


def answer(case: dict[str, Any]) -> float | Undefined:
    """By the library's own functions."""
    a, fn = dict(case["args"]), case["fn"]
    if fn == "day_count":
        return day_count(a)
    if fn in {"xirr", "xnpv"}:
        rate = [a["rate"]] if fn == "xnpv" else []
        found: float | Undefined = getattr(time_value, fn)(
            *rate, days(case), a["amounts"], day_count=a.get("day_count", "ACT/365F")
        )
        return found
    due, fv = a.get("when", "end"), a.get("fv", 0.0)
    by_name: dict[str, Callable[[], float | Undefined]] = {
        "pmt": lambda: time_value.pmt(a["rate"], a["nper"], a["pv"], fv, due=due),
        "ipmt": lambda: time_value.ipmt(a["rate"], a["per"], a["nper"], a["pv"], fv, due=due),
        "ppmt": lambda: time_value.ppmt(a["rate"], a["per"], a["nper"], a["pv"], fv, due=due),
        "cumipmt": lambda: time_value.cumipmt(a["rate"], a["nper"], a["pv"], a["start"], a["end"], due=due),
        "cumprinc": lambda: time_value.cumprinc(a["rate"], a["nper"], a["pv"], a["start"], a["end"], due=due),
        "pv": lambda: time_value.pv(a["rate"], a["nper"], a["pmt"], fv, due=due),
        "fv": lambda: time_value.fv(a["rate"], a["nper"], a["pmt"], a.get("pv", 0.0), due=due),
        "nper": lambda: time_value.nper(a["rate"], a["pmt"], a["pv"], fv, due=due),
        "rate": lambda: time_value.rate(a["nper"], a["pmt"], a["pv"], fv, due=due),
        "irr": lambda: time_value.irr(a["amounts"]),
        "mirr": lambda: time_value.mirr(a["amounts"], a["finance_rate"], a["reinvest_rate"]),
        "npv": lambda: time_value.npv_of_periods(a["rate"], a["amounts"], first_at=a["first_flow_at"]),
        "payback": lambda: time_value.payback(a["amounts"]),
        "discounted_payback": lambda: time_value.discounted_payback(a["rate"], a["amounts"]),
        "profitability_index": lambda: time_value.profitability_index(a["rate"], a["amounts"]),
        "effect": lambda: rate_conversion.effective_from_nominal(a["nominal"], a["npery"]),
        "nominal": lambda: rate_conversion.nominal_from_effective(a["effect"], a["npery"]),
        "sln": lambda: depreciation.sln(a["cost"], a["salvage"], a["life"]),
        "syd": lambda: depreciation.syd(a["cost"], a["salvage"], a["life"], a["per"]),
        "db": lambda: depreciation.db(
            a["cost"], a["salvage"], a["life"], a["per"], first_year_months=a.get("month", 12)
        ),
        "ddb": lambda: depreciation.ddb(a["cost"], a["salvage"], a["life"], a["per"], factor=a.get("factor", 2)),
    }
    return by_name[fn]()


BASES = {"30U/360": 0, "EXCEL-ACT/ACT": 1, "ACT/360": 2, "ACT/365F": 3, "30E/360": 4}
# Arguments in the order of the spreadsheet; what a case does not name has the spreadsheet's default.
ORDER = {
    "pmt": ("rate", "nper", "pv", "fv", "type"),
    "ipmt": ("rate", "per", "nper", "pv", "fv", "type"),
    "ppmt": ("rate", "per", "nper", "pv", "fv", "type"),
    "cumipmt": ("rate", "nper", "pv", "start", "end", "type"),
    "cumprinc": ("rate", "nper", "pv", "start", "end", "type"),
    "pv": ("rate", "nper", "pmt", "fv", "type"),
    "fv": ("rate", "nper", "pmt", "pv", "type"),
    "nper": ("rate", "pmt", "pv", "fv", "type"),
    "rate": ("nper", "pmt", "pv", "fv", "type"),
    "irr": ("amounts",),
    "mirr": ("amounts", "finance_rate", "reinvest_rate"),
    "npv": ("rate", "amounts"),
    "xnpv": ("rate", "amounts", "dates"),
    "xirr": ("amounts", "dates"),
    "effect": ("nominal", "npery"),
    "nominal": ("effect", "npery"),
    "sln": ("cost", "salvage", "life"),
    "syd": ("cost", "salvage", "life", "per"),
    "db": ("cost", "salvage", "life", "per", "month"),
    "ddb": ("cost", "salvage", "life", "per", "factor"),
}


def spreadsheet_answer(case: dict[str, Any]) -> float | Undefined | None:
    """By the spreadsheet's name and order of arguments; None where a spreadsheet has no such function."""
    a, fn = dict(case["args"]), case["fn"]
    if fn == "day_count":
        basis = BASES.get(a["convention"]) if "result" not in a else None
        start, end = date.fromisoformat(a["start"]), date.fromisoformat(a["end"])
        return None if basis is None else spreadsheet.YEARFRAC(start, end, basis)
    if fn not in ORDER or a.get("day_count", "ACT/365F") != "ACT/365F":
        return None
    outside = 0.0
    if fn == "npv" and a["first_flow_at"] == 0:  # NPV(rate, second:last) + first, as every textbook says
        outside, a["amounts"] = a["amounts"][0], a["amounts"][1:]
    if "dates" in a:
        a["dates"] = days(case)
    a["type"] = int(a.get("when") == "begin")
    a.setdefault("fv", 0.0)
    a.setdefault("pv", 0.0)
    found: float | Undefined = spreadsheet.FUNCTIONS[fn.upper()](*(a[name] for name in ORDER[fn] if name in a))
    return found if isinstance(found, Undefined) else found + outside
