"""What has no field of its own, as lines of YAML: `H100: 12`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from router.change.yaml_text import yaml_text
from router.reading.compose import compose
from router.reading.node import Data, plain_data
from router.reading.problems import Mistake, ScenarioError

_NO_FILE = "text"


def lines_text(value: Any) -> str:
    """Plain data, a mapping or a list of mappings, as lines of YAML."""
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    if isinstance(value, Mapping):
        # An entry of a list, without its dash.
        return "\n".join(line[2:] for line in yaml_text([value]).splitlines())
    return yaml_text(value).rstrip("\n")


def read_yaml_value(text: str) -> Data:
    """Plain data of a piece of YAML. Raises Mistake with the line of the first thing wrong."""
    try:
        root = compose(text, _NO_FILE)
    except ScenarioError as error:
        problem = error.problems[0]
        found = f"{problem.found} in line {problem.position.line}"
        raise Mistake(problem.expected, found=found, note=problem.note) from None
    return None if root is None else plain_data(root)


def line_of(text: str, path: tuple[Any, ...]) -> int | None:
    """The line, from 1, on which what is at a path of the YAML stands; None where the text is no YAML."""
    try:
        node = compose(text, _NO_FILE)
    except ScenarioError:
        return None
    if node is None:
        return None
    line = node.position.line
    for step in path:
        content = node.content
        if isinstance(content, dict):
            entry = next((held for key, held in content.items() if str(key) == str(step)), None)
            if entry is None:
                break
            line, node = entry.key_position.line, entry.node
        elif isinstance(content, list) and isinstance(step, int) and step < len(content):
            node = content[step]
            line = node.position.line
        else:
            break
    return line
