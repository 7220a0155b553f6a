"""What is disabled may not be in a plan: the audit finds it, and passes a plan without it."""

from __future__ import annotations

import pytest

from router.audit.audit import audit
from router.engine.settings import EngineSettings
from router.plan.pipeline import solve_scenario
from router.scenario.scenario import Scenario
from tests.audit import hand_made
from tests.audit.random_scenarios import random_scenario

PLAN = hand_made.plan()
SETTINGS = EngineSettings(relative_gap=1e-4, time_limit_seconds=20, threads=1)


def _off(scenario: Scenario, *names: str) -> Scenario:
    workloads = {
        name: workload.model_copy(update={"enabled": name not in names})
        for name, workload in scenario.workloads.items()
    }
    return scenario.model_copy(update={"workloads": workloads})


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("chat", ("stream chat/us", "a stream of a workload that is planned, not disabled")),
        ("chat", ("called workload chat", "a called workload that is planned, not disabled")),
        ("fleet", ("stream fleet/us", "a stream of a workload that is planned, not disabled")),
        ("pretrain", ("training job pretrain", "a training job that is planned, not disabled")),
        ("finetune", ("training job finetune", "a training job that is planned, not disabled")),
    ],
)
def test_a_plan_that_serves_what_is_disabled_is_caught(name: str, found: tuple[str, str]) -> None:
    report = audit(_off(hand_made.scenario(), name), PLAN)
    assert not report.passed
    told = {(finding.found, finding.expected) for finding in report.findings if finding.rule == "references"}
    assert found in told


@pytest.mark.parametrize("name", ["chat", "fleet", "pretrain", "finetune", "distill"])
def test_its_records_and_its_lines_of_the_bill_are_both_found(name: str) -> None:
    """Whoever drops the records and keeps what they cost is caught by the bill."""
    gone = {
        part: [record for record in getattr(PLAN, part) if name not in (record.workload, getattr(record, "calls", ""))]
        for part in ("serving", "runs", "unserved", "local_calls")
    }
    report = audit(_off(hand_made.scenario(), name), PLAN.model_copy(update=gone))
    assert not report.passed
    rules = {finding.rule for finding in report.findings}
    assert "references" not in rules
    assert "bill_line" in rules


def test_calls_to_a_disabled_service_cost_nothing() -> None:
    """The plan of a scenario that leaves them out passes; with the service enabled, its bill does not."""
    scenario = _off(hand_made.scenario(), "chat")
    plan = solve_scenario(scenario, SETTINGS)
    assert audit(scenario, plan).passed, [str(finding) for finding in audit(scenario, plan).findings]
    assert any(record.workload == "fleet" for record in plan.serving)
    assert not plan.local_calls
    assert not [line.item for line in plan.bill if ">" in line.item]
    assert not audit(hand_made.scenario(), plan).passed


@pytest.mark.parametrize("seed", range(4))
def test_plans_of_random_scenarios_with_workloads_disabled_pass(seed: int) -> None:
    start = random_scenario(seed)
    names = list(start.workloads)
    for off in (names[seed % len(names) :][:2], names):
        scenario = _off(start, *off)
        plan = solve_scenario(scenario, SETTINGS)
        report = audit(scenario, plan)
        assert report.passed, [str(finding) for finding in report.findings]
        served = {record.workload for record in plan.serving} | {record.workload for record in plan.runs}
        assert not (served | {record.workload for record in plan.unserved}) & set(off)
        assert any("disabled" in note for note in plan.notes)
