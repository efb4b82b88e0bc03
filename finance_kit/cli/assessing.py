"""Commands of readiness: assess, offers, checklist."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finance_kit.cli.codes import NOT_READY
from finance_kit.cli.lender_options import FOLDER, chosen_lenders, lender_folders
from finance_kit.cli.reading import JSON, PLAN, print_json

__all__ = ["assess_command", "checklist_command", "offers_command"]


@click.command("assess", epilog="Example: finance-kit assess my-plan.yaml --lender kh_ardb")
@PLAN
@JSON
@click.option("--gate", is_flag=True, help="Leave with 3 when no profile that is shown in full finds the plan ready.")
@chosen_lenders
def assess_command(
    plan: Path, as_json: bool, gate: bool, lender: tuple[str, ...], all_lenders: bool, lenders: tuple[Path, ...]
) -> None:
    """Show how ready PLAN is for the lenders of its country, and where each point comes from.

    A line for each lender; then, for each chosen one, every condition and every criterion with points, figure, rule,
    source, and what is missing. It is a reading of what lenders ask, not a lender's decision.
    """
    from finance_kit import service, service_assess

    opened = service.run(plan, folders=lender_folders(lenders), lenders=lender, all_lenders=all_lenders)
    if as_json:
        print_json(service_assess.assessment_json(opened))
    else:
        from finance_kit.cli.assessing_screens import show_assessments

        show_assessments(opened)
    if gate and not service.is_ready(opened):
        sys.exit(NOT_READY)


@click.command("offers", epilog="Example: finance-kit offers my-plan.yaml --offer bank.yaml --offer mfi.yaml")
@PLAN
@click.option(
    "--offer", "offers", type=click.Path(path_type=Path), multiple=True,
    help="Terms file of a quoted offer (finance-kit loan new); may be repeated.",
)  # fmt: skip
@click.option(
    "--lender", "lender", multiple=True, metavar="ID",
    help="Take the published terms of this profile instead of those of every named lender of the country; may be "
    "repeated.",
)  # fmt: skip
@click.option("--loan", metavar="NAME", help="Loan of the plan whose place the offers take; by default the largest.")
@click.option("--same-sum", is_flag=True, help="Reckon each terms file for the sum that the plan asks for.")
@click.option("--gate", is_flag=True, help="Leave with 3 when no offer is eligible.")
@FOLDER
@JSON
def offers_command(
    plan: Path,
    offers: tuple[Path, ...],
    lender: tuple[str, ...],
    loan: str | None,
    same_sum: bool,
    gate: bool,
    lenders: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Hold loan offers against PLAN, side by side.

    Each takes the place of one loan of the plan, and the whole plan is reckoned again: what is received in hand, what
    it costs, the highest instalment, the lowest yearly DSCR, whether law and lender allow it, and what the cheapest
    one saves.
    """
    from finance_kit import service, service_assess

    opened = service.run(plan, folders=lender_folders(lenders), lenders=lender)
    page = service_assess.offer_page(opened, offers, loan=loan, same_sum=same_sum)
    if as_json:
        print_json(service_assess.offers_json(page))
    else:
        from finance_kit.cli.offer_screens import show_offers

        show_offers(opened, page)
    if gate and not service_assess.any_eligible(page):
        sys.exit(NOT_READY)


@click.command("checklist", epilog="Example: finance-kit checklist my-plan.yaml --lender kh_ardb")
@PLAN
@JSON
@click.option("--gate", is_flag=True, help="Leave with 3 when a document that is asked for is not held.")
@chosen_lenders
def checklist_command(
    plan: Path, as_json: bool, gate: bool, lender: tuple[str, ...], all_lenders: bool, lenders: tuple[Path, ...]
) -> None:
    """List the documents that lenders ask of PLAN, and answer the questions of an interview from it.

    Documents: held, requested, expired or to get; who makes them and in which order. What was not read in a source is
    listed as a question for the lender.
    """
    from finance_kit import service, service_assess

    opened = service.run(plan, folders=lender_folders(lenders), lenders=lender, all_lenders=all_lenders)
    profiles = service_assess.profile_choice(opened, lender, everyone=all_lenders)
    lists, answers = service_assess.checklists(opened, profiles)
    if as_json:
        print_json(service_assess.checklist_json(lists, answers))
    else:
        from finance_kit.cli.assessing_screens import show_checklists

        show_checklists(opened, lists, answers)
    if gate and any(each.count("to_get", "requested", "expired") for each in lists):
        sys.exit(NOT_READY)
