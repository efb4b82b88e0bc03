"""Use cases of loans: what a person can ask about an offer, for the command line and the web alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finance_kit import resources
from finance_kit.errors import CalculationError, OutputError, Undefined
from finance_kit.i18n.catalog import message
from finance_kit.offers import Offer, read_offer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "CostWords",
    "afford_offer",
    "afford_words",
    "amounts",
    "as_json",
    "compare_offers",
    "comparison_words",
    "cost_of",
    "cost_words",
    "explain_figure",
    "fraction",
    "heading",
    "help_text",
    "help_topics",
    "offer",
    "pay_out_lines",
    "sample_offer",
    "sample_offers",
    "schedule_of",
    "schedule_table",
    "split_table",
    "starter_terms",
    "what_if",
    "write_csv",
    "write_xlsx",
]


def offer(path: Path | None, changes: Mapping[str, Any] | None = None, *, needs_principal: bool = True) -> Offer:
    """The offer of a terms file, of options, or of both.

    Raises
    ------
    PlanError : the terms have errors; ``issues`` holds them all
    CalculationError : neither a file nor options are given
    """
    if path is None and not changes:
        raise CalculationError("offer_none_given")
    return read_offer(path, changes, needs_principal=needs_principal)


def fraction(text: str, kind: Any) -> float:
    """A rate or share as a person writes it; see :func:`finance_kit.offers.fractions.fraction`."""
    from finance_kit.offers.fractions import fraction as read

    return read(text, kind)


def amounts(text: str) -> tuple[float, ...]:
    """Amounts with commas between.

    Raises
    ------
    CalculationError : a part is not an amount of zero or more
    """
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or any(not 0 <= amount < 1e15 for amount in found):
        raise CalculationError("offer_amount_unreadable", found=text[:60])
    return found


def schedule_of(opened: Offer) -> Any:
    """The schedule that is signed."""
    from finance_kit.loans import schedule

    return schedule(opened.terms)


def cost_of(opened: Offer) -> Any:
    """What an offer costs; see :class:`finance_kit.offers.cost.OfferCost`."""
    from finance_kit.offers.cost import offer_cost

    return offer_cost(opened)


def compare_offers(opened: Sequence[Offer]) -> Any:
    """Offers side by side; see :class:`finance_kit.offers.compare.Comparison`."""
    from finance_kit.offers.compare import compare

    return compare(opened)


def afford_offer(opened: Offer, pay: Sequence[float], dscr: float | None, longest: int | None) -> Any:
    """What can be borrowed; see :class:`finance_kit.offers.afford.Affordable`."""
    from finance_kit.offers.afford import afford

    return afford(opened, pay, dscr=dscr, longest=longest)


def explain_figure(opened: Offer, figure: str, number: int | None) -> tuple[Any, list[str]]:
    """A figure of an offer's schedule, and the sentences that lead to it."""
    from finance_kit.loans.explain import explain
    from finance_kit.offers.words import Words

    found, words = explain(opened.terms, figure, number), Words.of(opened)
    return found, [words.sentence(sentence) for sentence in found.sentences]


def write_csv(opened: Offer, target: Path, *, overwrite: bool = False) -> Path:
    """Write the schedule as CSV; the file appears only when it is complete.

    Raises
    ------
    OutputError : it exists, or cannot be written
    """
    from finance_kit.documents.csv_loan import csv_bytes

    return _write(target, csv_bytes(opened), opened, overwrite)


def write_xlsx(opened: Offer, target: Path, *, overwrite: bool = False) -> Path:
    """Write the live workbook; the file appears only when it is complete.

    Raises
    ------
    OutputError : it exists, or cannot be written
    """
    from finance_kit.documents.xlsx_loan import xlsx_bytes

    return _write(target, xlsx_bytes(opened), opened, overwrite)


def _write(target: Path, content: bytes, opened: Offer, overwrite: bool) -> Path:
    """A file that is not overwritten in silence, and never the terms file itself."""
    from finance_kit.documents.docx_save import write_file

    if opened.file is not None and target.resolve() == Path(opened.file).resolve():
        raise OutputError("output_is_the_plan", path=str(target))
    if target.is_file() and not overwrite:
        raise OutputError("output_exists", path=str(target))
    return write_file(target, content)


def sample_offers() -> list[str]:
    """Names of the sample terms that come with the package."""
    return [path.stem for path in resources.sample_offers()]


def sample_offer(name: str) -> Path:
    """The sample terms with this name.

    Raises
    ------
    FinanceKitError : there are none, with the names that there are
    """
    return resources.sample_offer(name)


def starter_terms() -> str:
    """A commented terms file to fill in, without a single number that is not asked for."""
    return resources.data("loan_terms.yaml").read_text(encoding="utf-8")


def heading(opened: Offer) -> tuple[str, list[str], list[str]]:
    """Whose offer it is, its terms as they were understood, and where they come from."""
    from finance_kit.offers.tables import terms_lines

    named = " · ".join(part for part in (opened.title, opened.lender) if part)
    amounts_in = f"Amounts in {opened.currency.code}" if opened.currency.code else message("offer_currency_open")
    source = ", ".join(part for part in (opened.source, opened.source_date) if part)
    notes = [f"Source: {source}"] if source else []
    return named, [*terms_lines(opened), amounts_in], [*notes, *([opened.note] if opened.note else [])]


def pay_out_lines(opened: Offer) -> list[tuple[str, str]]:
    """What happens on the day of the pay-out."""
    from finance_kit.offers.tables import kept_back

    return kept_back(opened)


def schedule_table(opened: Offer, *, brief: bool = False) -> Any:
    """The schedule as a table of texts; see :class:`finance_kit.offers.tables.TextTable`."""
    from finance_kit.offers import tables

    return tables.schedule_table(opened, brief=brief)


@dataclass(frozen=True, slots=True)
class CostWords:
    """The cost of an offer in words: lines, a table of charges if there are any, legal limits."""

    lines: list[tuple[str, str]]
    charges: Any
    limits: list[str]


def cost_words(opened: Offer, cost: Any) -> CostWords:
    """What :func:`cost_of` found, in words."""
    from finance_kit.offers.findings import cap_sentences, charge_table, cost_lines

    return CostWords(cost_lines(opened, cost), charge_table(opened, cost), cap_sentences(opened, cost))


def comparison_words(found: Any) -> tuple[Any, list[str]]:
    """What :func:`compare_offers` found, as a table and sentences."""
    from finance_kit.offers.findings import compare_table, comparison_sentences

    return compare_table(found), comparison_sentences(found)


def split_table(table: Any, fits: Callable[[Any], bool]) -> list[Any]:
    """A table too wide for a screen as several."""
    from finance_kit.offers import tables

    return tables.split_table(table, fits)


def afford_words(opened: Offer, found: Any) -> tuple[str, list[str]]:
    """What :func:`afford_offer` found, as a title and sentences."""
    from finance_kit.offers.findings import afford_lines
    from finance_kit.offers.words import Words

    words = Words.of(opened)
    amounts_shown = ", ".join(words.money(amount) for amount in found.capacity.amounts[:12])
    return message("offer_capacity_title", {"amounts": amounts_shown}), afford_lines(opened, found)


def what_if(opened: Offer, question: Any, given: Mapping[str, Any]) -> Any:
    """What would happen to a loan; see :class:`finance_kit.offers.what_if.WhatIf`."""
    from finance_kit.offers import what_if as answers

    return answers.what_if(opened, question, given)


def help_topics() -> list[tuple[str, str]]:
    """Topics of the help pages with their titles."""
    pages = resources.help_pages()
    return [(path.stem, path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")) for path in pages]


def help_text(topic: str) -> str:
    """The help page of a topic, as Markdown.

    Raises
    ------
    FinanceKitError : there is none, with the topics that there are
    """
    return resources.help_page(topic).read_text(encoding="utf-8")


def as_json(value: Any) -> Any:
    """Results as plain values: a figure that does not exist is ``null`` with its reason beside it."""
    if isinstance(value, Undefined):
        return {"value": None, "reason": value.reason, "message": message(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: as_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): as_json(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted(as_json(part) for part in value)
    return value.isoformat() if isinstance(value, date) else value
