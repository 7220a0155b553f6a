"""What one more unit costs, split into parts a planner knows, from the duals of one answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from router.engine.warm_linear_program import LinearAnswer
from router.model.linear_program import LinearProgram
from router.why.plan_book import PlanBook


class Part(StrEnum):
    """Parts of a marginal cost. The first group is what is paid (or saved) for it, the second what limits add."""

    PRICE = "price"
    """Rent after discounts, or the value of what is left out."""
    COMMITMENT = "commitments"
    """Shortfall that the spend avoids, in this window or, by carry-forward, in a later one."""
    TIERS = "volume tiers"
    HELD = "instances held"
    """Share of instances that are rented, reserved or whole already, at what they are worth to the plan."""
    EGRESS = "egress"
    """Traffic to users, calls of other providers, a job's dataset."""
    MIGRATION = "migration"
    STANDBY = "N-1 standby"
    """Standby that the unit needs elsewhere, less what it provides."""

    CAPACITY = "pool capacity"
    SPOT_CAPACITY = "spot capacity"
    OFFER = "offer limit"
    SPOT_SHARE = "spot share"
    PROVIDER_SHARE = "provider share"
    CASH = "cash ceiling"


LIMITING = frozenset(
    {Part.CAPACITY, Part.SPOT_CAPACITY, Part.OFFER, Part.SPOT_SHARE, Part.PROVIDER_SHARE, Part.CASH, Part.STANDBY}
)
"""Parts that a limit's shadow price makes."""

SCARCITY = LIMITING - {Part.STANDBY}
"""Parts that nobody is paid: without the limit they would not be there."""

_PART_OF_ROW = {
    "survive_provider_loss": Part.STANDBY,
    "spot_share": Part.SPOT_SHARE,
    "local_calls_made": Part.EGRESS,
    "local_calls_answered": Part.EGRESS,
    "migration": Part.MIGRATION,
    "provider_share_max": Part.PROVIDER_SHARE,
    "provider_share_min": Part.PROVIDER_SHARE,
    "pool_capacity": Part.CAPACITY,
    "rented_capacity": Part.CAPACITY,
    "spot_capacity": Part.SPOT_CAPACITY,
    "spot_rented": Part.SPOT_CAPACITY,
    "rental_limit": Part.OFFER,
    "reservation_limit": Part.OFFER,
    "cash_ceiling": Part.CASH,
    "commitment_window": Part.COMMITMENT,
    "tier_spend": Part.TIERS,
    "run_rental": Part.HELD,
}

_REWARD = frozenset({"demand_met", "one_run_per_job"})
"""Rows that a unit is served for: what they pay is compared with the cost and is no part of it."""


@dataclass(frozen=True)
class Charge:
    """One part, in the program's money per unit of the column, discounted. ``row``: the row whose dual made it;
    ``column``: the rented line or bound; -1 where neither did."""

    part: Part
    amount: float
    row: int = -1
    column: int = -1

    def times(self, factor: float) -> Charge:
        """The charge of that many units."""
        return Charge(self.part, self.amount * factor, self.row, self.column)


class Pricing:
    """Charges of columns under the duals of one answer (``answer`` of ``program`` or of one with moved bounds)."""

    def __init__(self, book: PlanBook, answer: LinearAnswer) -> None:
        self._book = book
        self._program: LinearProgram = book.model.program
        self._answer = answer

    def of_serving(self, pair: int, period: int, part: int) -> list[Charge]:
        """One more unit served by a pair."""
        return self._column(self._book.column("serve", pair, period, part), Part.EGRESS)

    def of_unserved(self, stream: int, period: int, part: int) -> list[Charge]:
        """One more unit left out."""
        return self._column(self._book.column("unserved", stream, period, part), Part.PRICE)

    def of_run(self, run: int) -> list[Charge]:
        """One candidate run."""
        return self._column(self._book.column("run", run), Part.EGRESS)

    def of_unserved_job(self, job: int) -> list[Charge]:
        """A training job left out."""
        return self._column(self._book.column("unserved_job", job), Part.PRICE)

    def of_row_growth(self, rows: Iterable[tuple[int, float, float]]) -> list[Charge]:
        """What it costs that bounds of rows move along: (row, added to lower, added to upper)."""
        charges = []
        for row, lower, upper in rows:
            if row >= 0:
                dual = float(self._answer.row_duals[row])
                amount = dual * (lower if dual > 0 else upper)
                charges.append(Charge(_PART_OF_ROW[self._book.rows.family(row)], amount, row))
        return charges

    def _column(self, column: int, own: Part) -> list[Charge]:
        if column < 0:
            return []
        rows, coefficients = self._book.rows.entries(column)
        charges = [Charge(own, float(self._program.objective[column]))]
        for row, coefficient in zip(rows.tolist(), coefficients.tolist(), strict=True):
            family = self._book.rows.family(row)
            if family in _REWARD:
                continue
            if family in ("rental_cover", "spot_cover"):
                charges += [charge.times(-coefficient) for charge in self.of_instance(row)]
            else:
                amount = -float(self._answer.row_duals[row]) * coefficient
                charges.append(Charge(_PART_OF_ROW[family], amount, row))
        return charges

    def of_instance(self, cover: int) -> list[Charge]:
        """One more instance in a pool, period and slice: parts of the dual of its cover row.

        The line on which it would be rented is the one without a reduced cost; where all lines cost more than the
        dual says, the instance comes from what is held already.
        """
        dual = float(self._answer.row_duals[cover])
        column = self._marginal_line(cover)
        if column < 0:
            return [Charge(Part.HELD, dual, cover)] if dual else []
        charges = self._rental(column)
        rest = dual - sum(charge.amount for charge in charges)
        if abs(rest) > 1e-9 * max(1.0, abs(dual)):
            charges.append(Charge(self._bound_part(column), rest, column=column))
        return charges

    def _marginal_line(self, cover: int) -> int:
        """The rent column that the dual of a cover row comes from; -1 where none does."""
        keys = self._book.rows.keys(cover)
        lines = self._book.problem.lines
        spot = self._book.rows.family(cover) == "spot_cover"
        mine = np.flatnonzero((lines.pool == keys["pool"]) & (lines.spot == spot))
        columns = self._book.model.columns.ids("rent")[mine, keys["period"], keys["slice"]]
        columns = columns[columns >= 0]
        if not len(columns):
            return -1
        costs = self._answer.reduced_costs[columns]
        scale = np.maximum(1e-6, np.abs(self._program.objective[columns]))
        if (free := np.abs(costs) <= 1e-7 * scale).any():
            # Of several at the same cost, the one that is rented.
            return int(columns[free][np.argmax(self._answer.values[columns[free]])])
        if (full := costs < 0).any() and self._answer.row_duals[cover]:
            return int(columns[full][np.argmax(costs[full])])
        return -1

    def _rental(self, column: int) -> list[Charge]:
        """One more instance on a line, but for the bound of its column."""
        rows, coefficients = self._book.rows.entries(column)
        charges = [Charge(Part.PRICE, float(self._program.objective[column]), column=column)]
        for row, coefficient in zip(rows.tolist(), coefficients.tolist(), strict=True):
            family = self._book.rows.family(row)
            if family in ("rental_cover", "spot_cover"):
                continue
            if family == "contract_spend":
                charges += self._spend(row, -coefficient)
            else:
                amount = -float(self._answer.row_duals[row]) * coefficient
                charges.append(Charge(_PART_OF_ROW[family], amount, row))
        return charges

    def _spend(self, row: int, dollars: float) -> list[Charge]:
        """What ``dollars`` more (program's money) under a contract in a period bring: parts of the row's dual."""
        keys = self._book.rows.keys(row)
        column = self._book.column("spend", keys["contract"], keys["period"])
        charges: list[Charge] = []
        for other, coefficient in zip(*(part.tolist() for part in self._book.rows.entries(column)), strict=True):
            if other != row:
                amount = -float(self._answer.row_duals[other]) * coefficient * dollars
                charges.append(Charge(_PART_OF_ROW[self._book.rows.family(other)], amount, other))
        rest = dollars * float(self._answer.row_duals[row]) - sum(charge.amount for charge in charges)
        if abs(rest) > 1e-9 * max(1.0, abs(dollars)):
            charges.append(Charge(Part.COMMITMENT, rest, row))
        return charges

    def _bound_part(self, column: int) -> Part:
        """What the upper bound of a rent column is: the pool's room, or the plan's whole number."""
        program = self._program
        if program.is_integer[column] and self._answer.values[column] < program.upper[column] * (1 - 1e-9):
            return Part.HELD
        return Part.SPOT_CAPACITY if self._is_spot(column) else Part.CAPACITY

    def _is_spot(self, column: int) -> bool:
        block = self._book.model.columns.blocks["rent"]
        line = int(np.argwhere(block.ids == column)[0][0])
        return bool(self._book.problem.lines.spot[line])
