"""Changes limited by dates: of demand by periods, of steps by days."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from router.change.apply import apply, apply_all
from router.change.change import Change, Dates, Operation
from router.change.error import ChangeError
from router.problem.calendar import build_calendar
from router.problem.values import average, series
from router.reading.key_path import KeyPath
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.series import Values
from tests.change.random_changes import CONFIGS, form

DEMAND: KeyPath = ("workloads", "chat", "streams", "us", "demand")
YEAR = Dates(date(2027, 1, 1), date(2028, 1, 1))
FORMS: tuple[Any, ...] = (
    "120",
    {"start": 50, "growth_per_year": "40 %"},
    {"points": {date(2026, 3, 1): 10, date(2029, 1, 1): 90}},
    {"steps": {date(2026, 1, 1): 10, date(2027, 7, 1): 20}},
    {"values": [float(number) for number in range(44)]},
)


@pytest.fixture(scope="module")
def lab() -> Scenario:
    """The default scenario: 24 months and 20 quarters from 2026 on."""
    return load_scenario(CONFIGS / "frontier-lab.yaml")


def _demand(scenario: Scenario) -> Any:
    workload = scenario.workloads["chat"]
    assert workload.kind == "inference"
    return workload.streams["us"].demand


@pytest.mark.parametrize("demand", FORMS, ids=lambda demand: demand if isinstance(demand, str) else next(iter(demand)))
@pytest.mark.parametrize(
    ("operation", "value", "rule"),
    [
        (Operation.SET, "1.5 k", lambda old: 1500.0),
        (Operation.SCALE, "110 %", lambda old: old * 1.1),
        (Operation.INCREASE, 7, lambda old: old + 7),
    ],
)
def test_periods_that_start_within_the_dates_change(
    lab: Scenario, demand: Any, operation: Operation, value: Any, rule: Any
) -> None:
    """All others keep what the series gave them, to the last bit; those that change may lose noise in the last bits."""
    scenario = apply(lab, Change(DEMAND, Operation.SET, demand)).scenario
    calendar = build_calendar(lab.horizon)
    before = series(_demand(scenario), calendar)
    applied = apply(scenario, Change(DEMAND, operation, value, YEAR))
    after = _demand(applied.scenario)
    assert isinstance(after, Values)
    within = np.array([start.year == 2027 for start in calendar.starts])
    assert within.sum() == 12
    assert np.array(after.values)[~within].tolist() == before[~within].tolist()
    assert np.array(after.values)[within] == pytest.approx(
        np.broadcast_to(rule(before), before.shape)[within], rel=1e-13
    )
    assert form(apply_all(applied.scenario, applied.inverse).scenario) == form(scenario)


def test_a_period_that_only_ends_within_the_dates_stays(lab: Scenario) -> None:
    calendar = build_calendar(lab.horizon)
    before = series(_demand(lab), calendar)
    dates = Dates(date(2026, 1, 2), date(2026, 2, 2))
    after = series(_demand(apply(lab, Change(DEMAND, Operation.SET, 3, dates)).scenario), calendar)
    assert np.flatnonzero(after != before).tolist() == [1]


def test_growth_scales_by_its_start_and_increases_by_periods(lab: Scenario) -> None:
    scenario = apply(lab, Change(DEMAND, Operation.SET, FORMS[1])).scenario
    scaled = _demand(apply(scenario, Change(DEMAND, Operation.SCALE, 2)).scenario)
    assert (scaled.start, scaled.growth_per_year) == (100.0, 0.4)
    calendar = build_calendar(lab.horizon)
    more = series(_demand(apply(scenario, Change(DEMAND, Operation.INCREASE, 5)).scenario), calendar)
    assert more == pytest.approx(series(_demand(scenario), calendar) + 5, rel=1e-13)


@pytest.mark.parametrize(
    ("held", "factor", "expected"), [(5.9e9, 1.1, "6490000000.0"), (100.0, 1.1, "110.0"), (3.0, 1 / 3, "1.0")]
)
def test_a_short_number_stays_short(lab: Scenario, held: float, factor: float, expected: str) -> None:
    scenario = apply(lab, Change(DEMAND, Operation.SET, held)).scenario
    assert repr(_demand(apply(scenario, Change(DEMAND, Operation.SCALE, factor)).scenario)) == expected


@pytest.mark.parametrize("demand", [FORMS[0], *FORMS[2:]])
def test_a_whole_series_keeps_its_form(lab: Scenario, demand: Any) -> None:
    scenario = apply(lab, Change(DEMAND, Operation.SET, demand)).scenario
    calendar = build_calendar(lab.horizon)
    after = _demand(apply(scenario, Change(DEMAND, Operation.SCALE, 3)).scenario)
    assert type(after) is type(_demand(scenario))
    np.testing.assert_allclose(series(after, calendar), 3 * series(_demand(scenario), calendar))


STEPS: tuple[tuple[Any, Operation, Any, Any], ...] = (
    (100, Operation.SET, 40, {"1970-01-01": 100.0, "2027-01-01": 40.0, "2028-01-01": 100.0}),
    (100, Operation.SCALE, "50 %", {"1970-01-01": 100.0, "2027-01-01": 50.0, "2028-01-01": 100.0}),
    (
        {"2026-01-01": 10, "2027-05-01": 20, "2028-01-01": 30},
        Operation.SET,
        5,
        {"2026-01-01": 10.0, "2027-01-01": 5.0, "2028-01-01": 30.0},
    ),
    (
        {"2026-01-01": 10, "2027-05-01": 20},
        Operation.SCALE,
        2,
        {"2026-01-01": 10.0, "2027-01-01": 20.0, "2027-05-01": 40.0, "2028-01-01": 20.0},
    ),
    (
        {"2027-05-01": 20},
        Operation.INCREASE,
        1,
        {"2027-01-01": 1.0, "2027-05-01": 21.0, "2028-01-01": 20.0},
    ),
    ({"2027-05-01": 20}, Operation.SCALE, 2, {"2027-05-01": 40.0, "2028-01-01": 20.0}),
    ({"2029-01-01": 20}, Operation.SET, 2, {"2027-01-01": 2.0, "2028-01-01": 0.0, "2029-01-01": 20.0}),
)


@pytest.mark.parametrize(("steps", "operation", "value", "expected"), STEPS)
def test_steps_change_between_the_dates(
    lab: Scenario, steps: Any, operation: Operation, value: Any, expected: dict[str, float]
) -> None:
    """From the first date the new level, from the second what was there before."""
    path = ("pools", "azure-us-h100", "capacity")
    no_spot = Change(("pools", "azure-us-h100", "spot_capacity"), Operation.REMOVE)
    scenario = apply_all(lab, [no_spot, Change(path, Operation.SET, steps)]).scenario
    applied = apply(scenario, Change(path, operation, value, YEAR))
    after = applied.scenario.pools["azure-us-h100"].capacity
    assert after == {date.fromisoformat(day): level for day, level in expected.items()}
    calendar = build_calendar(lab.horizon)
    outside = np.array([start.year != 2027 for start in calendar.starts])
    old, new = average(scenario.pools["azure-us-h100"].capacity, calendar), average(after, calendar)
    assert new[outside].tolist() == old[outside].tolist()
    assert form(apply_all(applied.scenario, applied.inverse).scenario) == form(scenario)


def test_a_price_before_the_first_is_none_and_not_zero(lab: Scenario) -> None:
    path = ("offers", 0, "usd_per_hour")
    scenario = apply(lab, Change(path, Operation.SET, 3)).scenario
    more = apply(scenario, Change(path, Operation.INCREASE, 1, YEAR)).scenario.offers[0].usd_per_hour
    assert more == {date(1970, 1, 1): 3.0, date(2027, 1, 1): 4.0, date(2028, 1, 1): 3.0}
    index = next(at for at, offer in enumerate(lab.offers) if isinstance(offer.usd_per_hour, dict))
    first = date(2026, 3, 1)
    later = ("offers", index, "usd_per_hour")
    scenario = apply(lab, Change(later, Operation.SET, {first: 5})).scenario
    for operation in (Operation.SET, Operation.SCALE, Operation.INCREASE):
        with pytest.raises(ChangeError, match="expected an end after 2026-03-01, as there is nothing before that day"):
            apply(scenario, Change(later, operation, 1, Dates(date(2026, 1, 1), date(2026, 2, 1))))


@pytest.mark.parametrize(
    ("path", "value", "dates", "words"),
    [
        (
            DEMAND,
            3,
            Dates(date(2020, 1, 1), date(2021, 1, 1)),
            "expected dates within the horizon, 2026-01-01 to 2033-",
        ),
        (
            DEMAND,
            3,
            Dates(date(2033, 1, 1), date(2034, 1, 1)),
            "expected dates within the horizon, 2026-01-01 to 2033-",
        ),
        (DEMAND, 3, Dates(date(2027, 1, 1), date(2027, 1, 1)), "expected an end after the start, 2027-01-01"),
        (DEMAND, 3, Dates(date(2027, 1, 2), date(2027, 1, 9)), "within which no period starts, expected dates that"),
        (DEMAND, -3, YEAR, "demand.values[12]: found -3, expected a number of at least 0"),
        (DEMAND, float("nan"), YEAR, "found .nan, expected a number"),
        (DEMAND, [1, 2], YEAR, "found a list of 2 entries, expected a number"),
        (("contracts", "azure", "end"), 3, YEAR, "expected no dates: only demand series, and steps such as capacity"),
        (("offers", 0, "max_instances"), 3, YEAR, "offers[0].max_instances: found nothing, expected steps"),
    ],
)
def test_what_dates_cannot_limit(lab: Scenario, path: KeyPath, value: Any, dates: Dates, words: str) -> None:
    before = form(lab)
    with pytest.raises(ChangeError) as refused:
        apply(lab, Change(path, Operation.SET, value, dates))
    assert words in str(refused.value)
    assert form(lab) == before


def test_a_series_of_another_length_than_the_horizon(lab: Scenario) -> None:
    """As between two changes that are checked as one."""
    values = Change(DEMAND, Operation.SET, {"values": [1, 2, 3]})
    with pytest.raises(ChangeError, match=r"\.values: found a list of 3 entries, expected 44, one for each period"):
        apply_all(lab, [values, Change(DEMAND, Operation.SCALE, 2, YEAR)])


def test_dates_of_other_operations_are_refused(lab: Scenario) -> None:
    for operation in (Operation.ADD, Operation.REMOVE, Operation.SHIFT):
        with pytest.raises(ChangeError, match="expected no dates: only set, scale and increase take them"):
            apply(lab, Change(DEMAND, operation, None, YEAR))
