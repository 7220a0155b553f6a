"""How a difference reads in the terminal and as JSON."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

import jsonschema
import pytest

from router.difference.difference import difference
from router.difference.document import ChangeKind, PlanDifference, UnservedChange
from router.plan.document import BillCategory, BreachRecord
from router.report.difference_json import difference_schema, difference_text
from router.report.difference_words import (
    Names,
    biggest_in_words,
    change_words,
    run_words,
    signed_money,
    signed_share,
    stretch_words,
)
from router.report.layout import text_width
from router.report.letters import letters_for
from router.report.table import Table
from router.report.tables.difference import difference_tables
from router.report.terminal import table_lines
from tests.difference.making import line, plan, run, window

from .sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario


@cache
def changed() -> PlanDifference:
    """Something of every kind changes in the small plan."""
    before = small_plan()
    hours = {"peak": 0.25, "base": 0.75}
    serving = [
        record.model_copy(update={"pool": "oracle-h100"} if record.stream == "us" and record.period > 1 else {})
        for record in before.serving
    ]
    missing = [
        each.model_copy(update={"drawdown_usd": 1.0, "shortfall_usd": 2e6, "shortfall_paid_usd": 2e6, "met_on": None})
        for each in before.windows
    ]
    assert set(hours) == set(before.periods[0].slice_hours)
    return difference(
        before,
        before.model_copy(
            update={
                "serving": serving,
                "windows": missing,
                "runs": before.runs[:0],
                "unserved": [],
                "breaches": [],
                "reservations": [],
                "tiers": [],
            }
        ),
    )


def words(tables: tuple[Table, ...], width: int) -> list[str]:
    """The tables as lines."""
    return [text.plain for table in tables for text in table_lines(table, width, letters_for("utf-8"))]


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_too_wide(width: int) -> None:
    big = difference(small_plan(), frontier_plan())
    for found, scenario in ((changed(), small_scenario()), (big, frontier_scenario())):
        for scenarios in ((scenario, scenario), (None, None)):
            tables = difference_tables(found, *scenarios)
            assert all(text_width(text) <= width for text in words(tables, width))


def test_every_kind_of_change_has_its_table() -> None:
    keys = [table.key for table in difference_tables(changed(), small_scenario(), small_scenario())]
    assert keys[:2] == ["difference", "biggest-changes"]
    wanted = {"window-changes", "tier-changes", "unserved-changes", "breach-changes", "run-changes", "moves"}
    assert {*wanted, "reservation-changes", "difference-by-workload"} <= set(keys)
    # The bill is as it was: no cause and no year's cash changes, and as much is served.
    assert not {"difference-by-cause", "difference-by-year", "served"} & set(keys)


def test_an_empty_difference_says_so_and_nothing_else() -> None:
    tables = difference_tables(difference(small_plan(), small_plan()))
    assert [table.key for table in tables] == ["difference"]
    assert any("none: both plans do the same and cost the same" in text for text in words(tables, 80))


def test_the_headline_tells_cost_proof_and_horizons() -> None:
    before = plan([("chat", "us", "azure-us", 0, 8)], name="base")
    after = plan(
        [("chat", "us", "azure-us", 0, 8)],
        name="slip",
        boundaries=[date(2026, 1, 1), date(2026, 2, 1)],
        lines=[line(BillCategory.SHORTFALL, "azure/spend", 1000.0, provider="azure")],
    )
    told = "\n".join(words(difference_tables(difference(before, after))[:1], 120))
    assert "base (before), slip (after)" in told
    assert "$29.8 k to $30.8 k: +$1.00 k (+3.4 %)" in told
    assert "both plans are the cheapest possible: the change is exact" in told
    assert "DIFFERENT: 2026-01 to 2026-03 before, 2026-01 after." in told
    assert told.endswith("what is served of 2026-01")
    unsure = plan([("chat", "us", "azure-us", 0, 8.01)], bound=20_000.0)
    told = "\n".join(words(difference_tables(difference(before, unsure))[:1], 120))
    assert "differ by -$9.76 k to +$37.20: it may be nothing at all" in told
    never = plan(boundaries=[date(2030, 1, 1), date(2030, 2, 1)])
    assert "share no day" in "\n".join(words(difference_tables(difference(before, never))[:1], 120))


def test_the_causes_add_up_in_the_table() -> None:
    before = plan([("chat", "us", "azure-us", 0, 8)])
    after = plan([("chat", "us", "azure-us", 0, 6)], lines=[line(BillCategory.UNSERVED, "chat/us", 5000.0)])
    table = next(t for t in difference_tables(difference(before, after)) if t.key == "difference-by-cause")
    cells = {row.cells[0]: row.cells[1:4] for row in table.rows}
    assert cells["usage"] == (29_760.0, 22_320.0, "-$7.44 k")
    assert cells["value of unserved"] == (0.0, 5000.0, "+$5.00 k")
    assert cells["all"] == (29_760.0, 27_320.0, "-$2.44 k")
    assert table.rows[-1].role == "total"


def test_long_lists_are_cut_and_say_so() -> None:
    served = [(f"service-{number:02d}", "us", "azure-us", 0, 2.0 + number) for number in range(20)]
    moved = [(workload, stream, "oracle-us", period, 2 * units) for workload, stream, _, period, units in served]
    tables = {table.key: table for table in difference_tables(difference(plan(served), plan(moved)), most_rows=12)}
    assert len(tables["moves"].rows) == 12
    assert tables["moves"].footnotes[0] == "8 smaller moves not shown."
    assert tables["moves"].rows[0].cells[0] == "service-19/us"
    workloads = tables["difference-by-workload"]
    assert workloads.rows[-2].cells[0] == "9 others"
    assert len(workloads.rows) == 13


def test_moves_in_words() -> None:
    found = difference(small_plan(), small_plan().model_copy(update={"serving": _all_to_oracle()}))
    (move,) = [each for each in found.moves if each.stream == "us"]
    assert change_words(move, Names()).startswith("chat/us: ")
    with_names = change_words(move, Names(small_scenario(), small_scenario()))
    assert "H100-hours from aws-h100 to oracle-h100" in with_names
    assert with_names.endswith(", 2027-01 to 2027-04")
    assert "instance-hours from" in change_words(move, Names())


def _all_to_oracle() -> list[object]:
    return [
        record.model_copy(update={"pool": "oracle-h100"}) if record.pool == "aws-h100" else record
        for record in small_plan().serving
    ]


def test_the_biggest_in_words() -> None:
    short = window(drawdown_usd=0.0, shortfall_usd=1.2e9, shortfall_paid_usd=1.2e9, met_on=None)
    before = plan([("chat", "us", "azure-us", 0, 8)], windows=[window()], runs=[run()])
    after = plan(
        [("chat", "us", "oracle-us", 0, 12)],
        windows=[short, window("oracle", promise_usd=5e6)],
        lines=[line(BillCategory.SHORTFALL, "azure/spend", 1.2e9, provider="azure")],
    )
    assert biggest_in_words(difference(before, after), 5) == (
        "azure/spend 2026-01 to 2026-12: shortfall +$1.20 B to $1.20 B",
        "oracle/spend 2026-01 to 2026-12: new, promise $5.00 M",
        "chat/us: 2.98 k instance-hours from azure-us to oracle-us, 2026-01",
        "chat/us: 50 % more served (4 units on average), 2026-01",
        "pretrain: no longer runs (was in azure-us, 2026-01-01 to 2026-01-10)",
    )
    assert biggest_in_words(difference(before, before), 5) == ()


def test_windows_that_come_together_are_told_together() -> None:
    deal = [window("deal", date(year, 1, 1), promise_usd=4e6, full_promise_usd=4e6) for year in (2027, 2026)]
    short = [deal[0].model_copy(update={"shortfall_usd": 1e6, "shortfall_paid_usd": 1e6}), deal[1]]
    (told,) = biggest_in_words(difference(plan(), plan(windows=short)))
    assert told == "deal/spend 2026-01 to 2027-12: new, promises $8.00 M in 2 windows, SHORT by $1.00 M"
    (told,) = biggest_in_words(difference(plan(windows=deal), plan()))
    assert told == "deal/spend 2026-01 to 2027-12: gone, promised $8.00 M in 2 windows"


def test_words_of_other_changes() -> None:
    broken = BreachRecord(limit="limits.cash[0]", period=0, slice=None, amount=9.0, words="2026: 9 USD above")
    after = plan(breaches=[broken], lines=[line(BillCategory.BREACH, "limits.cash[0]", 90.0)])
    assert biggest_in_words(difference(plan(), after)) == ("limits.cash[0]: now broken (2026: 9 USD above)",)
    gone = biggest_in_words(difference(after, plan()))
    assert gone == ("limits.cash[0]: no longer broken (was: 2026: 9 USD above)",)
    (moved,) = difference(
        plan(runs=[run()]), plan(runs=[run(pool="aws-us", start=date(2026, 1, 3), accelerators=64, instances=9)])
    ).runs
    assert run_words(moved) == "moves from azure-us to aws-us, starts 2 days later, 32 to 64 accelerators"
    unserved = UnservedChange(
        workload="chat",
        stream="us",
        kind=ChangeKind.GREW,
        start=date(2026, 1, 1),
        end=date(2026, 1, 2),
        quantity_hours_before=1,
        quantity_hours_after=2,
        value_usd_before=100,
        value_usd_after=200,
        because_before="a",
        because_after="b",
    )
    assert change_words(unserved, Names()) == "chat/us: unserved +$100 to $200, 2026-01-01"


def test_signs_and_dates() -> None:
    assert [signed_money(usd) for usd in (1200, -1200, 0.001, 0)] == ["+$1.20 k", "-$1.20 k", "$0", "$0"]
    assert [signed_share(share) for share in (0.5, -0.5, 1e-5, -1e-5, 0)] == [
        "+50 %",
        "-50 %",
        "<0.1 %",
        "<0.1 %",
        "0 %",
    ]
    assert stretch_words(date(2026, 3, 1), date(2026, 4, 1)) == "2026-03"
    assert stretch_words(date(2026, 3, 1), date(2026, 8, 1)) == "2026-03 to 2026-07"
    assert stretch_words(date(2026, 3, 4), date(2026, 3, 11)) == "2026-03-04 to 2026-03-10"
    assert stretch_words(date(2026, 3, 4), date(2026, 3, 5)) == "2026-03-04"


def test_json_reads_back_and_fits_its_schema() -> None:
    for found in (changed(), difference(small_plan(), frontier_plan()), difference(empty_plan(), empty_plan())):
        text = difference_text(found)
        assert json.loads(text)["format"] == "router-difference/1"
        assert PlanDifference.model_validate_json(text, strict=True) == found
        jsonschema.validate(json.loads(text), difference_schema(), jsonschema.Draft202012Validator)
