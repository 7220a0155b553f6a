"""Names that choose something: one, a glob, or the keys of a selector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from router.reading.expectation import listed
from router.reading.found import quoted
from router.reading.nearest import nearest
from router.reading.problems import Mistake
from router.scenario.checks.names import names_of, selector_findings
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector
from router.whatif.filters import fits, has_glob


def named(text: str, kinds: Mapping[str, Mapping[str, Iterable[int]]], key: str, what: str) -> list[int]:
    """Indices of what a name or glob means. ``kinds``: by kind (`provider`, `pool`), what each name of it stands for.

    A glob means all that it matches, of whatever kind. A name that is of two kinds must mean the same in both. Raises
    Mistake at ``key``; ``what`` says what was expected.
    """
    matching = {
        (kind, name): sorted(set(indices))
        for kind, names in kinds.items()
        for name, indices in names.items()
        if name == text or (has_glob(text) and fits(name, (text,)))
    }
    if not matching:
        known = list(dict.fromkeys(name for names in kinds.values() for name in names))
        raise Mistake(what, found=f"unknown name {quoted(text)}", suggestion=nearest(text, known), path=(key,))
    if not has_glob(text) and len({tuple(indices) for indices in matching.values()}) > 1:
        meanings = " and ".join(f"a {kind}" for kind, _ in matching)
        example = f"{{{next(iter(matching))[0]}s: [{text}]}}"
        raise Mistake(f"a mapping that says which, such as {example}", found=f"{quoted(text)}, {meanings}", path=(key,))
    return sorted({index for indices in matching.values() for index in indices})


def check_selector(
    selector: Selector, scenario: Scenario, key: str, *, options: bool, regions: Iterable[str] = ()
) -> None:
    """Raises Mistake for the first unknown name in a selector; ``regions``: names beside the scenario's own."""
    for finding in selector_findings(selector, (key,), names_of(scenario), options=options):
        if (
            finding.candidates is not None
            and "regions" in finding.path
            and _value(selector, finding.path[1:]) in regions
        ):
            continue
        value = _value(selector, finding.path[1:])
        known = list(finding.candidates or ())
        expected = finding.expected or f"one of {listed(known)}"
        suggestion = nearest(str(value), known) if known else None
        path = tuple(step for step in finding.path if isinstance(step, str | int))
        raise Mistake(expected, found=finding.found, suggestion=suggestion, path=path, at_key=finding.at == "key")


def _value(selector: Selector, path: Iterable[Any]) -> Any:
    value: Any = selector
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value
