"""Which pools an entry is about: `oracle`, `us-abilene`, `GB300`, `azure-*`, or a selector."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator

from router.problem.pools import build_pool_kinds, matches
from router.reading.problems import Mistake
from router.scenario.scenario import Scenario
from router.scenario.selector import Selector
from router.whatif.words.choice import check_selector, named

EXPECTED = "the name of a provider, region, pool or accelerator, or a mapping such as {providers: [oracle]}"


def _name_or_selector(value: Any) -> Any:
    if not (isinstance(value, str | dict) and value) and not isinstance(value, Selector):
        raise Mistake(EXPECTED)
    return value


PoolChoice = Annotated[str | Selector, BeforeValidator(_name_or_selector, json_schema_input_type=str | Selector)]
"""A name or a glob, or a selector with at least one key."""


def chosen_pools(choice: str | Selector, scenario: Scenario, key: str) -> tuple[str, ...]:
    """Names of the pools that are meant, in file order, at least one. Raises Mistake at ``key``."""
    pools = build_pool_kinds(scenario.pools, scenario.instance_types, scenario.providers)
    if isinstance(choice, str):
        columns = {
            "provider": pools.provider_name,
            "region": pools.region,
            "accelerator": pools.accelerator,
            "pool": np.array(pools.names),
        }
        kinds = {
            kind: {str(name): np.flatnonzero(column == name).tolist() for name in dict.fromkeys(column.tolist())}
            for kind, column in columns.items()
        }
        return tuple(pools.names[index] for index in named(choice, kinds, key, EXPECTED))
    if choice.purchase_options is not None:
        expected = "no purchase options: what a pool has, it has for all of them"
        raise Mistake(expected, found="purchase_options", path=(key, "purchase_options"), at_key=True)
    check_selector(choice, scenario, key, options=False)
    indices = np.flatnonzero(matches(choice, pools))
    if not len(indices):
        raise Mistake("a selection with at least one pool", found="no pool that all of it matches", path=(key,))
    return tuple(pools.names[index] for index in indices)
