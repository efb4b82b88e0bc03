"""Commands about one loan or offer: new, schedule, explain, cost, compare, afford, settle."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from finance_kit.cli.loan_options import TERMS, amounts_option, open_offer, terms_options
from finance_kit.cli.loan_whatif import settle_command
from finance_kit.cli.reading import JSON, print_json

__all__ = ["loan_command"]

_OVERWRITE = click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")


@click.group("loan", epilog="Example: finance-kit loan schedule --principal 20000 --rate 18% --months 36 --fee 1%")
def loan_command() -> None:
    """Loans: schedule, true cost, comparison, what can be afforded, and what if.

    Terms come from a file (see `finance-kit loan new`), from options, or from a file with some of them changed by
    options. Rates and shares are written 18% or 0.18. Help: `finance-kit help`.
    """


@loan_command.command("new", epilog="Example: finance-kit loan new my-offer.yaml --sample kh-mfi-individual")
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option("--sample", help="Copy this sample instead of the commented starter.")
@click.option("--list", "list_only", is_flag=True, help="List the samples and stop.")
def new_command(target: Path | None, sample: str | None, list_only: bool) -> None:
    """Write a terms file to TARGET: a commented starter, or a copy of a sample offer."""
    from finance_kit import service, service_loans

    if list_only:
        for name in service_loans.sample_offers():
            click.echo(name)
        return
    if target is None:
        raise click.UsageError("Name the file to write, for example my-offer.yaml.")
    text = service_loans.starter_terms()
    if sample is not None:
        text = service_loans.sample_offer(sample).read_text(encoding="utf-8")
    service.write_new(target, text)
    click.echo(f"Written: {target}")
    click.echo(f"Next: finance-kit loan schedule {target}")


@loan_command.command("schedule", epilog="Example: finance-kit loan schedule my-offer.yaml --xlsx my-offer.xlsx")
@TERMS
@terms_options
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Write the schedule to this CSV file.")
@click.option("--xlsx", "xlsx_file", type=click.Path(path_type=Path), help="Write a live spreadsheet to this file.")
@_OVERWRITE
@click.option("--why", type=int, help="Explain interest, principal and total of this instalment.")
@JSON
def schedule_command(
    terms: Path | None,
    csv_file: Path | None,
    xlsx_file: Path | None,
    overwrite: bool,
    why: int | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Show the schedule that would be signed."""
    from finance_kit import service_loans

    opened = open_offer(terms, given)
    written = []
    if csv_file is not None:
        written.append(service_loans.write_csv(opened, csv_file, overwrite=overwrite))
    if xlsx_file is not None:
        written.append(service_loans.write_xlsx(opened, xlsx_file, overwrite=overwrite))
    if as_json:
        answer = {"offer": opened, "schedule": service_loans.schedule_of(opened), "written": list(map(str, written))}
        print_json(service_loans.as_json(answer))
        return
    from finance_kit.cli.loan_screens import console, fits, show_pairs, show_sentences, show_table, show_title

    screen, heading = console(), service_loans.heading(opened)
    show_title(screen, *heading)
    if why is None:
        show_pairs(screen, service_loans.pay_out_lines(opened))
        table = service_loans.schedule_table(opened)
        if not fits(screen, table):
            table = service_loans.schedule_table(opened, brief=True)
        for part in service_loans.split_table(table, lambda piece: fits(screen, piece)):
            show_table(screen, part)
    else:
        for figure in ("interest", "principal", "instalment", "fees", "total", "closing_balance"):
            _, sentences = service_loans.explain_figure(opened, figure, why)
            show_sentences(screen, sentences, figure.replace("_", " ").capitalize())
    for path in written:
        click.echo(f"Written: {path}")


@loan_command.command("explain", epilog="Example: finance-kit loan explain my-offer.yaml interest 1")
@click.argument("what", nargs=-1, required=True)
@terms_options
@JSON
def explain_command(what: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Say why a figure is what it is: [TERMS] FIGURE [NUMBER].

    FIGURE is interest, principal, instalment, fees, savings, total or closing_balance of instalment NUMBER, or eir or
    net_received of the whole loan. TERMS may be left out when the loan is given by options.
    """
    from finance_kit import service_loans

    terms, figure, number = _what(what)
    opened = open_offer(terms, given)
    found, sentences = service_loans.explain_figure(opened, figure, number)
    if as_json:
        print_json({**service_loans.as_json(found), "words": sentences})
        return
    from finance_kit.cli.loan_screens import console, show_sentences, show_title

    screen = console()
    show_title(screen, *service_loans.heading(opened))
    show_sentences(screen, sentences)


def _what(words: tuple[str, ...]) -> tuple[Path | None, str, int | None]:
    """Terms file, figure and number of an instalment, as far as they are given."""
    rest = list(words)
    number = int(rest.pop()) if len(rest) > 1 and re.fullmatch(r"[0-9]{1,6}", rest[-1]) else None
    if len(rest) > 2:
        raise click.UsageError("Give a terms file, a figure and the number of an instalment, in this order.")
    figure = rest.pop()
    return (Path(rest[0]) if rest else None), figure, number


@loan_command.command("cost", epilog="Example: finance-kit loan cost my-offer.yaml --country KH --lender-type mfi")
@TERMS
@terms_options
@JSON
def cost_command(terms: Path | None, as_json: bool, **given: Any) -> None:
    """Show what a loan really costs, what each charge adds, and the legal limits."""
    from finance_kit import service_loans

    opened = open_offer(terms, given)
    cost = service_loans.cost_of(opened)
    if as_json:
        print_json(service_loans.as_json({"offer": opened, "cost": cost}))
        return
    from finance_kit.cli.loan_screens import console, show_pairs, show_sentences, show_table, show_title

    screen, said = console(), service_loans.cost_words(opened, cost)
    show_title(screen, *service_loans.heading(opened))
    show_pairs(screen, said.lines)
    if said.charges is not None:
        show_table(screen, said.charges, "What each charge adds")
    show_sentences(screen, said.limits, "Legal limits")


@loan_command.command("compare", epilog="Example: finance-kit loan compare bank.yaml mfi.yaml")
@click.argument("terms", type=click.Path(path_type=Path), nargs=-1, required=True)
@JSON
def compare_command(terms: tuple[Path, ...], as_json: bool) -> None:
    """Show the offers of several terms files side by side; the lowest true cost is marked with *."""
    from finance_kit import service_loans

    found = service_loans.compare_offers([service_loans.offer(path) for path in terms])
    if as_json:
        print_json(service_loans.as_json(found))
        return
    from finance_kit.cli.loan_screens import console, fits, show_sentences, show_table

    screen = console()
    table, sentences = service_loans.comparison_words(found)
    for part in service_loans.split_table(table, lambda piece: fits(screen, piece)):
        show_table(screen, part)
    show_sentences(screen, sentences)


@loan_command.command("afford", epilog="Example: finance-kit loan afford my-offer.yaml --pay 500000")
@TERMS
@terms_options
@amounts_option("--pay", "What each instalment can take; 0,0,300000 repeats like a season.")
@click.option("--dscr", type=float, help="Take --pay for cash flow, which must be so many times the debt service.")
@click.option("--longest", type=click.IntRange(1), help="Most instalments that the lender allows.")
@JSON
def afford_command(
    terms: Path | None, pay: tuple[float, ...], dscr: float | None, longest: int | None, as_json: bool, **given: Any
) -> None:
    """Show how much, how long, at which rate and after which grace can be borrowed with what can be paid."""
    from finance_kit import service_loans

    opened = open_offer(terms, given, needs_principal=False)
    found = service_loans.afford_offer(opened, pay, dscr, longest)
    if as_json:
        print_json(service_loans.as_json({"offer": opened, "afford": found}))
        return
    from finance_kit.cli.loan_screens import console, show_sentences, show_title

    screen = console()
    show_title(screen, *service_loans.heading(opened))
    title, sentences = service_loans.afford_words(opened, found)
    show_sentences(screen, sentences, title)


loan_command.add_command(settle_command)
