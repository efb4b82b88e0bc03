"""Commands that write documents for a lender."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from finance_kit.cli.reading import JSON, PLAN, print_json

__all__ = ["docx_command", "export_command"]


@click.group("export", epilog="Example: finance-kit export docx my-plan.yaml --output out/")
def export_command() -> None:
    """Write documents for a lender."""


@export_command.command("docx", epilog="Example: finance-kit export docx my-plan.yaml --output out/")
@PLAN
@click.option("--output", "-o", default=".", help="A .docx file, or a folder; by default this folder.")
@click.option("--with-score", is_flag=True, help="Put the readiness into the document. It is meant for the cluster.")
@click.option("--overwrite", is_flag=True, help="Replace a file that was edited since, or that is not an export.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing while working.")
@JSON
def docx_command(plan: Path, output: str, with_score: bool, overwrite: bool, quiet: bool, as_json: bool) -> None:
    """Write the Word business plan of PLAN for a bank.

    An earlier export of the same name is replaced; one that was edited in Word since is left as it is.
    """
    from finance_kit import service

    opened = service.run(plan)
    target = service.document_place(output, ".docx")
    export = partial(service.export_docx, opened, target, with_score=with_score, overwrite=overwrite)
    if quiet or as_json:
        written = export()
    else:
        from finance_kit.cli.screens import working

        with working() as progress:
            written = export(progress=progress)
    if as_json:
        print_json({"written": str(written)})
    else:
        click.echo(f"Written: {written}")
