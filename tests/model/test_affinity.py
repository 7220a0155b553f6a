"""Affinity: calls served within the provider save egress."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios import fleet, horizon, offer, pool, providers, scenario, service
from tests.solving import Answer, answer

FEW = settings(max_examples=15, deadline=None)


def solved(
    chat_demand: float, bots: float, egress: tuple[float, float], server_usd: tuple[float, float], **call: Any
) -> Answer:
    """Chat runs at north only; agents at either provider, 16 to a server; one day."""
    parts = {
        "pools": {
            "north": pool(),
            "north-servers": pool(instance_type="north-server"),
            "south-servers": pool("south", instance_type="south-server"),
        },
        "offers": [
            offer(),
            {**offer("north", server_usd[0]), "instance_type": "north-server"},
            {**offer("south", server_usd[1]), "instance_type": "south-server"},
        ],
    }
    call = {"workload": "chat", "units_per_unit": 0.25, "gb_per_unit_hour": 2, **call}
    return answer(
        scenario(
            **parts,
            horizon=horizon(count=1),
            providers=providers(*egress),
            workloads={"chat": service(chat_demand), "bots": fleet(bots, calls=[call])},
        )
    )


@given(egress=st.floats(0, 2), dearer=st.floats(0.1, 20))
@FEW
def test_agents_go_where_the_inference_is_while_that_saves_more_than_it_costs(egress: float, dearer: float) -> None:
    found = solved(8, 16, (egress, egress), (1 + dearer, 1))
    # 16 agents make 4 units of calls, 8 GB an hour; all can be answered at north.
    expected = min(1 + dearer, 1 + 8 * egress)
    assert found.cost_usd == pytest.approx(24 * (20 + expected), rel=1e-6)
    transfer = 24 * 8 * egress if 8 * egress < dearer else 0
    if abs(8 * egress - dearer) > 1e-3:
        assert found.by_category("data_transfer") == pytest.approx(transfer, abs=1e-2)


@given(chat=st.floats(0.5, 12), bots=st.floats(1, 40))
@FEW
def test_no_more_calls_are_local_than_are_made_and_answered(chat: float, bots: float) -> None:
    found = solved(chat, bots, (0.5, 0.5), (1, 100))
    made = 0.25 * bots
    local = min(made, chat)
    (record,) = found.plan.local_calls
    assert record.quantity == pytest.approx(local, rel=1e-6)
    assert record.provider == "north"
    assert found.by_category("data_transfer") == pytest.approx(24 * 2 * 0.5 * (made - local), rel=1e-6, abs=2e-2)


def test_calls_that_move_no_data_do_not_matter() -> None:
    assert solved(8, 16, (1, 1), (2, 1), gb_per_unit_hour=0).cost_usd == pytest.approx(24 * 21)


def test_traffic_to_users_leaves_at_the_providers_price() -> None:
    found = answer(scenario(providers=providers(0.1, 0), workloads={"chat": service(8, egress_gb_per_unit_hour=3)}))
    assert found.by_category("data_transfer") == pytest.approx(48 * 8 * 3 * 0.1)


def test_two_kinds_of_agents_share_what_answers() -> None:
    call = {"workload": "chat", "units_per_unit": 0.5, "gb_per_unit_hour": 2}
    found = answer(
        scenario(
            horizon=horizon(count=1),
            providers=providers(0.5),
            pools={"north": pool(), "servers": pool(instance_type="north-server")},
            offers=[offer(), {**offer(), "instance_type": "north-server"}],
            workloads={"chat": service(8), "bots": fleet(10, calls=[call]), "more": fleet(10, calls=[call])},
        )
    )
    # Ten units of calls, eight answered: two units of 2 GB at half a dollar an hour.
    assert sum(record.quantity for record in found.plan.local_calls) == pytest.approx(8)
    assert found.by_category("data_transfer") == pytest.approx(24 * 2)
