"""Contracts: each window of each commitment, and price tiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from router.report import numbers
from router.report.period_groups import days_between
from router.report.table import Column, Row, Table, Unit

if TYPE_CHECKING:
    from router.plan.document import Plan, WindowRecord
    from router.scenario.contract import Tiers
    from router.scenario.scenario import Scenario

_MOST_CUT_LISTED = 6


def windows_table(plan: Plan, scenario: Scenario) -> Table:
    """A row for each window: promise, drawdown, what is carried in and out, shortfall, day of exhaustion."""
    several = _contracts_with_several(plan)
    rows: list[Row] = []
    previous = ""
    for window in plan.windows:
        name = f"{window.contract}/{window.commitment}" if window.contract in several else window.contract
        counted = window.drawdown_usd + window.carried_in_usd
        rows.append(
            Row(
                (
                    name if name != previous else None,
                    window.start,
                    numbers.last_day(window.end),
                    numbers.money(window.promise_usd) + (" *" if is_prorated(window) else "  "),
                    window.drawdown_usd,
                    window.carried_in_usd or None,
                    window.carried_out_usd or None,
                    window.shortfall_usd or None,
                    _verdict(window),
                    counted / window.promise_usd if window.promise_usd > 0 else 1.0,
                ),
                "alert" if window.shortfall_usd > 0 else "plain",
            )
        )
        previous = name
    return Table(
        key="contracts",
        title="Contracts: promises and drawdown",
        columns=(
            Column("Contract", least_width=16),
            Column("From", Unit.DATE, drop_order=3),
            Column("Last day", Unit.DATE),
            Column("Promise", Unit.USD),
            Column("Drawdown", Unit.USD),
            Column("Carried in", Unit.USD, drop_order=4),
            Column("Carried out", Unit.USD, drop_order=5),
            Column("Shortfall", Unit.USD, drop_order=6),
            Column("Verdict", least_width=16),
            Column("Of promise", Unit.MET, drop_order=2),
        ),
        rows=tuple(rows),
        footnotes=(*_carry_notes(plan), *_cut_notes(plan), *_paid_notes(plan)),
        when_empty="No contract of the scenario commits to spend within the horizon.",
    )


def tiers_table(plan: Plan, scenario: Scenario) -> Table:
    """A row for each tier window: spend, the level reached and the credit."""
    rows = []
    for tier in plan.tiers:
        contract = scenario.contracts.get(tier.contract)
        rows.append(
            Row(
                (
                    tier.contract,
                    tier.start,
                    numbers.last_day(tier.end),
                    tier.spend_usd,
                    _level_words(tier.level, contract.tiers if contract else None),
                    tier.credit_usd,
                )
            )
        )
    return Table(
        key="tiers",
        title="Contracts: price tiers",
        columns=(
            Column("Contract"),
            Column("From", Unit.DATE, drop_order=1),
            Column("Last day", Unit.DATE),
            Column("Spend", Unit.USD),
            Column("Level reached"),
            Column("Credit", Unit.USD),
        ),
        rows=tuple(rows),
        when_empty="No contract has price tiers.",
    )


def is_prorated(window: WindowRecord) -> bool:
    """Whether the horizon cuts the window, so that its promise is a part of the full one."""
    return window.counted_from > window.start or window.counted_to < window.end


def _verdict(window: WindowRecord) -> str:
    if window.shortfall_usd > 0:
        return f"SHORT by {numbers.money(window.shortfall_usd)}"
    if window.met_on is not None:
        return f"met {window.met_on}"
    return "met"


def _contracts_with_several(plan: Plan) -> set[str]:
    names: dict[str, set[str]] = {}
    for window in plan.windows:
        names.setdefault(window.contract, set()).add(window.commitment)
    return {contract for contract, commitments in names.items() if len(commitments) > 1}


def _carry_notes(plan: Plan) -> list[str]:
    if any(window.carried_in_usd > 0 for window in plan.windows):
        return ["Of promise: drawdown with what is carried in from the window before."]
    return []


def _cut_notes(plan: Plan) -> list[str]:
    cut = [window for window in plan.windows if is_prorated(window)]
    notes = [
        f"* Prorated: the plan counts {days_between(window.counted_from, window.counted_to)} of "
        f"{days_between(window.start, window.end)} days of {window.contract}/{window.commitment} from "
        f"{window.start}; in full it promises {numbers.money(window.full_promise_usd)}."
        for window in cut[:_MOST_CUT_LISTED]
    ]
    if len(cut) > _MOST_CUT_LISTED:
        notes.append(f"* {len(cut) - _MOST_CUT_LISTED} more windows are prorated.")
    return notes


def _paid_notes(plan: Plan) -> list[str]:
    return [
        f"Of the shortfall of {window.contract}/{window.commitment} from {window.start}, "
        f"{numbers.money(window.shortfall_paid_usd)} is paid."
        for window in plan.windows
        if abs(window.shortfall_usd - window.shortfall_paid_usd) > 0.01
    ]


def _level_words(level: int, tiers: Tiers | None) -> str:
    if level < 0:
        return "below the first"
    if tiers is None or level >= len(tiers.levels):
        return f"level {level + 1}"
    reached = tiers.levels[level]
    return (
        f"{level + 1} of {len(tiers.levels)} (from {numbers.money(reached.from_usd)}: "
        f"{numbers.share(reached.discount)} off)"
    )
