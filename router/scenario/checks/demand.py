"""Checks of workloads: names, dates, slices, series, calls."""

from __future__ import annotations

from collections.abc import Iterator

from router.reading.key_path import KeyPath
from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import VCPU, Names, selector_findings
from router.scenario.checks.span import Span
from router.scenario.scenario import Scenario
from router.scenario.series import Values
from router.scenario.workload import Agents, Stream, Training


def workload_findings(scenario: Scenario, names: Names, span: Span | None) -> Iterator[Finding]:
    """Mistakes in workloads."""
    for name, workload in scenario.workloads.items():
        path = ("workloads", name)
        yield from selector_findings(workload.eligible, (*path, "eligible"), names, options=False)
        known = (*names.accelerators, *names.instance_types, VCPU)
        for key in workload.throughput:
            if key not in known:
                yield Finding(
                    (*path, "throughput", key),
                    found=f"unknown accelerator or instance type {key!r}",
                    expected="an accelerator, an instance type or `vcpu`",
                    candidates=known,
                    at="key",
                )
        if isinstance(workload, Training):
            yield from _training(workload, path, names, span)
            continue
        for index, geography in enumerate(workload.residency or ()):
            yield from unknown((*path, "residency", index), geography, names.geographies, "geography")
        for stream_name, stream in workload.streams.items():
            yield from _stream(stream, (*path, "streams", stream_name), names, span)
        if isinstance(workload, Agents):
            yield from _calls(workload, path, names)


def _training(job: Training, path: KeyPath, names: Names, span: Span | None) -> Iterator[Finding]:
    if job.deadline <= job.earliest_start:
        yield Finding(
            (*path, "deadline"), found=str(job.deadline), expected=f"a day after earliest_start, {job.earliest_start}"
        )
    elif span is not None and job.deadline <= span.start:
        yield Finding(
            (*path, "deadline"),
            found=str(job.deadline),
            expected=f"a day after the horizon's start, {span.start}",
        )
    if job.dataset is not None:
        yield from unknown((*path, "dataset", "provider"), job.dataset.provider, names.providers, "provider")
    seen: set[int] = set()
    for index, gang in enumerate(job.gangs):
        if gang.accelerators in seen:
            yield Finding(
                (*path, "gangs", index, "accelerators"),
                found=f"a second gang of {gang.accelerators}",
                expected="each gang size once",
            )
        seen.add(gang.accelerators)


def _stream(stream: Stream, path: KeyPath, names: Names, span: Span | None) -> Iterator[Finding]:
    yield from unknown((*path, "geography"), stream.geography, names.user_geographies, "geography")
    for index, geography in enumerate(stream.residency or ()):
        yield from unknown((*path, "residency", index), geography, names.geographies, "geography")
    if span is not None and isinstance(stream.demand, Values) and len(stream.demand.values) != span.periods:
        yield Finding(
            (*path, "demand", "values"),
            found=f"{len(stream.demand.values)} values",
            expected=f"{span.periods}, one for each period of the horizon",
        )
    if stream.slice_multipliers is not None:
        for key in stream.slice_multipliers:
            if key not in names.slices:
                yield Finding(
                    (*path, "slice_multipliers", key), found=f"unknown slice {key!r}", candidates=names.slices, at="key"
                )
        missing = [name for name in names.slices if name not in stream.slice_multipliers]
        if missing:
            yield Finding(
                (*path, "slice_multipliers"),
                found="no multiplier for " + ", ".join(missing),
                expected="one for every slice",
                at="key",
            )


def _calls(workload: Agents, path: KeyPath, names: Names) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, call in enumerate(workload.calls):
        where = (*path, "calls", index, "workload")
        if call.workload in names.workloads and call.workload not in names.inference:
            yield Finding(where, found=f"{call.workload!r}, which is not inference", candidates=names.inference)
        else:
            yield from unknown(where, call.workload, names.inference, "inference workload")
        if call.workload in seen:
            yield Finding(where, found=f"a second call of {call.workload!r}", expected="each called workload once")
        seen.add(call.workload)
