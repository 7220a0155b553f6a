"""The windows of a commitment as a scenario has them: where they begin, what is promised in each, where that stands."""

from __future__ import annotations

from datetime import date

from router.problem.calendar import build_calendar
from router.reading.key_path import KeyPath
from router.scenario.contract import Commitment, Contract
from router.scenario.dates import windows_of
from router.scenario.scenario import Scenario
from router.view.grid import Apart, Meaning, OneValue


def promise_of(base: KeyPath, contract: Contract, held: Commitment) -> tuple[list[date], Meaning, list[float]]:
    """First days of the windows, what an edit of a promise edits below ``base``, and the promises in USD."""
    if held.windows is not None:
        paths = tuple((*base, "windows", at, "amount_usd") for at in range(len(held.windows)))
        return [window.start for window in held.windows], Apart(paths), [window.amount_usd for window in held.windows]
    starts = window_starts(contract, held)
    if isinstance(held.amount_usd, list):
        paths = tuple((*base, "amount_usd", at) for at in range(len(held.amount_usd)))
        return starts, Apart(paths), list(held.amount_usd)
    amount = 0.0 if held.amount_usd is None else held.amount_usd
    return starts, OneValue((*base, "amount_usd")), [amount] * len(starts)


def window_starts(contract: Contract, held: Commitment) -> list[date]:
    """First days of a commitment's windows."""
    if held.windows is not None:
        return [window.start for window in held.windows]
    return [start for start, _ in windows_of(held.window or "term", contract)]


def period_of_window(scenario: Scenario, named: tuple[str, str], column: int) -> int:
    """The period in which a commitment's window begins, or the first or last where it begins outside the horizon."""
    contract = scenario.contracts[named[0]]
    starts = window_starts(contract, contract.commitments[named[1]])
    start = starts[min(max(0, column), len(starts) - 1)]
    ends = build_calendar(scenario.horizon).ends
    return next((at for at, end in enumerate(ends) if end > start), len(ends) - 1)
