"""The scenario that changes lead to, made as far as someone looks at it."""

from __future__ import annotations

from datetime import date

import pytest

from router.change.change import Change, Operation
from router.change.error import ChangeError, numbered
from router.whatif.situation import Situation
from router.whatif.times import Times
from tests.whatif.asking import world

H100 = ("pools", "azure-us-h100", "capacity")
GB300 = ("pools", "azure-us-gb300", "capacity")


def situation(*changes: Change) -> Situation:
    """The world with changes still to be made."""
    result = Situation(world(), Times())
    result.take(changes, [numbered(index) for index in range(len(changes))])
    return result


def test_only_what_is_looked_at_is_made() -> None:
    held = situation(
        Change(H100, Operation.SCALE, 2), Change(GB300, Operation.SCALE, 3), Change(H100, Operation.SCALE, 5)
    )
    scenario = held.at([H100])
    assert scenario.pools["azure-us-h100"].capacity == 400
    assert scenario.pools["azure-us-gb300"] is world().pools["azure-us-gb300"]
    assert held.at([GB300]).pools["azure-us-gb300"].capacity == {
        date(2026, 7, 1): 30,
        date(2027, 1, 1): 90,
        date(2028, 1, 1): 60,
    }
    assert held.whole().pools["azure-us-h100"].capacity == 400


def test_entries_that_come_or_go_move_the_others() -> None:
    held = situation(
        Change(("offers", 0), Operation.REMOVE),
        Change(("offers", 0, "usd_per_hour"), Operation.SET, 3),
        Change(H100, Operation.SCALE, 2),
    )
    assert held.at([("offers", 4, "usd_per_hour")]).offers[0].usd_per_hour == 3
    assert len(held.at([("offers", 0)]).offers) == len(world().offers) - 1


def test_the_horizon_comes_in_its_order() -> None:
    start = Change(("horizon", "start"), Operation.SET, date(2027, 1, 1))
    held = situation(Change(H100, Operation.SCALE, 2), start)
    assert held.calendar.starts[0] == date(2027, 1, 1)
    assert held.at([GB300]).pools["azure-us-h100"].capacity == 80


def test_a_change_that_cannot_be_made_is_told_where_it_is_needed() -> None:
    held = situation(Change(H100, Operation.SCALE, -2))
    assert held.at([GB300]).pools["azure-us-gb300"] is world().pools["azure-us-gb300"]
    with pytest.raises(ChangeError, match=r"change 1: pools\.azure-us-h100.capacity: found -80"):
        held.at([H100])
