"""A plan that was kept when its search had ended, so that the next start need not search again.

Reading one imports neither solver nor numpy: it is what a screen paints first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from router.plan.document import Plan, Record


class ProgramMark(Record):
    """What tells a linear program from another one, up to the last bits of its numbers (see program_mark.py).

    ``structure``: SHA-256 over what is whole in it. ``sums``: of its numbers, ``sizes``: of their magnitudes.
    """

    columns: int
    rows: int
    usd_per_unit: float
    structure: str
    sums: tuple[float, ...]
    sizes: tuple[float, ...]


class KeptHeader(Record):
    """What a kept plan is of. ``empty_promise`` as HeldProgram has it, in money units.

    ``search_gap``: what its search had proved, if anything. Where whole instances cost, that takes more than prices,
    and the next session, which believes nothing but these, begins with a wider gap: the plan's.
    """

    router_version: str
    scenario_sha256: str
    program: ProgramMark
    empty_promise: float
    search_gap: float | None


@dataclass(frozen=True)
class KeptPlan:
    """A plan as it is to be shown, and what a session starts from: ``start`` is read by kept_start.py."""

    header: KeptHeader
    plan: Plan
    start: bytes = field(repr=False)
