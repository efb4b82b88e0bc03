"""``finance-kit store``: copies of the plans that the pages keep, and the health of their database."""

from __future__ import annotations

import os
from pathlib import Path

import click

from finance_kit.errors import StoreError
from finance_kit.i18n.catalog import message

__all__ = ["store_command"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("store")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for plans and keys.")
@click.pass_context
def store_command(context: click.Context, data: Path | None) -> None:
    """Copy, bring back, upgrade and check what the pages keep.

    Plans lie in one database file in the data folder. A copy is made every day the pages are opened; the newest 14 are
    kept in its folder "backups".
    """
    environment = dict(os.environ)
    if data is not None:
        environment["FINANCE_KIT_DATA"] = str(data)
    context.obj = environment


@store_command.command("backup")
@click.argument("target", type=_FILE, required=False)
@click.pass_obj
def backup_command(environment: dict[str, str], target: Path | None) -> None:
    """Copy all plans into one file, also while the pages are in use.

    Without TARGET the copy goes into the folder "backups" beside the plans. A file that is there is never overwritten.
    """
    from finance_kit.store.copies import backup

    click.echo(f"Copied and checked: {backup(_file(environment), target)}")


@store_command.command("restore")
@click.argument("copy", type=_FILE, required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore_command(environment: dict[str, str], copy: Path | None, yes: bool) -> None:
    """Bring a copy back in place of the plans. Stop the server first.

    Without COPY the newest one in the folder "backups" is taken. The plans that are there are moved aside, not deleted.
    """
    from finance_kit.store.copies import newest_copy, restore

    file = _file(environment)
    chosen = copy or newest_copy(file)
    if chosen is None:
        raise StoreError("store_file_missing", file=str(file.parent / "backups"))
    if not yes:
        click.confirm(f"Bring back {chosen} in place of {file}?", abort=True)
    aside = restore(chosen, file)
    click.echo(f"Brought back: {chosen}")
    if aside is not None:
        click.echo(f"What was there lies in {aside}")


@store_command.command("upgrade")
@click.pass_obj
def upgrade_command(environment: dict[str, str]) -> None:
    """Bring the database up to date, after a copy. The pages do the same when they are opened."""
    from finance_kit.store import open_store
    from finance_kit.store.location import database_url

    open_store(database_url(environment)).close()
    click.echo("The database is up to date.")


@store_command.command("check")
@click.pass_obj
def check_command(environment: dict[str, str]) -> None:
    """Read every page of the database and every version of every plan."""
    from finance_kit.store import open_store
    from finance_kit.store.checking import examine
    from finance_kit.store.location import database_url

    store = open_store(database_url(environment))
    try:
        found = examine(store)
    finally:
        store.close()
    if found.problems:
        for problem in found.problems:
            click.echo(message(problem), err=True)
        raise click.exceptions.Exit(1)
    click.echo(f"{found.plans} plans with {found.versions} versions: all as they were written.")


def _file(environment: dict[str, str]) -> Path:
    """The database file that the environment names."""
    from finance_kit.store.engine import database_file, parsed
    from finance_kit.store.location import database_url

    file = database_file(parsed(database_url(environment)))
    if file is None:
        raise StoreError("store_not_a_file")
    return file
