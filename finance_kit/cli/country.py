"""The command that shows a country pack, or starts one of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from finance_kit.cli.reading import JSON, print_json

__all__ = ["country_command"]

_SECTIONS: Final = {
    "fiscal_year_start": "Fiscal year",
    "cash_rounding": "Rounding of cash",
    "inflation": "Inflation",
    "tax_regimes": "Income tax",
    "turnover_tax": "Tax on turnover",
    "facts": "Incentives and other facts",
    "interest_caps": "Limits on interest and fees",
    "legal_forms": "Legal forms that can borrow",
    "credit_bureau": "Credit bureau",
    "guarantee_schemes": "Guarantee schemes",
    "document_notes": "Documents that lenders ask for",
}


@click.command("country", epilog="Example: finance-kit country KH")
@click.argument("code", type=click.Choice(["KH", "MM", "TH", "VN"], case_sensitive=False))
@click.option("--copy", type=click.Path(path_type=Path), help="Write the pack to FILE, to begin your own from.")
@JSON
def country_command(code: str, copy: Path | None, as_json: bool) -> None:
    """Show what is known of the country CODE, each value with its source; what was not confirmed says so.

    A pack of your own replaces the one that comes along: name it kh.yaml, mm.yaml, th.yaml or vn.yaml, in the folder
    that the variable FINANCE_KIT_COUNTRIES names.
    """
    from finance_kit import service, service_lenders

    if copy is not None:
        service.write_new(copy, service_lenders.country_text(code))
        click.echo(f"Written: {copy}")
        click.echo("Next: change it, and set FINANCE_KIT_COUNTRIES to its folder.")
        return
    page = service_lenders.country(code)
    if as_json:
        print_json(page)
        return
    for line in _lines(page):
        click.echo(line)


def _lines(page: Mapping[str, Any]) -> Iterator[str]:
    """The pack from top to bottom, at most 80 columns wide."""
    from textwrap import fill

    yield f"{page['name']} ({page['country']}), currency {page['currency']}, pack of {page['version_date']}"
    for name, title in _SECTIONS.items():
        found = page[name]
        yield f"\n{title}"
        if not found:
            yield "  not confirmed: no source was read"
        for value in found if isinstance(found, list) else [found]:
            yield fill(_value(value), 80, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
    for warning in page["old"]:
        yield "\n" + fill(f"Old: {warning}", 80)


def _value(value: Mapping[str, Any]) -> str:
    """A value in words, with where it was read or that nobody confirmed it."""
    parts = [str(value[name]) for name in ("title", "text", "conditions", "portfolio_cover", "fee_text")
             if value.get(name)]  # fmt: skip
    if value.get("brackets"):
        slices = [_slice(each) for each in value["brackets"]]
        parts.insert(1, f"Rate: {', '.join(slices)}")
    if value.get("value") is not None:
        parts.insert(0, f"{value['value']:g} ({value['unit']})")
    words = " ".join(part if part.endswith(".") else f"{part}." for part in parts)
    source = value["source"]
    if value["status"] != "confirmed":
        read = f", read in: {source['title']}, {source['publisher']}" if source else ""
        return f"NOT CONFIRMED{read}. {words}"
    dated = f", {value['source_date']}" if value["source_date"] else ""
    return (
        f"{words} [{source['title']}, {source['publisher']}{dated}; confirmed {value['last_confirmed']}, confidence "
        f"{value['confidence']}]"
    )


def _slice(bracket: Mapping[str, Any]) -> str:
    """A slice of profit and its rate."""
    rate = f"{bracket['rate']:.0%}"
    return rate if bracket["up_to"] is None else f"{rate} up to {bracket['up_to']:,.0f}"
