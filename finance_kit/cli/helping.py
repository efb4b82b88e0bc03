"""Help pages in the terminal, without a network."""

from __future__ import annotations

import click

from finance_kit.cli.reading import JSON, print_json

__all__ = ["help_command"]


@click.command("help", epilog="Example: finance-kit help flat-or-declining")
@click.argument("topic", required=False)
@JSON
def help_command(topic: str | None, as_json: bool) -> None:
    """Show the help page of TOPIC, or list the topics."""
    from finance_kit import service_loans

    topics = dict(service_loans.help_topics())
    if topic is None:
        if as_json:
            print_json(topics)
            return
        from finance_kit.cli.loan_screens import console, show_pairs

        show_pairs(console(), topics.items(), "Help pages", figures=False)
        click.echo("Show one with: finance-kit help TOPIC")
        return
    if topic not in topics:
        raise click.BadParameter(f'There is no page "{topic}". Choose one of: {", ".join(topics)}.', param_hint="TOPIC")
    text = service_loans.help_text(topic)
    if as_json:
        print_json({"topic": topic, "text": text})
        return
    from finance_kit.cli.loan_screens import console, show_page

    show_page(console(), text)
