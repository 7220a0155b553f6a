"""Bit for bit: what was built with reuse against what was built afresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from router.model.model import Model, build_model
from router.problem.problem import Problem, build_problem
from router.scenario.scenario import Scenario


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Where two results of builds differ: in type, shape, a bit of an array, or a value; but for what they reuse."""
    if type(one) is not type(other):
        return [f"{at}: {type(one).__name__} and {type(other).__name__}"]
    if isinstance(one, np.ndarray):
        same = one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
        return [] if same else [f"{at}: {one.dtype}{one.shape} and {other.dtype}{other.shape}"]
    if is_dataclass(one):
        names = [field.name for field in fields(one) if field.name != "made"]
        return [d for name in names for d in differences(getattr(one, name), getattr(other, name), f"{at}.{name}")]
    if isinstance(one, Mapping):
        if list(one) != list(other):
            return [f"{at}: keys {list(one)} and {list(other)}"]
        return [d for name in one for d in differences(one[name], other[name], f"{at}[{name}]")]
    if isinstance(one, tuple):
        if len(one) != len(other):
            return [f"{at}: {len(one)} and {len(other)} parts"]
        return [d for i, (a, b) in enumerate(zip(one, other, strict=True)) for d in differences(a, b, f"{at}[{i}]")]
    # Text shows the sign of zero and lets nan equal itself.
    return [] if repr(one) == repr(other) else [f"{at}: {one!r} and {other!r}"]


def assert_as_afresh(scenario: Scenario, problem: Problem, model: Model, usd_per_unit: float | None = None) -> None:
    """Problem and model, built with reuse, are bit for bit what the scenario gives afresh."""
    afresh = build_problem(scenario)
    assert differences(problem, afresh) == []
    assert differences(model, build_model(afresh, usd_per_unit=usd_per_unit)) == []
