"""Corruptions of demand, serving and runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from router.plan.document import Plan, ServingRecord
from router.scenario.scenario import Scenario
from router.scenario.workload import Training

from .corrupting import Registry, drop, edit, first, twice

corruption = Registry()


def _scaled(record: ServingRecord, factor: float) -> dict[str, Any]:
    return {"quantity": record.quantity * factor, "instances": record.instances * factor}


def _served(record: ServingRecord) -> tuple[str, str, int, str]:
    return (record.workload, record.stream, record.period, record.slice)


@corruption("demand_met")
def serve_nothing(scenario: Scenario, plan: Plan) -> Plan | None:
    """A stream that is served in full is not served at all in one period and slice."""
    short = {(record.workload, record.stream, record.period, record.slice) for record in plan.unserved}
    index = first(plan.serving, lambda record: record.quantity > 0.01 and _served(record) not in short)
    if index is None:
        return None
    gone = _served(plan.serving[index])
    return plan.model_copy(update={"serving": [record for record in plan.serving if _served(record) != gone]})


@corruption("demand_met")
def hide_unserved_demand(scenario: Scenario, plan: Plan) -> Plan | None:
    """Demand is left out and not declared."""
    served: dict[tuple[str, str, int, str], float] = {}
    for record in plan.serving:
        served[_served(record)] = served.get(_served(record), 0.0) + record.quantity
    return drop(
        plan,
        "unserved",
        lambda record: (
            record.stream is not None
            and record.quantity > 0.01
            and served.get((record.workload, record.stream, record.period, record.slice), 0.0)
            < record.demand * (1 - 1e-4)
        ),
    )


@corruption("survive_provider_loss")
def serve_from_one_provider(scenario: Scenario, plan: Plan) -> Plan | None:
    """A stream that must survive the loss of a provider is moved into one pool."""

    short = {(record.workload, record.stream, record.period, record.slice) for record in plan.unserved}

    def wanted(record: ServingRecord) -> bool:
        workload = scenario.workloads[record.workload]
        share = None if isinstance(workload, Training) else workload.survive_provider_loss
        return record.quantity > 0.01 and not record.spot and bool(share) and _served(record) not in short

    index = first(plan.serving, wanted)
    if index is None:
        return None
    chosen = plan.serving[index]
    together = [record for record in plan.serving if _served(record) == _served(chosen)]
    total = sum(record.quantity for record in together)
    kept = chosen.model_copy(update=_scaled(chosen, total / chosen.quantity))
    others = [record for record in plan.serving if _served(record) != _served(chosen)]
    return plan.model_copy(update={"serving": [*others, kept]})


@corruption("spot_share")
def serve_more_on_spot(scenario: Scenario, plan: Plan) -> Plan | None:
    """Spot serves a hundred times as much."""
    return edit(plan, "serving", lambda record: record.spot and record.quantity > 0.01, lambda r: _scaled(r, 100))


@corruption("unserved_quantity")
def overstate_unserved_demand(scenario: Scenario, plan: Plan) -> Plan | None:
    """More is declared unserved than is missing."""

    def change(record: Any) -> dict[str, Any]:
        return {"quantity": record.quantity * 1.5, "value_usd": record.value_usd * 1.5}

    return edit(plan, "unserved", lambda r: r.stream is not None and r.quantity > 0.01, change)


@corruption("unserved_value")
def understate_unserved_value(scenario: Scenario, plan: Plan) -> Plan | None:
    """The value of unserved demand is halved."""
    return edit(plan, "unserved", lambda r: r.value_usd > 1, lambda r: {"value_usd": r.value_usd / 2})


@corruption("unserved_value")
def misstate_demand(scenario: Scenario, plan: Plan) -> Plan | None:
    """The demand beside unserved demand is not the scenario's."""
    return edit(plan, "unserved", lambda r: r.stream is not None, lambda r: {"demand": r.demand * 1.1 + 1})


@corruption("serving_instances")
def serve_with_fewer_instances(scenario: Scenario, plan: Plan) -> Plan | None:
    """An instance does more than its throughput."""
    return edit(plan, "serving", lambda r: r.instances > 0.01, lambda r: {"instances": r.instances * 0.9})


@corruption("eligibility")
def serve_where_not_allowed(scenario: Scenario, plan: Plan) -> Plan | None:
    """A stream is served in a pool whose instance type its throughput does not know."""
    for index, record in enumerate(plan.serving):
        workload = scenario.workloads[record.workload]
        for name, pool in scenario.pools.items():
            instance = scenario.instance_types[pool.instance_type]
            keys = {pool.instance_type, instance.accelerator or "vcpu"}
            if record.quantity > 0.01 and not keys & set(workload.throughput):
                records = list(plan.serving)
                records[index] = record.model_copy(update={"pool": name})
                return plan.model_copy(update={"serving": records})
    return None


@corruption("duplicates")
def serve_twice(scenario: Scenario, plan: Plan) -> Plan | None:
    """The same serving record stands twice."""
    return twice(plan, "serving")


@corruption("one_run_per_job")
def run_a_job_twice(scenario: Scenario, plan: Plan) -> Plan | None:
    """A job has two runs."""
    return twice(plan, "runs")


@corruption("one_run_per_job")
def forget_a_run(scenario: Scenario, plan: Plan) -> Plan | None:
    """A job has no run and is not unserved."""
    return drop(plan, "runs")


@corruption("one_run_per_job")
def forget_an_unserved_job(scenario: Scenario, plan: Plan) -> Plan | None:
    """An unserved job is not declared."""
    return drop(plan, "unserved", lambda record: record.stream is None)


@corruption("run_hours")
def run_shorter(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run does its work in less time than it needs."""
    return edit(plan, "runs", lambda _: True, lambda record: {"hours": record.hours * 0.9})


@corruption("run_gang")
def run_on_fewer_instances(scenario: Scenario, plan: Plan) -> Plan | None:
    """A gang takes fewer instances than it needs."""
    return edit(plan, "runs", lambda _: True, lambda record: {"instances": record.instances - 1})


@corruption("run_gang")
def run_a_gang_not_offered(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run has a gang that its job does not have."""
    return edit(plan, "runs", lambda _: True, lambda record: {"accelerators": record.accelerators + 1})


@corruption("run_window")
def run_past_the_deadline(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run starts in a period that is too late for it, or, where it starts in the last, ends too late."""
    last = plan.periods[-1]
    return edit(
        plan,
        "runs",
        lambda record: record.end + timedelta(days=1) < last.end or record.first_period < last.index,
        lambda record: {"first_period": last.index, "start": last.start, "last_period": last.index, "end": last.end},
    )


@corruption("run_window")
def end_a_run_later(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run's last day is five days off."""
    return edit(plan, "runs", lambda _: True, lambda record: {"end": record.end + timedelta(days=5)})


@corruption("run_window")
def hold_no_last_period(scenario: Scenario, plan: Plan) -> Plan | None:
    """A run that touches two periods or more holds one less."""
    return edit(
        plan,
        "runs",
        lambda record: (
            record.last_period > record.first_period
            and record.end > plan.periods[record.last_period].start + timedelta(days=1)
        ),
        lambda record: {"last_period": record.last_period - 1},
    )


@corruption("eligibility")
def run_on_spot_where_not_allowed(scenario: Scenario, plan: Plan) -> Plan | None:
    """A job without spot runs on spot."""

    def wanted(record: Any) -> bool:
        return scenario.workloads[record.workload].spot is None and not record.spot

    return edit(plan, "runs", wanted, lambda _: {"spot": True})


@corruption("pool_capacity")
def serve_more_than_fits(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool holds more instances than it has."""
    return edit(plan, "serving", lambda r: r.instances > 0.01 and not r.spot, lambda r: _scaled(r, 1e9))


@corruption("spot_capacity")
def serve_more_spot_than_there_is(scenario: Scenario, plan: Plan) -> Plan | None:
    """A pool holds more spot instances than it has."""
    return edit(plan, "serving", lambda r: r.instances > 0.01 and r.spot, lambda r: _scaled(r, 1e9))
