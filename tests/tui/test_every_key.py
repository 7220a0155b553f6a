"""No key without a test: every binding of every class of the app is claimed by one with `@covers`."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import tests.tui
import tui
from tests.tui.covering import COVERED, own_bindings


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if found.name != "tui.__main__":
            yield import_module(found.name)


def test_every_binding_has_a_test() -> None:
    for _ in _modules(tests.tui):
        """Imported, so that all have said what they prove."""
    bound = {
        (kind.__name__, action)
        for module in _modules(tui)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
        for action in own_bindings(kind)
    }
    assert len(bound) > 50, "the bindings were found"
    without = sorted(bound - COVERED.keys())
    told = "\n".join(f'  @covers({kind}, "{action}")' for kind, action in without)
    assert not without, f"no test for:\n{told}"
