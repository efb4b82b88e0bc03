"""Texts that the core made in English with figures in them, said again in the current language.

An assessment is worked out once and kept, whoever looks at it: its texts are English. A page that shows them in another
language recognises each by its template here, translates the template and puts the same figures into it. A text of
which any part is not recognised stays English as a whole; no sentence is half translated.

Names of placeholders say what may stand there: ``figure…`` a number, ``own…`` somebody's own words, left as they are,
anything else a text that must be known itself.
"""

from __future__ import annotations

import re
import string
from functools import lru_cache
from typing import Final

from finance_kit.i18n.language import ENGLISH, current, language, localised, translation

__all__ = ["PHRASES", "say"]

_LIMITS: Final = (
    "at least {limit}",
    "at most {limit}",
    "not {limit}",
    "not stated",
    "nothing missing",
    "not published by the lender",
    "scale not published by the lender",
    "yes",
    "no",
    "no debt, so nothing is due",
    "no new loan to secure",
    "nothing to finance",
    "debts and no equity",
    "debts and no net cash",
    "this lender asks for no security",
    "this lender publishes no terms for it",
    "{found} as far as stated",
    "{found} ({own_at})",
)
_SCALES: Final = (
    "all points at {limit} or more",
    "all points at {limit} or less",
    "all points at {limit}",
    'all points for "{word}"',
    "no points at {limit} or less",
    "no points at {limit} or more",
    "no points at {limit}",
    'no points for "{word}"',
    "{figure} % of them at {limit} or less",
    "{figure} % of them at {limit} or more",
    "{figure} % of them at {limit}",
    '{figure} % of them for "{word}"',
)
_UNITS: Final = (
    "{figure} %",
    "{figure} day",
    "{figure} days",
    "{figure} month",
    "{figure} months",
    "{figure} year",
    "{figure} years",
    "{figure} {own_currency} missing",
    "{figure} times the new loans",
    "{figure} member",
    "{figure} members",
    "{figure} part of 5",
    "{figure} parts of 5",
    "{figure} risk",
    "{figure} risks",
    "{figure} loan",
    "{figure} loans",
    "{figure} meeting a month",
    "{figure} meetings a month",
)
_MONTHS: Final = tuple(f"{name} {{figure}}" for name in (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
))  # fmt: skip
_REASONS: Final = (
    "{label}: {found}; needed: {limit}",
    "lowest yearly DSCR with {stress}",
    "not published by this lender; generic value {limit} used ({own_profile})",
    "not published by this lender; value {limit} used ({own_profile})",
    'not published by this lender; generic value "{limit}" used ({own_profile})',
    "not published by this lender; generic scale used ({own_profile})",
    "not published by this lender; generic loan to value used ({own_profile})",
    "not published by this lender; generic value {limit} and loan to value used ({own_profile})",
    "not published by this lender; generic scale and loan to value used ({own_profile})",
)
_OFFERS: Final = (
    "It guarantees a loan and does not lend itself.",
    "Its rate is not published; ask for a quotation.",
    "Its rate is {own_reference} + {figure} %; ask for the {own_again} of today.",
    "Its terms and the plan's loan do not fit each other; ask for a quotation.",
    "Rate not published by this lender: that of {own_profile}.",
    "Published rates are {figure} to {figure_most} %: reckoned with the dearer.",
    "Published is the lowest rate (from …): the quotation may be dearer.",
    "Reckoned with the most that may be asked; the quotation may be cheaper.",
    "Instalments every {figure} months, as this lender has them.",
    "Monthly instalments.",
    "Grace of {figure} months instead of {figure_stated}: this lender's limit.",
    "What its compulsory savings earn is not published: reckoned with the plan's own rate.",
    "The plan is not reckoned with it",
    "No profile is for this type of lender, so its conditions are not known",
    "As the plan has it",
)
_FIXES: Final = (
    "Repay “{own_loan}” over {figure} months, not {figure_before}.",
    "Begin to repay the principal of “{own_loan}” after {figure} months, not {figure_before}.",
    "Borrow for “{own_loan}” {figure} {own_code}, not {figure_before} {own_same} ({figure_less} {own_again} less).",
    "Members put in the difference in cash: {figure} {own_code}, {figure_each} {own_same} for each of {figure_members} "
    "members.",
    "Members put in the difference in cash: {figure} {own_code}.",
    "Members put in more cash at the start: {figure} {own_code}, {figure_each} {own_same} for each of {figure_members} "
    "members.",
    "Members put in more cash at the start: {figure} {own_code}.",
    "Have “{own_loan}” paid out in {month}, not {before}.",
    "Buy “{own_asset}” in {month}, not {before}, if the business can do without it until then.",
    "Agree a working-capital line (overdraft) of {figure} {own_code}; reckoned here at {figure_rate} % a year on what "
    "is drawn.",
    "Agree a working-capital line (overdraft) of {figure} {own_code}, not {figure_before} {own_same}; reckoned here at "
    "{figure_rate} % a year on what is drawn.",
    "Start {figure} % smaller: buy, borrow and sell less alike.",
    "Offer more security that has papers: worth {figure} {own_code} after what the lender takes off its value.",
    "Have buyers sign a lowest price of at least {figure} % of the planned one: today that is {own_prices}.",
    "Have buyers sign to take, and members to supply, at least {figure} % of the planned volume.",
    "Have suppliers sign a highest price of at most {figure} % of the planned one.",
    "Agree in writing that {figure} % of any change of the selling price is passed on in what members are paid for "
    "what they supply.",
    "In {own_year} the business would have to keep {figure} {own_code} more than planned, by costs or losses that are "
    "lower.",
    "the lender's offer in writing with this length",
    "the lender's offer in writing with this grace",
    "the lender's offer in writing with instalments in these months",
    "quotations and a cash plan that show that the smaller loan is enough",
    "a signed list of what each member pays, and the money in an account before the pay-out",
    "the lender's agreement to pay out later; what is bought before is paid from the cash there is",
    "how as much is produced and sold without it until then; if that cannot be shown, this is no way",
    "the lender's offer in writing with limit, interest and fee; it is paid back within each year",
    "new quotations for what is smaller, and that fixed costs really stay as they are",
    "title or ownership papers, a valuation that the lender accepts, the owner's consent",
    "the contract, signed: how much, at what price, until when; nothing counts beyond what it says",
    "the rule in writing, decided by the members and signed",
    "the years after this plan's last month, in which the loan still runs: let the plan look further",
    "Even if members paid for everything and nothing new were borrowed, there is a year in which the business does not "
    "earn enough for what is due. A loan would make that worse. First mend the business: what is earned on each unit, "
    "the fixed costs, the debts that run already.",
    "Debts take more of a member household's income than this lender allows. A new loan with joint liability would put "
    "it, and those who stand for it, at risk.",
    "No change of the loan, of the members' own part or of the time of buying, alone or two together, makes the plan "
    "carry this loan.",
)
PHRASES: Final = (*_LIMITS, *_SCALES, *_UNITS, *_MONTHS, *_REASONS, *_OFFERS, *_FIXES)
"""Every template; where two fit a text, the one that says more of it is tried first."""

_FIGURE: Final = r"[-−]?\d[\d,]*(?:\.\d+)?"
_DEEPEST: Final = 4


def say(text: str) -> str:
    """A text of the core in the current language, with the figures that are in it; English where it is not known.

    >>> with language("vi"):
    ...     say("at least 1,250.5 %"), say("at least quite a lot")
    ('ít nhất 1.250,5 %', 'at least quite a lot')
    """
    code = current()
    if code == ENGLISH or not text:
        return text
    known = _known(text, code)
    return text if known is None else known


@lru_cache(maxsize=4096)
def _known(text: str, code: str, depth: int = 0) -> str | None:
    """The text in the language; ``None`` where any part of it is not known."""
    with language(code):
        plain = translation(text)
        if plain is not None:
            return plain
        if re.fullmatch(_FIGURE, text):
            return localised(text)
        small = text[0].lower() + text[1:]
        lower = translation(small)
        if lower is not None:  # a label at the beginning of a line
            return lower[0].upper() + lower[1:]
        if depth >= _DEEPEST:
            return None
        return _by_template(text, code, depth) or _in_parts(text, code, depth)


def _by_template(text: str, code: str, depth: int) -> str | None:
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        translated = translation(template)
        if found is None or translated is None:
            continue
        parts = {name: _part(name, value, code, depth) for name, value in found.groupdict().items()}
        if all(part is not None for part in parts.values()):
            return translated.format_map(parts)
    return None


def _part(name: str, value: str, code: str, depth: int) -> str | None:
    if name.startswith("own"):
        return (_known(value, code, depth + 1) or value) if name == "own_at" else value
    return localised(value) if name.startswith("figure") else _known(value, code, depth + 1)


def _in_parts(text: str, code: str, depth: int) -> str | None:
    """The steps of a scale, or sentences one after another, when each of them is known."""
    for joint, between in ((r", ", ", "), (r"(?<=\.) (?=[A-Z])", " ")):
        pieces = re.split(joint, text)
        if len(pieces) > 1:
            said = [_known(piece, code, depth + 1) for piece in pieces]
            if all(said):
                return between.join(each for each in said if each)
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each template as a pattern, those with the most words of their own first."""
    made = []
    for template in PHRASES:
        parts, own = [], 0
        for words, name, _, _ in string.Formatter().parse(template):
            parts.append(re.escape(words))
            own += len(words)
            if name is not None:
                parts.append(f"(?P<{name}>{_FIGURE if name.startswith('figure') else '.+?'})")
        made.append((own, template, re.compile("".join(parts))))
    return tuple((template, pattern) for _, template, pattern in sorted(made, key=lambda each: -each[0]))
