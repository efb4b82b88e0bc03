"""The ``finance-kit`` command: the group, its exit codes, and how trouble is told.

Exit codes: 0 fine, 1 the plan has errors, 2 wrong usage, 3 not ready (with ``--gate``).
"""

from __future__ import annotations

import importlib
import signal
import sys
from typing import Any, NoReturn

import click

from finance_kit import __version__

__all__ = ["main"]

_COMMANDS = {
    "new": ("making", "Start a plan: questions at the prompt, or a starter file for a trade."),
    "grow": ("making", "Turn a profile into a full plan without typing anything twice."),
    "samples": ("making", "List the sample plans, or copy one to work on."),
    "schema": ("making", "Print the JSON Schema of the plan file, for editors."),
    "check": ("reading", "List everything that is missing or implausible, with its line."),
    "run": ("reading", "Show the figures, readiness and what is weak."),
    "explain": ("reading", "Show formula, inputs and sources of a figure."),
    "assess": ("assessing", "Show readiness for the lenders of the country, point by point."),
    "offers": ("assessing", "Hold loan offers against a plan, side by side."),
    "checklist": ("assessing", "List documents to get, and answer a lender's questions from a plan."),
    "group": ("security", "Show members' shares of the loan and whether each household can bear its own."),
    "security": ("security", "Show what a lender counts of the security, and guarantee schemes."),
    "country": ("country", "Show what is known of a country: taxes, limits, schemes, documents, sources."),
    "lenders": ("lenders", "List, show, check and start lender profiles."),
    "fix": ("fixing", "Show the smallest changes that would make a plan ready for a lender."),
    "export": ("exporting", "Write documents for a lender."),
    "loan": ("loan", "Schedule, true cost, comparison and what-if of a loan offer."),
    "serve": ("serving", "Open the pages in a browser, for yourself or for a class."),
    "first-key": ("serving", "Show the key to the first administrator's account of a server."),
    "store": ("storing", "Copy, bring back, upgrade and check what the pages keep."),
    "doctor": ("doctoring", "Say which protections of the pages hold on this machine."),
    "help": ("helping", "Explain loan conventions, each with a worked example."),
}


class _Lazy(click.Group):
    """Commands are imported only when they are called, so that ``--version`` and ``--help`` answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"finance_kit.cli.{_COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: finance-kit samples copy kh-pepper-drying, then: finance-kit run kh-pepper-drying.yaml",
)
@click.version_option(__version__, prog_name="finance-kit")
def group() -> None:
    """Finance Kit: from what a cluster knows to the paper on which a lender decides."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; trouble of ours is told in words, never as a traceback."""
    _speak_utf8()
    _tidy_when_told_to_stop()
    try:
        code = _run(arguments)
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    if code is not None:
        sys.exit(code)


def _run(arguments: list[str] | None) -> int | None:
    """The exit code to leave with; ``None`` where a command came to its end."""
    try:
        group.main(args=arguments, prog_name="finance-kit", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        raise  # whoever read our answer has gone: nothing to tell
    except Exception as failure:  # noqa: BLE001 - ours are told in words; what is not ours is raised again
        from finance_kit.cli.trouble import tell

        return tell(failure, sys.argv[1:] if arguments is None else arguments)
    return None


def _speak_utf8() -> None:
    """Khmer, Burmese, Thai and Vietnamese names must not stop a terminal that expects fewer letters."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _tidy_when_told_to_stop() -> None:
    """A closed window and a polite kill leave as Ctrl-C does: temporary files and office programs are cleared away."""

    def leave(number: int, _frame: object) -> NoReturn:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):  # Windows knows no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, leave)
