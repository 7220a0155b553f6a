"""Which streams of demand an entry is about: `agents`, `chat`, `chat/us`, `enterprise-*`, or a mapping of keys."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from router.reading.expectation import listed
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.scenario.base import Part
from router.scenario.scenario import Scenario
from router.scenario.selector import Names
from router.scenario.workload import Serving
from router.whatif.filters import fits
from router.whatif.words.choice import named

EXPECTED = (
    "a workload, workload/stream, one of the kinds inference and agents, or a mapping such as {geographies: [eu]}"
)


class StreamSelector(Part):
    """Every key given must match, any of its names; names may be globs."""

    kinds: Annotated[list[Literal["inference", "agents"]], Field(min_length=1)] | None = Field(
        default=None, description="Any of these kinds of workloads."
    )
    workloads: Names | None = Field(default=None, description="Any of these workloads.")
    streams: Names | None = Field(default=None, description="Any of these streams, of whatever workload.")
    geographies: Names | None = Field(default=None, description="Any of these, where users are.")


def _name_or_selector(value: Any) -> Any:
    if not (isinstance(value, str | dict) and value) and not isinstance(value, StreamSelector):
        raise Mistake(EXPECTED)
    return value


StreamChoice = Annotated[
    str | StreamSelector, BeforeValidator(_name_or_selector, json_schema_input_type=str | StreamSelector)
]
"""A name or a glob, or a selector with at least one key."""


def chosen_streams(choice: str | StreamSelector, scenario: Scenario, key: str) -> tuple[tuple[str, str], ...]:
    """Workload and stream of all that are meant, in file order, at least one. Raises Mistake at ``key``."""
    servings = {name: workload for name, workload in scenario.workloads.items() if isinstance(workload, Serving)}
    streams = [(workload, name) for workload, serving in servings.items() for name in serving.streams]
    if isinstance(choice, str):
        return _by_name(choice, scenario, streams, key)
    columns = {
        "kinds": [str(scenario.workloads[workload].kind) for workload, _ in streams],
        "workloads": [workload for workload, _ in streams],
        "streams": [name for _, name in streams],
        "geographies": [servings[workload].streams[name].geography for workload, name in streams],
    }
    kept = set(range(len(streams)))
    for field, column in columns.items():
        names = getattr(choice, field)
        if names is None:
            continue
        for index, name in enumerate(names):
            if field != "kinds" and not any(fits(value, (name,)) for value in column):
                known = list(dict.fromkeys(column))
                found = f"unknown name {quoted(name)}"
                path = (key, field, index)
                raise Mistake(f"one of {listed(known)}", found=found, suggestion=nearest(name, known), path=path)
        kept &= {index for index, value in enumerate(column) if fits(value, names)}
    if not kept:
        raise Mistake("a selection with at least one stream", found="no stream that all of it matches", path=(key,))
    return tuple(streams[index] for index in sorted(kept))


def _by_name(text: str, scenario: Scenario, streams: list[tuple[str, str]], key: str) -> tuple[tuple[str, str], ...]:
    workload = scenario.workloads.get(text)
    if text == "training" or (workload is not None and not isinstance(workload, Serving)):
        raise Mistake(
            EXPECTED,
            found=f"{quoted(text)}, which is training and has no demand over time",
            note="for more training, scale its work: {scale: workloads.NAME.work, by: 2}",
            path=(key,),
        )
    kinds: dict[str, dict[str, list[int]]] = {"kind": {}, "workload": {}, "stream": {}}
    for index, (name, stream) in enumerate(streams):
        kinds["kind"].setdefault(str(scenario.workloads[name].kind), []).append(index)
        kinds["workload"].setdefault(name, []).append(index)
        kinds["stream"].setdefault(f"{name}/{stream}", []).append(index)
    return tuple(streams[index] for index in named(text, kinds, key, EXPECTED))
