"""From a terms file, options, or both to an offer; every problem with its place.

Options change what the file says, so that "and over 24 months?" needs no second file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from finance_kit.errors import CalculationError, Issue, PlanError
from finance_kit.loans import LoanFee, LoanTerms, PaymentCalendar, PayOut, RateChange
from finance_kit.money import Currency, currency
from finance_kit.offers.offer import Offer
from finance_kit.offers.schema import CalendarFile, LoanFile, OfferFile, PayOutFile, RateChangeFile
from finance_kit.plan.validation import validate
from finance_kit.plan.yaml_source import Source, parse, read

__all__ = ["parse_offer", "read_offer"]

# What a change of one field puts out of force.
_INSTEAD: Final = {
    "months": ("instalments",),
    "instalments": ("months",),
    "annual_rate": ("monthly_rate",),
    "monthly_rate": ("annual_rate",),
    "grace_months": ("grace_instalments",),
    "grace_instalments": ("grace_months",),
}
_OWN_FIELDS: Final = {"monthly_rate", "months", "rounding", "calendar", "pay_outs", "rate_changes", "fees"}
_UNNAMED: Final = Currency("", 2, 0.01, "", "currency not stated")


def read_offer(path: Path | None, changes: Mapping[str, Any] | None = None, *, needs_principal: bool = True) -> Offer:
    """The offer of a terms file, with changes, or of the changes alone.

    Parameters
    ----------
    path : a YAML or JSON file; ``None`` for an offer that stands in the changes alone
    changes : fields of the file by name; those of the loan under ``loan``
    needs_principal : whether the sum lent must be stated

    Returns
    -------
    Offer

    Raises
    ------
    PlanError : ``offer_has_errors``, with every issue
    """
    source = Source("", data={}) if path is None else read(path)
    return _offer(source, changes or {}, needs_principal)


def parse_offer(text: str, file: str, *, needs_principal: bool = True) -> Offer:
    """The offer of a text, such as the worked example of a help page; errors as :func:`read_offer`."""
    return _offer(parse(text, file), {}, needs_principal)


def _offer(source: Source, changes: Mapping[str, Any], needs_principal: bool) -> Offer:
    if not source.issues and isinstance(source.data, dict):
        source = replace(source, data=_changed(source.data, changes))
    model, problems = validate(OfferFile, source)
    issues = (*source.issues, *problems)
    if model is None or issues:
        raise PlanError("offer_has_errors", issues, file=source.file)
    found = list(_own_problems(model, source, needs_principal))
    if found:
        raise PlanError("offer_has_errors", found, file=source.file)
    money = currency(model.currency) if model.currency else _UNNAMED
    try:
        terms = _terms(model.loan, money)
    except CalculationError as wrong:
        raise PlanError("offer_has_errors", _placed(wrong, source), file=source.file) from None
    return Offer(
        title=model.title or (Path(source.file).stem if source.file else "Loan"),
        terms=terms,
        currency=money,
        quoted_per="year" if model.loan.monthly_rate is None else "month",
        lender=model.lender,
        lender_type=model.lender_type,
        country=model.country,
        source=model.source,
        source_date=model.source_date,
        note=model.note,
        file=source.file or None,
    )


def _changed(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a file with changes laid over it."""
    merged = {**data, **{name: value for name, value in changes.items() if name != "loan"}}
    loan = data.get("loan", {})
    if isinstance(loan, dict):
        changed: Mapping[str, Any] = changes.get("loan", {})
        gone = {name for field in changed for name in _INSTEAD.get(field, ())}
        kept = {name: value for name, value in loan.items() if name not in gone}
        if isinstance(kept.get("calendar"), dict) and isinstance(changed.get("calendar"), dict):
            changed = {**changed, "calendar": {**kept["calendar"], **changed["calendar"]}}
        merged["loan"] = {**kept, **changed}
    return merged


def _own_problems(model: OfferFile, source: Source, needs_principal: bool) -> list[Issue]:
    """What the terms of a file need beyond those of a loan."""
    loan, found = model.loan, []

    def add(code: str, field: str, **params: Any) -> None:
        found.append(Issue(code, source.where(("loan", field) if field else ("loan",)), params))

    if loan.principal is None and needs_principal:
        add("offer_principal_missing", "")
    if loan.annual_rate is None and loan.monthly_rate is None:
        add("offer_rate_missing", "")
    elif loan.annual_rate is not None and loan.monthly_rate is not None:
        add("offer_rate_twice", "monthly_rate")
    if loan.rounding != "signed" and loan.rounding_unit is not None:
        add("offer_rounding_twice", "rounding_unit")
    if loan.months is None and loan.instalments is None:
        add("offer_tenor_missing", "")
    elif loan.months is not None and loan.instalments is not None:
        add("offer_tenor_twice", "months")
    elif loan.months is not None:
        if loan.weeks_between or loan.days_between:
            add("offer_months_need_months", "months")
        elif loan.months_between < 1 or loan.months % loan.months_between:
            add("offer_months_not_whole", "months", months=loan.months, months_between=loan.months_between)
    return found


def _terms(loan: LoanFile, money: Currency) -> LoanTerms:
    """The loan in the terms of the loan room, with the money habits of its currency."""
    fields = {name: value for name, value in loan.model_dump(exclude=_OWN_FIELDS).items() if value is not None}
    if loan.monthly_rate is not None:
        fields["annual_rate"] = round(loan.monthly_rate * 12, 12)  # 2.3 % twelve times is 27.6 %, to the last digit
    if loan.months is not None:
        fields["instalments"] = loan.months // loan.months_between
    fields.setdefault("principal", 0.0)
    if loan.rounding == "signed":
        fields.setdefault("minor_unit", min(money.minor_unit, fields.get("rounding_unit", money.minor_unit)))
        fields.setdefault("rounding_unit", max(money.cash_unit, fields["minor_unit"]))
    else:
        fields.pop("rounding_unit", None)
        fields.pop("minor_unit", None)
    return LoanTerms(
        **fields,
        calendar=None if loan.calendar is None else _calendar(loan.calendar),
        pay_outs=tuple(PayOut(**_dated(part)) for part in loan.pay_outs),
        rate_changes=tuple(RateChange(**_dated(part)) for part in loan.rate_changes),
        fees=tuple(LoanFee(**part.model_dump()) for part in loan.fees),
    )


def _dated(part: PayOutFile | RateChangeFile) -> dict[str, Any]:
    """An event in the fields of the loan room."""
    return {**part.model_dump(exclude={"day"}), "on": part.day}


def _calendar(dates: CalendarFile) -> PaymentCalendar:
    return PaymentCalendar(**{**dates.model_dump(), "holidays": frozenset(dates.holidays)})


def _placed(wrong: CalculationError, source: Source) -> list[Issue]:
    """Problems of the loan with their place in the file."""
    problems = wrong.issues or (Issue(wrong.code, params=wrong.params),)
    placed = []
    for problem in problems:
        steps = [int(step) if step.isdigit() else step for step in problem.where.path.split(".") if step]
        where = source.where(("loan", *steps)) if source.file else problem.where
        code = "offer_event_needs_day" if problem.code == "loan_event_needs_day" else problem.code
        placed.append(replace(problem, code=code, where=where))
    return placed
