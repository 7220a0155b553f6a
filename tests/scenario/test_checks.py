"""Every check, with its whole message: line, column, key, what was found, what was expected, the nearest name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.scenario.conftest import LinesOf

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "check_cases.yaml").read_text())


def changed(base: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert base.count(old) == 1, old
        base = base.replace(old, new)
    return base


def test_the_base_is_right(base: str, lines_of: LinesOf) -> None:
    assert lines_of(base) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_check(case: dict[str, Any], base: str, lines_of: LinesOf) -> None:
    assert lines_of(changed(base, (case["old"], case["new"]))) == case["lines"]


TWELVE = (
    ("periods: [{every: month", "periods: [{every: monthly"),
    ("vendor: NVIDIA", "vendor: 5"),
    ("accelerator: L4, accelerators: 4", "accelerator: L44, accelerators: 4"),
    ("capacity: 100", "capacity: -1"),
    ("usd_per_hour: 80", "usd_per_hour: .nan"),
    ("term_months: 12", "term_month: 12"),
    ("contract: site, assumption", "contract: sight, assumption"),
    ("end: 2027-07-01", "end: 2025-07-01"),
    ("start: 2026-07-01, end: 2027-01-01, amount", "start: 2026-06-01, end: 2027-01-01, amount"),
    ("kind: agents", "kind: agent"),
    ("efficiency: 95 %", "efficiency: 95"),
    ("max_share: 90 %", "min_share: 95 %, max_share: 90 %"),
)


def test_all_mistakes_of_a_file_in_one_go(base: str, lines_of: LinesOf) -> None:
    assert lines_of(changed(base, *TWELVE)) == [
        "5:21: horizon.periods[0].every: found 'monthly', expected one of day, week, month, quarter, year; "
        "did you mean 'month'?",
        "10:18: accelerators.H100.vendor: found 5, expected text",
        "22:39: instance_types.box.accelerator: found unknown accelerator 'L44', expected one of H100, L4; "
        "did you mean 'L4'?",
        "25:75: pools.plain.capacity: found -1, expected a number of at least 0",
        "28:85: offers[0].usd_per_hour: found .nan, expected a finite number of at least 0",
        "30:88: offers[2].term_month: found the unknown key 'term_month', expected one of source, as_of, assumption, "
        "note, provider, region, instance_type, purchase_option, usd_per_hour, term_months, contract, "
        "interruption_rate, max_instances; did you mean 'term_months'?",
        "33:97: offers[5].contract: found unknown contract 'sight', expected one of deal, site; did you mean 'site'?",
        "38:10: contracts.deal.end: found 2025-07-01, expected a day after the start, 2025-07-01",
        "57:13: contracts.site.commitments.halves.windows[1]: found a window from 2026-06-01 to 2027-01-01, "
        "expected no overlap with windows[0], 2026-01-01 to 2026-07-01",
        "69:11: workloads.crawl.kind: found 'agent', expected one of training, inference, agents; "
        "did you mean 'agents'?",
        "80:44: workloads.tune.gangs[0].efficiency: found 95, expected a share of at most 1; did you mean '95 %'?",
        "89:46: limits.provider_shares.north-most.min_share: found 0.95, expected at most max_share, 0.9",
    ]


def test_what_names_a_refused_part_is_no_mistake(base: str, lines_of: LinesOf) -> None:
    refused = (
        ("  south:\n    regions:", "  south:\n    egress_usd_per_gb: -1\n    regions:"),
        ("gpu: {provider: north, accelerator: H100, accelerators: 8, vcpu: 192}", "gpu: {provider: north, vcpu: many}"),
        ("provider: north, instance_type: cpu, purchase_option: on_demand", "provider: north, instance_type: cpu"),
        ("    end: 2027-01-01\n    commitments", "    end: never\n    commitments"),
    )
    lines = lines_of(changed(base, *refused))
    assert [line.split(": ")[1] for line in lines] == [
        "providers.south.egress_usd_per_gb",
        "instance_types.gpu.vcpu",
        "offers[3].purchase_option",
        "contracts.site.end",
    ]


def test_list_positions_are_those_of_the_file(base: str, lines_of: LinesOf) -> None:
    lines = lines_of(changed(base, ("usd_per_hour: 80", "usd_per_hour: []"), ("contract: site, a", "contract: x, a")))
    assert lines == [
        "28:85: offers[0].usd_per_hour: found an empty list, expected a number, or a mapping from dates to numbers",
        "33:97: offers[5].contract: found unknown contract 'x', expected one of deal, site",
    ]
