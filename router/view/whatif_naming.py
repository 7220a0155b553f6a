"""What is to be known of a what-if before it is saved."""

from __future__ import annotations

import os
import re
from pathlib import Path

from router.reading.problems import ScenarioError
from router.scenario.shipped import is_shipped
from router.view.file_choice import target_of, told_of_target
from router.whatif.case import BASE
from router.workspace.whatif_save import names_in

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ENDINGS = (".yaml", ".yml")


def told_of_draft(name: str, title: str, typed: str, scenario_file: Path) -> tuple[str, bool]:
    """One line about what is to be saved, and whether it can be."""
    name = name.strip()
    if not _NAME.fullmatch(name):
        return "expected a name of letters, digits, '-', '_' and '.', such as gb300-late", False
    if name == BASE:
        return f"{BASE} is what the scenario itself is called: choose another name", False
    if not title.strip():
        return "expected a title: what it is, in a few words", False
    return _told_of_file(name, typed, scenario_file)


def _told_of_file(name: str, typed: str, scenario_file: Path) -> tuple[str, bool]:
    if not typed.strip():
        return "expected the name of a file", False
    path = target_of(typed)
    if path.suffix not in _ENDINGS:
        return "expected a file whose name ends with .yaml", False
    try:
        if is_shipped(path):
            return "that file comes with the product: choose another", False
        if os.path.realpath(path) == os.path.realpath(scenario_file):
            return "that is the scenario's own file: choose another", False
        if not path.parent.exists() and path.parent.parent.is_dir() and os.access(path.parent.parent, os.W_OK):
            return f"makes the folder {path.parent} and {path.name} in it", True
        if not path.exists():
            words = told_of_target(typed)
            return words, words.startswith("writes ")
        names = names_in(path)
    except ScenarioError as error:
        return str(error.problems[0]), False
    except (OSError, ValueError) as error:
        return f"no name that can be used: {error}", False
    if names is None:
        return f"{path.name} holds no what-ifs: choose another file", False
    if name in names:
        return f"{path.name} has a {name} already: choose another name", False
    if not os.access(path.parent, os.W_OK):
        return f"you may not write in {path.parent}", False
    return f"adds it to {path}, all else there stays as it is", True
