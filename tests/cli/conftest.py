"""Running the command line as the entry point does, without a new process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from router.cli.main import run


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Router = Callable[..., Ran]


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Router:
    """`router("solve", "tiny")`."""

    def call(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["router", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            run()
        captured = capsys.readouterr()
        code = stop.value.code
        assert isinstance(code, int)
        return Ran(code, captured.out, captured.err)

    return call
