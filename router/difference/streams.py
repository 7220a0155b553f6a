"""Streams: what moved between pools, and of what more or less is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pydantic import TypeAdapter

from router.arrays import BoolArray, FloatArray, Ids
from router.difference.codes import codes_of
from router.difference.digest import PlanDigest
from router.difference.document import Move, ServedChange
from router.difference.kinds import kind_of
from router.difference.pairing import pair
from router.difference.timeline import Timeline
from router.difference.tolerance import QUANTITY, cents

_MOVES = TypeAdapter(list[Move])

Place = tuple[tuple[str, str], str]
"""A stream (workload and stream) in a pool."""


@dataclass(frozen=True)
class _Side:
    """One plan's use of R places over G pieces of common time, shapes (R, G)."""

    unit_hours: FloatArray
    instance_hours: FloatArray
    usd: FloatArray


def stream_changes(before: PlanDigest, after: PlanDigest, time: Timeline) -> tuple[list[Move], list[ServedChange]]:
    """Moves and changes of what is served, over the time that both plans share."""
    places = _places(before, after)
    if not places:
        return [], []
    old, new = _side(before, places, time, first=True), _side(after, places, time, first=False)
    names, stream = codes_of([name for name, _ in places], len(places))
    total_old, total_new = _sums(old.unit_hours, stream, len(names)), _sums(new.unit_hours, stream, len(names))
    noise = QUANTITY * np.maximum(total_old, total_new)
    moves = _moves(places, stream, old, new, noise, time)
    served = sorted(
        _served(names, stream, old, new, np.abs(total_new - total_old) > noise, time),
        key=lambda change: (-abs(change.quantity_usd), change.workload, change.stream),
    )
    return moves, served


def _places(before: PlanDigest, after: PlanDigest) -> list[Place]:
    found = {
        ((workload, stream), pool)
        for workload, stream, pool, _ in (*before.uses.keys, *after.uses.keys)
        if stream is not None
    }
    return sorted(found)


def _side(plan: PlanDigest, places: list[Place], time: Timeline, *, first: bool) -> _Side:
    number = {place: row for row, place in enumerate(places)}
    kept, rows = [], []
    for use, (workload, stream, pool, _) in enumerate(plan.uses.keys):
        if stream is not None:
            kept.append(use)
            rows.append(number[(workload, stream), pool])
    common = time.common

    def by_place(values: FloatArray) -> FloatArray:
        # Spot and firm of one pool are one place.
        total = np.zeros((len(places), values.shape[1]))
        np.add.at(total, rows, values[kept])
        pieces = time.of_before(total) if first else time.of_after(total)
        return np.where(common, pieces, 0.0)

    return _Side(by_place(plan.uses.unit_hours), by_place(plan.uses.instance_hours), by_place(plan.charges.usd_of_uses))


def _sums(values: FloatArray, group: Ids, groups: int) -> FloatArray:
    total = np.zeros((groups, values.shape[1]))
    np.add.at(total, group, values)
    return total


def _moves(places: list[Place], stream: Ids, old: _Side, new: _Side, noise: FloatArray, time: Timeline) -> list[Move]:
    change = new.unit_hours - old.unit_hours
    change[np.abs(change) <= noise[stream]] = 0.0
    pieces = pair(np.maximum(0.0, -change), np.maximum(0.0, change), stream)
    if not len(pieces.quantity):
        return []
    ways, way = np.unique(pieces.left * len(places) + pieces.arrived, return_inverse=True)
    count = len(ways)
    left, arrived = np.divmod(ways, len(places))
    share_old = pieces.quantity / old.unit_hours[pieces.left, pieces.column]
    share_new = pieces.quantity / new.unit_hours[pieces.arrived, pieces.column]
    first, last = np.full(count, len(time.boundaries)), np.full(count, -1)
    np.minimum.at(first, way, pieces.column)
    np.maximum.at(last, way, pieces.column)
    figures = {
        "unit_hours": pieces.quantity,
        "instance_hours_from": share_old * old.instance_hours[pieces.left, pieces.column],
        "instance_hours_to": share_new * new.instance_hours[pieces.arrived, pieces.column],
        "usd_from": share_old * old.usd[pieces.left, pieces.column],
        "usd_to": share_new * new.usd[pieces.arrived, pieces.column],
    }
    sums = {name: np.bincount(way, values, count) for name, values in figures.items()}
    # Largest spend first; equal ones in the order of their streams and, whichever way they move, of their pools.
    money = np.maximum(sums["usd_from"], sums["usd_to"])
    order = np.lexsort((np.maximum(left, arrived), np.minimum(left, arrived), -money))
    sums |= {name: np.round(sums[name], 2) for name in ("usd_from", "usd_to")}
    ends = (values[order].tolist() for values in (left, arrived, first, last))
    amounts = (values[order].tolist() for values in sums.values())
    return _MOVES.validate_python(
        [
            {
                "workload": places[from_place][0][0],
                "stream": places[from_place][0][1],
                "from_pool": places[from_place][1],
                "to_pool": places[to_place][1],
                "start": time.boundaries[start],
                "end": time.boundaries[end + 1],
                **dict(zip(sums, row, strict=True)),
            }
            for from_place, to_place, start, end, *row in zip(*ends, *amounts, strict=True)
        ]
    )


def _served(
    names: tuple[tuple[str, str], ...], stream: Ids, old: _Side, new: _Side, differs: BoolArray, time: Timeline
) -> Iterator[ServedChange]:
    hours_old, hours_new = old.unit_hours.sum(axis=1), new.unit_hours.sum(axis=1)
    usd_old, usd_new = old.usd.sum(axis=1), new.usd.sum(axis=1)
    for number in np.flatnonzero(differs.any(axis=1)):
        mine = stream == number
        before, after = float(hours_old[mine].sum()), float(hours_new[mine].sum())
        start, end = time.span(differs[number])
        first, last = np.flatnonzero(differs[number])[[0, -1]].tolist()
        then_before, then_after = (float(side.unit_hours[mine, first : last + 1].sum()) for side in (old, new))
        yield ServedChange(
            workload=names[number][0],
            stream=names[number][1],
            kind=kind_of(before, after),
            start=start,
            end=end,
            unit_hours_before=before,
            unit_hours_after=after,
            then_unit_hours_before=then_before,
            then_unit_hours_after=then_after,
            usd_before=cents(float(usd_old[mine].sum())),
            usd_after=cents(float(usd_new[mine].sum())),
        )
