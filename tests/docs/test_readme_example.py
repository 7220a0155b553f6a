"""The Python example of the README runs as it stands, and undo leads back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    found = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    exec(compile(found.group(1), str(README), "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    costs = [int(line.partition(", gap")[0].replace(",", "").lstrip("$")) for line in lines]
    assert costs[-1] == pytest.approx(680_697, rel=2e-4)
    assert min(costs) < 660_000
