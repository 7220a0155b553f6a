"""Warnings: legal things that look like a slip, each in one line; none where nothing is wrong."""

from __future__ import annotations

import pytest

from router.reading.yaml_reader import read_yaml_text
from router.scenario.load import check_document
from router.scenario.warnings import warnings
from tests.scenario.test_checks import changed

QUIET = (
    ("  deal:\n", "  deal:\n    assumption: a\n"),
    ("  site:\n", "  site:\n    assumption: a\n"),
    ("  chat:\n", "  chat:\n    assumption: a\n"),
    ("  crawl:\n", "  crawl:\n    assumption: a\n"),
    ("  tune:\n", "  tune:\n    assumption: a\n"),
    ("instance_type: gpu, capacity", "instance_type: gpu, assumption: a, capacity"),
    ("instance_type: cpu, capacity", "instance_type: cpu, assumption: a, capacity"),
    ("instance_type: box, capacity", "instance_type: box, assumption: a, capacity"),
)


def warnings_of(base: str, *changes: tuple[str, str]) -> list[str]:
    text = changed(changed(base, *QUIET), *changes)
    return warnings(check_document(read_yaml_text(text, "f.yaml")))


def test_nothing_is_said_where_nothing_looks_wrong(base: str) -> None:
    assert warnings_of(base) == []


ELIGIBLE = "eligible: {accelerators: [H100, L4]}"
CASES = [
    (
        "eligible matches no pool",
        (ELIGIBLE, "eligible: {accelerators: [H100], providers: [south]}"),
        ["workloads.chat: no pool can run it (its `eligible` matches no pool): all of it stays unserved",
         "pools.far: no workload can run on it (box in south-1)"],
    ),
    (
        "no throughput",
        ("throughput: {vcpu: 1}", "throughput: {L4: 1}\n    eligible: {providers: [north]}"),
        ["workloads.crawl: no pool can run it (`throughput` has no entry for its pools): all of it stays unserved",
         "pools.plain: no workload can run on it (cpu in north-1)"],
    ),
    (
        "out of reach",
        ("demand: 4, residency: [us]", "demand: 4, residency: [us], max_latency_ms: 100"),
        ["workloads.chat.streams.asia: no pool that can run it is within its residency and max_latency_ms: "
         "it stays unserved"],
    ),
    (
        "one provider for N-1",
        (ELIGIBLE, "survive_provider_loss: 50 %"),
        ["workloads.chat.streams.asia: survive_provider_loss asks for a second provider, but only north can serve it"],
    ),
    (
        "worth less than it costs",
        ("value_of_unserved_usd_per_unit_hour: 2\n", "value_of_unserved_usd_per_unit_hour: 0.01\n"),
        ["workloads.crawl.streams.all: its value of unserved (0.01 USD per unit-hour) is below the lowest price of "
         "serving it (0.04219): leaving it out is cheaper"],
    ),
    (
        "growth in percent",
        ("demand: 4,", "demand: {start: 4, growth_per_year: 40},"),
        ["workloads.chat.streams.asia.demand: grows by 4000% a year; percent are written '40 %'"],
    ),
    (
        "starts too late",
        ("earliest_start: 2026-01-01\n    deadline: 2026-03-15",
         "earliest_start: 2026-03-02\n    deadline: 2026-09-15"),
        ["workloads.tune: earliest_start 2026-03-02 comes after the last period's start: it stays unserved"],
    ),
    (
        "gangs that fit nowhere",
        ("{accelerators: 16, efficiency: 95 %}, {accelerators: 8}", "{accelerators: 88}"),
        ["workloads.tune: its smallest gang (88 accelerators) fits no pool it may use: it stays unserved"],
    ),
    (
        "a job worth nothing",
        ("value_of_unserved_usd: 100 k", "value_of_unserved_usd: 0"),
        ["workloads.tune: value_of_unserved_usd is 0: leaving it out costs nothing, so that it is never run"],
    ),
    (
        "training on a share of spot",
        ("work: 5 k", "work: 5 k\n    spot: {max_share: 50 %}"),
        ["workloads.tune.spot.max_share: a training job with a share below 100 % does not run on spot at all"],
    ),
    (
        "calls of what is disabled",
        ("kind: inference", "kind: inference\n    enabled: false"),
        ["workloads.crawl.calls[0].workload: chat is disabled: the traffic of these calls is left out"],
    ),
    (
        "what is disabled needs no warning",
        ("    value_of_unserved_usd: 100 k", "    value_of_unserved_usd: 0\n    enabled: false"),
        [],
    ),
    (
        "spot that cannot be had",
        ("throughput: {vcpu: 1}", "throughput: {vcpu: 1}\n    spot: {}"),
        ["workloads.crawl.spot: no pool that can run it has both spot_capacity and a spot price"],
    ),
    (
        "spot capacity without a price",
        ("capacity: 100", "capacity: 100, spot_capacity: 5"),
        ["pools.plain.spot_capacity: there is no spot price for it within the horizon, so nothing is on spot"],
    ),
    (
        "capacity after the horizon",
        ("capacity: 100", "capacity: {2026-04-01: 100}"),
        ["pools.plain.capacity: 0 in the whole horizon"],
    ),
    (
        "a price after the horizon",
        ("usd_per_hour: 60, ", "usd_per_hour: {2026-03-02: 60}, "),
        ["offers[2]: never applies within the horizon: its first price is of 2026-03-02"],
    ),
    (
        "a contract after the horizon",
        ("  site:\n    assumption: a\n    provider: south\n    start: 2026-01-01",
         "  late: {provider: south, start: 2026-04-01, end: 2027-01-01, assumption: a}\n"
         "  site:\n    assumption: a\n    provider: south\n    start: 2026-01-01"),
        ["contracts.late: its term, 2026-04-01 to 2027-01-01, has no day within the horizon"],
    ),
    (
        "a contract that bills nothing",
        ("eligible: {exclude: {purchase_options: [spot]}}", "eligible: {purchase_options: [contract]}"),
        ["contracts.deal: no pool of north has an offer that it bills: its commitment is paid as shortfall"],
    ),
    (
        "a discount of nothing",
        ("applies_to: {accelerators: [H100]}", "applies_to: {accelerators: [L4]}"),
        ["contracts.deal.discounts[0]: applies to nothing that the contract bills"],
    ),
    (
        "a discount of prices that are final",
        ("applies_to: {accelerators: [H100]}", "applies_to: {purchase_options: [contract]}"),
        ["contracts.deal.discounts[0]: discounts do not apply to `contract` offers: their price is final"],
    ),
    (
        "discount rate in percent",
        ("  periods:", "  discount_rate: 5\n  periods:"),
        ["horizon.discount_rate: is 500% a year; percent are written '5 %'"],
    ),
    (
        "a ceiling of another year",
        ("year: 2026, usd", "year: 2027, usd"),
        ["limits.cash[0]: 2027 has no day within the horizon"],
    ),
    (
        "a share after the horizon",
        ("min_share: 5 %, start: 2026-02-01", "min_share: 5 %, start: 2026-04-01"),
        ["limits.provider_shares.south-some: its dates have no day within the horizon"],
    ),
    (
        "a mistyped source",
        ("accelerators:\n  H100: {vendor: NVIDIA}",
         "sources: {data-sheet: {title: t}}\naccelerators:\n  H100: {vendor: NVIDIA, source: data-shet}"),
        ["accelerators.H100.source: 'data-shet' is none of `sources`; did you mean 'data-sheet'?"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("change", "lines"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_warning(change: tuple[str, str], lines: list[str], base: str) -> None:
    assert warnings_of(base, change) == lines


def test_all_workloads_disabled(base: str) -> None:
    off = [(f"kind: {kind}\n", f"kind: {kind}\n    enabled: false\n") for kind in ("inference", "agents", "training")]
    assert warnings_of(base, *off) == ["workloads: all are disabled: the plan serves nothing"]


def test_figures_without_origin_are_told_in_one_line_for_each_kind(base: str) -> None:
    assert warnings(check_document(read_yaml_text(base, "f.yaml"))) == [
        "contracts: neither `source` nor `assumption` in deal, site",
        "workloads: neither `source` nor `assumption` in chat, crawl, tune",
        "pools: neither `source` nor `assumption` in big, plain, far",
    ]
