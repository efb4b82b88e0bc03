"""The command that says what would make a plan ready for a lender: fix."""

from __future__ import annotations

from pathlib import Path

import click

from finance_kit.cli.lender_options import FOLDER, lender_folders
from finance_kit.cli.reading import JSON, PLAN, print_json

__all__ = ["fix_command"]


@click.command("fix", epilog="Example: finance-kit fix my-plan.yaml --apply 2 --output my-plan-2.yaml")
@PLAN
@click.option("--lender", help="Id of a lender profile; left out, the generic one for the type of the largest loan.")
@FOLDER
@JSON
@click.option("--apply", "number", type=int, help="Write a copy of PLAN with the fix of this number in it.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the copy is written; never over a file.")
def fix_command(
    plan: Path, lender: str | None, lenders: tuple[Path, ...], as_json: bool, number: int | None, output: Path | None
) -> None:
    """Show the smallest change that mends each thing a lender would find wrong with PLAN.

    Every change is tried on the whole plan and shown with what else it does. None of them raises a price or a volume.
    """
    from finance_kit import service_fixes

    if (number is None) != (output is None):
        raise click.UsageError("--apply and --output go together.")
    if number is not None and output is not None:
        written = service_fixes.apply_fix(plan, lender, number, output, lender_folders(lenders))
        if as_json:
            print_json({"written": str(written)})
            return
        click.echo(f"Written: {written}")
        click.echo(f"Next: finance-kit run {written}")
        return
    found = service_fixes.fixes_as_data(service_fixes.fixes(plan, lender, lender_folders(lenders)))
    if as_json:
        print_json(found)
        return
    from finance_kit.cli.fix_screens import show_fixes

    show_fixes(found, plan.name)
