"""Anything that has a name, found by some of its letters."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from router.change.offer_names import offer_name
from router.scenario.scenario import Scenario
from router.scenario.workload import Training

_LEAST_SCORE = 50.0


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: what it is, the view that shows it and the key of its row there."""

    name: str
    what: str
    view: str
    key: tuple[str, ...]

    @property
    def text(self) -> str:
        """What is searched."""
        return f"{self.name} {self.what}"


def all_named(scenario: Scenario) -> tuple[Named, ...]:
    """Workloads and streams, pools, contracts and commitments, offers."""
    found: list[Named] = []
    for name, workload in scenario.workloads.items():
        found.append(Named(name, workload.kind, "demand", ("workloads", name)))
        if not isinstance(workload, Training) and len(workload.streams) > 1:
            found.extend(
                Named(f"{name}/{stream}", "stream", "demand", ("workloads", name, stream))
                for stream in workload.streams
            )
    found.extend(Named(name, "pool", "capacity", ("pools", name)) for name in scenario.pools)
    for name, contract in scenario.contracts.items():
        found.append(Named(name, "contract", "contracts", (name,)))
        found.extend(
            Named(f"{name}/{commitment}", "commitment", "contracts", (name, commitment))
            for commitment in contract.commitments
        )
    found.extend(
        Named(offer_name(offer), "price", "prices", ("offers", str(at))) for at, offer in enumerate(scenario.offers)
    )
    return tuple(found)


def find(named: tuple[Named, ...], typed: str, most: int) -> list[Named]:
    """The best matches of what was typed, best first; all in their order where nothing was."""
    if not typed.strip():
        return list(named[:most])
    texts = [one.text for one in named]
    asked = utils.default_process(typed)
    names = [utils.default_process(one.name) for one in named]
    starts = [one for one, name in zip(named, names, strict=True) if name.startswith(asked)]
    matches = process.extract(
        typed, texts, scorer=fuzz.WRatio, processor=utils.default_process, limit=most, score_cutoff=_LEAST_SCORE
    )
    words = asked.split()
    holding = [one for one, name in zip(named, names, strict=True) if all(word in name for word in words)]
    # Of names that begin with it, the one itself comes first.
    starts.sort(key=lambda one: len(one.name))
    ranked = [*starts, *holding, *(named[at] for _, _, at in matches)]
    return list(dict.fromkeys(ranked))[:most]
