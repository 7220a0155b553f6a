"""affinity: calls served within a provider: no more than are made there, no more than is served there."""

from __future__ import annotations

import numpy as np

from router.audit.decisions import Decisions
from router.audit.facts import Facts, Floats
from router.audit.report import Ledger


def check_affinity(facts: Facts, decisions: Decisions, ledger: Ledger) -> None:
    """Both limits of local calls, for each agent stream, called workload and provider."""
    answered: dict[tuple[str, int], Floats] = {}
    for (index, called, place), local in decisions.local_calls.items():
        stream, provider = facts.streams[index], facts.providers[place]
        answered[called, place] = answered.get((called, place), np.zeros_like(local)) + local
        units = sum(call.units_per_unit for call in stream.calls if call.workload == called)

        def made(period: int, part: int, words: str = f"{stream.label} to {called} at {provider}") -> str:
            return f"local calls of {words}, {facts.place(period, part)}"

        ledger.at_most(
            "affinity",
            local,
            units * decisions.provided[index, place],
            made,
            words="calls made there, at most",
        )
    for (called, place), local in answered.items():
        served = [index for index, stream in enumerate(facts.streams) if stream.workload_name == called]
        provided = decisions.provided[served, place].sum(axis=0)

        def here(period: int, part: int, words: str = f"{called} at {facts.providers[place]}") -> str:
            return f"local calls to {words}, {facts.place(period, part)}"

        ledger.at_most("affinity", local, provided, here, words="what is served there, at most")
