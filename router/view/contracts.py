"""The contracts: what is left of each promise over time against an even pace, and the facts of each window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from router.arrays import FloatArray, Ids
from router.report import numbers
from router.report.charts import BurnDownWindow, burn_downs
from router.report.period_groups import days_between
from router.report.table import Column, Row, Table
from router.report.tables.contracts import is_prorated
from router.view.commitment_bars import HALF_A_CENT, share_met, verdict_words
from router.view.contract_windows import window_starts
from router.view.decimal_years import day_numbers, decimal_years
from router.view.tier_levels import TierWindow, tier_windows

if TYPE_CHECKING:
    from router.plan.document import Plan, WindowRecord
    from router.scenario.scenario import Scenario


@dataclass(frozen=True)
class CurveWindow:
    """One window's course, K points. `days` (K,) and `years` (K,) are the same days, as numbers and decimal years.

    `remaining_usd` (K,) is what is left of the promise at the start of each day; below 0 where more was spent. Its
    first value is the promise less what is carried in and was spent before the plan. `even_pace_usd` (K,) is the
    straight line from there to nothing at the window's end. `shortfall_usd` is the last of it that is missed.
    """

    record: WindowRecord
    days: Ids
    years: FloatArray
    remaining_usd: FloatArray
    even_pace_usd: FloatArray

    @property
    def shortfall_usd(self) -> float:
        """What is missed at the window's end, 0 where the promise is met."""
        return self.record.shortfall_usd

    @property
    def met_year(self) -> float | None:
        """When the promise is met, as a decimal year."""
        return None if self.record.met_on is None else float(decimal_years([self.record.met_on])[0])

    @property
    def most_behind_usd(self) -> float:
        """How far the course is behind the even pace where it is furthest behind; 0 where it never is."""
        return float(np.maximum(0.0, self.remaining_usd - self.even_pace_usd).max(initial=0.0))


@dataclass(frozen=True)
class CommitmentCurve:
    """A commitment's windows in order of time, and its contract's price tiers.

    `years` and `remaining_usd` are the windows' points one after another, a NaN between two windows so that a line
    plot lifts its pen; `even_pace_usd` alike. `boundary_years` are where windows begin and end, each once;
    `shortfall_years` and `shortfalls_usd` mark the windows that are missed, at their ends.
    """

    contract: str
    commitment: str
    title: str
    windows: tuple[CurveWindow, ...]
    tiers: tuple[TierWindow, ...]
    years: FloatArray
    remaining_usd: FloatArray
    even_pace_usd: FloatArray
    boundary_years: FloatArray
    shortfall_years: FloatArray
    shortfalls_usd: FloatArray

    @property
    def name(self) -> str:
        """`contract/commitment`."""
        return f"{self.contract}/{self.commitment}"

    @property
    def highest_usd(self) -> float:
        """The most that remains anywhere, of the course or of the even pace; 0 without windows."""
        return float(max((window.remaining_usd.max() for window in self.windows), default=0.0))

    def window_on(self, day: date) -> int:
        """The window that a day is in, else the next to come, else the last."""
        return next((at for at, window in enumerate(self.windows) if window.record.end > day), len(self.windows) - 1)


def commitment_curves(plan: Plan, scenario: Scenario) -> tuple[CommitmentCurve, ...]:
    """The curve of each commitment of the plan, in the plan's order."""
    records: dict[tuple[str, str], list[WindowRecord]] = {}
    for window in plan.windows:
        records.setdefault((window.contract, window.commitment), []).append(window)
    tiers = tier_windows(plan, scenario)
    curves = []
    for burn_down in burn_downs(plan, scenario):
        mine = sorted(records[burn_down.contract, burn_down.commitment], key=lambda record: record.start)
        windows = tuple(_curve_window(record, window) for record, window in zip(mine, burn_down.windows, strict=True))
        curves.append(
            _curve(burn_down.contract, burn_down.commitment, scenario, windows, _of(tiers, burn_down.contract))
        )
    return tuple(curves)


@dataclass(frozen=True)
class Looked:
    """What is looked at: a curve and one of its windows, None where the plan has not got that window."""

    curve: CommitmentCurve
    window: int | None
    asked: date

    @property
    def words(self) -> str:
        """Which it is and how it stands: `azure/macc, window 2 of 7: SHORT by $1.20 B`."""
        if self.window is None:
            return f"{self.curve.name}: the window from {self.asked} is not in the plan's horizon"
        verdict = verdict_words(self.curve.windows[self.window].record)[1]
        return f"{self.curve.name}, window {self.window + 1} of {len(self.curve.windows)}: {verdict}"

    @property
    def is_short(self) -> bool:
        """Whether the window is missed."""
        return self.window is not None and self.curve.windows[self.window].shortfall_usd > 0

    @property
    def facts(self) -> Table:
        """The facts of the window, none where the plan has not got it."""
        if self.window is not None:
            return window_facts(self.curve, self.window)
        return Table("window-facts", self.curve.name, (Column("What"),), (), when_empty=f"{self.words}.")


def looked_at(
    curves: tuple[CommitmentCurve, ...], scenario: Scenario, named: tuple[str, str], column: int
) -> Looked | None:
    """The curve of a commitment and its window of a number, counted over the term; None where the plan has no curve."""
    curve = next((curve for curve in curves if (curve.contract, curve.commitment) == named), None)
    contract = scenario.contracts.get(named[0])
    if curve is None or contract is None or named[1] not in contract.commitments:
        return None
    starts = window_starts(contract, contract.commitments[named[1]])
    asked = starts[min(max(0, column), len(starts) - 1)]
    found = next((at for at, window in enumerate(curve.windows) if window.record.start == asked), None)
    return Looked(curve, found, asked)


def window_facts(curve: CommitmentCurve, at: int) -> Table:
    """The facts of one window of a curve. Raises IndexError where it has no such window."""
    window = curve.windows[at]
    record = window.record
    rows = [
        Row(("Window", f"{at + 1} of {len(curve.windows)}: {record.start} to {numbers.last_day(record.end)}")),
        Row(("Promise", _promise_words(record))),
    ]
    if record.spent_to_date_usd >= HALF_A_CENT:
        rows.append(Row(("Spent before the plan", numbers.money(record.spent_to_date_usd))))
    if record.carried_in_usd >= HALF_A_CENT:
        rows.append(Row(("Carried in", f"{numbers.money(record.carried_in_usd)} from the window before")))
    rows += [
        Row(("Drawdown", f"{numbers.money(record.drawdown_usd)} by the window's end")),
        Row(("Of promise", numbers.share(share_met(record)))),
        Row(("Verdict", verdict_words(record)[1]), "alert" if record.shortfall_usd > 0 else "plain"),
    ]
    if window.most_behind_usd >= HALF_A_CENT and record.shortfall_usd <= 0:
        rows.append(Row(("Pace", f"at most {numbers.money(window.most_behind_usd)} behind an even pace")))
    if record.carried_out_usd >= HALF_A_CENT:
        rows.append(Row(("Carried out", f"{numbers.money(record.carried_out_usd)} to the next window")))
    rows += [
        Row((f"Tiers, {tier.start} to {numbers.last_day(tier.end)}", tier.words))
        for tier in curve.tiers
        if tier.start < record.end and record.start < tier.end
    ]
    return Table(
        key="window-facts",
        title=f"{curve.name}, window {at + 1}",
        columns=(Column("What", least_width=12), Column("Value", least_width=20)),
        rows=tuple(rows),
        headed=False,
    )


def _promise_words(record: WindowRecord) -> str:
    promise = numbers.money(record.promise_usd)
    if not is_prorated(record):
        return promise
    counted = days_between(record.counted_from, record.counted_to)
    days = days_between(record.start, record.end)
    return f"{promise}: {counted} of {days} days of {numbers.money(record.full_promise_usd)}"


def _curve_window(record: WindowRecord, window: BurnDownWindow) -> CurveWindow:
    days = day_numbers(point.day for point in window.points)
    remaining = np.array([point.remaining_usd for point in window.points], dtype=np.float64)
    length = float(max(1, days[-1] - days[0]))
    pace = max(0.0, float(remaining[0])) * ((days[-1] - days) / length)
    return CurveWindow(record, days, decimal_years(point.day for point in window.points), remaining, pace)


def _curve(
    contract: str,
    commitment: str,
    scenario: Scenario,
    windows: tuple[CurveWindow, ...],
    tiers: tuple[TierWindow, ...],
) -> CommitmentCurve:
    known = scenario.contracts.get(contract)
    ends = [window for window in windows if window.shortfall_usd > 0]
    boundaries = sorted({day for window in windows for day in (window.record.start, window.record.end)})
    return CommitmentCurve(
        contract=contract,
        commitment=commitment,
        title=(known.title if known is not None else None) or contract,
        windows=windows,
        tiers=tiers,
        years=_with_pauses([window.years for window in windows]),
        remaining_usd=_with_pauses([window.remaining_usd for window in windows]),
        even_pace_usd=_with_pauses([window.even_pace_usd for window in windows]),
        boundary_years=decimal_years(boundaries),
        shortfall_years=np.array([window.years[-1] for window in ends], dtype=np.float64),
        shortfalls_usd=np.array([window.shortfall_usd for window in ends], dtype=np.float64),
    )


def _with_pauses(parts: list[FloatArray]) -> FloatArray:
    """The parts one after another, a NaN between two."""
    pause = np.array([np.nan])
    return np.concatenate([piece for part in parts for piece in (part, pause)][:-1] or [np.zeros(0)])


def _of(tiers: tuple[TierWindow, ...], contract: str) -> tuple[TierWindow, ...]:
    return tuple(tier for tier in tiers if tier.contract == contract)
