"""What a what-if file holds, before its changes are held against a scenario."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from router.reading.found import found_text
from router.reading.problems import Mistake
from router.scenario.base import Name, Part, Text, WholeNumber
from router.whatif.case import BASE
from router.whatif.factors import MOST_CASES, Correlation, DrawFactor, FactorName, SweepFactor
from router.whatif.question import SweepMode
from router.whatif.solve_range import Within, check_range, end_of_range

SECTIONS = ("whatifs", "sweeps", "draws", "solve_for")
"""Keys of the file that hold entries by name."""

_LARGEST_SEED = 2**63 - 1


def _known_format(value: Any) -> Any:
    if value != 1 or isinstance(value, bool):
        raise Mistake("1, the version of the what-if format that this router reads")
    return value


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _two_names(value: Any) -> Any:
    if not isinstance(value, list) or len(value) != 2:
        raise Mistake("two what-ifs, such as [with-deal, base]")
    return value


Changes = Annotated[list[Any], Field(description="Changes in order: operations, or a planner's words.")]
Extends = Annotated[list[Name], BeforeValidator(_names, json_schema_input_type=Name | list[Name])]
"""A name, or a list of names."""


class WhatIf(Part):
    """Changes that are made together, after those of what it extends."""

    title: Text | None = Field(default=None, description="What readers see; left out: the name.")
    extends: Extends = Field(default=[], description="What-ifs of which the changes are made first, in order.")
    changes: Changes = []

    @model_validator(mode="after")
    def _check(self) -> WhatIf:
        if not self.changes and not self.extends:
            raise Mistake("changes, or what-ifs that it extends", found="neither")
        return self


class SweepEntry(Part):
    """The same changes with the values of factors in them, one combination after another."""

    title: Text | None = Field(default=None, description="What readers see; left out: the name.")
    extends: Name = Field(default=BASE, description="The what-if that every combination starts from.")
    mode: SweepMode = Field(default=SweepMode.GRID, description="How the values of several factors come together.")
    factors: Annotated[dict[FactorName, SweepFactor], Field(min_length=1)] = Field(description="What varies, by name.")
    changes: Annotated[Changes, Field(min_length=1)]


class DrawsEntry(Part):
    """The same changes with values drawn from distributions in them (Monte Carlo)."""

    title: Text | None = Field(default=None, description="What readers see; left out: the name.")
    extends: Name = Field(default=BASE, description="The what-if that every draw starts from.")
    count: Annotated[WholeNumber, Field(ge=1, le=MOST_CASES)] = Field(description="How many draws.")
    seed: Annotated[WholeNumber, Field(ge=0, le=_LARGEST_SEED)] = Field(
        default=0, description="The same seed, the same draws."
    )
    factors: Annotated[dict[FactorName, DrawFactor], Field(min_length=1)] = Field(description="What varies, by name.")
    correlations: list[Correlation] = Field(default=[], description="Which factors go together.")
    changes: Annotated[Changes, Field(min_length=1)]


class SolveFor(Part):
    """At which value of a factor two what-ifs cost the same."""

    title: Text | None = Field(default=None, description="What readers see; left out: the name.")
    between: Annotated[list[Name], BeforeValidator(_two_names)] = Field(
        description="Two what-ifs, or `base`: the first gets the changes."
    )
    factor: FactorName = Field(description="Name of the factor, which changes call by `$name`.")
    from_: Annotated[Any, BeforeValidator(end_of_range)] = Field(alias="from", description="Where to look from.")
    to: Annotated[Any, BeforeValidator(end_of_range)] = Field(description="Where to look up to.")
    within: Within | None = Field(
        default=None, description="How exactly; left out: a thousandth of the range, or a day."
    )
    changes: Annotated[Changes, Field(min_length=1)]

    @model_validator(mode="after")
    def _check(self) -> SolveFor:
        check_range(self.from_, self.to, self.within)
        return self


class WhatIfFile(Part):
    """Everything that a what-if file asks."""

    format: Annotated[Literal[1], BeforeValidator(_known_format)] = Field(description="Version of the what-if format.")
    scenario: Text = Field(description="A shipped scenario's name, or the path of a scenario relative to this file.")
    title: Text | None = Field(default=None, description="What readers see; left out: the file's name.")
    question: Text | None = Field(default=None, description="What a planner asks.")
    answer: Text | None = Field(default=None, description="What the answer was, and why it matters.")
    whatifs: dict[Name, WhatIf] = Field(default={}, description="What-ifs by name.")
    sweeps: dict[Name, SweepEntry] = Field(default={}, description="Sweeps by name.")
    draws: dict[Name, DrawsEntry] = Field(default={}, description="Monte Carlo by name.")
    solve_for: dict[Name, SolveFor] = Field(default={}, description="Break-evens by name.")

    @model_validator(mode="before")
    @classmethod
    def _check_names(cls, data: Any) -> Any:
        """Names are unique in all sections, as results are told by name alone."""
        if not isinstance(data, dict):
            return data
        seen: dict[Any, str] = {}
        for section in SECTIONS:
            entries = data.get(section)
            for name in entries if isinstance(entries, dict) else ():
                if name == BASE:
                    expected = "another name: `base` is the scenario itself"
                    raise Mistake(expected, found="the name 'base'", path=(section, name), at_key=True)
                if isinstance(name, str) and "/" in name:
                    expected = "a name without '/': SWEEP/1 is the first case of a sweep"
                    raise Mistake(expected, found=found_text(name), path=(section, name), at_key=True)
                if name in seen:
                    found = f"the name {name!r}, which is one of {seen[name]} already"
                    raise Mistake("another name", found=found, path=(section, name), at_key=True)
                seen[name] = section
        return data

    @model_validator(mode="after")
    def _check(self) -> WhatIfFile:
        if not any(getattr(self, section) for section in SECTIONS):
            raise Mistake(f"something to ask: one of {', '.join(SECTIONS)}", found="no question in the file")
        return self
