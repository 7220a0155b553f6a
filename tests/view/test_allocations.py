"""Allocations as a heat map: sums, units, shades, folding, in every pivot."""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest

from router.plan.document import Plan
from router.scenario.scenario import Scenario
from router.view.allocations import Allocations, Measure, allocations
from router.view.pivot import LEFT_OUT, Pivot, Place
from tests.audit.random_scenarios import random_scenario
from tests.report.sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario
from tests.solving import answer

PIVOTS = [Pivot(*each) for each in product(Place, (False, True), (False, True))]


@cache
def solved(seed: int) -> tuple[Plan, Scenario]:
    """A random scenario with its best plan."""
    scenario = random_scenario(seed)
    return answer(scenario).plan, scenario


def small(pivot: Pivot | None = None) -> Allocations:
    """The small sample."""
    return allocations(small_plan(), small_scenario(), pivot or Pivot())


def row(found: Allocations, *key: tuple[str, ...]) -> int:
    """The row of a key."""
    return [each.key for each in found.rows].index(key)


def test_rows_are_workloads_in_file_order_above_the_pools_that_serve_them() -> None:
    found = small()
    assert [("  " * each.depth + each.label, each.role) for each in found.rows] == [
        ("chat", "subtotal"),
        ("  aws-h100", "plain"),
        ("  oracle-h100", "plain"),
        ("  unserved", "alert"),
        ("coders", "subtotal"),
        ("  aws-cpu", "plain"),
        ("fine-tune", "subtotal"),
        ("  aws-h100", "plain"),
        ("evaluate", "subtotal"),
        ("  oracle-h100", "plain"),
        ("distil", "subtotal"),
        ("  unserved", "alert"),
    ]
    assert [each.members for each in found.rows if each.depth == 0] == [3, 1, 1, 1, 1]
    assert found.columns == ("2027-01", "2027-02", "2027-03", "2027-04")


def test_amounts_are_averages_over_the_hours_of_peak_and_base() -> None:
    found = small()
    aws, oracle = row(found, ("chat",), ("aws-h100",)), row(found, ("chat",), ("oracle-h100",))
    assert found.units[aws] == pytest.approx([500.0] * 4)
    assert found.instances[aws] == pytest.approx([6.25, 7.25, 8.25, 9.25])
    assert found.instances[oracle] == pytest.approx([5.0, 7.0, 9.0, 11.0])
    assert found.accelerators[oracle] == pytest.approx([40.0, 56.0, 72.0, 88.0])
    assert found.units[row(found, ("chat",))] == pytest.approx([900.0] * 4)
    assert found.units[row(found, ("chat",), LEFT_OUT)] == pytest.approx([0.0, 8.0, 8.75, 0.0])
    assert np.isnan(found.instances[row(found, ("chat",), LEFT_OUT)]).all()


def test_a_run_counts_with_all_instances_in_the_periods_it_holds() -> None:
    found = small()
    assert found.instances[row(found, ("fine-tune",))].tolist() == [8.0, 8.0, 0.0, 0.0]
    assert found.units[row(found, ("evaluate",))].tolist() == [0.0, 0.0, 4.0, 0.0]
    assert found.units[row(found, ("distil",), LEFT_OUT)].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert found.spot_share[row(found, ("evaluate",))].tolist() == [0.0, 0.0, 1.0, 0.0]


def test_cells_are_texts_in_the_unit_of_the_measure() -> None:
    found = small()
    coders, chat = row(found, ("coders",)), row(found, ("chat",))
    assert (found.text(coders, 0, Measure.UNITS), found.unit(coders, Measure.UNITS)) == ("3.75 k", "agents")
    assert (found.text(coders, 0, Measure.INSTANCES), found.unit(coders, Measure.INSTANCES)) == ("58.6", "instances")
    assert (found.text(coders, 0, Measure.ACCELERATORS), found.unit(coders, Measure.ACCELERATORS)) == (
        "1.88 k",
        "vCPUs",
    )
    assert found.unit(chat, Measure.ACCELERATORS) == "accelerators"
    # The unit has a scale of its own: 900 k tokens/s, not 0.9 M.
    assert (found.text(chat, 0, Measure.UNITS), found.unit(chat, Measure.UNITS)) == ("900", "k tokens/s")
    assert found.text(row(found, ("fine-tune",)), 3, Measure.UNITS) == ""
    assert found.text(row(found, ("chat",), LEFT_OUT), 1, Measure.INSTANCES) == ""


def test_shades_are_parts_of_the_demand() -> None:
    found = small()
    assert found.share[row(found, ("chat",), ("aws-h100",))] == pytest.approx(
        [500 / 900, 500 / 908, 500 / 908.75, 500 / 900]
    )
    assert found.share[row(found, ("chat",))] == pytest.approx([1.0, 900 / 908, 900 / 908.75, 1.0])
    assert found.share[row(found, ("chat",), LEFT_OUT)] == pytest.approx([0.0, 8 / 908, 8.75 / 908.75, 0.0])
    assert found.share[row(found, ("distil",), LEFT_OUT), 1] == 1.0


def test_shades_with_places_first_are_parts_of_the_capacity() -> None:
    found = small(Pivot(places_first=True))
    # 20 instances until the middle of February, then 40.
    assert found.share[row(found, ("aws-h100",)), :3] == pytest.approx([14.25 / 20, 15.25 / 20, 8.25 / 40])
    assert found.share[row(found, ("aws-h100",), ("fine-tune",)), 0] == pytest.approx(8 / 20)
    assert found.share[row(found, ("aws-cpu",)), 0] == pytest.approx(3750 / 64 / 200)
    assert found.share[row(found, LEFT_OUT, ("chat",)), 1] == pytest.approx(8 / 908)
    assert found.share[row(found, LEFT_OUT)].tolist() == pytest.approx([0.0, 1.0, 8.75 / 908.75, 0.0])
    assert found.rows[row(found, LEFT_OUT)].role == "alert"


def test_places_first_has_every_pool_and_no_sum_of_different_units() -> None:
    found = small(Pivot(places_first=True))
    assert [each.label for each in found.rows if each.depth == 0] == ["aws-h100", "aws-cpu", "oracle-h100", "unserved"]
    aws = row(found, ("aws-h100",))
    assert np.isnan(found.units[aws]).all()
    assert found.rows[aws].unit == ""
    assert found.accelerators[aws] == pytest.approx([114.0, 122.0, 66.0, 74.0])
    assert found.unit(row(found, ("aws-cpu",)), Measure.UNITS) == "agents"


def test_providers_are_counted_in_accelerators_where_they_have_any() -> None:
    found = small(Pivot(Place.PROVIDER, places_first=True))
    aws = row(found, ("aws",))
    assert found.rows[aws].counted == "accelerators"
    assert found.accelerators[aws, 0] == pytest.approx(114.0)
    assert found.unit(row(found, ("aws",), ("coders",)), Measure.ACCELERATORS) == "vCPUs"
    assert found.share[row(found, ("aws",), ("coders",)), 0] == pytest.approx(3750 * 32 / 64 / (200 * 32 + 20 * 192))


def test_streams_and_regions_have_names_of_two_parts() -> None:
    found = small(Pivot(Place.REGION, by_stream=True))
    eu = row(found, ("chat", "eu"))
    assert found.rows[eu].label == "chat/eu"
    assert [each.label for each in found.rows if each.key[0] == ("chat", "eu")] == [
        "chat/eu",
        "oracle/us-ashburn-1",
        "unserved",
    ]
    assert found.units[eu] == pytest.approx([100.0] * 4)


def test_folded_groups_hide_what_is_below_them() -> None:
    found = small()
    shown = found.shown({(("chat",),)})
    assert [found.rows[at].label for at in shown][:3] == ["chat", "coders", "aws-cpu"]
    assert found.shown() == tuple(range(len(found.rows)))
    assert len(found.shown({each.key for each in found.rows})) == 5


def test_words_say_what_cells_and_shades_mean() -> None:
    words = small(Pivot(Place.ACCELERATOR, places_first=True)).words(Measure.INSTANCES)
    assert (
        words
        == "accelerator > workload: instances, average over the period's hours; shade: part of the place's capacity"
    )


@pytest.mark.parametrize("pivot", PIVOTS, ids=lambda pivot: pivot.words)
@pytest.mark.parametrize("seed", range(4))
def test_every_pivot_holds_the_same_instances(seed: int, pivot: Pivot) -> None:
    plan, scenario = solved(seed)
    found = allocations(plan, scenario, pivot)
    groups = np.array([each.depth == 0 and each.key[0] != LEFT_OUT for each in found.rows])
    members = np.array([each.depth == 1 and LEFT_OUT not in each.key for each in found.rows])
    hours = [[period.slice_hours[name] / period.hours for name in period.slice_hours] for period in plan.periods]
    names = list(plan.periods[0].slice_hours)
    expected = np.zeros(len(plan.periods))
    for record in plan.serving:
        expected[record.period] += record.instances * hours[record.period][names.index(record.slice)]
    for run in plan.runs:
        expected[run.first_period : run.last_period + 1] += run.instances
    assert found.instances[members].sum(axis=0) == pytest.approx(expected)
    assert found.instances[groups].sum(axis=0) == pytest.approx(expected)
    assert ((found.share >= 0) & (found.share <= 1)).all()
    assert ((found.spot_share >= 0) & (found.spot_share <= 1 + 1e-12)).all()
    if not pivot.places_first:
        total = np.zeros((len(found.rows), len(plan.periods)))
        for at, each in enumerate(found.rows):
            if each.depth:
                total[row(found, each.key[0])] += found.share[at]
        busy = total > 0
        assert total[busy] == pytest.approx(np.ones(busy.sum()))


def test_an_empty_plan_has_every_workload_and_nothing_in_it() -> None:
    found = allocations(empty_plan(), small_scenario())
    assert [each.label for each in found.rows] == list(small_scenario().workloads)
    assert not found.units.any()
    assert not found.share.any()
    assert found.rows[0].unit == "k tokens/s"


def test_what_the_scenario_does_not_know_comes_last() -> None:
    record = small_plan().serving[0].model_copy(update={"workload": "stranger", "pool": "nowhere"})
    plan = small_plan().model_copy(update={"serving": [record, *small_plan().serving]})
    assert [each.label for each in allocations(plan, small_scenario()).rows][-2:] == ["stranger", "nowhere"]
    labels = [each.label for each in allocations(plan, small_scenario(), Pivot(places_first=True)).rows]
    assert labels.index("nowhere") > labels.index("oracle-h100")


@pytest.mark.parametrize("pivot", PIVOTS, ids=lambda pivot: pivot.words)
def test_a_large_plan_in_every_pivot(pivot: Pivot) -> None:
    found = allocations(frontier_plan(), frontier_scenario(), pivot)
    assert found.units.shape == found.share.shape == (len(found.rows), len(frontier_plan().periods))
