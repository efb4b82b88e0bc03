"""``finance-kit serve``: the pages in a browser, on this machine or for a class."""

from __future__ import annotations

import os
from pathlib import Path

import click

__all__ = ["first_key_command", "serve_command"]


@click.command("serve")
@click.option("--shared", is_flag=True, help="Accounts for several people, reachable from the local network.")
@click.option("--host", default=None, help="Address to listen on; this machine only, unless --shared.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 takes a free one.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for plans and keys.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--processes",
    type=click.IntRange(1, 16),
    default=None,
    help="With --shared: how many processes answer; one for each core of the machine, at most 4, unless said.",
)
def serve_command(
    *, shared: bool, host: str | None, port: int, data: Path | None, no_browser: bool, processes: int | None
) -> None:
    """Open Finance Kit in a browser.

    Without options it serves one person on this machine and needs no account: the address it prints carries a key.
    With --shared, everybody on the local network can reach it and signs in.
    """
    from web.serve import serve

    environment = dict(os.environ)
    if data is not None:
        environment["FINANCE_KIT_DATA"] = str(data)
    if shared:
        environment["FINANCE_KIT_SHARED"] = "1"
    serve(environment, host=host, port=port, browser=not no_browser, say=click.echo, processes=processes)


@click.command("first-key")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for plans and keys.")
def first_key_command(*, data: Path | None) -> None:
    """Show the key to the first administrator's account.

    For servers whose window nobody sees: run it as the user of the service, with the same environment, then open the
    page /set-up. "finance-kit serve --shared" shows it by itself.
    """
    from web import create_app
    from web.config import from_environment
    from web.people.first import first_key

    environment = {**os.environ, "FINANCE_KIT_SHARED": "1"}
    if data is not None:
        environment["FINANCE_KIT_DATA"] = str(data)
    key = first_key(create_app(from_environment(environment)))
    if key is None:
        click.echo("There is an administrator already, or the plans cannot be reached. No key was made.", err=True)
        raise SystemExit(1)
    click.echo(key)
