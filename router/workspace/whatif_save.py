"""Edits saved as a what-if: under a name, in a file of what-ifs, which keeps all that it has."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from router.change.change import Change
from router.reading.problems import ScenarioError
from router.reading.source_file import decoded, read_bytes
from router.reading.write import OutputError, write_whole
from router.reading.yaml_reader import read_yaml_text
from router.scenario.scenario import Scenario
from router.scenario.shipped import is_shipped
from router.whatif.document import SECTIONS
from router.workspace.system_error import told

_STEM = "edits"
_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class WhatIfDraft:
    """A what-if to be saved: its name and title, and the file."""

    name: str
    title: str
    path: Path


def names_in(path: Path) -> frozenset[str] | None:
    """The names that a what-if file gives already; None where there is a file that is none of what-ifs.

    No file: no names. Raises ScenarioError for a file that cannot be read.
    """
    if not path.exists():
        return frozenset()
    data = read_yaml_text(decoded(read_bytes(path), str(path)), str(path)).data
    if not any(section in data for section in SECTIONS):
        return None
    sections = [data.get(section) for section in SECTIONS]
    return frozenset(str(name) for section in sections if isinstance(section, dict) for name in section)


def free_name(path: Path) -> str:
    """A name that the file does not give yet: `edits`, `edits-2` and so on."""
    try:
        taken = names_in(path) or frozenset()
    except (ScenarioError, OSError, ValueError):
        taken = frozenset()
    numbered = (f"{_STEM}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (_STEM, *numbered) if name not in taken)


def proposed_title(steps: Sequence[str]) -> str:
    """A title from the words of each step."""
    title = "; ".join(steps)
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def save_what_if(draft: WhatIfDraft, changes: Sequence[Change], scenario: Scenario, scenario_file: Path) -> None:
    """Writes a what-if into its file, made where there is none; ``scenario``: as saved, which the changes are made to.

    Raises OutputError where it cannot be written, and ScenarioError where the file is wrong already or has the name.
    """
    from router.whatif.write import appended, whatif_text

    path = draft.path
    if path.exists():
        text = decoded(read_bytes(path), str(path))
        content = appended(text, str(path), draft.name, draft.title, changes, scenario)
    else:
        named = scenario.name if is_shipped(scenario_file) else os.path.relpath(scenario_file, path.parent)
        content = whatif_text(named, draft.name, draft.title, changes, scenario)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        if error.errno != errno.EEXIST:
            raise OutputError(told(path.parent, "this folder cannot be made", error)) from None
    write_whole(path, content)
