"""A step of a plan as it is to be shown: each field with its text, unit, reading and problems; rows; folded parts.

Texts are English messages and schema words; whoever shows them translates them by that English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from finance_kit.errors import CalculationError, Issue
from finance_kit.forms.amount_words import in_words
from finance_kit.forms.reading import read, shown, shown_factors
from finance_kit.forms.schema_form import Field, Node, Rows, Section, form_of
from finance_kit.forms.steps import Step, first_fields, step_nodes
from finance_kit.packs.load import countries, country_pack
from finance_kit.plan.base import Growth
from finance_kit.timeline import Month

__all__ = [
    "GROWTH_PARTS",
    "FieldView",
    "Here",
    "NodeView",
    "Reading",
    "RowView",
    "RowsView",
    "SectionView",
    "Suggestion",
    "field_view",
    "fields_of",
    "step_view",
    "ticked",
]

GROWTH_PARTS: Final = form_of(Growth)
_LAST_MONTH: Final = 240
_SAID: Final = dict[tuple[int, str], tuple[Field, str, str]]()  # of the fields of the schema, which stay as they are


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read back: an amount (with its currency, and in words), or a month of the plan."""

    amount: Any = None
    currency: str | None = None
    words: str | None = None
    month_number: int | None = None
    month: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be written into a text field, with words for it where it is no word itself."""

    value: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with what stands in it.

    ``text`` is what stands in its input; ``texts`` are the twelve of a season; ``ticked`` the months that are ticked.
    ``currency``, ``per`` and ``counted`` say its unit. ``parts`` are the fields of a growth. ``example`` and
    ``usual`` are texts too.
    """

    path: str
    field: Field
    text: str
    texts: tuple[str, ...]
    ticked: tuple[int, ...]
    example: str
    usual: str
    currency: str | None
    per: str | None
    counted: str | None
    reading: Reading | None
    problems: tuple[Issue, ...]
    suggestions: tuple[Suggestion, ...]
    parts: tuple[FieldView, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part with fields; ``present`` is false where the plan does not have it yet."""

    path: str
    node: Section
    present: bool
    first: tuple[NodeView, ...]
    more: tuple[NodeView, ...]
    problems: tuple[Issue, ...]

    @property
    def more_stated(self) -> int:
        """How many of the folded fields hold something."""
        return sum(_stated(each) for each in self.more)

    @property
    def more_problems(self) -> int:
        """How many problems lie in the folded fields."""
        return sum(_problems(each) for each in self.more)


@dataclass(frozen=True, slots=True)
class RowView:
    """An entry of a list with its name, number from 1, and fields."""

    path: str
    id: str
    number: int
    name: str
    first: tuple[NodeView, ...]
    more: tuple[NodeView, ...]
    problems: tuple[Issue, ...]

    more_stated = SectionView.more_stated
    more_problems = SectionView.more_problems

    @property
    def any_problems(self) -> int:
        """Problems anywhere in the entry."""
        return len(self.problems) + sum(_problems(each) for each in (*self.first, *self.more))


@dataclass(frozen=True, slots=True)
class RowsView:
    """A list of entries."""

    path: str
    node: Rows
    rows: tuple[RowView, ...]
    problems: tuple[Issue, ...]


NodeView = FieldView | SectionView | RowsView


@dataclass(frozen=True, slots=True)
class Here:
    """What a view needs beside the schema: the document, its problems by path, the language, the depth.

    ``sent`` are texts that were sent and could not be saved, by path: they stand in their fields, not what the document
    holds there.
    """

    document: Mapping[str, Any]
    problems: Mapping[str, Sequence[Issue]]
    language: str
    depth: str
    sent: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def currency(self) -> str | None:
        """Currency of the plan, where it is stated and known."""
        period = self.document.get("period")
        found = period.get("currency") if isinstance(period, dict) else None
        return found if isinstance(found, str) and len(found) == 3 else None

    def at(self, path: str) -> tuple[Issue, ...]:
        """Problems of a field."""
        return tuple(self.problems.get(path, ()))


def step_view(step: Step, here: Here) -> tuple[NodeView, ...]:
    """A step of the plan as it is to be shown."""
    return tuple(_view(node, node.name, node.name, here.document, here, here.currency) for node in step_nodes(step))


def _view(node: Node, path: str, pattern: str, around: Any, here: Here, currency: str | None) -> NodeView:
    value = around.get(node.name) if isinstance(around, dict) else None
    if isinstance(node, Field):
        return field_view(node, path, value, around, here, currency)
    if isinstance(node, Section):
        present = isinstance(value, dict)
        first, more = _split(node.nodes, path, pattern, value if isinstance(value, dict) else {}, here, currency)
        return SectionView(path, node, present or not node.optional, first, more, here.at(path))
    entries = [each for each in value if isinstance(each, dict) and "_id" in each] if isinstance(value, list) else []
    rows = tuple(_row(node, path, f"{pattern}/*", number, each, here, currency) for number, each in enumerate(entries))
    return RowsView(path, node, rows, here.at(path))


def _row(
    node: Rows, path: str, pattern: str, number: int, entry: dict[str, Any], here: Here, currency: str | None
) -> RowView:
    place = f"{path}/@{entry['_id']}"
    first, more = _split(node.nodes, place, pattern, entry, here, currency)
    name = entry.get(node.label)
    return RowView(place, entry["_id"], number + 1, str(name) if name else "", first, more, here.at(place))


def _split(
    nodes: tuple[Node, ...], path: str, pattern: str, around: dict[str, Any], here: Here, currency: str | None
) -> tuple[tuple[NodeView, ...], tuple[NodeView, ...]]:
    """The fields that are open at once, in their order, and those under "more"."""
    if any(node.name == "currency" for node in nodes) and isinstance(around.get("currency"), str):
        currency = around["currency"]
    names = first_fields(pattern, here.depth)
    if names is None:
        names = tuple(node.name for node in nodes if node.name not in ("source", "source_date", "currency"))
    by_name = {
        node.name: _view(node, f"{path}/{node.name}", f"{pattern}/{node.name}", around, here, currency)
        for node in nodes
    }
    first = tuple(by_name[name] for name in names)
    return first, tuple(view for name, view in by_name.items() if name not in names)


def fields_of(views: tuple[NodeView, ...]) -> Iterator[FieldView]:
    """Every field below, those of rows and folded parts included; of a growth its parts."""
    for view in views:
        if isinstance(view, FieldView):
            yield from view.parts or (view,)
        elif isinstance(view, RowsView):
            for row in view.rows:
                yield from fields_of((*row.first, *row.more))
        else:
            yield from fields_of((*view.first, *view.more))


def field_view(field: Field, path: str, value: Any, around: Any, here: Here, currency: str | None = None) -> FieldView:
    """One field with what stands in it."""
    language, unit = here.language, field.unit
    plain = around if isinstance(around, dict) else {}
    per = counted = None
    if unit is not None and unit.kind == "money":
        currency = here.currency if unit.per == "currency" else currency
        per = _text(plain.get(unit.per)) if unit.per else None
    else:
        currency = None
    if unit is not None and unit.of:
        counted = _text(plain.get(unit.of))
    parts: tuple[FieldView, ...] = ()
    if field.kind == "growth":
        inner = value if isinstance(value, dict) else {} if value is None else {"rate": value}
        parts = tuple(
            field_view(part, f"{path}/{part.name}", inner.get(part.name), inner, here)
            for part in GROWTH_PARTS
            if isinstance(part, Field)
        )
    example, usual = _said_of_it(field, language)
    problem = _typing_problem(field, value, language)
    view = FieldView(
        path=path,
        field=field,
        text="" if field.kind in ("growth", "season", "months_of_year") else shown(field, value, language),
        texts=tuple(shown_factors(value, language)) if field.kind == "season" else (),
        ticked=_ticked(value) if field.kind == "months_of_year" else (),
        example=example,
        usual=usual,
        currency=currency,
        per=per,
        counted=counted,
        reading=reading_of(field, value, here, currency),
        problems=(problem,) if problem is not None else here.at(path),
        suggestions=_suggestions(field, path, here.document),
        parts=parts,
    )
    return view if path not in here.sent else _as_sent(view, here.sent[path], here.at(path))


def _said_of_it(field: Field, language: str) -> tuple[str, str]:
    """The example of a field, and what an empty one means: the same wherever it stands."""
    key = id(field), language
    if key not in _SAID:
        example = shown(field, field.example, language, signed=True)
        usual = shown(field, field.default, language, signed=True) if not field.required else ""
        _SAID[key] = field, example, usual
    return _SAID[key][1:]


def _as_sent(view: FieldView, texts: Sequence[str], problems: tuple[Issue, ...]) -> FieldView:
    """A field with what was sent in it, which is not saved."""
    kind = view.field.kind
    if kind == "season":
        twelve = (*texts[:12], *[""] * (12 - len(texts)))
        return replace(view, texts=twelve, problems=problems)
    if kind == "months_of_year":
        return replace(view, ticked=ticked(texts), problems=problems)
    return replace(view, text=texts[-1] if texts else "", reading=None, problems=problems)


def ticked(texts: Sequence[str]) -> tuple[int, ...]:
    """The months that were ticked in a form."""
    return tuple(int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 3)


def reading_of(field: Field, value: Any, here: Here, currency: str | None) -> Reading | None:
    """The value read back in full; ``None`` where that adds nothing."""
    if field.unit is not None and field.unit.kind == "money" and _is_number(value) and abs(value) >= 1000:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return Reading(amount=value, currency=currency, words=in_words(exact, here.language))
    if field.kind == "month":
        return _month_reading(value, here.document)
    return None


def _month_reading(value: Any, document: Mapping[str, Any]) -> Reading | None:
    """Month 3 as the calendar month, a calendar month as its number."""
    period = document.get("period")
    start_text = period.get("start") if isinstance(period, dict) else None
    try:
        start = Month.parse(start_text) if isinstance(start_text, str) else None
        if start is not None and isinstance(value, int) and 1 <= value <= _LAST_MONTH:
            return Reading(month_number=value, month=str(start.plus(value - 1)))
        if start is not None and isinstance(value, str):
            number = Month.parse(value).months_since(start) + 1
            return Reading(month_number=number, month=value, outside=number < 1)
    except CalculationError:
        return None
    return None


def _typing_problem(field: Field, value: Any, language: str) -> Issue | None:
    """Why a text stands where a number belongs, in the words of whoever types it."""
    if isinstance(value, list) and field.kind in ("season", "months_of_year"):
        return read(field, value, language).problem
    if isinstance(value, str) and field.kind not in ("text", "long_text", "texts", "growth"):
        return read(field, value, language).problem
    return None


def _suggestions(field: Field, path: str, document: Mapping[str, Any]) -> tuple[Suggestion, ...]:
    """Names of the plan's products where a product is named; the country's tax regimes where one is."""
    if path == "tax/regime":
        cluster = document.get("cluster")
        country = cluster.get("country") if isinstance(cluster, dict) else None
        known = countries()
        regimes = country_pack(country).tax_regimes if isinstance(country, str) and country in known else []
        return tuple(Suggestion(regime.id, regime.title) for regime in regimes if regime.brackets is not None)
    if field.name != "product" or not path.startswith(("buyers/", "sales_costs/", "consortium/members/")):
        return ()
    products = document.get("products")
    names = [each.get("name") for each in products if isinstance(each, dict)] if isinstance(products, list) else []
    return tuple(map(Suggestion, dict.fromkeys(name for name in names if isinstance(name, str) and name)))


def _ticked(value: Any) -> tuple[int, ...]:
    return tuple(each for each in value if isinstance(each, int)) if isinstance(value, list) else ()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _stated(view: NodeView) -> int:
    if isinstance(view, FieldView):
        return bool(view.text or any(view.texts) or view.ticked or any(part.text for part in view.parts))
    if isinstance(view, RowsView):
        return len(view.rows)
    return sum(_stated(each) for each in (*view.first, *view.more))


def _problems(view: NodeView) -> int:
    if isinstance(view, FieldView):
        return len(view.problems) + sum(len(part.problems) for part in view.parts)
    if isinstance(view, RowsView):
        return len(view.problems) + sum(row.any_problems for row in view.rows)
    return len(view.problems) + sum(_problems(each) for each in (*view.first, *view.more))
