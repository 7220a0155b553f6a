"""From a row of the program, whose dual is a price, to the limit that a planner knows."""

from __future__ import annotations

from router.why.limit import Limit
from router.why.limits import Limits
from router.why.rows import RowBook


def limit_of_row(limits: Limits, rows: RowBook, row: int, *, whole_period: bool = False) -> Limit | None:
    """The limit that a row of the program belongs to; None for rows that only define something.

    ``whole_period``: for rows of pools and offers, the limit in all slices of the period.
    """
    family, keys = rows.family(row), rows.keys(row)
    part = None if whole_period else keys.get("slice")
    match family:
        case "pool_capacity" | "rented_capacity":
            return limits.capacity(keys["pool"], keys["period"], part)
        case "spot_capacity" | "spot_rented":
            return limits.spot_capacity(keys["pool"], keys["period"], part)
        case "rental_limit" | "reservation_limit":
            reserved = family == "reservation_limit"
            return limits.offer(keys["offer"], keys["period"], part, reserved=reserved)
        case "demand_met":
            return limits.demand(keys["stream"], keys["period"], keys["slice"])
        case "survive_provider_loss":
            return limits.standby(keys["stream"], keys["provider"], keys["period"], keys["slice"])
        case "spot_share":
            return limits.spot_share(keys["stream"], keys["period"], keys["slice"])
        case "provider_share_max" | "provider_share_min":
            most = family == "provider_share_max"
            return limits.provider_share(keys["share"], keys["period"], keys["slice"], most=most)
        case "cash_ceiling":
            return limits.cash(keys["ceiling"])
        case "commitment_window":
            return limits.commitment(keys["window"])
    return None
