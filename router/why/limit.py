"""A limit of a plan: what it is called, how much of it is left, and what moves when it moves by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from router.why.fixed_program import NO_FRAME, Frame
from router.why.shift import Shift


class LimitKind(StrEnum):
    """What limits."""

    CAPACITY = "capacity"
    SPOT_CAPACITY = "spot capacity"
    OFFER = "max_instances"
    DEMAND = "demand"
    STANDBY = "N-1"
    SPOT_SHARE = "spot share"
    PROVIDER_SHARE = "provider share"
    CASH = "cash ceiling"
    COMMITMENT = "commitment"


@dataclass(frozen=True)
class Limit:
    """A limit by name. ``unit``: what one more of it is. ``total``: how much the limit allows or asks for (a share of
    one for a provider's limit); ``left``: how much of it the plan leaves, in the unit; ``size``: how much there is of
    it in the unit. ``hours``: what a worth per unit is divided by to be per unit and hour, None where that says
    nothing. ``period`` dates the money that it is stated in. ``shift``: one more unit. ``frame``: whole instances of
    the period and slices that it is about, in fractions: one more of something is seldom a whole instance.
    """

    name: str
    kind: LimitKind
    unit: str
    total: float
    left: float
    period: int
    hours: float | None
    size: float
    shift: Shift = field(compare=False, repr=False)
    frame: Frame = field(compare=False, repr=False, default=NO_FRAME)
