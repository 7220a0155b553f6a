"""What corruptions are made of: a registry, and edits of a plan's records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from router.plan.document import Plan, Record
from router.scenario.scenario import Scenario

Change = Callable[[Scenario, Plan], Plan | None]
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Corruption:
    """A way to corrupt a plan and the rule that must catch it."""

    name: str
    rule: str
    change: Change


class Registry:
    """The corruptions of a module; an instance is the decorator that registers them."""

    def __init__(self) -> None:
        self.corruptions: list[Corruption] = []

    def __call__(self, rule: str) -> Callable[[Change], Change]:
        """Register a function as a corruption that the rule must catch."""

        def register(change: Change) -> Change:
            self.corruptions.append(Corruption(change.__name__, rule, change))
            return change

        return register


def first(records: Sequence[R], wanted: Callable[[R], bool] = lambda _: True) -> int | None:
    """Index of the first record that is wanted, None where there is none."""
    return next((index for index, record in enumerate(records) if wanted(record)), None)


def edit(plan: Plan, part: str, wanted: Callable[[Any], bool], change: Callable[[Any], dict[str, Any]]) -> Plan | None:
    """The plan with some values of the first record of a part that is wanted changed."""
    records = list(getattr(plan, part))
    index = first(records, wanted)
    if index is None:
        return None
    records[index] = records[index].model_copy(update=change(records[index]))
    return plan.model_copy(update={part: records})


def drop(plan: Plan, part: str, wanted: Callable[[Any], bool] = lambda _: True) -> Plan | None:
    """The plan without the first record of a part that is wanted."""
    records = list(getattr(plan, part))
    index = first(records, wanted)
    if index is None:
        return None
    del records[index]
    return plan.model_copy(update={part: records})


def twice(plan: Plan, part: str, wanted: Callable[[Any], bool] = lambda _: True) -> Plan | None:
    """The plan with the first record of a part that is wanted a second time."""
    records = list(getattr(plan, part))
    index = first(records, wanted)
    return None if index is None else plan.model_copy(update={part: [*records, records[index]]})
