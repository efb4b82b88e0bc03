"""Commands that write documents for a lender."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from finance_kit.cli.lender_options import chosen_lenders, lender_folders
from finance_kit.cli.reading import JSON, PLAN, print_json

__all__ = ["docx_command", "export_command", "template_command"]


@click.group("export", epilog="Example: finance-kit export docx my-plan.yaml --output out/")
def export_command() -> None:
    """Write documents for a lender."""


@export_command.command("docx", epilog="Example: finance-kit export docx my-plan.yaml --output out/")
@PLAN
@click.option("--output", "-o", default=".", help="A .docx file, or a folder; by default this folder.")
@click.option("--with-score", is_flag=True, help="Put the readiness into the document. It is meant for the cluster.")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A Word file in your own house style, in place of ours; begin from: finance-kit export template.",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that was edited since, or that is not an export.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing while working.")
@chosen_lenders
@JSON
def docx_command(
    plan: Path,
    output: str,
    with_score: bool,
    template: Path | None,
    overwrite: bool,
    quiet: bool,
    lender: tuple[str, ...],
    all_lenders: bool,
    lenders: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Write the Word business plan of PLAN for a bank.

    An earlier export of the same name is replaced; one that was edited in Word since is left as it is. With
    --with-score it holds the readiness by the country's generic bank and MFI, or by the profiles that you choose.
    """
    from finance_kit import service

    opened = service.run(plan, folders=lender_folders(lenders), lenders=lender, all_lenders=all_lenders)
    target = service.document_place(output, ".docx")
    export = partial(service.export_docx, opened, target, with_score=with_score, overwrite=overwrite, template=template)
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


@export_command.command("template", epilog="Example: finance-kit export template our-style.docx")
@click.argument("target", type=click.Path(path_type=Path), default=Path("bank_plan.docx"), metavar="[FILE]")
def template_command(target: Path) -> None:
    """Copy our Word template to FILE, to be restyled in Word.

    Change fonts, colours, margins, header, footer and logo; add pages. Keep the tags in braces, the places in square
    brackets and the names of the styles. Then: finance-kit export docx PLAN --template FILE
    """
    from finance_kit import service

    click.echo(f"Written: {service.copy_template(target)}")
