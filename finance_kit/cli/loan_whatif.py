"""The command that asks what if: settled early, prepaid, paid late, rescheduled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from finance_kit.cli.loan_options import TERMS, fraction_option, open_offer, terms_options
from finance_kit.cli.reading import JSON, print_json

__all__ = ["settle_command"]


@click.command("settle", epilog="Example: finance-kit loan settle my-offer.yaml --after 12 --settle-fee 2%")
@TERMS
@terms_options
@click.option("--after", type=int, required=True, help="How many instalments have been paid.")
@fraction_option("--part-of-period", "share", "Share of the running period that has passed.")
@fraction_option("--settle-fee", "fee", "The lender's charge, share of what is repaid early.")
@click.option(
    "--flat-rebate",
    type=click.Choice(["none", "unearned", "rule_of_78"]),
    default="none",
    show_default=True,
    help="What a lender gives up of flat interest to come.",
)
@click.option("--prepay", type=float, help="Repay this much besides, and no more.")
@click.option("--keep", type=click.Choice(["tenor", "instalment"]), default="tenor", show_default=True)
@click.option("--days-late", type=int, help="Pay the next instalment so many days late.")
@fraction_option("--penalty", "monthly_rate", "Penalty a month on the overdue sum.")
@click.option("--free-days", type=int, default=0, show_default=True, help="Days late without penalty.")
@click.option("--reschedule", type=int, help="Spread what is left over so many instalments.")
@fraction_option("--new-rate", "annual_rate", "With --reschedule: another rate a year.")
@click.option("--new-grace", type=int, default=0, help="With --reschedule: instalments without principal.")
@click.option("--arrears", type=float, default=0.0, help="With --reschedule: unpaid sums added to the principal.")
@JSON
def settle_command(terms: Path | None, as_json: bool, **given: Any) -> None:
    """Show what it takes to settle a loan early, or what a prepayment, a late payment, a new schedule would do.

    Without --prepay, --days-late or --reschedule, the whole loan is settled. These are estimates by the terms given;
    the contract says what the lender charges.
    """
    from finance_kit import service_loans

    asked = [name for name in ("prepay", "days_late", "reschedule") if given[name] is not None]
    if len(asked) > 1:
        first, second = (f"--{name.replace('_', '-')}" for name in asked[:2])
        raise click.UsageError(f"{first} and {second} ask for different things. Please give one of them.")
    opened = open_offer(terms, given)
    found = service_loans.what_if(opened, asked[0] if asked else "settle", given)
    if as_json:
        print_json(service_loans.as_json({"offer": opened, **found.results}))
        return
    from finance_kit.cli.loan_screens import console, fits, show_pairs, show_sentences, show_table, show_title

    screen = console()
    show_title(screen, *service_loans.heading(opened))
    show_pairs(screen, found.lines, found.title)
    if found.table is not None:
        for part in service_loans.split_table(found.table, lambda piece: fits(screen, piece)):
            show_table(screen, part, "The rest of the loan")
    show_sentences(screen, found.notes)
