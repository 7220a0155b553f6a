"""What a change does, in one line."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest

from router.change.apply import apply_all
from router.change.change import Change, Dates, Operation, Span
from router.change.range_text import OPEN_END
from router.change.set_option import read_settings
from router.report.apart_words import apart_words
from router.report.change_words import change_words, changes_words, dates_words
from router.report.moved_words import window_words
from router.scenario.load import load_scenario
from router.scenario.series import Points
from tests.change.random_changes import random_change, scenario_of

CONFIGS = Path(__file__).parents[2] / "configs"
TINY = load_scenario(CONFIGS / "tiny.yaml")
LAB = load_scenario(CONFIGS / "frontier-lab.yaml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("workloads.chat.streams.us.demand[2026-03]=480", "demand of chat/us, Mar 2026: 400 -> 480 k tokens/s"),
        (
            "workloads.chat.streams.us.demand*=1.5",
            "demand of chat/us: x 1.5 (240 to 400 -> 360 to 600 k tokens/s)",
        ),
        (
            "workloads.chat.streams.us.demand[2026-02..]+=20",
            "demand of chat/us, from Feb 2026 on: +20 (320 to 400 -> 340 to 420 k tokens/s)",
        ),
        (
            "workloads.chat.streams.us.demand={start: 9, growth_per_year: 0}",
            "demand of chat/us: 240 to 400 -> 9 k tokens/s",
        ),
        ("pools.oracle-h100.capacity+=2 quarters", "capacity of oracle-h100: 2 quarters later"),
        ("pools.oracle-h100.capacity-=1 month", "capacity of oracle-h100: 1 month earlier"),
        ("pools.aws-h100.capacity*=150 %", "capacity of aws-h100: x 150 % (6 -> 9)"),
        ("pools.oracle-h100.capacity[2026-02]-=1", "capacity of oracle-h100, Feb 2026: -1 (4 -> 3)"),
        ("pools.aws-h100.whole_instances=true", "whole instances of aws-h100: auto -> true"),
        ("offers[0].usd_per_hour=60", "price of aws/us-east-1/p5.48xlarge/on_demand: $55.04 -> $60.00"),
        ("contracts.oracle-ucm.end+=1 year", "end of oracle-ucm: 1 year later"),
        (
            "contracts.oracle-ucm.commitments.year.amount_usd+=400 k",
            "promise of oracle-ucm/year: +$400 k ($600 k -> $1.00 M)",
        ),
        (
            "contracts.oracle-ucm.discounts[0].discount+=5%",
            "discounts[0].discount of oracle-ucm: +5.0 % points (25 % -> 30 %)",
        ),
        ("contracts.oracle-ucm.title=Cloud", "title of oracle-ucm: nothing -> Cloud"),
        ("workloads.fine-tune.deadline=2026-03-20", "deadline of fine-tune: 2026-03-31 -> 2026-03-20"),
        ("workloads.chat.enabled=false", "chat disabled"),
        ("workloads.chat.enabled=true", "chat enabled"),
        ("horizon.discount_rate=8 %", "horizon.discount_rate: 0 % -> 8.0 %"),
    ],
)
def test_settings_in_words(text: str, words: str) -> None:
    assert changes_words(read_settings([text], TINY).changes, TINY) == (words,)


def test_a_disabled_workload_is_enabled_again_by_undo() -> None:
    applied = apply_all(TINY, read_settings(["workloads.chat.enabled=false"], TINY).changes)
    assert not applied.scenario.workloads["chat"].enabled
    assert changes_words(applied.inverse, applied.scenario) == ("chat enabled",)
    back = apply_all(applied.scenario, applied.inverse)
    assert back.scenario == TINY


def test_what_comes_and_goes() -> None:
    changes = (
        Change(("workloads", "new"), Operation.ADD, {"kind": "agents"}),
        Change(("workloads", "chat"), Operation.REMOVE),
        Change(("workloads", "chat", "streams", "eu"), Operation.ADD, {"geography": "eu", "demand": 3}),
        Change(("offers", 1), Operation.REMOVE),
        Change(("contracts", "oracle-ucm", "assumption"), Operation.REMOVE),
        Change(("pools", "oracle-h100", "capacity", date(2026, 2, 1)), Operation.ADD, 6),
    )
    assert tuple(change_words(change, TINY) for change in changes) == (
        "added workload new (agents)",
        "removed workload chat",
        "added stream chat/eu",
        "removed offer oracle/any/BM.GPU.H100.8/on_demand",
        "removed assumption of oracle-ucm",
        "added capacity.2026-02-01 of oracle-h100: 6",
    )


def test_each_change_is_told_from_where_the_ones_before_it_led() -> None:
    given = read_settings(["pools.aws-h100.capacity*=2", "pools.aws-h100.capacity*=2"], TINY)
    assert changes_words(given.changes, TINY) == (
        "capacity of aws-h100: x 2 (6 -> 12)",
        "capacity of aws-h100: x 2 (12 -> 24)",
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 3, 1), date(2026, 4, 1), "Mar 2026"),
        (date(2026, 3, 1), date(2026, 6, 1), "Mar to May 2026"),
        (date(2026, 3, 1), date(2027, 3, 1), "Mar 2026 to Feb 2027"),
        (date(2026, 7, 1), date(2026, 10, 1), "Q3 2026"),
        (date(2026, 7, 1), date(2027, 1, 1), "Q3 to Q4 2026"),
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2026, 1, 1), date(2028, 1, 1), "2026 to 2027"),
        (date(2026, 3, 15), date(2026, 3, 20), "2026-03-15 to 2026-03-19"),
        (date(2026, 3, 15), OPEN_END, "from 2026-03-15 on"),
        (date(2026, 3, 1), OPEN_END, "from Mar 2026 on"),
    ],
)
def test_dates_in_words(start: date, end: date, words: str) -> None:
    assert dates_words(Dates(start, end)) == words


def test_prices_and_promises_over_time_are_told_as_ranges() -> None:
    given = read_settings(["contracts.azure.commitments.spend.amount_usd*=1.1"], LAB)
    assert changes_words(given.changes, LAB) == (
        "promise of azure/spend: x 1.1 ($9.00 B to $32.0 B -> $9.90 B to $35.2 B)",
    )


def test_the_promise_of_one_window_is_told_by_its_place() -> None:
    given = read_settings(["contracts.aws.commitments.spend.amount_usd[2]*=1.1"], LAB)
    assert changes_words(given.changes, LAB) == ("promise of aws/spend, 3rd window: x 1.1 ($5.90 B -> $6.49 B)",)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (
            {date(2026, 1, 1): 9000, date(2029, 7, 1): 5000, date(2030, 7, 1): 2000},
            "5000 from 2029-01-01 -> from 2029-07-01",
        ),
        (
            {date(2026, 1, 1): 9000, date(2029, 1, 1): 6000, date(2030, 7, 1): 2000},
            "from 2029-01-01: 5000 -> 6000",
        ),
        (
            {date(2026, 1, 1): 9000, date(2029, 1, 1): 5000, date(2029, 7, 1): 4000, date(2030, 7, 1): 2000},
            "from 2029-07-01: 5000 -> 4000",
        ),
        (
            {date(2026, 4, 1): 9000, date(2029, 4, 1): 5000, date(2030, 10, 1): 2000},
            "9000 from 2026-01-01 -> from 2026-04-01; 5000 from 2029-01-01 -> from 2029-04-01; and 1 more",
        ),
        (
            {date(2026, 1, 1): 9000, date(2029, 1, 1): 5000, date(2030, 7, 1): 1000},
            "2000 to 9000 -> 1000 to 9000",
        ),
        (
            {date(2026, 1, 1): 9000, date(2029, 1, 1): 5000, date(2030, 7, 1): 2000},
            "2000 to 9000 -> 2000 to 9000",
        ),
    ],
)
def test_steps_between_the_same_lowest_and_highest_say_what_moved(steps: dict[date, float], words: str) -> None:
    change = Change(("pools", "azure-us-h100", "capacity"), Operation.SET, steps)
    assert change_words(change, LAB) == f"capacity of azure-us-h100: {words}"


def test_demand_between_the_same_lowest_and_highest_says_what_moved() -> None:
    demand = LAB.workloads["chat"].streams["asia"].demand  # type: ignore[union-attr]
    assert isinstance(demand, Points)
    path = ("workloads", "chat", "streams", "asia", "demand")
    higher = Change(path, Operation.SET, {"points": {**demand.points, date(2029, 1, 1): 101}})
    assert change_words(higher, LAB) == "demand of chat/asia: on 2029-01-01: 100 M tokens/s -> 101 M tokens/s"
    later = {(date(2029, 7, 1) if day == date(2029, 1, 1) else day): level for day, level in demand.points.items()}
    assert change_words(Change(path, Operation.SET, {"points": later}), LAB) == (
        "demand of chat/asia: 100 M tokens/s on 2029-01-01 -> on 2029-07-01"
    )
    bent = {**demand.points, date(2029, 7, 1): 110}
    line = change_words(Change(path, Operation.SET, {"points": dict(sorted(bent.items()))}), LAB)
    level = r"from 2029-0\d-01: \d+ M tokens/s -> \d+ M tokens/s"
    assert re.fullmatch(rf"demand of chat/asia: {level}; {level}; and 2 more", line)


def test_promises_that_change_places_are_told_by_window() -> None:
    path = ("contracts", "aws", "commitments", "spend", "amount_usd")
    promises = list(LAB.contracts["aws"].commitments["spend"].amount_usd)  # type: ignore[arg-type]
    promises[1], promises[2] = promises[2], promises[1]
    assert change_words(Change(path, Operation.SET, promises), LAB) == (
        "promise of aws/spend: 2nd window: $5.70 B -> $5.90 B; 3rd window: $5.90 B -> $5.70 B"
    )


def test_interruptions_are_told_by_the_hour() -> None:
    index = next(at for at, offer in enumerate(LAB.offers) if offer.interruption_rate == 0.00014)
    line = change_words(Change(("offers", index, "interruption_rate"), Operation.SCALE, 4), LAB)
    assert line.startswith("interruption rate of ")
    assert line.endswith("/spot: x 4 (0.00014 -> 0.00056 an hour)")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("contracts", "oracle-ucm", "discounts", 0, "discount"), 0.2502, "25 % -> 25.02 %"),
        (("workloads", "chat", "throughput", "H100"), 10.0004, "10 -> 10.0004"),
    ],
)
def test_numbers_that_look_alike_are_told_apart(path: tuple[str, int], value: float, words: str) -> None:
    assert change_words(Change(path, Operation.SET, value), TINY).endswith(f": {words}")


def test_amounts_that_look_alike_are_told_apart() -> None:
    assert apart_words(2.8e9, 2.8001e9, is_money=True) == "$2,800,000,000 -> $2,800,100,000"
    assert apart_words(-0.1, -0.1001, is_share=True) == "-10 % -> -10.01 %"
    assert apart_words(-5.0, -5.001, is_money=True) == "-$5 -> -$5.001"
    assert apart_words(1e-7, 1.0001e-7) == "1e-07 -> 1.0001e-07"


@pytest.mark.parametrize(
    ("index", "words"),
    [(0, "1st window"), (1, "2nd window"), (10, "11th window"), (12, "13th window"), (20, "21st window")],
)
def test_windows_by_place(index: int, words: str) -> None:
    assert window_words(index) == words


def test_a_change_that_cannot_be_made_is_told_all_the_same() -> None:
    change = Change(("workloads", "chta", "streams"), Operation.SHIFT, Span(6))
    assert change_words(change, TINY) == "streams of chta: 2 quarters later"


@pytest.mark.parametrize("seed", range(12))
def test_every_change_has_one_short_line(seed: int) -> None:
    rng = random.Random(seed)
    scenario = scenario_of(seed)
    for _ in range(60):
        line = change_words(random_change(scenario, rng), scenario)
        assert line
        assert "\n" not in line
        assert len(line) < 250
