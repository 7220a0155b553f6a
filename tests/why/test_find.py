"""Names of limits, periods, workloads: what is understood, and what is said of a name that is not there."""

from __future__ import annotations

from datetime import date

import pytest

from router.model.model import build_model
from router.problem.calendar import build_calendar
from router.problem.problem import build_problem
from router.scenario.horizon import Horizon
from router.why.find import LimitQuestion, UnknownNameError, period_of, streams_of
from router.why.limit import LimitKind
from router.why.limit_of_row import limit_of_row
from router.why.periods import period_at, period_name
from router.why.plan_book import PlanBook
from tests.scenarios import both, contract, fleet, horizon, offer, scenario, service
from tests.why.fixed import explained

PARTS = {
    "horizon": horizon("month", 3),
    **both(north=1),
    "workloads": {
        "chat": service(8, survive_provider_loss=0.1, spot={"max_share": 0.5}),
        "bots": fleet(1),
    },
    "contracts": {"deal": contract(commitments={"spend": {"amount_usd": 1000, "window": "term"}})},
    "limits": {
        "cash": [{"year": 2026, "usd": 1_000_000, "breach_penalty": 1}],
        "provider_shares": {"cap": {"provider": "north", "max_share": 0.6, "breach_penalty_usd_per_hour": 1}},
    },
}
PARTS["pools"]["north"]["spot_capacity"] = 0.5
PARTS["offers"] += [
    offer("north", 3, option="spot", interruption_rate=0.0),
    offer("south", 9, option="contract", contract="deal", max_instances=1)
    | {"provider": "north", "instance_type": "north-node"},
]
PROBLEM = build_problem(scenario(**PARTS))

NAMES = [
    "capacity of north in 2026-02",
    "spot capacity of north in 2026-02",
    "demand of chat/us in 2026-02",
    "spot share of chat/us in 2026-02",
    "N-1 of chat/us without north in 2026-02",
    "max_instances of contract in north in 2026-02",
    "at most 60% of accelerators (cap) in 2026-02",
    "cash ceiling of 2026",
    "commitment deal/spend from 2026-01-01",
]


def test_what_is_disabled_is_said_to_be() -> None:
    problem = build_problem(scenario(workloads={"chat": service(enabled=False), "more": service()}))
    with pytest.raises(UnknownNameError, match="found 'chat', which is disabled, expected a workload that is planned"):
        streams_of(problem, "chat", None)
    with pytest.raises(UnknownNameError, match="expected a stream that is planned: chat is disabled"):
        LimitQuestion(problem, "demand of chat/us")


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_limit_finds_it(name: str) -> None:
    asked = explained(build_model(PROBLEM))
    limit = LimitQuestion(PROBLEM, name).limit(asked.book, asked.limits)
    assert limit.name == name
    assert len(limit.shift.rows) + len(limit.shift.columns) > 0


def test_every_kind_of_limit_has_a_name_that_is_tested() -> None:
    asked = explained(build_model(PROBLEM))
    kinds = {LimitQuestion(PROBLEM, name).limit(asked.book, asked.limits).kind for name in NAMES}
    assert kinds == set(LimitKind)


def test_every_row_of_a_limit_is_part_of_the_limit_that_it_names() -> None:
    asked = explained(build_model(PROBLEM))
    found = 0
    for row in range(asked.book.model.program.rows):
        limit = limit_of_row(asked.limits, asked.book.rows, row)
        if limit is not None:
            assert row in limit.shift.rows, (limit.name, asked.book.rows.family(row))
            found += 1
    assert found > 20


def test_without_a_period_the_first_in_which_nothing_is_left() -> None:
    asked = explained(
        build_model(build_problem(scenario(horizon=horizon(count=3), **both(north={"2026-01-01": 5, "2026-01-03": 1}))))
    )
    problem = asked.book.problem
    assert LimitQuestion(problem, "capacity of north").limit(asked.book, asked.limits).period == 2
    assert LimitQuestion(problem, "capacity of south").limit(asked.book, asked.limits).period == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("capacity of nort", "did you mean 'north'?"),
        ("capacity of north in 2031-01", "expected a period from 2026-01 to 2026-03"),
        ("demand of chat", "did you mean 'chat/us'?"),
        ("demand of chat/us in 2026-01 peek", "expected a slice"),
        ("cash ceiling of 2027", "expected a year with a cash ceiling; did you mean '2026'?"),
        ("commitment deal/spent", "did you mean 'deal/spend'?"),
        ("commitment deal/spend from 2027-01-01", "expected a day on which a window of deal/spend starts"),
        ("max_instances of on demand in north", "expected an option with max_instances there: contract"),
        ("room in north", "expected a limit such as 'capacity of north in 2026-01'"),
        ("", "expected a limit such as"),
    ],
)
def test_a_name_that_is_not_there_is_told_in_one_line(name: str, words: str) -> None:
    with pytest.raises(UnknownNameError) as told:
        LimitQuestion(PROBLEM, name)
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def test_a_limit_that_this_scenario_does_not_have() -> None:
    asked = explained(build_model(PROBLEM))
    question = LimitQuestion(PROBLEM, "spot share of bots/us in 2026-01")
    with pytest.raises(UnknownNameError, match="expected a limit that this scenario has"):
        question.limit(asked.book, asked.limits)


def test_streams_of_a_workload() -> None:
    assert streams_of(PROBLEM, "bots", None) == [1]
    with pytest.raises(UnknownNameError, match="did you mean 'chat'"):
        streams_of(PROBLEM, "chatt", None)
    with pytest.raises(UnknownNameError, match="expected a stream of chat: us"):
        streams_of(PROBLEM, "chat", "moon")


def test_names_of_periods() -> None:
    made = Horizon.model_validate(
        {
            "start": date(2026, 1, 1),
            "periods": [
                {"every": "month", "count": 3},
                {"every": "quarter", "count": 3},
                {"every": "year", "count": 1},
                {"every": "week", "count": 1},
            ],
        }
    )
    calendar = build_calendar(made)
    names = [period_name(calendar, period) for period in range(calendar.periods)]
    assert names == ["2026-01", "2026-02", "2026-03", "2026-Q2", "2026-Q3", "2026-Q4", "2027", "2028-01-01"]
    assert [period_at(calendar, name) for name in names] == list(range(8))
    assert period_at(calendar, "2026-05-17") == 3
    assert period_at(calendar, "2026 q3") == 4
    for text in ("2025", "2028-02", "soon", "2026-13", "2026-02-30"):
        assert period_at(calendar, text) is None


def test_period_of_names_the_horizon() -> None:
    assert period_of(PROBLEM, "2026-03-31") == 2
    with pytest.raises(UnknownNameError, match="found '2026-04', expected a period from 2026-01 to 2026-03"):
        period_of(PROBLEM, "2026-04")


def test_a_plan_book_knows_what_is_left() -> None:
    asked = explained(build_model(PROBLEM))
    book: PlanBook = asked.book
    assert (book.used <= PROBLEM.pools.capacity[:, :, None] + 1e-6).all()
    assert (book.spot_used <= PROBLEM.pools.spot_capacity[:, :, None] + 1e-6).all()
