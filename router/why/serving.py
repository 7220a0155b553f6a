"""Why a stream is served where it is: what one more unit costs there and in every other eligible pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from router.engine.warm_linear_program import LinearAnswer
from router.why.charges import Charge, Part, Pricing
from router.why.cost_split import Block, CostSplit, blocks, split, worth_usd
from router.why.fixed_program import NO_FRAME, FixedProgram, Frame
from router.why.limit import Limit
from router.why.limits import Limits
from router.why.plan_book import ROUND_OFF, PlanBook
from router.why.ranging import right_beside
from router.why.shift import Change, shift_of


@dataclass(frozen=True)
class Place:
    """A way to serve a stream: a pool, firm or spot; pool None: left out.

    ``units``: what the plan serves there; ``throughput``: units per instance, 0 where left out. ``cost``: one more unit
    of demand served there, for the place that is asked about what its last unit costs; USD per unit-hour, in money of
    the period. ``move``: a unit moved there from the place that is asked about, there less here. Both are None where
    not even one more unit can be had there: ``without`` and ``move_without`` are then what they would be if there were
    room. ``blocks``: limits that make one more unit there dearer. ``note``: what else there is to say.
    """

    pool: str | None
    spot: bool
    units: float
    throughput: float
    cost: CostSplit | None
    move: CostSplit | None = None
    without: CostSplit | None = None
    move_without: CostSplit | None = None
    blocks: tuple[Block, ...] = ()
    note: str = ""

    @property
    def name(self) -> str:
        """The pool, with the word spot; or ``left out``."""
        return "left out" if self.pool is None else f"{self.pool} (spot)" if self.spot else self.pool

    @property
    def marginal_usd(self) -> float:
        """USD per unit-hour with all that limits add; infinite where nothing more can be had."""
        return self.cost.marginal_usd if self.cost is not None else inf

    @property
    def paid_move_usd(self) -> float:
        """USD per unit-hour that moving a unit there would cost (save, below 0) if no limit were in the way."""
        known = self.move or self.move_without
        return known.paid_usd if known is not None else inf

    @property
    def move_usd(self) -> float:
        """USD per unit-hour that moving a unit there costs, 0 or more; infinite where that cannot be."""
        if self.move is None:
            return inf
        # Parts of a move that costs nothing leave rounding.
        least = ROUND_OFF * self.move.size_usd
        return 0.0 if self.move.marginal_usd <= least else self.move.marginal_usd


@dataclass(frozen=True)
class WhyServed:
    """Places of a stream in a period and slice: ``here`` (what is asked about) and the others, cheapest move first.

    ``demand`` in the stream's unit; ``hours`` of the slice; ``discount``: what a dollar of the period counts for today.
    """

    stream: str
    period: int
    period_name: str
    slice: str
    hours: float
    discount: float
    demand: float
    here: Place
    others: tuple[Place, ...]


@dataclass(frozen=True)
class _Way:
    pair: int | None
    column: int
    units: float
    rise: Frame = NO_FRAME
    fall: Frame = NO_FRAME
    """Whole instances of its pool in fractions: more than the plan's, or fewer."""


@dataclass(frozen=True)
class _Asked:
    stream: int
    period: int
    part: int
    usd: float
    demand: float


class ServingQuestions:
    """Asks about streams of a plan. Money is that of the period: duals over discount factor and hours."""

    def __init__(self, book: PlanBook, fixed: FixedProgram, limits: Limits) -> None:
        self._book = book
        self._fixed = fixed
        self._limits = limits

    def pairs_of(self, stream: int, period: int, part: int) -> list[int]:
        """Pairs of a stream that can be had in a period, those that serve most first."""
        pairs = self._book.problem.pairs
        found = [
            int(pair)
            for pair in np.flatnonzero(pairs.stream == stream)
            if self._book.column("serve", int(pair), period, part) >= 0
        ]
        return sorted(found, key=lambda pair: -self._book.served[pair, period, part])

    def why(self, stream: int, period: int, part: int, here: int | None = None) -> WhyServed:
        """All places of a stream in a period and slice; ``here``: a pair of it, by default the one that serves most."""
        problem = self._book.problem
        calendar, streams = problem.calendar, problem.streams
        ways = [self._way(stream, pair, period, part) for pair in self.pairs_of(stream, period, part)]
        if (column := self._book.column("unserved", stream, period, part)) >= 0:
            ways.append(_Way(None, column, self._book.value(column)))
        chosen = next((way for way in ways if way.pair == here), None) if here is not None else None
        chosen = chosen or max(ways, key=lambda way: way.units)
        asked = _Asked(stream, period, part, self._usd(period, part), float(streams.demand[stream, period, part]))
        others = [self._place(asked, way, chosen) for way in ways if way is not chosen]
        return WhyServed(
            stream=problem.stream_name(stream),
            period=period,
            period_name=self._book.period(period),
            slice=calendar.slices[part],
            hours=float(calendar.slice_hours[period, part]),
            discount=float(calendar.discount[period]),
            demand=asked.demand,
            here=self._place(asked, chosen, None),
            others=tuple(sorted(others, key=lambda place: (place.move_usd, place.marginal_usd, place.name))),
        )

    def _place(self, asked: _Asked, way: _Way, here: _Way | None) -> Place:
        """A way with its prices: against ``here``, or as the way that the question is about."""
        cost, blocks_found = self._marginal(asked, way, -1 if here is None else 1)
        move = None if here is None else self._move(asked, way, here)
        if way.pair is None:
            return Place(None, False, way.units, 0.0, cost, move, blocks=tuple(blocks_found))
        book, table = self._book, self._book.problem.pairs
        pool, spot = int(table.pool[way.pair]), bool(table.spot[way.pair])
        throughput = float(table.throughput[way.pair])
        note = self._idle_note(pool, spot, asked.period, asked.part, throughput)
        if not note and cost is not None and Part.HELD in cost.parts:
            note = self._shared_note(pool, spot, asked)
        known = Place(book.problem.pools.names[pool], spot, way.units, throughput, cost, move, note=note)
        if cost is not None:
            return replace(known, blocks=tuple(blocks_found))
        limits = self._limits_of(pool, spot, asked)
        full = tuple(self._full(limit) for limit in limits if limit.left <= ROUND_OFF * limit.total)
        return replace(
            known,
            without=self._marginal(asked, way, 1, limits)[0],
            move_without=None if here is None else self._move(asked, way, here, limits),
            blocks=full,
            note=note or _NOTHING_FITS,
        )

    def _full(self, limit: Limit) -> Block:
        """A limit that leaves no room, with what one more of it is worth."""
        answer = right_beside(self._fixed, limit.shift, 1, limit.total, limit.frame)
        worth = 0.0 if answer is None else worth_usd(limit, -limit.shift.slope(answer), self._book)
        return Block(limit, inf, max(0.0, worth))

    def _marginal(
        self, asked: _Asked, way: _Way, direction: int, with_room: Sequence[Limit] = ()
    ) -> tuple[CostSplit | None, list[Block]]:
        """One more unit of demand that is served this way (one fewer, where direction is -1), with its limits.

        ``with_room``: limits that give way, for the cost if there were room.
        """
        if direction < 0 and way.units <= ROUND_OFF * asked.demand:
            direction = 1
        column = way.column
        frame = self._at_least(way) if direction > 0 else self._at_most(way)
        moved = [(column, 1.0, 0.0)] if direction > 0 else [(column, 0.0, 1.0)]
        rows = [(self._book.rows.at("demand_met", asked.stream, asked.period, asked.part), 1.0, 0.0)]
        rows += self._limits.follows_demand(asked.stream, asked.period, asked.part)
        more_rows, more_columns = self._room(way, with_room)
        rows, moved = [*rows, *more_rows], [*moved, *more_columns]
        answer = right_beside(self._fixed, shift_of(rows, moved), direction, asked.demand, frame)
        if answer is None:
            return None, []
        charges = self._charges(asked, way, answer)
        return split(charges, asked.usd), blocks(charges, asked.usd, self._book, self._limits, answer)

    def _room(self, way: _Way, limits: Sequence[Limit]) -> tuple[list[Change], list[Change]]:
        """Rows and columns of limits that give way to one more unit, and to as much again."""
        throughput = 1.0 if way.pair is None else float(self._book.problem.pairs.throughput[way.pair])
        rows: list[Change] = []
        columns: list[Change] = []
        for shift in (limit.shift for limit in limits):
            rows += _scaled(shift.rows, shift.row_lower, shift.row_upper, 2.0 / throughput)
            columns += _scaled(shift.columns, shift.lower, shift.upper, 2.0 / throughput)
        return rows, columns

    def _move(self, asked: _Asked, way: _Way, here: _Way, with_room: Sequence[Limit] = ()) -> CostSplit | None:
        """One unit from here to there, demand as it is: there less here, part by part; None where that cannot be."""
        frame = self._at_least(way).also(self._at_most(here))
        columns = [(way.column, 1.0, 0.0), (here.column, 0.0, -1.0)]
        if here.units <= ROUND_OFF * asked.demand:
            frame, columns = self._at_least(way), columns[:1]
        rows, more = self._room(way, with_room)
        answer = right_beside(self._fixed, shift_of(rows, [*columns, *more]), 1, asked.demand, frame)
        if answer is None:
            return None
        there = self._charges(asked, way, answer)
        return split([*there, *(charge.times(-1.0) for charge in self._charges(asked, here, answer))], asked.usd)

    def _charges(self, asked: _Asked, way: _Way, answer: LinearAnswer) -> list[Charge]:
        pricing = Pricing(self._book, answer)
        growth = pricing.of_row_growth(self._limits.follows_demand(asked.stream, asked.period, asked.part))
        if way.pair is None:
            return [*pricing.of_unserved(asked.stream, asked.period, asked.part), *growth]
        return [*pricing.of_serving(way.pair, asked.period, asked.part), *growth]

    def _limits_of(self, pool: int, spot: bool, asked: _Asked) -> list[Limit]:
        limits = [self._limits.capacity(pool, asked.period, asked.part)]
        return [*limits, self._limits.spot_capacity(pool, asked.period, asked.part)] if spot else limits

    def _way(self, stream: int, pair: int, period: int, part: int) -> _Way:
        column = self._book.column("serve", pair, period, part)
        pool = int(self._book.problem.pairs.pool[pair])
        units = self._served(pair, period, part)
        if not self._book.problem.pools.whole[pool]:
            return _Way(pair, column, units)
        lines, program = self._book.problem.lines, self._book.model.program
        rents = self._book.model.columns.ids("rent")[lines.pool == pool, period, part]
        rents = rents[rents >= 0]
        plan = self._fixed.lower[rents]
        return _Way(
            pair, column, units, Frame(rents, plan, program.upper[rents]), Frame(rents, program.lower[rents], plan)
        )

    def _at_least(self, way: _Way) -> Frame:
        upper = self._fixed.upper[way.column]
        return way.rise.also(Frame(np.array([way.column]), np.array([way.units]), np.array([upper])))

    def _at_most(self, way: _Way) -> Frame:
        return way.fall.also(Frame(np.array([way.column]), np.array([0.0]), np.array([way.units])))

    def _idle_note(self, pool: int, spot: bool, period: int, part: int, throughput: float) -> str:
        book = self._book
        row = book.rows.at("spot_cover" if spot else "rental_cover", pool, period, part)
        idle = float(book.activity[row]) if row >= 0 else 0.0
        if idle <= ROUND_OFF * max(1.0, float(book.used[pool, period, part])):
            return ""
        return f"{idle:,.4g} instances held there stand idle: room for {idle * throughput:,.4g} units"

    def _shared_note(self, pool: int, spot: bool, asked: _Asked) -> str:
        """Who else uses the instances that a unit there would take its share of."""
        book, pairs = self._book, self._book.problem.pairs
        mine = np.flatnonzero((pairs.pool == pool) & (pairs.spot == spot) & (pairs.stream != asked.stream))
        instances = book.served[mine, asked.period, asked.part] / pairs.throughput[mine]
        order = [n for n in np.argsort(-instances) if instances[n] > ROUND_OFF]
        names = [book.problem.stream_name(int(pairs.stream[mine[n]])) for n in order[:2]]
        what = "reserved" if book.reserved[pool, asked.period] > 0 and not spot else "held"
        shared = f", shared with {' and '.join(names)}" if names else ""
        return f"instances {what} already{shared}"

    def _served(self, pair: int, period: int, part: int) -> float:
        return max(0.0, float(self._book.served[pair, period, part]))

    def _usd(self, period: int, part: int) -> float:
        """USD of the period per unit-hour, from the program's money, discounted, per unit throughout the slice."""
        calendar, program = self._book.problem.calendar, self._book.model.program
        return float(program.usd_per_unit / calendar.discount[period] / calendar.slice_hours[period, part])


_NOTHING_FITS = "nothing more fits with the plan's runs and whole instances"


def _scaled(ids: np.ndarray, lower: np.ndarray, upper: np.ndarray, factor: float) -> list[Change]:
    return [(int(i), factor * float(a), factor * float(b)) for i, a, b in zip(ids, lower, upper, strict=True)]
