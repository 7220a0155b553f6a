"""What left is paired with what arrived: a transport by rank, for all groups at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from router.arrays import FloatArray, Ids

SLIVER = 1e-9
"""Pieces below this share of what a group moves come from adding up shares, and are left out."""


@dataclass(frozen=True)
class Pairing:
    """Pieces of what moved, shapes (K,): the row it left, the row it arrived at, the column, the quantity."""

    left: Ids
    arrived: Ids
    column: Ids
    quantity: FloatArray


def pair(left: FloatArray, arrived: FloatArray, group: Ids) -> Pairing:
    """Pairs what left rows with what arrived at rows of the same group, column by column.

    left, arrived (R, G): quantities >= 0, of which no row has both in one column. group (R,): the rows of one group
    exchange with each other only. In each group and column as much moves as left and as arrived, whichever is less; the
    larger side gives or takes in proportion. Rows of either side are ranked by their sum over all columns within the
    group, the largest first and the earlier row where they are equal, and served in that order (a north-west corner
    transport): the largest leavers go to the largest arrivals, in every column alike, in at most rows - 1 pieces. The
    pairing of (arrived, left) is the same with both sides exchanged.
    """
    columns = left.shape[1]
    groups = int(group.max(initial=-1)) + 1
    total_left, total_arrived = np.zeros((groups, columns)), np.zeros((groups, columns))
    np.add.at(total_left, group, left)
    np.add.at(total_arrived, group, arrived)
    moved = np.minimum(total_left, total_arrived)
    # Exchange number n stands on a line from n to n + 1; each side cuts that length among its rows.
    exchange_group, exchange_column = np.nonzero(moved)
    if not len(exchange_group):
        nothing = np.zeros(0, dtype=np.int64)
        return Pairing(nothing, nothing, nothing, np.zeros(0))
    number = np.full(moved.shape, -1)
    number[exchange_group, exchange_column] = np.arange(len(exchange_group))
    rows_left, ends_left = _cuts(left, total_left, group, number)
    rows_arrived, ends_arrived = _cuts(arrived, total_arrived, group, number)
    ends = np.union1d(ends_left, ends_arrived)
    length = np.diff(ends, prepend=0.0)
    keep = length > SLIVER
    ends, length = ends[keep], length[keep]
    exchange = np.ceil(ends).astype(np.int64) - 1
    return Pairing(
        left=rows_left[np.searchsorted(ends_left, ends)],
        arrived=rows_arrived[np.searchsorted(ends_arrived, ends)],
        column=exchange_column[exchange],
        quantity=length * moved[exchange_group[exchange], exchange_column[exchange]],
    )


def _cuts(amounts: FloatArray, totals: FloatArray, group: Ids, number: Ids) -> tuple[Ids, FloatArray]:
    """The rows that take part and where each one's piece of its exchange ends, in order along the line."""
    order = np.lexsort((np.arange(len(group)), -amounts.sum(axis=1)))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    row, column = np.nonzero((amounts > 0) & (number[group] >= 0))
    exchange = number[group[row], column]
    along = np.lexsort((rank[row], exchange))
    row, column, exchange = row[along], column[along], exchange[along]
    share = amounts[row, column] / totals[group[row], column]
    is_last = np.append(exchange[1:] != exchange[:-1], True)
    starts = np.append(0, np.flatnonzero(is_last)[:-1] + 1)
    running = np.cumsum(share)
    before = np.repeat(np.append(0.0, running[starts[1:] - 1]), np.diff(np.append(starts, len(share))))
    # The last one ends where its exchange does, whatever the shares have added up to.
    return row, np.where(is_last, exchange + 1.0, exchange + np.minimum(1.0, running - before))
