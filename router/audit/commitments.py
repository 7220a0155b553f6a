"""commitment_window: promise, drawdown, carry and shortfall of each window."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from router.audit.charges import Charge, Spend
from router.audit.facts import Facts, Floats
from router.audit.report import Ledger
from router.audit.tiers import Credit
from router.audit.tolerance import money_tolerance, same_money
from router.audit.windows import Window, commitment_windows, overlap_of
from router.plan.document import BillCategory, Plan, WindowRecord
from router.scenario.contract import CarryForward, Commitment

_RECORD_ROUNDING = 3
"""A record's amount may follow from three others, each rounded to cents."""


def check_commitments(facts: Facts, plan: Plan, spend: Spend, credits: list[Credit], ledger: Ledger) -> list[Charge]:
    """Check window records against their definition; returns the shortfalls that the bill must have."""
    given: dict[tuple[str, str, date], WindowRecord] = {}
    for record in plan.windows:
        if (record.contract, record.commitment, record.start) in given:
            ledger.find("duplicates", _where(record), "a second record", "one record")
        given[record.contract, record.commitment, record.start] = record
    charges = []
    for name, contract in facts.scenario.contracts.items():
        for commitment_name, commitment in contract.commitments.items():
            carried_in = 0.0
            for window, full_usd in commitment_windows(facts.calendar, contract, commitment):
                found = given.pop((name, commitment_name, window.start), None)
                checker = _WindowCheck(facts, name, commitment_name, commitment, window, full_usd, ledger)
                credit = sum(part.usd * overlap_of(part.window, window) for part in credits if part.contract == name)
                carried_in, shortfall = checker.check(found, spend, credit, carried_in)
                charges.append(
                    Charge(
                        window.settled_in_period,
                        BillCategory.SHORTFALL,
                        contract.provider,
                        f"{name}/{commitment_name}",
                        "USD",
                        commitment.shortfall_rate,
                        shortfall * commitment.shortfall_rate,
                        contract=name,
                    )
                )
    for record in given.values():
        ledger.find("commitment_window", _where(record), "a record", "none: there is no such window")
    return charges


def _where(record: WindowRecord) -> str:
    return f"window of {record.contract}/{record.commitment} from {record.start}"


class _WindowCheck:
    """One window: each figure is checked given the ones it follows from."""

    def __init__(
        self,
        facts: Facts,
        contract: str,
        commitment_name: str,
        commitment: Commitment,
        window: Window,
        full_usd: float,
        ledger: Ledger,
    ) -> None:
        self.facts, self.contract, self.commitment = facts, contract, commitment
        self.window, self.full_usd, self.ledger = window, full_usd, ledger
        self.where = f"window of {contract}/{commitment_name} from {window.start}"

    def check(
        self, found: WindowRecord | None, spend: Spend, credit_usd: float, carried_in: float
    ) -> tuple[float, float]:
        """Carried out and shortfall in USD; the plan's own where they are right."""
        window, usd = self.window, spend.usd[self.contract]
        promise = self.full_usd * window.counted_share
        drawdown = window.spent_to_date_usd + float(window.shares @ usd) - credit_usd
        lines = int((spend.charges[self.contract] * (window.shares > 0)).sum()) + 1
        if not self.ledger.require(found is not None, "commitment_window", self.where, "no record", "a record"):
            return self._carried_out(promise, drawdown + carried_in), max(0.0, promise - drawdown - carried_in)
        assert found is not None
        self._check_dates(found)
        scale = max(promise, abs(drawdown), abs(carried_in))

        def money(rule: str, label: str, shown: float, expected: float, lines: int = _RECORD_ROUNDING) -> float:
            self.ledger.checks += 1
            if same_money(shown, expected, lines, scale):
                return shown
            self.ledger.find(rule, f"{self.where}, {label}", shown, expected)
            return expected

        money("commitment_window", "full promise", found.full_promise_usd, self.full_usd)
        promise = money("commitment_window", "promise", found.promise_usd, promise)
        money("commitment_window", "spent to date", found.spent_to_date_usd, window.spent_to_date_usd)
        drawdown = money("drawdown", "drawdown", found.drawdown_usd, drawdown, lines + _RECORD_ROUNDING)
        carried_in = money("carry_forward", "carried in", found.carried_in_usd, carried_in)
        available = drawdown + carried_in
        carried_out = self._carried_out(promise, available)
        carried_out = money("carry_forward", "carried out", found.carried_out_usd, carried_out)
        shortfall = money("shortfall", "shortfall", found.shortfall_usd, max(0.0, promise - available))
        paid = shortfall * self.commitment.shortfall_rate
        money("shortfall", "shortfall paid", found.shortfall_paid_usd, paid)
        to_draw = promise - window.spent_to_date_usd - carried_in + credit_usd
        self._check_met_on(found.met_on, usd * window.shares, to_draw, lines, shortfall)
        return carried_out, shortfall

    def _check_dates(self, found: WindowRecord) -> None:
        window = self.window
        pairs: list[tuple[str, object, object]] = [
            ("end", found.end, window.end),
            ("counted from", found.counted_from, window.counted_from),
            ("counted to", found.counted_to, window.counted_to),
            ("settled in period", found.settled_in_period, window.settled_in_period),
        ]
        for label, shown, expected in pairs:
            self.ledger.require(shown == expected, "commitment_window", f"{self.where}, {label}", shown, expected)

    def _carried_out(self, promise: float, available: float) -> float:
        carry = self.commitment.carry_forward
        if carry is False:
            return 0.0
        above = max(0.0, available - promise)
        if isinstance(carry, CarryForward) and carry.max_share is not None:
            return min(above, carry.max_share * promise)
        return above

    def _check_met_on(
        self, found: date | None, drawn_usd: Floats, level_usd: float, lines: int, shortfall_usd: float
    ) -> None:
        # Rounding may move the day, and where a shortfall is all rounding, decide whether there is one.
        self.ledger.checks += 1
        place = f"{self.where}, met on"
        slack = money_tolerance(level_usd, lines)
        if found is None:
            if shortfall_usd == 0:
                self.ledger.find("met_on", place, "no day", self._day_reached(drawn_usd, level_usd))
        elif shortfall_usd > slack:
            self.ledger.find("met_on", place, found, "no day: there is a shortfall")
        else:
            first, last = (self._day_reached(drawn_usd, level_usd + usd) for usd in (-slack, slack))
            if not first <= found <= last:
                self.ledger.find("met_on", place, found, self._day_reached(drawn_usd, level_usd))

    def _day_reached(self, drawn_usd: Floats, level_usd: float) -> date:
        # Spend of a period falls evenly on the days that it shares with the window.
        window, calendar = self.window, self.facts.calendar
        if level_usd <= 0:
            return window.counted_from
        total = np.cumsum(drawn_usd)
        reached = np.flatnonzero(total >= level_usd)
        if not reached.size:
            return window.counted_to
        period = int(reached[0])
        terms = self.facts.scenario.contracts[self.contract]
        first = max(calendar.bounds[period], window.start, terms.start)
        last = min(calendar.bounds[period + 1], window.end, terms.end)
        missing = level_usd - (float(total[period]) - float(drawn_usd[period]))
        share = min(1.0, max(0.0, missing / float(drawn_usd[period])))
        return first + timedelta(days=int(share * (last - first).days))
