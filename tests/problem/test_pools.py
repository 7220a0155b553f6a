"""Pools as arrays, selectors and throughput."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from router.problem.calendar import build_calendar
from router.problem.pools import PoolTable, build_pool_kinds, build_pools, matches, throughput
from router.scenario.selector import PurchaseOption, Selector
from tests.scenarios import horizon, pool, scenario, service

POOLS = {
    "north": pool(),
    "north-cpu": pool(instance_type="north-server"),
    "south": pool("south"),
}


def pools_of(**parts: Any) -> PoolTable:
    made = scenario(**{"horizon": horizon("month", 3), "pools": POOLS, **parts})
    kinds = build_pool_kinds(made.pools, made.instance_types, made.providers)
    return build_pools(kinds, made.pools, made.providers, made.whole_instances_up_to, build_calendar(made.horizon))


def matched(selector: dict[str, Any], option: PurchaseOption | None = None) -> list[str]:
    table = pools_of()
    found = matches(Selector.model_validate(selector), table, option)
    return [name for name, is_matched in zip(table.names, found, strict=True) if is_matched]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, ["north", "north-cpu", "south"]),
        ({"providers": ["north"]}, ["north", "north-cpu"]),
        ({"regions": ["south-1"]}, ["south"]),
        ({"geographies": ["us"]}, ["north", "north-cpu"]),
        ({"accelerators": ["chip"]}, ["north", "south"]),
        ({"accelerators": ["none"]}, ["north-cpu"]),
        ({"accelerators": ["none", "chip"]}, ["north", "north-cpu", "south"]),
        ({"instance_types": ["north-server"]}, ["north-cpu"]),
        ({"pools": ["south", "north-cpu"]}, ["north-cpu", "south"]),
        ({"providers": ["north"], "accelerators": ["chip"]}, ["north"]),
        ({"providers": ["north"], "geographies": ["eu"]}, []),
        ({"exclude": {"accelerators": ["chip"]}}, ["north-cpu"]),
        ({"exclude": {}}, []),
        ({"providers": ["north"], "exclude": {"pools": ["north"]}}, ["north-cpu"]),
        ({"exclude": {"providers": ["north"], "exclude": {"pools": ["north"]}}}, ["north", "south"]),
    ],
)
def test_selectors(selector: dict[str, Any], expected: list[str]) -> None:
    assert matched(selector) == expected


def test_selectors_of_purchase_options() -> None:
    only = {"purchase_options": ["spot"]}
    assert matched(only, "spot") == ["north", "north-cpu", "south"]
    assert matched(only, "on_demand") == []
    but = {"exclude": {"purchase_options": ["spot"], "providers": ["north"]}}
    assert matched(but, "spot") == ["south"]
    assert matched(but, "on_demand") == ["north", "north-cpu", "south"]


@given(
    providers=st.sets(st.sampled_from(["north", "south"]), min_size=1),
    names=st.sets(st.sampled_from(list(POOLS)), min_size=1),
)
@settings(max_examples=20, deadline=None)
def test_exclude_takes_away_exactly_what_it_matches(providers: set[str], names: set[str]) -> None:
    keys = {"providers": sorted(providers)}
    other = {"pools": sorted(names)}
    left = [name for name in matched(keys) if name not in matched(other)]
    assert matched({**keys, "exclude": other}) == left


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"chip": 2}, [8.0, 0.0, 8.0]),
        ({"vcpu": 0.5}, [0.0, 8.0, 0.0]),
        ({"north-node": 3}, [3.0, 0.0, 0.0]),
        # An instance type's own entry comes before its accelerator kind's and `vcpu`.
        ({"chip": 2, "north-node": 3, "vcpu": 0.5, "north-server": 7}, [3.0, 7.0, 8.0]),
    ],
)
def test_throughput_per_instance(table: dict[str, float], expected: list[float]) -> None:
    workload = scenario(workloads={"chat": service(throughput=table)}).workloads["chat"]
    assert throughput(workload, pools_of()).tolist() == expected


def test_whole_instances_by_size() -> None:
    capacity = {"2026-01-01": 90.5, "2026-03-01": 101}
    table = pools_of(
        pools={
            "grows": pool(capacity=capacity, whole_instances="auto"),
            "later": pool(capacity={"2026-01-01": 90.5, "2026-04-01": 101}, whole_instances="auto"),
            "edge": pool(capacity=100, whole_instances="auto"),
            "asked": pool(capacity=1000.5, whole_instances=True),
            "refused": pool(capacity=1.5, whole_instances=False),
        }
    )
    # What comes after the horizon does not count; fractions of an instance cannot be rented whole.
    assert table.whole.tolist() == [False, True, True, True, False]
    assert table.capacity[:, 0].tolist() == [90.5, 90.0, 100.0, 1000.0, 1.5]
    assert pools_of(pools={"p": pool(capacity=5, whole_instances="auto")}, whole_instances_up_to=4).whole.tolist() == [
        False
    ]


def test_spot_capacity_is_part_of_capacity() -> None:
    table = pools_of(pools={"north": pool(capacity={"2026-02-01": 3}, spot_capacity=5)})
    assert table.capacity.tolist() == [[0.0, 3.0, 3.0]]
    assert table.spot_capacity.tolist() == [[0.0, 3.0, 3.0]]


def test_columns_of_the_table() -> None:
    table = pools_of()
    assert table.provider.tolist() == [0, 0, 1]
    assert table.providers == ("north", "south")
    assert table.accelerators.tolist() == [4.0, 0.0, 4.0]
    assert table.vcpu.tolist() == [16.0, 16.0, 16.0]
    assert table.geography.tolist() == ["us", "us", "eu"]
    assert table.accelerator.tolist() == ["chip", "none", "chip"]
