"""``finance-kit store``: copies of the plans that the pages keep, and the health of their database."""

from __future__ import annotations

import os
from pathlib import Path

import click

from finance_kit.errors import StoreError
from finance_kit.i18n.catalog import message

__all__ = ["store_command"]

_FILE = click.Path(path_type=Path, dir_okay=False)


_data = click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for plans and keys.")


@click.group("store")
def store_command() -> None:
    """Copy, bring back, upgrade and check what the pages keep.

    Plans lie in one database file in the data folder. A copy is made every day the pages are opened; the newest 14 are
    kept in its folder "backups".
    """


@store_command.command("backup")
@click.argument("target", type=_FILE, required=False)
@_data
def backup_command(*, target: Path | None, data: Path | None) -> None:
    """Copy all plans into one file, also while the pages are in use.

    Without TARGET the copy goes into the folder "backups" beside the plans. A file that is there is never overwritten.
    """
    from finance_kit.store.copies import backup

    click.echo(f"Copied and checked: {backup(_file(data), target)}")


@store_command.command("restore")
@click.argument("copy", type=_FILE, required=False)
@click.option("--yes", is_flag=True, help="Do not ask whether the newest copy is meant.")
@_data
def restore_command(*, copy: Path | None, yes: bool, data: Path | None) -> None:
    """Bring a copy back in place of the plans. Stop the server first.

    Without COPY the newest one in the folder "backups" is taken. The plans that are there are moved aside, not deleted.
    """
    from finance_kit.store.copies import newest_copy, restore

    file = _file(data)
    chosen = copy or newest_copy(file)
    if chosen is None:
        raise StoreError("store_file_missing", file=str(file.parent / "backups"))
    if copy is None and not yes:
        click.confirm(f"Bring back {chosen} in place of {file}?", abort=True)
    aside = restore(chosen, file)
    click.echo(f"Brought back: {chosen}")
    if aside is not None:
        click.echo(f"What was there lies in {aside}")


@store_command.command("upgrade")
@_data
def upgrade_command(data: Path | None) -> None:
    """Bring the database up to date, after a copy. The pages do the same when they are opened."""
    from finance_kit.store import open_store
    from finance_kit.store.location import database_url

    open_store(database_url(_environment(data))).close()
    click.echo("The database is up to date.")


@store_command.command("check")
@_data
def check_command(data: Path | None) -> None:
    """Read every page of the database and every version of every plan."""
    from finance_kit.store import open_store
    from finance_kit.store.checking import examine
    from finance_kit.store.location import database_url

    store = open_store(database_url(_environment(data)))
    try:
        found = examine(store)
    finally:
        store.close()
    if found.problems:
        for problem in found.problems:
            click.echo(message(problem), err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"{found.plans} plans with {found.versions} versions: all as they were written.")


def _environment(data: Path | None) -> dict[str, str]:
    """The environment, with the folder that was named."""
    return dict(os.environ) if data is None else {**os.environ, "FINANCE_KIT_DATA": str(data)}


def _file(data: Path | None) -> Path:
    """The file that the pages keep plans in.

    Raises
    ------
    StoreError : ``store_not_a_file``, plans are in a database server
    """
    from finance_kit.store.engine import database_file, parsed
    from finance_kit.store.location import database_url

    file = database_file(parsed(database_url(_environment(data))))
    if file is None:
        raise StoreError("store_not_a_file")
    return file
