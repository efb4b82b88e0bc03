"""Fixes in English: what to change, what to prove, why not to borrow. Nothing is promised; the word is readiness."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from finance_kit.money import Currency, currency
from finance_kit.plan.financing import Loan
from finance_kit.plan.schema import Plan
from finance_kit.readiness.fix_policy import Bounds
from finance_kit.readiness.other_lenders import Elsewhere
from finance_kit.readiness.search import Step
from finance_kit.timeline import MONTH_NAMES, Month

__all__ = ["LEVERS", "PROOFS", "REFUSALS", "change", "elsewhere", "lacking", "money", "not_enough", "proofs"]

LEVERS: Final = MappingProxyType(
    {
        "tenor": "a longer loan",
        "grace": "more months of grace",
        "season": "instalments in the season",
        "less_loan": "a smaller loan",
        "own_for_loan": "members' money in place of a part of the loan",
        "later_draw": "a later pay-out",
        "phase": "an asset bought later",
        "more_own": "more money from members",
        "overdraft": "a working-capital line",
        "smaller": "a smaller start",
        "security": "more security",
        "promise": "a signed promise",
        "shared_price": "a price for members that follows the selling price",
        "guarantee": "a guarantee scheme",
        "shorter": "a shorter loan",
        "less_grace": "fewer months of grace",
        "lenders_rate": "the lender's own rate",
    }
)
PROOFS: Final = MappingProxyType(
    {
        "tenor": "the lender's offer in writing with this length",
        "grace": "the lender's offer in writing with this grace",
        "season": "the lender's offer in writing with instalments in these months",
        "less_loan": "quotations and a cash plan that show that the smaller loan is enough",
        "own_for_loan": "a signed list of what each member pays, and the money in an account before the pay-out",
        "later_draw": "the lender's agreement to pay out later; what is bought before is paid from the cash there is",
        "phase": "how as much is produced and sold without it until then; if that cannot be shown, this is no way",
        "more_own": "a signed list of what each member pays, and the money in an account before the pay-out",
        "overdraft": "the lender's offer in writing with limit, interest and fee; it is paid back within each year",
        "smaller": "new quotations for what is smaller, and that fixed costs really stay as they are",
        "security": "title or ownership papers, a valuation that the lender accepts, the owner's consent",
        "promise": "the contract, signed: how much, at what price, until when; nothing counts beyond what it says",
        "shared_price": "the rule in writing, decided by the members and signed",
        "guarantee": (
            "the scheme's promise in writing with share and fee, that this lender takes part, and what else the scheme "
            "asks (its profile names it)"
        ),
        "shorter": "the lender's offer in writing with this length",
        "less_grace": "the lender's offer in writing with this grace",
        "lenders_rate": "the lender's offer in writing with its rate",
    }
)
REFUSALS: Final = MappingProxyType(
    {
        "no_cover_without_loan": (
            "Even if members paid for everything and nothing new were borrowed, there is a year in which the business "
            "does not earn enough for what is due. A loan would make that worse. First mend the business: what is "
            "earned on each unit, the fixed costs, the debts that run already."
        ),
        "household": (
            "Debts take more of a member household's income than this lender allows. A new loan with joint liability "
            "would put it, and those who stand for it, at risk."
        ),
        "nothing_reaches": (
            "No change of the loan, of the members' own part or of the time of buying, alone or two together, makes "
            "the plan carry this loan."
        ),
    }
)
_OUTCOMES: Final = MappingProxyType({"ready": "ready", "nearly": "nearly ready", "not_yet": "not yet ready"})
_PROMISED: Final = MappingProxyType(
    {
        "price": "Have buyers sign a lowest price of at least {share} of the planned one",
        "volume": "Have buyers sign to take, and members to supply, at least {share} of the planned volume",
        "input_cost": "Have suppliers sign a highest price of at most {share} of the planned one",
    }
)


def money(amount: float, code: str) -> str:
    """An amount with its currency; cents only where there are some."""
    whole = abs(amount - round(amount)) < 5e-3 or abs(amount) >= 1e5
    return f"{amount:,.{0 if whole else 2}f} {code}".replace("-", "\u2212")


def change(steps: tuple[Step, ...], before: Plan, after: Plan) -> str:
    """What is decided, in one or two sentences."""
    return " ".join(sentence for step in steps for sentence in _WORDS[step.lever](step, before, after))


def proofs(steps: tuple[Step, ...], *, beyond: bool) -> tuple[str, ...]:
    """What must be proven, and by which paper."""
    said = tuple(PROOFS[step.lever] for step in steps)
    return (
        (*said, "the years after this plan's last month, in which the loan still runs: let the plan look further")
        if (beyond)
        else said
    )


def not_enough(tried: tuple[tuple[str, int], ...], bounds: Bounds) -> str:
    """Levers that do not reach a threshold, with how far they were taken."""
    words = {
        "tenor": " (even {months} months)",
        "grace": " (even {months} months)",
        "less_loan": f" (even {bounds.smallest_part * 100:.0f} % of it)",
        "promise": " (even of what is planned)",
        "shared_price": " (even in full)",
    }
    names = [LEVERS[lever] + words.get(lever, "").format(months=months) for lever, months in tried]
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"Not enough by itself: {listed}."


def lacking(gap: float, code: str, at: str) -> str:
    """What a cover lacks in the year that it is lowest in."""
    step = 10.0 ** max(math.floor(math.log10(gap)) - 2, 0)
    amount = money(math.ceil(gap / step) * step, code)
    return f"In {at} the business would have to keep {amount} more than planned, by costs or losses that are lower."


def elsewhere(other: Elsewhere) -> str:
    """Another lender: what it finds, what keeps it from being sure, what must be asked of it."""
    who = f"{other.profile} ({other.profile_id} {other.version})"
    said = [f"{who}: {_OUTCOMES[other.outcome]}; nothing that can be checked stops the plan there."]
    if other.holds:
        said.append(f"Holds it back there: {', '.join(other.holds)}.")
    if other.open:
        said.append(f"Cannot be checked: {', '.join(other.open)}.")
    if other.not_published:
        said.append(f"It does not publish: {', '.join(other.not_published)}; ask before counting on it.")
    return " ".join(said)


def _pairs(before: Plan, after: Plan) -> list[tuple[Loan, Loan]]:
    return list(zip(before.financing.loans, after.financing.loans, strict=True))


def _code(loan: Loan, plan: Plan) -> str:
    return loan.currency or plan.period.currency


def _tenor(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in _pairs(before, after):
        if old.instalments != new.instalments:
            months = [loan.instalments * loan.months_between for loan in (old, new)]
            yield f"Repay \u201c{old.name}\u201d over {months[1]} months, not {months[0]}."


def _grace(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in _pairs(before, after):
        if old.grace_months != new.grace_months:
            months = f"{new.grace_months} months, not {old.grace_months}"
            yield f"Begin to repay the principal of \u201c{old.name}\u201d after {months}."


def _season(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in _pairs(before, after):
        season = new.principal_season
        if season is None or old == new or season == old.principal_season:
            continue
        paying = [name for name, weight in zip(MONTH_NAMES, season, strict=True) if weight]
        even = len({weight for weight in season if weight}) == 1
        how = "in equal parts" if even else "in proportion to what comes in"
        yield f"Repay the principal of \u201c{old.name}\u201d in {', '.join(paying)} only, {how}; interest as before."


def _less(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in _pairs(before, after):
        if old.principal != new.principal:
            code = _code(old, before)
            less = money(old.principal - new.principal, code)
            amounts = f"{money(new.principal, code)}, not {money(old.principal, code)} ({less} less)"
            yield f"Borrow for \u201c{old.name}\u201d {amounts}."


def _more_own_words(before: Plan, after: Plan) -> str:
    extra = sum(c.amount for c in after.financing.contributions) - sum(c.amount for c in before.financing.contributions)
    members = before.cluster.number_of_members or len(before.members)
    code = before.period.currency
    each = f", {money(extra / members, code)} for each of {members} members" if members else ""
    return f"{money(extra, code)}{each}"


def _own_for_loan(step: Step, before: Plan, after: Plan) -> Iterator[str]:
    yield from _less(step, before, after)
    yield f"Members put in the difference in cash: {_more_own_words(before, after)}."


def _more_own(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    yield f"Members put in more cash at the start: {_more_own_words(before, after)}."


def _later_draw(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in _pairs(before, after):
        if old.draw != new.draw:
            was, now = (before.axis.month(before.month_number(loan.draw)).label for loan in (old, new))
            yield f"Have \u201c{old.name}\u201d paid out in {now}, not {was}."


def _phase(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in zip(before.assets, after.assets, strict=True):
        if old.month != new.month:
            was, now = (_month(before, asset.month) for asset in (old, new))
            months = f"{now.label}, not {was.label}"
            yield f"Buy \u201c{old.name}\u201d in {months}, if the business can do without it until then."


def _month(plan: Plan, ref: int | str) -> Month:
    return plan.axis.month(plan.month_number(ref))


def _overdraft(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    line, code = after.financing.overdraft, before.period.currency
    if line is None:
        return
    old = before.financing.overdraft
    was = f", not {money(old.limit, code)}" if old is not None else ""
    yield (
        f"Agree a working-capital line (overdraft) of {money(line.limit, code)}{was}; reckoned here at "
        f"{line.annual_rate:.1%} a year on what is drawn."
    ).replace("%", " %")


def _smaller(step: Step, before: Plan, after: Plan) -> Iterator[str]:
    yield f"Start {step.value * 100:,.1f} % smaller: buy, borrow and sell less alike."
    yield from _less(step, before, after)


def _security(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    more = after.collateral[-1]
    what = f"{more.kind.replace('_', ' ')} worth {money(more.value, before.period.currency)}"
    yield f"Offer more security that has papers: {what} before what the lender takes off its value."


def _guarantee(step: Step, before: Plan, after: Plan) -> Iterator[str]:
    code = before.period.currency
    yield f"Have {money(after.collateral[-1].value, code)} of the loans guaranteed by: {step.target}."
    fees = [
        f"{money(new.upfront_fee_amount - old.upfront_fee_amount, _code(old, before))} for \u201c{old.name}\u201d"
        for old, new in _pairs(before, after)
        if new.upfront_fee_amount != old.upfront_fee_amount
    ]
    if fees:
        yield f"Its fee of all years is reckoned here at pay-out: {', '.join(fees)}."
    else:
        yield "Its fee is not published and not in these figures: ask for it."


def _lenders_rate(_: Step, before: Plan, after: Plan) -> Iterator[str]:
    for old, new in _pairs(before, after):
        if old.annual_rate != new.annual_rate:
            rates = f"{new.annual_rate * 100:g} % a year, not {old.annual_rate * 100:g} %"
            yield f"Reckon with this lender's rate for \u201c{old.name}\u201d: {rates}."


def _promise(step: Step, before: Plan, _: Plan) -> Iterator[str]:
    share = f"{step.value * 100:,.1f} %"
    words = _PROMISED[step.target].format(share=share)
    if step.target != "price":
        yield f"{words}."
        return
    prices = []
    for product in before.products:
        code = product.currency or before.period.currency
        shown = _rounded_up(product.price * step.value, currency(code))
        prices.append(f"{product.name} {shown} {code} a {product.unit}")
    yield f"{words}: today that is {'; '.join(prices)}."


def _rounded_up(price: float, money_of: Currency) -> str:
    """A price rounded up to what is written of its currency: a lower one would not do."""
    scale = 10**money_of.decimals
    return f"{math.ceil(round(price * scale, 6)) / scale:,.{money_of.decimals}f}"


def _shared_price(step: Step, _: Plan, __: Plan) -> Iterator[str]:
    yield (
        f"Agree in writing that {step.value * 100:,.1f} % of any change of the selling price is passed on in what "
        "members are paid for what they supply."
    )


_WORDS: Final[dict[str, Callable[[Step, Plan, Plan], Iterator[str]]]] = {
    "tenor": _tenor,
    "grace": _grace,
    "season": _season,
    "less_loan": _less,
    "own_for_loan": _own_for_loan,
    "later_draw": _later_draw,
    "phase": _phase,
    "more_own": _more_own,
    "overdraft": _overdraft,
    "smaller": _smaller,
    "security": _security,
    "promise": _promise,
    "shared_price": _shared_price,
    "guarantee": _guarantee,
    "shorter": _tenor,
    "less_grace": _grace,
    "lenders_rate": _lenders_rate,
}
