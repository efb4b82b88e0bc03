"""What a leader or a loan officer reads of members' shares and of security in the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

__all__ = ["show_group", "show_security"]

_WIDTH: Final = 80
_STATES: Final = {
    "fits": "fits",
    "over": "OVER",
    "not_stated": "not stated",
    "no_household": "not judged",
}
_CONDITIONS: Final = {
    "amount_least": "Amount, at least",
    "amount_most": "Amount, at most",
    "own_contribution": "Own contribution, at least",
    "years_in_business": "Years in business, at least",
    "no_bad_debt": "No bad debt",
    "no_tax_debt": "No tax unpaid for a year",
}
_MET: Final = {True: "met", False: "NOT met", None: "to be asked"}


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def _grid(title: str, *columns: tuple[str, str]) -> Grid:
    grid = Grid(
        title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0),
        pad_edge=False,
    )  # fmt: skip
    for name, side in columns:
        grid.add_column(escape(name), justify="right" if side == "right" else "left", overflow="fold")
    return grid


def _amount(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def show_group(found: Mapping[str, Any]) -> None:
    """Members' shares, what they weigh, and what follows."""
    console = _console()
    money = found["currency"]
    if found["verdict"] == "no_loan":
        console.print("The plan asks for no loan, so there is nothing to share.")
        return
    if not found["members"]:
        console.print("No members are listed, so no household can be judged. List them in members.")
        return
    grid = _grid(
        f"Members' shares of the new loans, {money} {_amount(found['amount'])} together",
        ("Member", "left"), ("Share", "right"), ("Debts now", "right"), ("With loan", "right"),
        ("If one fails", "right"), ("Can bear", "right"), ("", "left"),
    )  # fmt: skip
    for each in found["members"]:
        burden = "no cash" if each["no_cash"] else _percent(each["with_loan"])
        late = f"; {each['late_days']} days late" if each["late_days"] else ""
        grid.add_row(
            escape(each["name"]), _amount(each["amount"]), _percent(each["before"]), burden,
            _percent(each["if_one_fails"]), _amount(each["fitting_amount"]), f"{_STATES[each['state']]}{late}",
        )  # fmt: skip
    console.print(grid)
    console.print(
        escape(
            "Debts now, With loan, If one fails: of a household's net cash in the heaviest season, if the group's "
            "business paid nothing; If one fails: the others take over the largest other share. Can bear: the most of "
            f"this loan within the limit of {found['limit']:.0%}."
        )
    )
    for line in _group_words(found):
        console.print(escape(line))
    console.print(escape(f"\n{_group_verdict(found)}"), style="bold")


def _group_words(found: Mapping[str, Any]) -> list[str]:
    """What the figures rest on."""
    words = [f"Limit: {found['limit_source']}."]
    words.append(
        "Shares: as the members state them."
        if found["basis"] == "stated"
        else "Shares: equal, since not every member states one (members: loan_share)."
    )
    if found["flat_months"]:
        words.append(
            "Seasons of household cash are not stated for every member (members: household_season): there every month "
            "is taken alike, which may hide a bad one."
        )
    if found["unlisted"]:
        words.append(f"{found['unlisted']} members are counted and not listed: they are not judged.")
    if any(each["state"] == "no_household" for each in found["members"]):
        words.append("Members that are firms or groups have no household: their shares are not judged here.")
    if found["one_after_another"]:
        words.append(
            "Not all loans run at the same time: Share counts them together, the burdens only what falls due together."
        )
    tight = [
        (each["heaviest_month"], each["name"])
        for each in found["members"]
        if each["heaviest_month"] is not None and each["heaviest_month"] > 1.0
    ]
    if tight:
        words.append(
            "In one month alone more falls due than the household then has, so that it must put money aside before: "
            f"{', '.join(sorted(name for _, name in tight))}."
        )
    savings = sum(each["savings"] for each in found["members"])
    if savings:
        words.append(f"Compulsory savings at pay-out: {found['currency']} {_amount(savings)} of the listed members.")
    if found["each_meeting"] is not None:
        words.append(
            f"The group brings about {found['currency']} {_amount(found['each_meeting'])} to each meeting in the "
            f"heaviest season (meetings a month: {found['meetings_a_month']:g})."
        )
    return words


def _group_verdict(found: Mapping[str, Any]) -> str:
    """Whether the loan can be recommended to the households, and what would fit."""
    money = found["currency"]
    if found["verdict"] == "fits":
        return "Every household can bear its share within the limit."
    if found["verdict"] == "not_judged":
        who = ", ".join(found["not_known"]) or "members who are not listed"
        return f"Not judged: state household_net_cash of {who}."
    words = [f"Not recommended as a group loan: over the limit are {', '.join(found['over'])}."]
    if found["fitting_loan"] is not None:
        words.append(
            f"With these shares a loan of {money} {_amount(found['fitting_loan'])} would fit every household."
            if found["fitting_loan"] > 0.0
            else "With these shares no loan fits: at least one household has no room for any debt."
        )
        words.append(
            f"Each taking only what it can bear, they take {money} {_amount(found['spread_loan'])} of it together."
        )
    return " ".join(words)


def show_security(found: Mapping[str, Any]) -> None:
    """Security item by item, the cover, and each guarantee scheme."""
    console = _console()
    money = found["currency"]
    console.print(escape(f"Security as {found['title']} counts it ({found['profile']}, {found['date']})"), style="bold")
    grid = _grid(f"Amounts in {money}", ("Asset", "left"), ("Value", "right"), ("Lent", "right"),
                 ("Counts", "right"), ("Evidence", "left"), ("Share from", "left"))  # fmt: skip
    shares = {"own": "this lender", "generic": "generic, a convention", "not_taken": "not taken",
              "not_published": "not published: counts 0"}  # fmt: skip
    for item in found["items"]:
        grid.add_row(
            escape(item["name"]), _amount(item["value"]), _percent(item["share"]), _amount(item["counted"]),
            escape(item["evidence"] or "NONE"), escape(shares.get(item["share_from"]) or item["borrowed_from"]),
        )  # fmt: skip
    if found["items"]:
        console.print(grid)
    else:
        console.print("No security is offered.")
    if found["asked"] is False:
        console.print("This lender asks for no security.")
    if not found["amount"]:
        console.print("The plan asks for no loan.")
        return
    console.print(
        f"New loans {money} {_amount(found['amount'])}. Cover before haircuts {found['cover_before']:.2f}, after "
        f"{found['cover_after']:.2f} times; without security: {money} {_amount(found['missing'])}."
    )
    if found["without_evidence"]:
        console.print(
            escape(
                f"Without evidence: {', '.join(found['without_evidence'])}. Counting only what has evidence the cover "
                f"is {found['evidenced_after']:.2f}."
            )
        )
    for option in found["guarantees"]:
        _show_guarantee(console, option, money)
    if not found["guarantees"]:
        console.print("No guarantee scheme of the country was confirmed.")


def _show_guarantee(console: Console, option: Mapping[str, Any], money: str) -> None:
    """One scheme."""
    scheme = option["scheme"]
    console.print(escape(f"\n{scheme['title']}"), style="bold")
    console.print(escape(scheme["text"]))
    if option["cover_after"] is None:
        console.print(escape(scheme["portfolio_cover"] or "Cover of one loan: not published, so it counts nothing."))
    else:
        console.print(
            f"Cover {option['cover_before']:.2f} without, {option['cover_after']:.2f} with {option['cover_share']:.0%} "
            f"of the loans guaranteed ({money} {_amount(option['guaranteed'])}); still without security: {money} "
            f"{_amount(option['missing_after'])}."
        )
    for each in option["conditions"]:
        console.print(escape(f"  {_condition(each)}"))
    if scheme["sectors"]:
        console.print(escape(f"  Sectors: {scheme['sectors']}"))
    for asked in scheme["also_asked"]:
        console.print(escape(f"  Also asked: {asked}"))
    if scheme["fee_text"]:
        console.print(escape(f"Fee: {scheme['fee_text']}"))
    for cost in option["costs"]:
        rates = [_rate(cost["eir_before"]), _rate(cost["eir_after"])]
        more = cost["fees_after"] - cost["fees_before"]
        console.print(
            escape(
                f"  {cost['loan']}: fee {cost['currency']} {_amount(more)}; true cost a year {rates[0]} without, "
                f"{rates[1]} with."
            )
        )
    known = f", last confirmed {scheme['last_confirmed']}" if scheme["last_confirmed"] else ""
    status = "" if scheme["status"] == "confirmed" else " NOT CONFIRMED."
    source = scheme["source"]
    if source:
        dated = f", {scheme['source_date']}" if scheme["source_date"] else ""
        console.print(
            escape(
                f"Source: {source['title']}, {source['publisher']}{dated}{known}; confidence {scheme['confidence']}."
            )
        )
    console.print(
        escape(
            f"{status} A condition is not met, so it is not an option as the plan stands.".strip()
            if option["outcome"] == "not_eligible"
            else f"{status} Nothing known speaks against it; ask the lender whether it takes part.".strip()
        )
    )


def _rate(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.1%}"


def _condition(each: Mapping[str, Any]) -> str:
    """A condition with what was found and needed."""
    title = _CONDITIONS[each["id"]]
    if each["unit"] == "yes/no":
        return f"{title}: {_MET[each['met']]}" + (f" (state {each['field']})" if each["reason"] else "")
    needed = _in_unit(each["needed"], each["unit"])
    if each["reason"] == "depends_on_use":
        found = _in_unit(each["found"], each["unit"])
        return f"{title} {needed} for one of working capital and investment: {found}, depends on the use"
    if each["reason"]:
        return f"{title} {needed}: to be asked (state {each['field']})"
    return f"{title} {needed}: {_in_unit(each['found'], each['unit'])}, {_MET[each['met']]}"


def _in_unit(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:g} years" if unit == "years" else f"{unit} {value:,.0f}"
