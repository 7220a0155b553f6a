"""What is imported before the first picture: nothing that takes long and is not needed for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tui.pty.terminal import ROOT
from tui.views.registry import VIEWS

_CODE = """
import sys
import tui.app, tui.starting, tui.opening
from tui.views.registry import view_entry
import importlib
importlib.import_module(view_entry(sys.argv[1]).module)
slow = ("ortools", "scipy", "plotly", "ruamel.yaml", "router.session.session")
print(*[name for name in slow if name in sys.modules])
"""


@pytest.mark.parametrize("view", [entry.name for entry in VIEWS])
def test_the_first_picture_waits_for_no_solver(view: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CODE, view], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
