"""Windows of commitments and tiers: their dates, and how spend falls into them (docs/model.md section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from router.audit.calendar import Calendar, add_months
from router.audit.facts import Floats
from router.scenario.contract import Commitment, Contract, WindowKind


@dataclass(frozen=True)
class Window:
    """A window that overlaps the horizon. `shares` is a(t, w), one per period."""

    start: date
    end: date
    counted_from: date
    counted_to: date
    spent_to_date_usd: float
    settled_in_period: int
    shares: Floats

    @property
    def counted_share(self) -> float:
        """Share of the window's days that count: what promises and thresholds are prorated by."""
        return (self.counted_to - self.counted_from).days / (self.end - self.start).days


def spans(contract: Contract, kind: WindowKind | None) -> list[tuple[date, date]]:
    """All windows of a kind within the contract's term, whether the horizon overlaps them or not."""
    if contract.start >= contract.end or kind is None:
        return []
    if kind == "term":
        return [(contract.start, contract.end)]
    if kind == "calendar_year":
        return [
            (max(contract.start, date(year, 1, 1)), min(contract.end, date(year + 1, 1, 1)))
            for year in range(contract.start.year, contract.end.year + 1)
            if date(year, 1, 1) < contract.end and year < date.max.year
        ]
    found = []
    start, years = contract.start, 0
    while start < contract.end:
        years += 1
        following = min(contract.end, add_months(contract.start, 12 * years))
        found.append((start, following))
        start = following
    return found


def window_of(
    calendar: Calendar, contract: Contract, start: date, end: date, spent_to_date_usd: float | None = None
) -> Window | None:
    """The window as the horizon cuts it, None where the horizon does not overlap it.

    A spent to date counts only in the window that contains the horizon's start; its days before count then.
    """
    settled = calendar.last_overlapping(start, end)
    if settled is None:
        return None
    counts = spent_to_date_usd is not None and start <= calendar.start < end
    # Spend of a period falls evenly on its hours: what falls outside the term draws nothing down.
    shares = calendar.overlap_share(max(start, contract.start), min(end, contract.end))
    return Window(
        start=start,
        end=end,
        counted_from=start if counts else max(start, calendar.start),
        counted_to=min(end, calendar.end),
        spent_to_date_usd=spent_to_date_usd if counts and spent_to_date_usd is not None else 0.0,
        settled_in_period=settled,
        shares=shares,
    )


def commitment_windows(calendar: Calendar, contract: Contract, commitment: Commitment) -> list[tuple[Window, float]]:
    """The windows of a commitment in order, each with its full amount in USD."""
    if commitment.windows is not None:
        given = [(part.start, part.end, part.amount_usd) for part in commitment.windows]
    else:
        dates = spans(contract, commitment.window)
        amount = commitment.amount_usd
        amounts = amount if isinstance(amount, list) else [amount or 0.0] * len(dates)
        given = [(start, end, usd) for (start, end), usd in zip(dates, amounts, strict=False)]
    found = []
    for start, end, usd in sorted(given):
        window = window_of(calendar, contract, start, end, commitment.spent_to_date_usd)
        if window is not None:
            found.append((window, usd))
    return found


def overlap_of(inner: Window, outer: Window) -> float:
    """Share of a tier window's days within the horizon that lie within a commitment window."""
    days = (inner.counted_to - inner.counted_from).days
    both = (min(inner.counted_to, outer.end) - max(inner.counted_from, outer.start)).days
    return max(0, both) / days
