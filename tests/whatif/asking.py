"""What-if files as text, for tests: on the shipped scenario `tiny`, or on one with several regions and geographies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from textwrap import dedent, indent

import pytest

from router.change.apply import unchecked
from router.change.change import Change
from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml_text
from router.scenario.load import check_document, load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import scenario_path
from router.whatif.case import Case
from router.whatif.question import Question
from router.whatif.read import read_question_text

HEAD = "format: 1\nscenario: tiny\n"

_WORLD = """
format: 1
name: world
horizon: {start: 2026-07-01, periods: [{every: quarter, count: 10}]}
accelerators: {H100: {}, GB300: {}}
providers:
  azure: {regions: {eastus: {geography: us}, sweden: {geography: eu}}}
  aws: {regions: {virginia: {geography: us}, frankfurt: {geography: eu}}}
instance_types:
  az-h100: {provider: azure, accelerator: H100, accelerators: 8, vcpu: 96}
  az-gb300: {provider: azure, accelerator: GB300, accelerators: 4, vcpu: 144}
  aws-gb300: {provider: aws, accelerator: GB300, accelerators: 4, vcpu: 144}
  aws-cpu: {provider: aws, vcpu: 192}
pools:
  azure-us-h100: {provider: azure, region: eastus, instance_type: az-h100, capacity: 40, spot_capacity: 8}
  azure-eu-h100: {provider: azure, region: sweden, instance_type: az-h100, capacity: 20}
  azure-us-gb300:
    {provider: azure, region: eastus, instance_type: az-gb300,
     capacity: {2026-07-01: 10, 2027-01-01: 30, 2028-01-01: 20}}
  aws-eu-gb300: {provider: aws, region: frankfurt, instance_type: aws-gb300, capacity: {2027-04-01: 16}}
  aws-us-cpu: {provider: aws, region: virginia, instance_type: aws-cpu, capacity: 100}
offers:
  - {provider: azure, instance_type: az-h100, purchase_option: on_demand, usd_per_hour: 40,
     assumption: a}
  - {provider: azure, region: eastus, instance_type: az-h100, purchase_option: spot, usd_per_hour: 20,
     assumption: a}
  - {provider: azure, instance_type: az-gb300, purchase_option: on_demand,
     usd_per_hour: {2026-07-01: 80, 2027-07-01: 60}, assumption: a}
  - {provider: azure, instance_type: az-gb300, purchase_option: reserved, term_months: 12, usd_per_hour: 50,
     assumption: a}
  - {provider: aws, region: frankfurt, instance_type: aws-gb300, purchase_option: on_demand,
     usd_per_hour: {2027-04-01: 70}, assumption: a}
  - {provider: aws, region: virginia, instance_type: aws-cpu, purchase_option: on_demand, usd_per_hour: 8,
     assumption: a}
contracts:
  aws:
    provider: aws
    start: 2026-07-01
    end: 2028-07-01
    discounts: [{applies_to: {accelerators: [GB300]}, discount: 10 %}, {discount: 5 %}]
    commitments: {spend: {window: term, amount_usd: 1 M}}
  azure:
    provider: azure
    start: 2026-07-01
    end: 2028-07-01
    discounts: [{discount: 20 %}]
workloads:
  chat:
    kind: inference
    unit: k tokens/s
    throughput: {H100: 10, GB300: 30}
    value_of_unserved_usd_per_unit_hour: 1
    streams:
      us: {geography: us, demand: 400}
      eu: {geography: eu, demand: {start: 100, growth_per_year: 50 %}}
  search:
    kind: inference
    unit: k tokens/s
    throughput: {H100: 10, GB300: 30}
    value_of_unserved_usd_per_unit_hour: 1
    streams:
      eu: {geography: eu, demand: {points: {2026-07-01: 10, 2028-07-01: 50}}}
  fleet:
    kind: agents
    unit: agents
    throughput: {vcpu: 1}
    value_of_unserved_usd_per_unit_hour: 1
    streams:
      all: {geography: us, demand: 50}
  pretrain:
    kind: training
    work: 100 k
    throughput: {H100: 1, GB300: 3}
    gangs: [{accelerators: 32}]
    earliest_start: 2026-07-01
    deadline: 2028-07-01
    value_of_unserved_usd: 1 M
"""


@cache
def tiny() -> Scenario:
    """Two pools, two offers, one service, one training run, three months."""
    return load_scenario(scenario_path("tiny"))


@cache
def world() -> Scenario:
    """Two providers with two regions each, ten quarters."""
    return check_document(read_yaml_text(_WORLD, "world.yaml"))


def asked(text: str, scenario: Scenario | None = None, folder: Path | str = "/nowhere") -> Question:
    """The question of a file's text, which may be indented."""
    return read_question_text(dedent(text).lstrip("\n"), "file.yaml", folder, scenario)


def told(text: str, scenario: Scenario | None = None, folder: Path | str = "/nowhere") -> list[str]:
    """One line for each mistake of a file's text, which must have some."""
    with pytest.raises(ScenarioError) as caught:
        asked(text, scenario, folder)
    return [str(problem) for problem in caught.value.problems]


def file_of(changes: str) -> str:
    """A file with one what-if, `x`, of which the changes begin in line 5."""
    return f"{HEAD}whatifs:\n  x:\n    changes:\n{indent(dedent(changes).strip(), '    ')}\n"


def case_of(changes: str, scenario: Scenario | None = None) -> Case:
    """The one what-if with these changes."""
    return asked(file_of(changes), scenario or world()).whatifs[1]


def changes_of(changes: str, scenario: Scenario | None = None) -> tuple[Change, ...]:
    """The changes that entries come to."""
    return case_of(changes, scenario).changes


def after(changes: str, scenario: Scenario | None = None) -> Scenario:
    """The scenario that entries lead to."""
    base = scenario or world()
    case = case_of(changes, base)
    return unchecked(base, case.changes, case.at).scenario


def refused(changes: str, scenario: Scenario | None = None) -> list[str]:
    """What is told of entries with mistakes, without the file's name."""
    return [line.removeprefix("file.yaml:") for line in told(file_of(changes), scenario or world())]
