"""Guarantee schemes of the country for a plan's loans: what they ask, the cover with them, and what they cost.

A scheme's figures are those of the country pack, with source and date. Where a scheme states a range of cover, the
lower end counts; what a scheme pays of a lender's whole portfolio is no cover of one loan and never counts as such.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from finance_kit.loans import LoanFee, LoanTerms, true_cost
from finance_kit.packs.model import CountryPack, GuaranteeFee, GuaranteeLimit, GuaranteeScheme
from finance_kit.plan.loan_contract import loan_contract
from finance_kit.readiness.collateral import Security
from finance_kit.readiness.money_facts import own_contribution_share
from finance_kit.readiness.reading import Case

__all__ = ["GuaranteeCondition", "GuaranteeCost", "GuaranteeOption", "guarantee_fees", "guarantee_options"]

_YEAR: Final = 12

ConditionId = Literal[
    "amount_least", "amount_most", "own_contribution", "years_in_business", "no_bad_debt", "no_tax_debt"
]


@dataclass(frozen=True, slots=True)
class GuaranteeCondition:
    """What a scheme asks: ``met`` is ``None`` where the plan or the scheme does not say enough, for the ``reason``.

    ``found`` and ``needed`` are in ``unit``: a currency, ``share``, ``years`` or ``yes/no``. ``reason`` is
    ``not_stated`` in the plan's ``field``, ``no_exchange_rate``, or ``depends_on_use`` of the loan.
    """

    id: ConditionId
    met: bool | None
    found: float | bool | None
    needed: float | bool
    unit: str
    reason: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class GuaranteeCost:
    """One loan without and with the scheme's fee, in the loan's currency; a rate is ``None`` where none exists."""

    loan: str
    currency: str
    fees_before: float
    fees_after: float
    eir_before: float | None
    eir_after: float | None


@dataclass(frozen=True, slots=True)
class GuaranteeOption:
    """A scheme held against the plan; amounts in plan currency.

    Parameters
    ----------
    scheme : the scheme as the country pack states it, with source and date
    outcome : ``open``: nothing known speaks against it, and something is to be asked; ``not_eligible``: a condition
        fails; ``no_loan``
    conditions : what can be held against the plan's figures
    cover_share : share of the loans that counts as security, the lower end of a range; ``None`` where none is published
    guaranteed : that share of the loans
    cover_before, cover_after : counted security over the loans, without and with what is guaranteed; a guarantee that
        the plan lists as security already is replaced by it where that is more, never added
    missing_after : what is still without security
    costs : each loan with the fee; none where the fee is not published or the cover that it is taken of is not
    """

    scheme: GuaranteeScheme
    outcome: Literal["open", "not_eligible", "no_loan"]
    conditions: tuple[GuaranteeCondition, ...]
    cover_share: float | None
    guaranteed: float | None
    cover_before: float | None
    cover_after: float | None
    missing_after: float | None
    costs: tuple[GuaranteeCost, ...]


def guarantee_options(case: Case, offered: Security, pack: CountryPack) -> tuple[GuaranteeOption, ...]:
    """Every scheme of the country, in the order of its pack.

    Parameters
    ----------
    case : the plan
    offered : its security as one lender counts it
    pack : of the plan's country

    Raises
    ------
    CalculationError : a loan of the plan is a contract that cannot be
    """
    return tuple(_option(case, offered, scheme) for scheme in pack.guarantee_schemes)


def guarantee_fees(scheme: GuaranteeScheme, *, with_collateral: bool, months: int) -> tuple[LoanFee, ...] | None:
    """A scheme's fee as charges of a loan.

    Parameters
    ----------
    scheme : as the country pack states it
    with_collateral : whether the loan has security of its own
    months : from pay-out to the last instalment

    Returns
    -------
    charges; ``None`` where the fee is not published, or the share that it is taken of

    Notes
    -----
    The share of the last stated year is charged at pay-out and on each anniversary. What earlier years cost more is
    charged at pay-out as well: the sum is exact, and the part of the second year comes early, which makes the loan look
    a little dearer, never cheaper. A fee of the guaranteed part is taken of what is owed at the start of each year, one
    of the loan of the sum lent.
    """
    wanted = ("always", "with_collateral" if with_collateral else "without_collateral")
    fee = next((each for each in scheme.fees if each.when in wanted), None)
    if fee is None:
        return None
    covered = _cover(scheme) if fee.basis == "guaranteed" else 1.0
    return None if covered is None else tuple(_charges(scheme, fee, covered, months))


def _charges(scheme: GuaranteeScheme, fee: GuaranteeFee, covered: float, months: int) -> list[LoanFee]:
    """The yearly charge, and what the first years cost more."""
    basis: Literal["outstanding", "principal"] = "outstanding" if fee.basis == "guaranteed" else "principal"
    last = fee.yearly_shares[-1]
    charges = [LoanFee(name=scheme.title, share=last, basis=basis, when="yearly", covered_share=covered)]
    more = sum(share - last for year, share in enumerate(fee.yearly_shares) if months > year * _YEAR)
    if more > 0.0:
        charges.append(LoanFee(name=scheme.title, share=more, basis="principal", when="pay_out", covered_share=covered))
    return charges


def _cover(scheme: GuaranteeScheme) -> float | None:
    return scheme.cover_least if scheme.cover_least is not None else scheme.cover_most


def _option(case: Case, offered: Security, scheme: GuaranteeScheme) -> GuaranteeOption:
    """One scheme."""
    conditions = tuple(_conditions(case, offered, scheme))
    share, amount = _cover(scheme), offered.amount
    guaranteed = None if share is None or not amount else share * amount
    # A guarantee that the plan lists already may be this one: it is not counted twice.
    own = sum(each.counted for each in offered.items if each.kind != "guarantee")
    counted = None if guaranteed is None else max(own + guaranteed, offered.counted)
    failed = any(each.met is False for each in conditions)
    return GuaranteeOption(
        scheme=scheme,
        outcome="no_loan" if not amount else "not_eligible" if failed else "open",
        conditions=conditions,
        cover_share=share,
        guaranteed=guaranteed,
        cover_before=offered.cover_after,
        cover_after=None if counted is None else counted / amount,
        missing_after=None if counted is None else max(amount - counted, 0.0),
        costs=tuple(_costs(case, offered, scheme)),
    )


def _costs(case: Case, offered: Security, scheme: GuaranteeScheme) -> list[GuaranteeCost]:
    """Each new loan without and with the fee."""
    found: list[GuaranteeCost] = []
    for loan in case.plan.financing.loans:
        months = loan.instalments * loan.months_between
        fees = guarantee_fees(scheme, with_collateral=offered.counted > 0.0, months=months)
        if fees is None or not loan.principal:
            continue
        plain = loan_contract(case.plan, loan)
        before, after = _cost(plain), _cost(replace(plain, fees=(*plain.fees, *fees)))
        found.append(
            GuaranteeCost(
                loan.name, loan.currency or case.plan.period.currency, before[0], after[0], before[1], after[1]
            )
        )
    return found


def _cost(terms: LoanTerms) -> tuple[float, float | None]:
    """All fees, and the effective rate where there is one."""
    found = true_cost(terms)
    return found.total_fees, found.eir if isinstance(found.eir, float) else None


def _conditions(case: Case, offered: Security, scheme: GuaranteeScheme) -> list[GuaranteeCondition]:
    """What the scheme asks and the plan's figures can answer."""
    found = _amounts(case, offered.amount, scheme.limits)
    if scheme.own_contribution_least is not None:
        own = own_contribution_share(case)
        share = own.value if isinstance(own.value, float) else None
        least = scheme.own_contribution_least
        met = None if share is None else share >= least - 1e-9
        reason = "" if share is not None else "not_stated"
        found.append(
            GuaranteeCondition("own_contribution", met, share, least, "share", reason, "financing.contributions")
        )
    if scheme.years_in_business_least is not None:
        years, least = case.plan.cluster.years_in_business, scheme.years_in_business_least
        met = None if years is None else years >= least
        reason = "" if years is not None else "not_stated"
        found.append(
            GuaranteeCondition("years_in_business", met, years, least, "years", reason, "cluster.years_in_business")
        )
    history = case.plan.credit_history
    if scheme.no_bad_debt:
        found.append(_absent("no_bad_debt", None if history is None else history.bad_debt, "bad_debt"))
    if scheme.no_tax_debt_over_year:
        stated = None if history is None else history.tax_debt_over_year
        found.append(_absent("no_tax_debt", stated, "tax_debt_over_year"))
    return found


def _absent(name: ConditionId, stated: bool | None, field: str) -> GuaranteeCondition:
    """A condition that something is not so."""
    met, reason = (None, "not_stated") if stated is None else (not stated, "")
    where = f"credit_history.{field}"
    return GuaranteeCondition(name, met, stated, needed=False, unit="yes/no", reason=reason, field=where)


def _amounts(case: Case, amount: float, limits: tuple[GuaranteeLimit, ...]) -> list[GuaranteeCondition]:
    """The loans against the scheme's limits, in the first currency that the plan has a rate for."""
    if not limits or not amount:
        return []
    limit = next((each for each in limits if each.currency in case.exchange), None)
    shown = limit or limits[0]
    most = [each for each in (shown.working_capital, shown.investment) if each is not None]
    if limit is None:
        needed, unit = max(most, default=0.0), shown.currency
        return [GuaranteeCondition("amount_most", None, None, needed, unit, "no_exchange_rate", "exchange_rates")]
    asked = amount / case.exchange[limit.currency]
    found = []
    if limit.min is not None:
        found.append(GuaranteeCondition("amount_least", asked >= limit.min, asked, limit.min, limit.currency))
    if most:
        # Between the two limits it depends on how much of the loan is working capital.
        met = True if asked <= min(most) else False if asked > max(most) else None
        reason = "depends_on_use" if met is None else ""
        needed = min(most) if met is None else max(most)
        found.append(GuaranteeCondition("amount_most", met, asked, needed, limit.currency, reason))
    return found
