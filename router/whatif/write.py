"""Changes written down as a what-if: in a new file, or added to one whose comments and layout stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from router.change.change import Change
from router.change.yaml_form import changes_data
from router.reading.found import quoted
from router.reading.node import Node
from router.reading.position import Position
from router.reading.problems import Problem, ScenarioError
from router.reading.yaml_reader import read_yaml_text
from router.scenario.scenario import Scenario
from router.whatif.case import BASE
from router.whatif.document import SECTIONS
from router.whatif.placeholders import names_in
from router.workspace.layout import CannotPatch
from router.workspace.own_data import same
from router.workspace.yaml_patch import patched
from router.workspace.yaml_words import word

_NOWHERE = Position("", 0, 0)


def whatif_text(
    scenario_named: str, name: str, title: str | None, changes: Sequence[Change], scenario: Scenario
) -> str:
    """The text of a new what-if file with one what-if.

    ``scenario_named``: the base as the file names it: a shipped name, or a path relative to the file. ``scenario``:
    what the first change is made to, by which offers are named. Raises ScenarioError for a name that none may have.
    """
    head = f"format: 1\nscenario: {_scalar(scenario_named)}\n"
    return appended(head, "", name, title, changes, scenario)


def appended(text: str, file: str, name: str, title: str | None, changes: Sequence[Change], scenario: Scenario) -> str:
    """A what-if file's text with a what-if added behind the others; all else stays letter by letter.

    ``file``: its name in messages. Raises ScenarioError: for text that is not YAML, a name that is taken or that no
    what-if may have, and a text in which nothing can be added without writing it anew.
    """
    old: dict[Any, Any] = dict(read_yaml_text(text, file).data)
    _check_name(name, old, file)
    entry: dict[str, Any] = {"title": title} if title and title != name else {}
    entry["changes"] = [_escaped(change) for change in changes_data(changes, scenario)]
    held = old.get("whatifs")
    new = {**old, "whatifs": {**(held if isinstance(held, dict) else {}), name: entry}}
    try:
        result = patched(text, old, new)
        if same(dict(read_yaml_text(result, file).data), new):
            return result
    except (CannotPatch, ScenarioError):
        pass
    found = "a file that is laid out so that nothing can be added to it"
    raise ScenarioError(
        [Problem(Position(file, 0, 0), "whatifs", found, "`whatifs:` with each what-if on lines of its own")]
    )


def _check_name(name: str, data: dict[Any, Any], file: str) -> None:
    at = Position(file, 0, 0)
    taken = [section for section in SECTIONS if isinstance(data.get(section), dict) and name in data[section]]
    if name == BASE or taken:
        found = f"the name {quoted(name)}, which is taken" if taken else "the name 'base', the scenario itself"
        raise ScenarioError([Problem(at, f"whatifs.{name}", found, "another name")])
    if not name or name != name.strip() or not name.isprintable() or any(letter in "[]=/" for letter in name):
        expected = "a name without '/', '=', brackets, line breaks and blanks around it"
        raise ScenarioError([Problem(at, "whatifs", f"the name {quoted(name)}", expected)])


def _escaped(value: Any) -> Any:
    """Plain data in which no text is taken for one with placeholders."""
    if isinstance(value, str):
        asks = "$$" in value or bool(names_in(Node(_NOWHERE, value)))
        return value.replace("$", "$$") if asks else value
    if isinstance(value, dict):
        return {key if isinstance(key, date) else _escaped(key): _escaped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    return value


def _scalar(text: str) -> str:
    return word(text, in_flow=False)
