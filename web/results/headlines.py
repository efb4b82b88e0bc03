"""The finding of each page in a sentence: worst month, profit by year, weakest year of cover, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext, ngettext

from finance_kit import service_results as results
from finance_kit.service import Run
from web.results.shown import amount, shown
from web.words import core, month

__all__ = [
    "Headline",
    "State",
    "balance",
    "break_even",
    "cash",
    "loans",
    "one_of",
    "profit",
    "repayment",
    "returns",
    "sources",
    "stress",
]

State = Literal["done", "warning", "problem", "note"]
_CENT = 0.5
"""Of a unit of currency: less is nothing, as on paper."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A finding: a sentence, and whether it is good, to be thought about, or to be mended."""

    text: str
    state: State


def listed(names: Sequence[str]) -> str:
    """Names in a row, as ``2027, 2028 and 2029``."""
    if len(names) < 2:
        return names[0] if names else ""
    return str(gettext("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1]))


def cash(run: Run) -> Headline:
    """The month with the least cash, and whether money runs out."""
    low, at = results.lowest_cash(run)
    code = run.plan.period.currency
    when = month(at)
    if low < -_CENT:
        text = gettext(
            "Money runs out: at the end of %(month)s %(amount)s is missing.", month=when, amount=amount(-low, code)
        )
        return Headline(text, "problem")
    drawn = results.monthly(run, "overdraft")
    if max(drawn) > _CENT:
        place = max(range(len(drawn)), key=lambda position: drawn[position])
        text = gettext(
            "Cash holds only with the overdraft: at the end of %(month)s %(amount)s of it is used.",
            month=month(results.month_labels(run)[place]),
            amount=amount(drawn[place], code),
        )
        return Headline(text, "warning")
    text = gettext(
        "Cash is enough in every month; it is least at the end of %(month)s: %(amount)s.",
        month=when,
        amount=amount(low, code),
    )
    return Headline(text, "done")


def profit(run: Run) -> Headline:
    """Years with a loss, and profit from the first to the last year."""
    values, labels = [value or 0.0 for value in results.yearly(run, "net_profit")], results.years(run)
    code = run.plan.period.currency
    losses = [label for label, value in zip(labels, values, strict=True) if value < -_CENT]
    ends = {
        "first": labels[0],
        "last": labels[-1],
        "start": amount(values[0], code),
        "end": amount(values[-1], code),
        "years": listed(losses),
    }
    if len(labels) == 1:
        one = {"year": labels[0], "amount": amount(abs(values[0]), code)}
        if losses:
            return Headline(gettext("%(year)s ends with a loss of %(amount)s.", **one), "problem")
        return Headline(gettext("%(year)s ends with a profit of %(amount)s.", **one), "done")
    if not losses:
        text = gettext("There is a profit in every year: from %(start)s in %(first)s to %(end)s in %(last)s.", **ends)
        return Headline(text, "done")
    if len(losses) == len(labels):
        text = gettext("There is a loss in every year: from %(start)s in %(first)s to %(end)s in %(last)s.", **ends)
        return Headline(text, "problem")
    text = gettext(
        "There is a loss in %(years)s. The result goes from %(start)s in %(first)s to %(end)s in %(last)s.", **ends
    )
    return Headline(text, "problem" if values[-1] < -_CENT else "warning")


def repayment(run: Run) -> Headline:
    """The year in which the cash covers the debt service least."""
    found = _lowest(results.yearly(run, "dscr"), results.years(run))
    if found is None:
        return Headline(gettext("There is no debt to repay in this plan."), "note")
    ratio, year = found
    said = {"year": year, "ratio": shown(ratio, "ratio")}
    if ratio < 0:
        text = gettext("In %(year)s the business earns nothing to repay with: its lowest DSCR is %(ratio)s.", **said)
        return Headline(text, "problem")
    if ratio < 1:
        text = gettext("In %(year)s the cash does not cover what is due: there is %(ratio)s for each 1.00.", **said)
        return Headline(text, "problem")
    text = gettext(
        "Cash covers what is due in every year; the weakest is %(year)s with %(ratio)s for each 1.00 due.", **said
    )
    return Headline(text, "done")


def sources(run: Run) -> Headline:
    """Whether the sources of money cover the uses."""
    found, code = results.financing(run), run.plan.period.currency
    missing = -found["working_cash"]
    uses = found["assets"] + found["pre_operating"] + found["savings"]
    if missing > _CENT:
        text = gettext(
            "%(missing)s is missing: the uses come to %(uses)s, the sources to %(sources)s.",
            missing=amount(missing, code),
            uses=amount(uses, code),
            sources=amount(uses - missing, code),
        )
        return Headline(text, "problem")
    text = gettext(
        "Nothing is missing: the sources pay the uses of %(uses)s and leave %(left)s to begin with.",
        uses=amount(uses, code),
        left=amount(-missing, code),
    )
    return Headline(text, "done")


def break_even(run: Run) -> Headline:
    """How far sales may fall in the tightest year before there is a loss."""
    found = _lowest(results.yearly(run, "margin_of_safety"), results.years(run))
    if found is None:
        return Headline(gettext("No break-even can be reckoned: each sale leaves nothing over."), "problem")
    margin, year = found
    said = {"year": year, "share": shown(abs(margin), "share")}
    if margin < 0:
        return Headline(gettext("In %(year)s sales are %(share)s below break-even.", **said), "problem")
    text = gettext("Sales may fall by %(share)s in %(year)s, the tightest year, before there is a loss.", **said)
    return Headline(text, "done")


def balance(run: Run) -> Headline:
    """What the members own at the end, and what is still owed."""
    code, year = run.plan.period.currency, results.years(run)[-1]

    def last(*names: str) -> float:
        return sum(results.yearly(run, name)[-1] or 0.0 for name in names)

    own, owed = last("share_capital", "retained_earnings"), last("loans", "overdraft")
    said = {"year": year, "own": amount(own, code), "owed": amount(owed, code)}
    if own < -_CENT:
        text = gettext("At the end of %(year)s more is owed than there is: the members' part is %(own)s.", **said)
        return Headline(text, "problem")
    if owed < _CENT:
        text = gettext("At the end of %(year)s %(own)s belongs to the members, and no loan is owed any more.", **said)
    else:
        text = gettext("At the end of %(year)s %(own)s belongs to the members; %(owed)s is still owed.", **said)
    return Headline(text, "done")


def loans(run: Run) -> Headline:
    """How many loans, and what they cost in all."""
    found = results.table(run, "true_cost")
    if found is None:
        return Headline(gettext("The plan asks for no loan."), "note")
    rows = [row.cells for row in found.table.rows]
    if len(rows) == 1 and rows[0][6] is not None:
        text = gettext(
            "The loan costs %(eir)s a year with all fees counted; the rate quoted is %(rate)s.",
            eir=shown(rows[0][6], "rate"),
            rate=shown(rows[0][1], "rate"),
        )
        return Headline(text, "note")
    count = len(rows)
    dearest = max((row for row in rows if row[6] is not None), key=lambda row: row[6], default=None)
    if dearest is None:
        return Headline(ngettext("%(num)s loan.", "%(num)s loans.", count), "note")
    text = gettext(
        "%(count)s loans; the dearest is %(name)s: %(eir)s a year with all fees counted.",
        count=count,
        name=dearest[0],
        eir=shown(dearest[6], "rate"),
    )
    return Headline(text, "note")


def stress(run: Run) -> Headline:
    """Whether one thing going wrong breaks the cover."""
    cases = results.cover_of_stresses(run)
    singles, (_, together) = cases[1:-1], cases[-1]
    if together is None:
        return Headline(gettext("There is no debt to repay, so that no stress can break the cover."), "note")
    broken = [core(name) for name, value in singles if value is not None and value < 1]
    if broken:
        text = gettext(
            "One thing alone going wrong breaks the repayment: %(cases)s.",
            cases=listed([name[:1].lower() + name[1:] for name in broken]),
        )
        return Headline(text, "problem")
    ratio = shown(together, "ratio")
    if together < 1:
        text = gettext(
            "Each stress alone is survived; all together leave %(ratio)s of cash for each 1.00 due.", ratio=ratio
        )
        return Headline(text, "warning")
    text = gettext("Even with all stresses together there is %(ratio)s of cash for each 1.00 due.", ratio=ratio)
    return Headline(text, "done")


def returns(run: Run) -> Headline:
    """Whether the project earns more than its discount rate asks for."""
    value = run.basis.indicators.figure("project_npv")
    if run.plan.valuation is None or not isinstance(value, float):
        return Headline(gettext("No discount rate is stated, so that no present value is reckoned."), "note")
    said = {
        "rate": shown(run.plan.valuation.discount_rate, "rate"),
        "amount": amount(abs(value), run.plan.period.currency),
    }
    if value < 0:
        text = gettext("At %(rate)s a year the project brings %(amount)s less than it costs, in today's money.", **said)
        return Headline(text, "problem")
    text = gettext("At %(rate)s a year the project brings %(amount)s more than it costs, in today's money.", **said)
    return Headline(text, "done")


def one_of(run: Run, name: str) -> Headline:
    """The headline of a topic by its name."""
    made = {
        "cash": cash,
        "profit": profit,
        "balance": balance,
        "repayment": repayment,
        "sources": sources,
        "break-even": break_even,
        "loans": loans,
        "stress": stress,
        "returns": returns,
    }
    return made[name](run)


def _lowest(values: Sequence[float | None], labels: Sequence[str]) -> tuple[float, str] | None:
    known = [(value, label) for value, label in zip(values, labels, strict=True) if value is not None]
    return min(known, key=lambda pair: pair[0]) if known else None
