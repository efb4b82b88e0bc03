"""Commands about lender profiles: list, show, check, new, facts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finance_kit.cli.codes import FAILED
from finance_kit.cli.lender_options import FOLDER, lender_folders
from finance_kit.cli.reading import JSON, issue_as_json, print_json

__all__ = ["lenders_command"]

COUNTRIES = click.Choice(["KH", "MM", "TH", "VN"])


@click.group("lenders", epilog="Example: finance-kit lenders show kh_ardb")
def lenders_command() -> None:
    """Lender profiles: on which terms somebody lends, and by which rules a plan is held against them.

    A profile says what a lender publishes, with source and date. What it keeps to itself is "not published", and the
    generic profile of the country stands for it; every result says so. A plan is held against the profiles of its own
    country. Profiles of your own lie in a folder: --lenders FOLDER, the variable FINANCE_KIT_LENDERS, or the folder
    `lenders` in the program's settings folder; the first of these comes before the others.
    """


@lenders_command.command("list", epilog="Example: finance-kit lenders list --country KH")
@click.option("--country", type=COUNTRIES, help="Only profiles that a plan of this country is held against.")
@FOLDER
@JSON
def list_command(country: str | None, lenders: tuple[Path, ...], as_json: bool) -> None:
    """List the profiles: id, type, version, how many terms are published, what is old."""
    from finance_kit import service_lenders as service

    found = service.catalogue(lender_folders(lenders), country)
    profiles = found.of_country(country) if country else found.profiles.values()
    pages = [service.page(profile) | {"replaced_by": found.replaced.get(profile.id)} for profile in profiles]
    if as_json:
        names = ("id", "title", "kind", "lender_type", "country", "version", "date", "based_on", "old", "replaced_by")
        print_json([{name: page[name] for name in names} for page in pages])
        return
    from finance_kit.cli.lender_screens import show_list

    show_list(pages)


@lenders_command.command("show", epilog="Example: finance-kit lenders show kh_ardb")
@click.argument("lender")
@FOLDER
@JSON
def show_command(lender: str, lenders: tuple[Path, ...], as_json: bool) -> None:
    """Show the profile LENDER (its id): terms, conditions, points, sources, and what is not published."""
    from finance_kit import service_lenders as service

    page = service.page(service.catalogue(lender_folders(lenders)).named(lender))
    if as_json:
        print_json(page)
        return
    from finance_kit.cli.lender_screens import show_page

    show_page(page)


@lenders_command.command("check", epilog="Example: finance-kit lenders check lenders/my_bank.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
def check_command(file: Path, as_json: bool) -> None:
    """List everything that is wrong in the profile FILE, with line and column, and what to write instead.

    What it is based on may lie beside it. Old sources are warnings. Leaves with 1 when the profile cannot be used.
    """
    from finance_kit import service_lenders as service
    from finance_kit.i18n.catalog import render

    profile, issues = service.check_file(file)
    if as_json:
        page = None if profile is None else service.page(profile)
        print_json({"ok": profile is not None, "issues": [issue_as_json(issue) for issue in issues], "profile": page})
    else:
        for issue in issues:
            click.echo(render(issue))
        if profile is None:
            click.echo(f"{file.name}: cannot be used before this is mended.")
        else:
            click.echo(f"{file.name}: {profile.title}, version {profile.version}, can be used.")
            if profile.not_published:
                click.echo(f"Not published: {', '.join(profile.not_published)}.")
    if profile is None:
        sys.exit(FAILED)


@lenders_command.command("new", epilog="Example: finance-kit lenders new lenders/my_bank.yaml --country KH")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--country", type=COUNTRIES, default="KH", show_default=True)
@click.option("--based-on", metavar="ID", help="Profile that stands for what you leave out; else the generic bank.")
@FOLDER
def new_command(file: Path, country: str, based_on: str | None, lenders: tuple[Path, ...]) -> None:
    """Start a profile of your own in FILE: a commented form, without a single invented number.

    It can be used as it is written: whatever you do not fill in is "not published", and the generic profile stands for
    it.
    """
    from finance_kit import service, service_lenders

    service.refuse_existing(file)
    text = service_lenders.new_text(file, country, based_on, lender_folders(lenders))
    service.make_folder(file.parent)
    service.write_new(file, text)
    click.echo(f"Written: {file}")
    click.echo(f"Next: finance-kit lenders check {file}")


@lenders_command.command("facts", epilog="Example: finance-kit lenders facts")
@JSON
def facts_command(as_json: bool) -> None:
    """List the facts of a plan that the rules of a profile may ask for."""
    from finance_kit import service_lenders as service

    if as_json:
        print_json(list(service.facts()))
        return
    from finance_kit.cli.lender_screens import show_facts

    show_facts(service.facts())
