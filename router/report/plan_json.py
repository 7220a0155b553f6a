"""`plan.json`: a plan as text and back, and its JSON Schema.

The text is one JSON object with the fields of `router.plan.document.Plan` in their order, each record on a line
of its own, floats in the shortest form that reads back as the same number. `format` names the version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from router.plan.document import Plan, Record
from router.reading.document import Document
from router.reading.failure import failure_from
from router.reading.found import found_text
from router.reading.key_path import Step, path_text
from router.reading.node import Entry, Node
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError

_MOST_PROBLEMS = 50
_SYNTAX = re.compile(r"^Invalid JSON: (?P<words>.*) at line (?P<line>\d+) column (?P<column>\d+)$", re.DOTALL)
_DEEPEST = 30


def plan_text(plan: Plan) -> str:
    """The plan as JSON. The same plan gives the same text."""
    return "".join(_pieces(plan))


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `plan.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Plan.model_json_schema(mode="serialization"),
    }


def read_plan(text: str | bytes, file: str = "plan.json") -> Plan:
    """A plan from its JSON. Raises ScenarioError: one line for each mistake, by key path.

    Besides the fields' types, what a report relies on is checked: periods that follow each other, and
    records that name periods and slices there are.
    """
    try:
        plan = Plan.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise ScenarioError(_problems(error, text, file)) from None
    problems = list(_loose_ends(plan, file))
    if problems:
        raise ScenarioError(problems[:_MOST_PROBLEMS])
    return plan


def _pieces(plan: Plan) -> Iterator[str]:
    yield "{"
    for number, name in enumerate(Plan.model_fields):
        yield f"{',' if number else ''}\n{json.dumps(name)}: "
        value = getattr(plan, name)
        if isinstance(value, list):
            yield from _list_pieces(value)
        else:
            yield _line(value)
    yield "\n}\n"


def _list_pieces(values: list[Any]) -> Iterator[str]:
    yield "["
    for number, value in enumerate(values):
        yield f"{',' if number else ''}\n {_line(value)}"
    yield "\n]" if values else "]"


def _line(value: object) -> str:
    return value.model_dump_json() if isinstance(value, Record) else json.dumps(value, ensure_ascii=False)


def _problems(error: ValidationError, text: str | bytes, file: str) -> Iterable[Problem]:
    details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        return [_syntax_problem(details[0]["msg"], file)]
    nowhere = Position(file, 0, 0)
    data = json.loads(text)
    root = _node(data, nowhere, 0)
    if not isinstance(root.content, dict):
        return [Problem(nowhere, "", found_text(data), "a plan: a mapping with the key 'format'")]
    document = Document(root, ())
    return [failure_from(detail, document, Plan).problem() for detail in details[:_MOST_PROBLEMS]]


def _syntax_problem(message: str, file: str) -> Problem:
    match = _SYNTAX.match(message)
    if match is None:
        return Problem(Position(file, 0, 0), "", "text that is no JSON", "a plan in JSON", note=message)
    position = Position(file, int(match["line"]), max(1, int(match["column"])))
    return Problem(position, "", "text that is no JSON", "a plan in JSON", note=match["words"])


def _node(value: Any, position: Position, depth: int) -> Node:
    """Plain data as the reader's tree, so that its words for mistakes serve here too."""
    if depth > _DEEPEST:
        return Node(position, None)
    if isinstance(value, dict):
        return Node(
            position,
            {key: Entry(position, _node(entry, position, depth + 1)) for key, entry in value.items()},
        )
    if isinstance(value, list):
        return Node(position, [_node(entry, position, depth + 1) for entry in value])
    return Node(position, value)


def _loose_ends(plan: Plan, file: str) -> Iterator[Problem]:
    def problem(path: tuple[Step, ...], found: object, expected: str) -> Problem:
        return Problem(Position(file, 0, 0), path_text(path), found_text(found), expected)

    if "format" not in plan.model_fields_set:
        yield Problem(Position(file, 0, 0), "format", "nothing", "'router-plan/1'")
    if not plan.periods:
        yield problem(("periods",), [], "at least one period")
        return
    for number, period in enumerate(plan.periods):
        if period.index != number:
            yield problem(("periods", number, "index"), period.index, f"{number}, its place in the list")
        if period.end <= period.start:
            yield problem(("periods", number, "end"), period.end, f"a date after {period.start}")
        if number and period.start != plan.periods[number - 1].end:
            yield problem(
                ("periods", number, "start"), period.start, f"{plan.periods[number - 1].end}, where the last ends"
            )
    last = len(plan.periods) - 1
    for field in Plan.model_fields:
        values = getattr(plan, field)
        if not isinstance(values, list) or field == "periods":
            continue
        for number, record in enumerate(values):
            for key in ("period", "first_period", "last_period", "settled_in_period"):
                index = getattr(record, key, None)
                if index is not None and not 0 <= index <= last:
                    yield problem((field, number, key), index, f"a period from 0 to {last}")
            name = getattr(record, "slice", None)
            if name is not None and name not in plan.periods[0].slice_hours:
                yield problem((field, number, "slice"), name, f"one of {', '.join(plan.periods[0].slice_hours)}")
    for number, period in enumerate(plan.periods):
        if set(period.slice_hours) != set(plan.periods[0].slice_hours):
            yield problem(("periods", number, "slice_hours"), period.slice_hours, "the slices of the first period")
    for number, run in enumerate(plan.runs):
        if run.first_period > run.last_period:
            yield problem(("runs", number, "last_period"), run.last_period, f"at least {run.first_period}")
