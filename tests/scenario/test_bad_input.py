"""Bad input at the level of a scenario: one clear line each, and never another exception than ScenarioError."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from tests.scenario.conftest import LinesOf
from tests.scenario.test_checks import changed

CHAT_DEMAND = "{values: [20, 24, 28]}"
SERIES = "a number, or a mapping with `points`, `steps`, `values`, or `start` and `growth_per_year`"
NUMBER = "a number such as 250_000, 1.5 k, 12 M, $38 B or 1.2 T"

NONSENSE_SERIES = {
    "lots": f"found text 'lots', expected {NUMBER}",
    "[1, 2, 3]": f"found a list of 3 entries, expected {SERIES}",
    "{}": f"found an empty mapping, expected {SERIES}",
    "null": f"found nothing, expected {SERIES}",
    "true": f"found true, expected {SERIES}",
    ".inf": "found .inf, expected a finite number of at least 0",
    "-.inf": "found -.inf, expected a finite number of at least 0",
    ".nan": "found .nan, expected a finite number of at least 0",
    "-1": "found -1, expected a number of at least 0",
    "1e30": "found 1e+30, expected a value of at most 1e+18",
    "2026-01-01": f"found the date 2026-01-01, expected {SERIES}",
    "{2026-01-01: 5}": "found a mapping (2026-01-01), expected `points:` (straight lines between the dates) or "
    "`steps:` (levels) above the dates",
    "{points: {2026-01-01: 5}, start: 3}": "found both `points` and `start` in one series, expected one of them",
}


@pytest.mark.parametrize("written", NONSENSE_SERIES)
def test_a_series_of_nonsense_is_one_short_line(written: str, base: str, lines_of: LinesOf) -> None:
    lines = lines_of(changed(base, (CHAT_DEMAND, written)))
    assert lines == [f"66:35: workloads.chat.streams.us.demand: {NONSENSE_SERIES[written]}"]


INSIDE_SERIES = {
    "{pionts: {2026-01-01: 5}}": f"36: workloads.chat.streams.us.demand.pionts: found the unknown key 'pionts', "
    f"expected {SERIES}; did you mean 'points'?",
    "{start: 5}": "27: workloads.chat.streams.us.demand.growth_per_year: found nothing, "
    "expected a number above -1 and at most 100",
    "{start: 5, growth_per_year: 40 x}": "63: workloads.chat.streams.us.demand.growth_per_year: found text '40 x', "
    "expected a share such as 0.05 or 5 %",
    "{points: {}}": "44: workloads.chat.streams.us.demand.points: found an empty mapping, "
    "expected a mapping of at least one entry",
    "{steps: {2026-01-01: -5}}": "56: workloads.chat.streams.us.demand.steps.2026-01-01: found -5, "
    "expected a number of at least 0",
    "{steps: {yesterday: 5}}": "44: workloads.chat.streams.us.demand.steps.yesterday: found the key 'yesterday', "
    "expected a date such as 2026-01-31",
}


@pytest.mark.parametrize("written", INSIDE_SERIES)
def test_a_mistake_inside_a_series_is_told_where_it_is(written: str, base: str, lines_of: LinesOf) -> None:
    assert lines_of(changed(base, (CHAT_DEMAND, written))) == [f"66:{INSIDE_SERIES[written]}"]


def test_every_mistake_in_a_series_is_told(base: str, lines_of: LinesOf) -> None:
    dates = ", ".join(f"2026-0{month}-01: -1" for month in range(1, 6))
    lines = lines_of(changed(base, (CHAT_DEMAND, f"{{points: {{{dates}}}}}")))
    assert [line.split(": ")[1] for line in lines] == [
        f"workloads.chat.streams.us.demand.points.2026-0{month}-01" for month in range(1, 6)
    ]


STEPS = "a number, or a mapping from dates to numbers"
NONSENSE_STEPS = {
    "many": f"found text 'many', expected {NUMBER}",
    "5 %": f"found text '5 %', expected {NUMBER}",
    "[1]": f"found a list of 1 entry, expected {STEPS}",
    "{}": f"found an empty mapping, expected {STEPS}",
    "true": f"found true, expected {STEPS}",
    "-3": "found -3, expected a number of at least 0",
    ".nan": "found .nan, expected a finite number of at least 0",
    "1e9 T": "found text '1e9 T', expected a value of at most 1e+18",
}


@pytest.mark.parametrize("written", NONSENSE_STEPS)
def test_steps_of_nonsense_are_one_short_line(written: str, base: str, lines_of: LinesOf) -> None:
    lines = lines_of(changed(base, ("capacity: 100", f"capacity: {written}")))
    assert lines == [f"25:75: pools.plain.capacity: {NONSENSE_STEPS[written]}"]


WRONG_VALUES = [
    ("start: 2026-01-01\n  periods", "start: '1767225600'\n  periods", "horizon.start"),
    ("start: 2026-01-01\n  periods", "start: 2026-01-01 00:00:00\n  periods", "horizon.start"),
    ("start: 2026-01-01\n  periods", "start: 2026-02-30\n  periods", "horizon.start"),
    ("start: 2026-01-01\n  periods", "start: 0026-01-01\n  periods", "horizon.start"),
    ("start: 2026-01-01\n  periods", "start: 9999-12-31\n  periods", "horizon.start"),
    ("count: 3}", "count: 1.5}", "horizon.periods[0].count"),
    ("count: 3}", "count: 0}", "horizon.periods[0].count"),
    ("count: 3}", "count: 1e40}", "horizon.periods[0].count"),
    ("share_of_hours: 25 %", "share_of_hours: 25", "horizon.slices[0].share_of_hours"),
    ("demand_multiplier: 2", "demand_multiplier: .inf", "horizon.slices[0].demand_multiplier"),
    ("vcpu: 64", "vcpu: 0", "instance_types.cpu.vcpu"),
    ("vcpu: 64", "vcpu: true", "instance_types.cpu.vcpu"),
    ("spot_capacity: 4", "whole_instances: yes", "pools.big.whole_instances"),
    ("spot_capacity: 4", "whole_instances: 1", "pools.big.whole_instances"),
    ("interruption_rate: 0.01", "interruption_rate: -0.01", "offers[1].interruption_rate"),
    ("term_months: 12", "term_months: 121", "offers[2].term_months"),
    ("purchase_option: spot, usd", "purchase_option: spott, usd", "offers[1].purchase_option"),
    ("source: list", 'source: ""', "offers[3].source"),
    ("discount: 10 %", "discount: 100 %", "contracts.deal.discounts[0].discount"),
    ("{accelerators: [H100]}", "{accelerators: []}", "contracts.deal.discounts[0].applies_to.accelerators"),
    ("{accelerators: [H100]}", "{accelerators: H100}", "contracts.deal.discounts[0].applies_to.accelerators"),
    ("carry_forward: {max_share: 20 %}", "carry_forward: yes", "contracts.deal.commitments.year.carry_forward"),
    ("carry_forward: {max_share: 20 %}", "carry_forward: 1", "contracts.deal.commitments.year.carry_forward"),
    ("[200 k, 400 k]", "[200 k, lots]", "contracts.deal.commitments.year.amount_usd[1]"),
    ("method: graduated", "method: gradual", "contracts.deal.tiers.method"),
    ("throughput: {vcpu: 1}", "throughput: {vcpu: 0}", "workloads.crawl.throughput.vcpu"),
    ("throughput: {vcpu: 1}", "throughput: {}", "workloads.crawl.throughput"),
    ("residency: [us]", "residency: []", "workloads.chat.streams.asia.residency"),
    ("work: 5 k", "work: 0", "workloads.tune.work"),
    ("work: 5 k", "work: 5 m", "workloads.tune.work"),
    ("deadline: 2026-03-15", "deadline: soon", "workloads.tune.deadline"),
    ("year: 2026, usd", "year: 26, usd", "limits.cash[0].year"),
    ("max_share: 90 %", "max_share: 190 %", "limits.provider_shares.north-most.max_share"),
    ("  far: {provider", '  "f[ar": {provider', "pools['f[ar']"),
    ("  far: {provider", '  " far": {provider', "pools[' far']"),
    ("  far: {provider", '  "": {provider', "pools['']"),
    ("  far: {provider", '  "a\\tb": {provider', "pools['a\\tb']"),
    ("format: 1", "format: 2", "format"),
    ("format: 1", "format: true", "format"),
    ("name: base\nhorizon", "horizon", "name"),
]


@pytest.mark.parametrize(("old", "new", "path"), WRONG_VALUES, ids=[f"{new[:40]}" for _, new, _ in WRONG_VALUES])
def test_a_wrong_value_is_one_line_at_its_key(old: str, new: str, path: str, base: str, lines_of: LinesOf) -> None:
    lines = lines_of(changed(base, (old, new)))
    assert [line.split(": ")[1] for line in lines] == [path]
    assert "found " in lines[0]
    assert "expected " in lines[0]
    assert len(lines[0]) < 260


def test_a_bare_number_for_a_share_is_told_the_percent(base: str, lines_of: LinesOf) -> None:
    assert lines_of(changed(base, ("share_of_hours: 25 %", "share_of_hours: 25"))) == [
        "7:36: horizon.slices[0].share_of_hours: found 25, expected a share of at most 1; did you mean '25 %'?"
    ]


def test_whole_sections_missing_or_of_another_form(base: str, lines_of: LinesOf) -> None:
    assert [line.split(": ", 1)[1] for line in lines_of("format: 1\nname: a\n")] == [
        "horizon: found nothing, expected a mapping with the keys start, periods, slices, discount_rate, "
        "reservation_payments_after_horizon",
        *(
            f"{key}: found nothing, expected a {form} of at least one entry"
            for key, form in (
                ("providers", "mapping"),
                ("instance_types", "mapping"),
                ("pools", "mapping"),
                ("offers", "list"),
                ("workloads", "mapping"),
            )
        ),
    ]
    text = base[: base.index("workloads:")] + "workloads: [1]\n"
    assert lines_of(text) == ["58:12: workloads: found a list of 1 entry, expected a mapping of at least one entry"]


def lines_of_file(path: Path) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return str(caught.value).replace(f"{path.parent}/", "").split("\n")


@pytest.mark.parametrize("content", ["", "# only a comment\n", "---\n"])
def test_an_empty_file(content: str, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(content)
    (line,) = lines_of_file(tmp_path / "f.yaml")
    assert re.match(r"f\.yaml:\d:1: found nothing", line)


def test_not_yaml(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("format: 1\nhorizon: [1, 2\n")
    (line,) = lines_of_file(tmp_path / "f.yaml")
    assert line.startswith("f.yaml:")


def test_a_bomb_and_deep_nesting(tmp_path: Path) -> None:
    layers = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    for content in (layers, "pools: " + "{a: " * 200 + "1" + "}" * 200):
        (tmp_path / "f.yaml").write_text(content)
        (line,) = lines_of_file(tmp_path / "f.yaml")
        assert line.startswith("f.yaml:")


def test_duplicate_keys(base: str, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(changed(base, ("  plain: {provider", "  big: {provider")))
    assert lines_of_file(tmp_path / "f.yaml") == [
        "f.yaml:25:3: pools.big: found the key 'big' a second time, expected every key once; "
        "it stands in line 24 already"
    ]


def test_a_cycle_of_includes(base: str, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("include: g.yaml\n" + base)
    (tmp_path / "g.yaml").write_text("include: f.yaml\n")
    (line,) = lines_of_file(tmp_path / "f.yaml")
    assert line.startswith("g.yaml:1:10: include: found a circle of includes (f.yaml -> g.yaml -> f.yaml)")


def test_an_include_outside_the_folder(base: str, tmp_path: Path) -> None:
    inside = tmp_path / "scenarios"
    inside.mkdir()
    (tmp_path / "prices.yaml").write_text("name: other\n")
    (inside / "f.yaml").write_text("include: ../prices.yaml\n" + base)
    (line,) = lines_of_file(inside / "f.yaml")
    assert line.startswith("f.yaml:1:10: include: found '../prices.yaml', which leads outside")


def test_a_mistake_in_an_included_file_is_told_there(base: str, tmp_path: Path) -> None:
    start, end = base.index("offers:"), base.index("contracts:")
    (tmp_path / "prices.yaml").write_text(base[start:end].replace("instance_type: cpu", "instance_type: cup"))
    (tmp_path / "f.yaml").write_text("include: [prices.yaml]\n" + base[:start] + base[end:])
    assert lines_of_file(tmp_path / "f.yaml") == [
        "prices.yaml:5:38: offers[3].instance_type: found unknown instance type 'cup', expected one of gpu, cpu, box; "
        "did you mean 'cpu'?"
    ]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("format: 1\n")
    (line,) = lines_of_file(tmp_path / "scenarios.yaml")
    assert "scenario.yaml" in line
    (line,) = lines_of_file(tmp_path)
    assert "folder" in line
