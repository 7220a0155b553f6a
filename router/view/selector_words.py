"""What a selector selects, in few words."""

from __future__ import annotations

from collections.abc import Iterator

from router.scenario.selector import Selector

_KEYS = (
    "pools",
    "instance_types",
    "accelerators",
    "purchase_options",
    "regions",
    "geographies",
    "providers",
)


def selector_words(selector: Selector) -> str:
    """`GB300, on demand, us`; `all usage` where nothing is narrowed; `all but spot` where something is taken away."""
    words = ", ".join(_named(selector))
    if selector.exclude is None:
        return words or "all usage"
    return f"{words or 'all'} but {selector_words(selector.exclude)}"


def _named(selector: Selector) -> Iterator[str]:
    for key in _KEYS:
        for name in getattr(selector, key) or ():
            yield "CPU only" if key == "accelerators" and name == "none" else str(name).replace("_", " ")
