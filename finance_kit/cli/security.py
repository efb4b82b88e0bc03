"""Commands that look at who stands behind a loan: group, security."""

from __future__ import annotations

from pathlib import Path

import click

from finance_kit.cli.lender_options import FOLDER, lender_folders
from finance_kit.cli.reading import JSON, PLAN, print_json

__all__ = ["group_command", "security_command"]


@click.command("group", epilog="Example: finance-kit group my-plan.yaml --limit 0.4")
@PLAN
@click.option(
    "--limit",
    type=click.FloatRange(0.0, 1.0, min_open=True),
    help="Most of a household's net cash that all its debts may take, as a fraction; default 0.3.",
)
@JSON
def group_command(plan: Path, limit: float | None, as_json: bool) -> None:
    """Show each member's share of the new loans of PLAN, and whether its household can bear it.

    Asked is what joint liability asks: if the group's business paid nothing, could each household pay its share and the
    debts it has already, season by season? Shares are those of members: loan_share, or else equal.
    """
    from finance_kit import service, service_lenders

    found = service_lenders.group(service.run(plan).plan, limit)
    if as_json:
        print_json(found)
        return
    from finance_kit.cli.security_screens import show_group

    show_group(found)


@click.command("security", epilog="Example: finance-kit security my-plan.yaml --lender kh_ardb")
@PLAN
@click.option("--lender", metavar="ID", help="Profile of the lender; by default the country's generic bank.")
@FOLDER
@JSON
def security_command(plan: Path, lender: str | None, lenders: tuple[Path, ...], as_json: bool) -> None:
    """Show what a lender counts of the security in PLAN, the cover of the loans, and guarantee schemes.

    A guarantee scheme is shown with what it asks, the cover with it, what it costs, and where that was read.
    """
    from finance_kit import service, service_lenders

    opened = service.run(plan)
    found = service_lenders.security(opened.basis.indicators, lender, lender_folders(lenders))
    if as_json:
        print_json(found)
        return
    from finance_kit.cli.security_screens import show_security

    show_security(found)
