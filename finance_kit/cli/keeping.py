"""``finance-kit backup`` and ``finance-kit restore``: copies of the plans that the pages keep."""

from __future__ import annotations

import os
from pathlib import Path

import click

__all__ = ["backup_command", "restore_command"]

_data = click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for plans and keys.")


@click.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@_data
def backup_command(*, target: Path | None, data: Path | None) -> None:
    """Copy all plans of the pages while they are in use.

    The copy is whole and checked, or it is not there. Without TARGET it gets a new name in the folder "backups"; a file
    that is there is never overwritten. Try: finance-kit backup /media/stick/plans.sqlite3
    """
    from finance_kit.store.copies import backup

    click.echo(f"Copied to {backup(_database(data), target)}")


@click.command("restore")
@click.argument("copy", type=click.Path(path_type=Path))
@_data
def restore_command(*, copy: Path, data: Path | None) -> None:
    """Bring a copy back in place of the plans of the pages; stop the server first.

    What was there is moved aside under a name that says so, never deleted. Everybody's latest work since the copy was
    made is in the file that was moved aside.
    """
    from finance_kit.store.copies import restore

    file = _database(data)
    aside = restore(copy, file)
    click.echo(f"Restored {copy} to {file}")
    if aside is not None:
        click.echo(f"What was there before lies in {aside}")


def _database(data: Path | None) -> Path:
    """The file that the pages keep plans in.

    Raises
    ------
    StoreError : ``store_not_a_file``, plans are in a database server
    """
    from finance_kit.errors import StoreError
    from finance_kit.store.engine import database_file, parsed
    from web.config import database_url

    environment = dict(os.environ)
    if data is not None:
        environment["FINANCE_KIT_DATA"] = str(data)
    file = database_file(parsed(database_url(environment)))
    if file is None:
        raise StoreError("store_not_a_file")
    return file
