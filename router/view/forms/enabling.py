"""Workloads disabled and enabled again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from router.change.change import Change, Operation
from router.scenario.scenario import Scenario


def enabling_changes(scenario: Scenario, names: Sequence[str]) -> Iterator[Change]:
    """The changes that disable workloads; where all of them are disabled, those that enable them."""
    enable = not any(scenario.workloads[name].enabled for name in names)
    for name in names:
        path = ("workloads", name, "enabled")
        if enable:
            # Enabled is what leaving the key out means.
            yield Change(path, Operation.REMOVE)
        elif scenario.workloads[name].enabled:
            yield Change(path, Operation.SET, False)
