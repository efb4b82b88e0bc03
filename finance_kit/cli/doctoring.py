"""``finance-kit doctor``: which protections hold on this machine."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from finance_kit.cli.codes import FAILED

__all__ = ["doctor_command"]

_SIGNS = {"good": "good", "look": "look", "bad": "BAD "}


@click.command("doctor")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for plans and keys.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def doctor_command(*, data: Path | None, as_json: bool) -> None:
    """Say which protections hold, and what to do where one does not.

    Ends with 1 when something endangers plans, with 0 otherwise.
    """
    from web.config import from_environment
    from web.doctor import examine

    environment = dict(os.environ)
    if data is not None:
        environment["FINANCE_KIT_DATA"] = str(data)
    found = examine(from_environment(environment))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    else:
        for finding in found:
            click.echo(f"{_SIGNS[finding.state]}  {finding.name}: {finding.words}")
    if any(finding.state == "bad" for finding in found):
        sys.exit(FAILED)
