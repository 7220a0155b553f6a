"""Ways to corrupt a plan, each with the rule of the audit that must catch it.

A corruption works on any plan that has the records it needs and gives None on others, so that the same list
runs on the hand-made plan and on plans of shipped scenarios.
"""

from __future__ import annotations

from . import corrupt_bill, corrupt_claims, corrupt_contracts, corrupt_demand, corrupt_rentals
from .corrupting import Corruption

_MODULES = (corrupt_demand, corrupt_rentals, corrupt_contracts, corrupt_bill, corrupt_claims)

CORRUPTIONS: tuple[Corruption, ...] = tuple(
    corruption for module in _MODULES for corruption in module.corruption.corruptions
)
