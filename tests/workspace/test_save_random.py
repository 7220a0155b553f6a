"""Whatever is changed, what is saved reads back equal, and comments of all else are still there."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.workspace.file_data import file_data
from router.workspace.file_state import open_scenario
from router.workspace.save import save
from router.workspace.saved_text import Form
from tests.audit.random_scenarios import random_scenario
from tests.change.random_changes import CONFIGS
from tests.workspace.commented import changed, commented_text

_SECTIONS = ("providers", "instance_types", "pools", "contracts", "workloads")


@pytest.mark.parametrize("seed", range(16))
def test_random_changes_are_read_back_and_comments_survive(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "scenario.yaml"
    newline = rng.choice(["\n", "\r\n"])
    mark = rng.choice([b"", b"\xef\xbb\xbf"])
    path.write_bytes(mark + commented_text(random_scenario(seed), newline).encode())
    scenario, state = open_scenario(path)
    saves = 0
    for after in changed(scenario, rng, 12):
        if rng.random() < 0.5:
            continue
        text = path.read_bytes().decode("utf-8-sig")
        saved = save(after, state)
        assert saved.form is Form.PATCHED
        read = load_scenario(path)
        assert read == after
        assert _names(read) == _names(after)
        content = path.read_bytes()
        assert content.startswith(mark)
        new = content.decode("utf-8-sig")
        assert new.count("\n") == new.count(newline)
        _comments_survive(text, new, scenario, after)
        scenario, state = after, saved.state
        assert not state.changed(thorough=True)
        saves += 1
    assert saves >= 2


@pytest.mark.parametrize("name", ["tiny", "scale-up", "frontier-lab"])
def test_random_changes_of_shipped_scenarios_are_read_back(name: str, tmp_path: Path) -> None:
    """With includes: what comes from them is overridden where that is possible."""
    shutil.copytree(CONFIGS, tmp_path / "configs")
    path = tmp_path / "configs" / f"{name}.yaml"
    original, state = open_scenario(path)
    forms: Counter[Form] = Counter()
    for seed in range(2):
        for after in changed(original, random.Random(seed), 3):
            saved = save(after, state, overwrite=True)
            assert load_scenario(path) == after
            forms[saved.form] += 1
    assert Form.REWRITTEN not in forms
    assert forms[Form.PATCHED] >= 2


def _names(scenario: Scenario) -> list[list[str]]:
    return [list(getattr(scenario, section)) for section in _SECTIONS]


def _comments_survive(old: str, new: str, before: Scenario, after: Scenario) -> None:
    """Those above an entry of a section of which something stays; those beside, of an entry that did not change."""
    left = Counter(line.strip() for line in new.splitlines())
    data, changed_data = file_data(before), file_data(after)
    for section in _SECTIONS:
        kept = [
            name for name, value in data.get(section, {}).items() if changed_data.get(section, {}).get(name) == value
        ]
        if not kept:
            continue
        for name in data[section]:
            comment = f"# above {section} {name}"
            assert left[comment] >= (comment in old)
        for line in _lines_of(old, section, kept):
            assert left[line] > 0
    assert left["# the end"] == 1


def _lines_of(text: str, section: str, names: list[str]) -> list[str]:
    """The lines of these entries of a section, with the comments beside them."""
    result: list[str] = []
    inside = taken = False
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            inside, taken = line.startswith(f"{section}:"), False
        elif inside and line.startswith("  ") and line[2:3] not in (" ", "#"):
            taken = any(line.startswith((f"  {name}:", f'  "{name}":')) for name in names)
        if inside and taken and "# beside" in line:
            result.append(line.strip())
    return result
