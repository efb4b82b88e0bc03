"""What a report is made of: figures, tables, charts and sections, holding raw values with their units.

Renderers format these values; they never compute one. All parts are frozen and turn into JSON as they are, so that a
figure can be read back from any document and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

__all__ = [
    "Cell",
    "Chart",
    "Column",
    "Figure",
    "Paragraph",
    "ReportContext",
    "Row",
    "Section",
    "Series",
    "Table",
    "Unit",
]

Unit = Literal[
    "money", "price", "quantity", "ratio", "share", "rate", "month", "months", "years", "count", "days", "text"
]
"""``money`` whole amounts in plan currency; ``price`` with the currency's decimals; ``quantity`` up to two decimals;
``share`` and ``rate`` are fractions shown in per cent; ``month`` is a calendar month as ``2027-03``."""
Cell = float | int | str | None
RowKind = Literal["normal", "total", "group", "marked"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One named value. ``value`` is ``None`` where it does not exist, and ``reason`` then says why (a message code).

    ``id`` is unique in a report where the same figure has one value; ``note`` is a short remark in words.
    """

    id: str
    label: str
    value: Cell
    unit: Unit
    currency: str | None = None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, unit of its numbers (``text`` is left-aligned) and, if it is not the plan's, the currency."""

    label: str
    unit: Unit = "text"
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one cell a column (``None`` is shown as a dash or, in a group row, left out).

    ``group`` is a sub-heading across the table, ``total`` a sum, ``marked`` something to notice (the worst month);
    ``marked_cells`` marks single cells by position; ``unit`` overrides the columns' units for the row's numbers.
    """

    cells: tuple[Cell, ...]
    kind: RowKind = "normal"
    unit: Unit | None = None
    marked_cells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. ``wide`` asks for a landscape page; ``note`` stands under it (sources, conventions)."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line, set of columns or slices of a chart; as many values as the chart has categories."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; ``title`` says the finding, ``alt`` describes it for those who cannot see it."""

    id: str
    kind: Literal["line", "column", "stacked_column", "bar", "doughnut"]
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit
    alt: str
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text, from the plan's author or made from figures; ``bullet`` for list items."""

    text: str
    style: Literal["body", "bullet", "note", "warning"] = "body"


Block = Paragraph | Table | Chart | tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section: blocks in order, then sub-sections. ``new_page`` starts it on a page of its own."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class ReportContext:
    """All that a document shows.

    Parameters
    ----------
    title, cluster_name, country, currency, date : for cover, headers and file names; ``date`` as 2026-11-24
    fictional : a teaching case: every document says so
    request : the one-page loan request sheet
    key_figures : for the summary and the terminal, by id
    sections : the body in order; ``annexes`` after it
    declaration : texts above the signatures; ``signatures`` as (role, name or empty)
    readiness : per lender profile; coaching, left out of a lender's copy unless chosen
    fixes : per lender what would mend the plan; coaching too, and only filled in for the cluster's own copy
    weaknesses : sentences about what is weak, most grave first
    provenance : what the figures were made from: version, plan hash, packs, exchange rates
    """

    title: str
    cluster_name: str
    country: str
    currency: str
    date: str
    fictional: bool
    request: Section
    key_figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...] = ()
    declaration: tuple[Paragraph, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    readiness: tuple[dict[str, Any], ...] = ()
    fixes: tuple[dict[str, Any], ...] = ()
    weaknesses: tuple[str, ...] = ()
    provenance: tuple[Figure, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The whole context as plain dictionaries, lists, strings and numbers."""
        return asdict(self)

    def walk(self) -> Iterator[Section]:
        """Every section, sub-sections after their own, the request sheet first."""

        def below(section: Section) -> Iterator[Section]:
            yield section
            for inner in section.sections:
                yield from below(inner)

        for section in (self.request, *self.sections, *self.annexes):
            yield from below(section)

    def tables(self) -> Iterator[Table]:
        """Every table, in the order of the document."""
        for section in self.walk():
            yield from (block for block in section.blocks if isinstance(block, Table))

    def charts(self) -> Iterator[Chart]:
        """Every chart, in the order of the document."""
        for section in self.walk():
            yield from (block for block in section.blocks if isinstance(block, Chart))

    def figures(self) -> Iterator[Figure]:
        """Every single figure: key figures, then those of the sections in order."""
        yield from self.key_figures
        for section in self.walk():
            for block in section.blocks:
                if isinstance(block, tuple):
                    yield from block
