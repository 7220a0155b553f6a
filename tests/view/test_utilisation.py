"""Pools by provider: what is used, what there is, what one more is worth."""

from __future__ import annotations

import numpy as np
import pytest

from router.report import charts
from router.view.utilisation import PoolUtilisation, Reading, utilisation
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario
from tests.view.test_allocations import solved


def small(worth: np.ndarray | None = None) -> PoolUtilisation:
    """The small sample."""
    return utilisation(small_plan(), small_scenario(), worth)


def row(found: PoolUtilisation, label: str) -> int:
    """The row of a provider or pool."""
    return [each.label for each in found.rows].index(label)


def test_pools_stand_below_their_providers() -> None:
    assert [("  " * each.depth + each.label, each.unit, each.role) for each in small().rows] == [
        ("aws", "accelerators", "subtotal"),
        ("  aws-h100", "instances", "plain"),
        ("  aws-cpu", "instances", "plain"),
        ("oracle", "accelerators", "subtotal"),
        ("  oracle-h100", "instances", "plain"),
    ]
    assert [small().rows[at].label for at in small().shown({"aws"})] == ["aws", "oracle", "oracle-h100"]


def test_the_busiest_slice_counts_with_the_runs() -> None:
    found = small()
    aws = row(found, "aws-h100")
    # In the peak 10 and one more each month; the run holds 8 in the first two.
    assert found.used[aws].tolist() == [18.0, 19.0, 12.0, 13.0]
    assert found.capacity[aws].tolist() == [20.0, 20.0, 40.0, 40.0]
    assert found.share[aws].tolist() == pytest.approx([0.9, 0.95, 0.3, 0.325])
    assert found.used[row(found, "oracle-h100")].tolist() == [8.0, 10.0, 16.0, 14.0]
    assert found.spot[row(found, "oracle-h100")].tolist() == [0.0, 0.0, 4.0, 0.0]
    assert found.spot[row(found, "aws-cpu")] == pytest.approx([93.75] * 4)


def test_providers_are_sums_of_accelerators_without_their_cpu_pools() -> None:
    found = small()
    assert found.used[row(found, "aws")].tolist() == [144.0, 152.0, 96.0, 104.0]
    assert found.capacity[row(found, "aws")].tolist() == [160.0, 160.0, 320.0, 320.0]


def test_ramps_are_told_as_steps() -> None:
    found = small()
    aws = row(found, "aws-h100")
    assert found.ramp(aws) == (("2027-01", 20.0), ("2027-03", 40.0))
    assert found.added[aws].tolist() == [0.0, 0.0, 20.0, 0.0]
    assert [found.text(aws, period, Reading.ADDED) for period in range(4)] == ["", "", "+20", ""]
    assert found.ramp(row(found, "oracle-h100")) == (("2027-01", 16.0),)


def test_cells_are_texts_and_shades() -> None:
    found = small(np.array([[0.0, 25_000.0, 0.0, 0.0], [0.0] * 4, [0.0, 0.0, 50_000.0, 0.0]]))
    aws, oracle = row(found, "aws-h100"), row(found, "oracle-h100")
    assert found.text(aws, 0, Reading.SHARE) == "90 %"
    assert found.text(oracle, 2, Reading.SHARE) == "full"
    assert found.text(aws, 0, Reading.USED) == "18"
    assert found.text(aws, 0, Reading.SPOT) == ""
    assert found.text(aws, 1, Reading.WORTH) == "$25.0 k"
    assert found.text(row(found, "aws"), 1, Reading.WORTH) == ""
    assert found.shades(Reading.SHARE)[aws, 0] == pytest.approx(0.9)
    assert found.shades(Reading.WORTH)[[aws, oracle], [1, 2]].tolist() == [0.5, 1.0]
    assert found.shades(Reading.CAPACITY)[aws].tolist() == [0.5, 0.5, 1.0, 1.0]
    assert found.shades(Reading.ADDED)[aws].tolist() == [0.0, 0.0, 1.0, 0.0]
    assert found.shades(Reading.SPOT)[oracle, 2] == 0.25
    assert not found.shades(Reading.WORTH)[row(found, "aws")].any()


def test_a_line_says_all_of_a_cell() -> None:
    found = small(np.full((3, 4), 1234.0))
    assert found.line(row(found, "oracle-h100"), 2) == (
        "oracle-h100, 2027-03: 16 of 16 instances (full); one more instance is worth $1.23 k at the margin"
    )
    assert found.line(row(found, "aws-h100"), 2) == (
        "aws-h100, 2027-03: 12 of 40 instances (30 %); +20 since the period before; "
        "one more instance is worth $1.23 k at the margin"
    )


def test_worth_goes_to_its_pool() -> None:
    worth = np.arange(12.0).reshape(3, 4)
    found = small(worth)
    for at, pool in enumerate(small_scenario().pools):
        assert found.worth_usd[row(found, pool)].tolist() == worth[at].tolist()
    assert np.isnan(small().worth_usd).all()


def test_worth_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"found shape \(2, 4\), expected \(3, 4\)"):
        small(np.zeros((2, 4)))


def test_no_more_can_be_spot_than_there_is() -> None:
    scenario = small_scenario()
    pools = {**scenario.pools, "oracle-h100": scenario.pools["oracle-h100"].model_copy(update={"spot_capacity": 100.0})}
    found = utilisation(small_plan(), scenario.model_copy(update={"pools": pools}))
    at = row(found, "oracle-h100")
    assert found.spot_capacity[at].tolist() == [16.0] * 4
    assert "spot 4 of at most 16" in found.line(at, 2)


def test_a_pool_without_capacity_has_no_share() -> None:
    scenario = small_scenario()
    pools = {**scenario.pools, "aws-h100": scenario.pools["aws-h100"].model_copy(update={"capacity": 0.0})}
    found = utilisation(empty_plan(), scenario.model_copy(update={"pools": pools}))
    at = row(found, "aws-h100")
    assert np.isnan(found.share[at]).all()
    assert found.text(at, 0, Reading.SHARE) == ""
    assert found.line(at, 0).endswith("0 of 0 instances")


@pytest.mark.parametrize("seed", range(4))
def test_pools_agree_with_the_reports_chart(seed: int) -> None:
    plan, scenario = solved(seed)
    found, chart = utilisation(plan, scenario), charts.utilisation(plan, scenario, 1000)
    for at, pool in enumerate(chart.pools):
        assert found.used[row(found, pool)] == pytest.approx(np.array(chart.held[at]))
        assert found.capacity[row(found, pool)] == pytest.approx(np.array(chart.capacity[at]))
    assert (found.used <= found.capacity * (1 + 1e-6) + 1e-6).all()
    assert (found.spot <= found.spot_capacity * (1 + 1e-6) + 1e-6).all()


def test_a_large_plan() -> None:
    found = utilisation(frontier_plan(), frontier_scenario())
    assert found.used.shape == (len(found.rows), len(frontier_plan().periods))
    for reading in Reading:
        shades = found.shades(reading)
        assert ((shades >= 0) & (shades <= 1)).all()
        assert found.words(reading)
