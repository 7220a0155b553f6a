"""Scenario files with a comment at every place, and what of a random run of changes can be made."""

from __future__ import annotations

import random
from collections.abc import Iterator

from router.change.apply import apply
from router.change.error import ChangeError
from router.scenario.scenario import Scenario
from router.workspace.file_data import file_data
from router.workspace.yaml_blocks import whole
from tests.change.random_changes import random_change


def commented_text(scenario: Scenario, newline: str = "\n") -> str:
    """A scenario's file: a comment above every entry of the second level, and one behind every line."""
    lines: list[str] = []
    section = ""
    for number, line in enumerate(whole(file_data(scenario), "\n").splitlines()):
        if line and not line.startswith(" "):
            section = line.partition(":")[0]
        if line.startswith("  ") and line[2] != " ":
            lines.append(f"  # above {section} {entry_name(line)}")
        lines.append(f"{line}  # beside {number}" if line else line)
    return newline.join([*lines, "# the end", ""])


def entry_name(line: str) -> str:
    """The name of the entry that begins on a line; a dash for an entry of a list."""
    return "-" if line.startswith("  -") else line.strip().partition(":")[0].strip('"')


def changed(scenario: Scenario, rng: random.Random, most: int) -> Iterator[Scenario]:
    """The scenario after each of up to ``most`` random changes that can be made to it."""
    made = 0
    for _ in range(20 * most):
        try:
            scenario = apply(scenario, random_change(scenario, rng)).scenario
        except ChangeError:
            continue
        yield scenario
        made += 1
        if made == most:
            return
