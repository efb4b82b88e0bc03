"""Options that choose lender profiles, the same for every command that reads a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

__all__ = ["FOLDER", "chosen_lenders", "lender_folders"]

FOLDER = click.option(
    "--lenders",
    "lenders",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FOLDER",
    help="Folder of lender profiles of your own; a profile with the id of one that comes along replaces it. Also: the "
    "variable FINANCE_KIT_LENDERS, and `lenders` in the program's settings folder. May be repeated.",
)


def chosen_lenders(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--lender``, ``--all-lenders`` and ``--lenders`` to a command."""
    for option in (
        FOLDER,
        click.option("--all-lenders", is_flag=True, help="Show every profile of the plan's country in full."),
        click.option(
            "--lender", "lender", multiple=True, metavar="ID",
            help="Show this profile in full instead of the generic bank and MFI of the country; may be repeated. Ids: "
            "finance-kit lenders list.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def lender_folders(named: tuple[Path, ...]) -> tuple[Path, ...]:
    """All folders of profiles of one's own: of the settings, of the variable, of this call."""
    from finance_kit import service_lenders

    return service_lenders.folders(named, Path(click.get_app_dir("finance-kit")))
