"""How each commitment stands: windows that fall short, the one that runs, the next; what is promised and drawn down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from router.report import numbers
from router.report.difference_words import stretch_words
from router.report.letters import Letters
from router.report.tables.contracts import is_prorated

if TYPE_CHECKING:
    from router.plan.document import Plan, WindowRecord

HALF_A_CENT = 0.005
"""What is below it is the solver's rounding and written as nothing."""


class WindowTime(StrEnum):
    """Where a window lies against today."""

    ENDED = "ended"
    RUNNING = "running"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True)
class CommitmentBar:
    """One window of a commitment. Amounts in USD, undiscounted; `end` is the first day after.

    `share_met` is drawdown with what is carried in, of the promise; 1 where nothing is promised. `verdict` is the date
    on which the promise is met, or the shortfall: in few letters and in full.
    """

    name: str
    contract: str
    commitment: str
    time: WindowTime
    start: date
    end: date
    promise_usd: float
    drawdown_usd: float
    carried_in_usd: float
    shortfall_usd: float
    share_met: float
    met_on: date | None
    is_prorated: bool
    verdict_short: str
    verdict: str

    @property
    def is_short(self) -> bool:
        """Whether the promise is missed."""
        return self.shortfall_usd > 0

    @property
    def dates(self) -> str:
        """The window's time: `2027-01 to 2027-12`."""
        return stretch_words(self.start, self.end)

    @property
    def until(self) -> str:
        """Its last month or day: `to 2027-12`, for where there is no room for all of its time."""
        return f"to {self.dates.rpartition(' to ')[2]}"

    @property
    def amounts(self) -> str:
        """`$9.10 B of $10.0 B`; with what is carried in, and a star where the horizon cuts the promise."""
        carried = f" and {numbers.money(self.carried_in_usd)} carried in" if self.carried_in_usd >= HALF_A_CENT else ""
        promise = numbers.money(self.promise_usd)
        return f"{numbers.money(self.drawdown_usd)}{carried} of {promise}{' *' if self.is_prorated else ''}"

    def bar(self, width: int, letters: Letters) -> str:
        """What is met of the promise, in `width` letters; full only where all of it is."""
        return letters.bar(self.share_met, width)


@dataclass(frozen=True)
class CommitmentOutlook:
    """A commitment: the windows to show, those that fall short first; how many of all its windows are missed, by how
    much."""

    contract: str
    commitment: str
    bars: tuple[CommitmentBar, ...]
    windows: int
    windows_short: int
    shortfall_usd: float

    @property
    def words(self) -> str:
        """All windows in short: `all 7 windows met`, `SHORT by $2.10 B in 2 of 7 windows`."""
        return windows_words(self.windows, self.windows_short, self.shortfall_usd)


def windows_words(windows: int, short: int, shortfall_usd: float) -> str:
    """How many of a commitment's windows are missed by how much."""
    if not short:
        return f"all {windows} windows met" if windows > 1 else "met"
    return f"SHORT by {numbers.money(shortfall_usd)} in {short} of {windows} window{'s' if windows > 1 else ''}"


def commitment_outlooks(plan: Plan, today: date) -> tuple[CommitmentOutlook, ...]:
    """Each commitment with every window that falls short, then the one that runs on a day and the next, if those are
    met. Commitments with shortfalls come first.

    A day before the horizon counts as its first. Where none runs any more and none fell short, the last window is told.
    """
    day = max(today, plan.periods[0].start)
    windows: dict[tuple[str, str], list[WindowRecord]] = {}
    for window in plan.windows:
        windows.setdefault((window.contract, window.commitment), []).append(window)
    several = _with_several(windows)
    outlooks = []
    for (contract, commitment), records in windows.items():
        records.sort(key=lambda record: record.start)
        name = f"{contract}/{commitment}" if contract in several else contract
        missed = [record for record in records if record.shortfall_usd > 0]
        outlooks.append(
            CommitmentOutlook(
                contract,
                commitment,
                _bars(records, name, day),
                len(records),
                len(missed),
                sum(record.shortfall_usd for record in missed),
            )
        )
    return tuple(sorted(outlooks, key=lambda outlook: -outlook.shortfall_usd))


def verdict_words(window: WindowRecord) -> tuple[str, str]:
    """When a window's promise is met or by how much it is missed, in few letters and in full."""
    if window.shortfall_usd > 0:
        usd = numbers.money(window.shortfall_usd)
        paid = window.shortfall_paid_usd
        of_it = "" if abs(paid - window.shortfall_usd) < 0.01 else f", {numbers.money(paid)} of it paid"
        return f"SHORT {usd}", f"SHORT by {usd}{of_it}"
    if window.met_on is None:
        return "met", "met"
    return f"met {window.met_on:%Y-%m}", f"met on {numbers.day(window.met_on)}"


def share_met(window: WindowRecord) -> float:
    """Drawdown with what is carried in, of the promise; 1 where nothing is promised."""
    if window.promise_usd <= 0:
        return 1.0
    return (window.drawdown_usd + window.carried_in_usd) / window.promise_usd


def _bars(records: Sequence[WindowRecord], name: str, day: date) -> tuple[CommitmentBar, ...]:
    """Windows in order of time; the shortfalls among them stand first, whenever they are."""
    coming = [record for record in records if record.end > day]
    missed = [record for record in records if record.shortfall_usd > 0]
    others = [record for record in coming[:2] if record.shortfall_usd <= 0]
    shown = [*missed, *others] or records[-1:]
    following = next((record.start for record in coming if record.start > day), None)
    return tuple(_bar(record, name, _time(record, day, following)) for record in shown)


def _time(window: WindowRecord, day: date, following: date | None) -> WindowTime:
    """`following`: the start of the first window after the day."""
    if window.end <= day:
        return WindowTime.ENDED
    if window.start <= day:
        return WindowTime.RUNNING
    return WindowTime.NEXT if window.start == following else WindowTime.LATER


def _bar(window: WindowRecord, name: str, time: WindowTime) -> CommitmentBar:
    short, long = verdict_words(window)
    return CommitmentBar(
        name=name,
        contract=window.contract,
        commitment=window.commitment,
        time=time,
        start=window.start,
        end=window.end,
        promise_usd=window.promise_usd,
        drawdown_usd=window.drawdown_usd,
        carried_in_usd=window.carried_in_usd,
        shortfall_usd=window.shortfall_usd,
        share_met=share_met(window),
        met_on=window.met_on,
        is_prorated=is_prorated(window),
        verdict_short=short,
        verdict=long,
    )


def _with_several(windows: dict[tuple[str, str], list[WindowRecord]]) -> set[str]:
    contracts = [contract for contract, _ in windows]
    return {contract for contract in contracts if contracts.count(contract) > 1}
