"""Sweeps and draws: the same changes with one combination of values after another."""

from __future__ import annotations

import time
from datetime import date
from textwrap import dedent, indent

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Operation
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.placeholders import value_text
from router.whatif.question import Factor, SweepMode
from tests.whatif.asking import HEAD, asked, changes_of, told, world


def test_a_sweep() -> None:
    question = asked(
        HEAD
        + """
whatifs:
  more: {changes: [{scale: pools.aws-h100.capacity, by: 2}]}
sweeps:
  price:
    title: Price and delay
    extends: more
    factors:
      price: {from: 80 %, to: 120 %, steps: 3, title: Price of AWS}
      slip: [0, 2]
    changes:
      - price: aws
        by: $price
      - delay: oracle
        by: $slip weeks
"""
    )
    (sweep,) = question.sweeps
    assert (sweep.name, sweep.title, sweep.mode, sweep.extends) == ("price", "Price and delay", SweepMode.GRID, "more")
    assert sweep.factors == (Factor("price", "Price of AWS", percent=True), Factor("slip", "slip"))
    assert [(case.name, case.group, case.factors) for case in sweep.cases] == [
        ("price/1", "price", (("price", 0.8), ("slip", 0))),
        ("price/2", "price", (("price", 0.8), ("slip", 2))),
        ("price/3", "price", (("price", 1.0), ("slip", 2))),
        ("price/4", "price", (("price", 1.0), ("slip", 0))),
        ("price/5", "price", (("price", 1.2), ("slip", 0))),
        ("price/6", "price", (("price", 1.2), ("slip", 2))),
    ]
    assert sweep.cases[1].title == "Price and delay: Price of AWS 80 %, slip 2"
    assert sweep.cases[1].changes == (
        *question.whatifs[1].changes,
        Change(("offers", 0, "usd_per_hour"), Operation.SCALE, 0.8),
        Change(("pools", "oracle-h100", "capacity"), Operation.SET, {date(2026, 1, 1): 4, date(2026, 3, 15): 8}),
    )
    assert len(sweep.cases[1].at) == 3
    # No delay, no change.
    assert len(sweep.cases[0].changes) == 2
    assert question.cases == (*question.whatifs, *sweep.cases)


def test_values_of_every_kind() -> None:
    question = asked(
        HEAD
        + """
sweeps:
  s:
    mode: paired
    factors:
      who: [aws, oracle-h100]
      day: [2026-02-01, 2026-02-15]
      left: [0 %, 50 %]
    changes:
      - outage: $who
        during: "${day}.."
        to: $left
"""
    )
    assert [
        (case.changes[0].path[1], str(case.changes[0].dates), case.changes[0].value) for case in question.cases[1:]
    ] == [
        ("aws-h100", "Dates(start=datetime.date(2026, 2, 1), end=datetime.date(2201, 1, 1))", 0),
        ("oracle-h100", "Dates(start=datetime.date(2026, 2, 15), end=datetime.date(2201, 1, 1))", 0.5),
    ]


def test_one_at_a_time() -> None:
    question = asked(
        HEAD
        + """
sweeps:
  s:
    mode: one_at_a_time
    factors:
      a: {values: [1, 2], base: 1}
      b: {values: [3, 4], base: 4}
    changes: [{growth: chat, by: $a}, {price: aws, by: $b}]
"""
    )
    assert [case.factors for case in question.sweeps[0].cases] == [
        (("a", 1), ("b", 4)),
        (("a", 2), ("b", 4)),
        (("a", 1), ("b", 3)),
    ]
    assert question.sweeps[0].factors[0].base == 1


def test_draws() -> None:
    text = (
        HEAD
        + """
draws:
  d:
    count: 30
    seed: 7
    factors:
      demand: {normal: {mean: 1, deviation: 0.2}, at_least: 0.2, title: Demand}
      slip: {triangular: {low: 0, mode: 2, high: 6}}
    correlations: [{between: [demand, slip], is: 0.5}]
    changes:
      - growth: chat
        by: $demand
      - delay: oracle
        by: $slip weeks
"""
    )
    (draws,) = asked(text).draws
    assert (draws.name, draws.title, draws.seed, draws.extends) == ("d", "d", 7, "base")
    assert draws.factors == (Factor("demand", "Demand"), Factor("slip", "slip"))
    assert [case.name for case in draws.cases] == [f"d/{index}" for index in range(1, 31)]
    assert all(case.changes[0].value == dict(case.factors)["demand"] for case in draws.cases)
    assert asked(text).draws[0].cases == draws.cases
    assert asked(text.replace("seed: 7", "seed: 8")).draws[0].cases != draws.cases
    assert asked(text.replace("count: 30", "count: 40")).draws[0].cases[:30] == draws.cases


_TEMPLATES = [
    # Values decide what is matched.
    """
    - growth: $who
      by: $f
    - scale: pools[geography=$where].capacity
      by: $f
    """,
    # What is read later depends on what values did before.
    """
    - scale: pools.*.capacity
      by: $f
    - delay: GB300
      by: $slip months
    - outage: azure
      during: 2027-Q1
      to: 50 %
    - delay: {providers: [aws]}
      by: $slip weeks
    - price: azure
      per_year: $rate
    - price: azure/GB300
      per_year: $rate
    - growth: chat
      per_year: $rate
    - growth: inference
      per_year: $rate
    """,
    # Values change which names there are.
    """
    - set: pools.azure-eu-h100.region
      to: $region
    - scale: pools[geography=eu].capacity
      by: 2
    - set: offers[3].term_months
      to: $term
    - scale: offers[term_months=24|none].usd_per_hour
      by: 3
    """,
    """
    - add: pools.$name
      value: {provider: azure, region: eastus, instance_type: az-h100, capacity: $f}
    - scale: pools.azure-*.capacity
      by: 2
    - remove: pools.$name
    - growth: "chat/*"
      by: $f
    """,
    """
    - remove: offers[$index]
    - add: offers[end]
      value: {provider: azure, instance_type: az-h100, purchase_option: spot, usd_per_hour: $f, assumption: a}
    - price: {providers: [azure]}
      per_year: 10 %
    """,
    """
    - set: horizon.start
      to: $day
    - delay: GB300
      by: 1 month
    - growth: chat
      per_year: 20 %
    """,
]
_VALUES = {
    "who": ["chat", "agents"],
    "where": ["us", "eu"],
    "f": [0.5, 1.5],
    "slip": [0, 7.5],
    "rate": [-0.1, 0.25],
    "region": ["eastus", "sweden"],
    "term": [12, 24],
    "name": ["azure-one", "other"],
    "index": [1, 3],
    "day": ["2026-07-01", "2026-10-01"],
}


@pytest.mark.parametrize("template", _TEMPLATES)
def test_cases_are_what_they_are_when_read_alone(template: str) -> None:
    """Many cases share what was found for one; each must still be what a what-if with its values is."""
    template = dedent(template).strip()
    names = [name for name in _VALUES if f"${name}" in template]
    factors = ", ".join(f"{name}: {_VALUES[name]}" for name in names).replace("'", "")
    # Repeated, so that there are more cases than are checked as a whole.
    repeats = ", ".join(map(str, range(40)))
    text = (
        f"{HEAD}sweeps:\n  s:\n    factors: {{{factors}, again: [{repeats}]}}\n    changes:\n"
        f"{indent(template, '    ')}\n    - set: description\n      to: number $again\n"
    )
    try:
        cases = asked(text, world()).sweeps[0].cases
    except Exception as error:  # pragma: no cover  (to see which template it was)
        raise AssertionError(template) from error
    assert len(cases) == 40 * 2 ** len(names)
    for case in cases[:: max(1, len(cases) // 14)]:
        filled = template
        for name, value in case.factors:
            filled = filled.replace(f"${name}", value_text(value))
        again = value_text(dict(case.factors)["again"])
        alone = changes_of(f"{filled}\n- set: description\n  to: number {again}", world())
        assert case.changes == alone, case.title


def test_hundreds_of_draws_are_read_in_seconds() -> None:
    scenario = load_scenario(scenario_path("frontier-lab"))
    started = time.perf_counter()
    (draws,) = asked(_HUNDREDS, scenario).draws
    assert time.perf_counter() - started < 8
    assert len(draws.cases) == 400
    assert len(draws.cases[0].changes) >= 50
    assert _is_right(scenario, draws.cases[200].changes)


_HUNDREDS = """
format: 1
scenario: frontier-lab
draws:
  d:
    count: 400
    factors:
      agents: {normal: {mean: 1, deviation: 0.2}, at_least: 0.2, at_most: 3}
      inference: {lognormal: {median: 1, sigma: 0.25}}
      slip: {triangular: {low: 0, mode: 2, high: 6}}
    changes:
      - growth: agents
        by: $agents
      - growth: inference
        by: $inference
      - delay: GB300
        by: $slip months
"""


def _is_right(scenario: Scenario, changes: tuple[Change, ...]) -> bool:
    return apply_all(scenario, changes).scenario != scenario


SWEEP = HEAD + "sweeps:\n  s:\n"
DRAWS = HEAD + "draws:\n  s:\n"
DEMAND = "    changes: [{growth: chat, by: $p}]\n"
CAPACITY = "{scale: pools.aws-h100.capacity, by: $p}"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            SWEEP + f"    factors: {{p: [1, 2], q: [3]}}\n    changes: [{CAPACITY}]\n",
            [
                "file.yaml:5:26: sweeps.s.factors.q: found the factor 'q', which no change uses, expected a factor "
                "that a change names: $q"
            ],
        ),
        (
            SWEEP + "    factors: {p: [1, 2], q: [3]}\n    changes: [{growth: chat, by: $P}, {growth: chat, by: $q}]\n",
            [
                "file.yaml:6:34: sweeps.s.changes[0].by: found the placeholder '$P', expected one of $p, $q; "
                "did you mean '$p'?"
            ],
        ),
        (
            SWEEP + f"    factors: {{p: [1, -2, -3]}}\n    changes: [{CAPACITY}]\n",
            ["file.yaml:6:52: pools.aws-h100.capacity: found -12.0, expected a number of at least 0; in s/2, p -2"],
        ),
        (
            SWEEP + f"    mode: paired\n    extends: y\n    factors: {{p: [1, 2], q: [3]}}\n"
            f"    changes: [{CAPACITY}, {{growth: chat, by: $q}}]\n",
            [
                "file.yaml:6:14: sweeps.s.extends: found the unknown what-if 'y', expected 'base'",
                "file.yaml:7:29: sweeps.s.factors.q: found one value, expected 2 values as 'p' has, as the mode is "
                "`paired`",
            ],
        ),
        (
            SWEEP + "    mode: grd\n    factors: {p: {from: 1, to: 2}}\n    changes: []\n",
            [
                "file.yaml:5:11: sweeps.s.mode: found 'grd', expected one of grid, paired, one_at_a_time; "
                "did you mean 'grid'?",
                "file.yaml:6:15: sweeps.s.factors.p.steps: found nothing, expected the number of points, ends included",
                "file.yaml:7:14: sweeps.s.changes: found an empty list, expected a list of at least one entry",
            ],
        ),
        (
            SWEEP + "    factors: {p: [bad, aws]}\n    changes: [{outage: $p, during: 2026-01}]\n",
            [
                "file.yaml:6:24: sweeps.s.changes[0].outage: found unknown name 'bad', expected the name of a "
                "provider, region, pool or accelerator, or a mapping such as {providers: [oracle]}; in s/1, p bad"
            ],
        ),
        (
            SWEEP
            + "    factors: {p: [chat, fine-tune]}\n    changes: [{remove: workloads.$p}, {remove: workloads.chat}]\n",
            ["file.yaml:6:48: workloads.chat: found the unknown key 'chat', expected 'fine-tune'; in s/1, p chat"],
        ),
        (
            SWEEP + "    extends: s\n    factors: {p: [1]}\n    changes: [{growth: chat, by: $p}]\n",
            [
                "file.yaml:5:14: sweeps.s.extends: found the unknown what-if 's', expected 'base'; only one of "
                "`whatifs` can stand here"
            ],
        ),
        (
            # What extends something with a mistake is not told of it again.
            HEAD + "whatifs:\n  x: {changes: [{growth: chta, by: 2}]}\n"
            "sweeps:\n  s:\n    extends: x\n    factors: {p: [1]}\n    changes: [{growth: chat, by: $p}]\n",
            [
                "file.yaml:4:26: whatifs.x.changes[0].growth: found unknown name 'chta', expected a workload, "
                "workload/stream, one of the kinds inference and agents, or a mapping such as {geographies: [eu]}; "
                "did you mean 'chat'?"
            ],
        ),
        (
            DRAWS + "    count: 10\n    factors: {p: {normal: {mean: -9, deviation: 1}}}\n" + DEMAND,
            [
                "file.yaml:7:34: draws.s.changes[0].by: found -9.695309531842067, expected a number of at least 0 and "
                "at most 1000000; in s/1, p -9.695"
            ],
        ),
        (
            DRAWS + "    count: 10 M\n    factors: {p: {normal: {mean: 0, deviation: 0}}}\n" + DEMAND,
            [
                "file.yaml:5:12: draws.s.count: found text '10 M', expected a whole number of at least 1 and at most "
                "100000",
                "file.yaml:6:48: draws.s.factors.p.normal.deviation: found 0, expected a number above 0",
            ],
        ),
        (
            DRAWS + "    count: 10\n    factors: {p: {empirical: {file: none.csv, column: usd}}}\n"
            "    changes: [{growth: chat, by: $p}]\n",
            [
                "file.yaml:6:37: draws.s.factors.p.empirical.file: found no such file at 'none.csv', expected an "
                "existing CSV file"
            ],
        ),
        (
            DRAWS + "    count: 10\n    factors: {p: {uniform: {low: 0, high: 1}}}\n"
            "    correlations: [{between: [p, q], is: 0.5}]\n    changes: [{growth: chat, by: $p}]\n",
            ["file.yaml:7:34: draws.s.correlations[0].between[1]: found the unknown factor 'q', expected 'p'"],
        ),
    ],
)
def test_sweeps_and_draws_that_are_refused(text: str, messages: list[str]) -> None:
    assert told(text) == messages


def test_the_lowest_and_highest_draws_are_checked() -> None:
    """A value that the scenario refuses is told when the file is read, whichever draw has it."""
    text = (
        DRAWS + "    count: 200\n    factors: {p: {normal: {mean: 0.7, deviation: 0.2}}}\n"
        '    changes: [{set: "contracts.oracle-ucm.discounts[0].discount", to: $p}]\n'
    )
    (line,) = told(text)
    assert line == (
        "file.yaml:7:71: contracts.oracle-ucm.discounts[0].discount: found 1.1680859768000622, expected a share of at "
        "most 1; in s/97, p 1.168; did you mean '1.16809 %'?"
    )
