"""What the tables of a plan say."""

from __future__ import annotations

from datetime import date

import pytest

from router.plan.document import AuditRecord, Plan, UnservedRecord
from router.report.table import Cell, Column, Row, Table
from router.report.tables import report_tables
from router.report.tables.breaches import breaches_table
from router.report.tables.contracts import tiers_table, windows_table
from router.report.tables.cost import cash_by_year_table, cost_by_kind_table, cost_by_provider_table
from router.report.tables.headline import headline_table, proof_words
from router.report.tables.placement import placement_table
from router.report.tables.reservations import reservations_table
from router.report.tables.training import training_table
from router.report.tables.unserved import unserved_stretches, unserved_table

from .sample_plans import (
    empty_plan,
    frontier_plan,
    frontier_scenario,
    small_plan,
    small_scenario,
    solve_record,
)


def column(table: Table, title: str) -> list[Cell]:
    """The cells of a column, by its title."""
    at = [column.title for column in table.columns].index(title)
    return [row.cells[at] for row in table.rows]


def facts(plan: Plan) -> dict[Cell, Cell]:
    """The headline as a mapping."""
    return {row.cells[0]: row.cells[1] for row in headline_table(plan, small_scenario()).rows}


def test_headline() -> None:
    told = facts(small_plan())
    assert told["Horizon"] == "2027-01-01 to 2027-04-30, 4 periods"
    assert told["Proof"] == "proved within 0.0037 % of the cheapest possible (at most $136 could be saved)"
    assert told["Audit"] == "passed: 1,204 checks recomputed from the definitions agree"
    assert told["Shortfall"] == "$83.6 k paid for $83.6 k not spent, in 1 of 1 commitment window"
    assert told["Unserved demand"] == "worth $412 k, in 2 workloads, listed below"
    assert "penalties for broken limits" in str(told["Total cost"])


def test_headline_of_a_plan_that_is_not_proved() -> None:
    solve = solve_record(100.0, 80.0, status="feasible", closed_by="time limit", gap_asked=1e-4)
    plan = small_plan().model_copy(update={"solve": solve})
    assert proof_words(plan).endswith("; the 0.01 % asked for was NOT reached")
    assert "within 20 %" in proof_words(plan)
    assert str(facts(plan)["Search ended"]).startswith("time limit; ")


def test_headline_of_a_failed_audit_lists_differences() -> None:
    differences = [f"difference {number}" for number in range(9)]
    audit = AuditRecord(passed=False, checks=10, differences=differences)
    table = headline_table(small_plan().model_copy(update={"audit": audit}), small_scenario())
    told = [row.cells[1] for row in table.rows]
    assert "FAILED: 9 differences; do not rely on it" in told
    assert "difference 4" in told
    assert "difference 5" not in told
    assert "and 4 more" in told


def test_a_bound_above_the_cost_is_no_saving() -> None:
    plan = small_plan().model_copy(update={"solve": solve_record(100.0, 100.001)})
    assert proof_words(plan) == "proved the cheapest possible, to the cent"


def test_cost_by_provider_adds_up() -> None:
    plan = small_plan()
    table = cost_by_provider_table(plan, small_scenario())
    by_name = {row.cells[0]: row for row in table.rows}
    assert by_name["cash"].cells[-1] == pytest.approx(plan.totals.cash_usd)
    assert by_name["all"].cells[-1] == pytest.approx(sum(line.amount_usd for line in plan.bill))
    assert by_name["tier credits"].cells[-1] == -12_000.0
    unserved = by_name["value of unserved *"].cells
    assert unserved[1:-1] == (None, None)
    assert unserved[-1] == pytest.approx(411_800.0)
    at = [column.title for column in table.columns].index("aws")
    assert by_name["cash"].cells[at] == pytest.approx(plan.totals.by_provider_usd["aws"])


def test_providers_beyond_the_limit_are_joined() -> None:
    table = cost_by_provider_table(frontier_plan(), frontier_scenario(), most_providers=3)
    titles = [column.title for column in table.columns]
    assert titles == ["Category", "aws", "stargate-uae", "others", "All"]
    row = table.rows[0].cells
    assert sum(float(str(cell)) for cell in row[1:-1]) == pytest.approx(float(str(row[-1])))
    assert any("azure, oracle" in note for note in table.footnotes)


def test_cost_by_kind() -> None:
    table = cost_by_kind_table(small_plan(), small_scenario())
    assert column(table, "Kind") == ["H100", "CPU", "all"]
    assert column(table, "reserved") == [pytest.approx(2 * 48.0 * 24 * 120), None, pytest.approx(2 * 48.0 * 24 * 120)]
    assert column(table, "USD/unit-h")[1] == pytest.approx(1.428 / 32)


def test_cash_by_year_says_over_in_words() -> None:
    assert column(cash_by_year_table(small_plan(), small_scenario()), "Verdict") == ["$3.29 M left"]
    scenario = small_scenario().model_copy(
        update={"limits": small_scenario().limits.model_validate({"cash": [{"year": 2027, "usd": 1_000_000}]})}
    )
    table = cash_by_year_table(small_plan(), scenario)
    assert column(table, "Verdict") == ["$1.71 M OVER"]
    assert table.rows[0].role == "alert"


def test_a_ceiling_reached_to_the_cent_is_used_up() -> None:
    totals = small_plan().totals.model_copy(update={"cash_by_year_usd": {"2027": 6_000_000.004}})
    table = cash_by_year_table(small_plan().model_copy(update={"totals": totals}), small_scenario())
    assert column(table, "Verdict") == ["used up"]
    assert table.rows[0].role == "plain"


def test_windows() -> None:
    table = windows_table(small_plan(), small_scenario())
    assert column(table, "Promise") == ["$2.50 M *"]
    assert column(table, "Verdict") == ["SHORT by $83.6 k"]
    assert table.footnotes == (
        "* Prorated: the plan counts 304 of 365 days of oracle-ucm/year from 2026-07-01; in full it promises $3.00 M.",
    )


def test_windows_name_the_contract_once_and_show_carry() -> None:
    table = windows_table(frontier_plan(), frontier_scenario())
    names = column(table, "Contract")
    assert [name for name in names if name] == ["azure-agreement", "aws-agreement", "oracle-agreement"]
    assert len(names) == 21
    assert column(table, "Carried in")[2] == frontier_plan().windows[1].carried_out_usd
    assert column(table, "Verdict")[1] == "met 2028-09-01"


def test_shortfall_paid_in_part_is_told() -> None:
    window = small_plan().windows[0].model_copy(update={"shortfall_paid_usd": 1000.0})
    table = windows_table(small_plan().model_copy(update={"windows": [window]}), small_scenario())
    assert table.footnotes[-1] == "Of the shortfall of oracle-ucm/year from 2026-07-01, $1.00 k is paid."


def test_tiers() -> None:
    table = tiers_table(small_plan(), small_scenario())
    assert column(table, "Level reached") == ["1 of 2 (from $800 k: 7.2 % off)"]
    below = small_plan().tiers[0].model_copy(update={"level": -1})
    table = tiers_table(small_plan().model_copy(update={"tiers": [below]}), small_scenario())
    assert column(table, "Level reached") == ["below the first"]


def test_placement_averages_over_hours() -> None:
    table = placement_table(small_plan(), small_scenario())
    assert column(table, "Workload") == ["chat", None, "coders"]
    assert column(table, "Pool") == ["oracle-h100", "aws-h100", "aws-cpu"]
    # aws-h100: 10 instances in a quarter of the hours, 5 in the others.
    assert column(table, "2027-01")[1] == pytest.approx(6.25)
    year = placement_table(small_plan(), small_scenario(), most_periods=1)
    hours = [31, 28, 31, 30]
    average = sum((6.25 + number) * days for number, days in enumerate(hours)) / sum(hours)
    assert column(year, "2027 H1")[1] == pytest.approx(average)


def test_placement_joins_small_pools_in_accelerators() -> None:
    table = placement_table(frontier_plan(), frontier_scenario(), most_periods=8, most_pools=2)
    pools = column(table, "Pool")
    assert str(pools[1]).endswith("more pools (accelerators)")
    whole = placement_table(frontier_plan(), frontier_scenario(), most_periods=8, most_pools=100)
    book = frontier_scenario()
    first = list(whole.rows)[: 1 + next(n for n, row in enumerate(whole.rows[1:]) if row.cells[0])]
    rest = sum(
        float(str(row.cells[-1] or 0)) * book.instance_types[book.pools[str(row.cells[1])].instance_type].accelerators
        for row in first[1:]
    )
    assert table.rows[1].cells[-1] == pytest.approx(rest)


def test_training_is_in_order_of_start() -> None:
    table = training_table(small_plan(), small_scenario())
    assert column(table, "Job") == ["fine-tune", "evaluate"]
    assert column(table, "Deadline") == [date(2027, 2, 20), date(2027, 5, 1)]
    assert column(table, "On") == ["firm", "spot"]


def test_reservations() -> None:
    table = reservations_table(small_plan(), small_scenario())
    assert table.rows[0].cells == (
        date(2027, 1, 1),
        "oracle-h100",
        "BM.GPU.H100.8",
        2.0,
        16.0,
        "1 year",
        date(2028, 1, 1),
        "oracle-ucm",
    )


def test_unserved_is_merged_over_slices_and_periods() -> None:
    stretches = unserved_stretches(small_plan())
    assert [(part.workload, part.first_period, part.last_period) for part in stretches] == [
        ("distil", 1, 1),
        ("chat", 1, 2),
    ]
    chat = stretches[1]
    assert chat.value_usd == pytest.approx(11_800)
    assert chat.peak == 35.0
    assert chat.slices == ("peak", "base")
    share = column(unserved_table(small_plan(), small_scenario()), "Share")[1]
    february, march = 28 * 24, 31 * 24
    lost = 20 * february * 0.25 + 4 * february * 0.75 + 35 * march * 0.25
    asked = 200 * february * 0.25 + 100 * february * 0.75 + 200 * march * 0.25
    assert share == pytest.approx(lost / asked)


def _lost(period: int, because: str, value: float = 1.0) -> UnservedRecord:
    return UnservedRecord(
        workload="chat",
        stream="us",
        period=period,
        slice="peak",
        quantity=1.0,
        demand=2.0,
        value_usd=value,
        because=because,
    )


def test_a_hole_or_another_cause_ends_a_stretch() -> None:
    records = [_lost(0, "a"), _lost(1, "a"), _lost(3, "a"), _lost(2, "b")]
    parts = unserved_stretches(small_plan().model_copy(update={"unserved": records}))
    assert sorted((part.because, part.first_period, part.last_period) for part in parts) == [
        ("a", 0, 1),
        ("a", 3, 3),
        ("b", 2, 2),
    ]


def test_causes_that_differ_in_figures_only_are_one() -> None:
    records = [_lost(0, "costs 5.2 USD in gb200", 1.0), _lost(1, "costs 6,100.3e+2 USD in gb200", 9.0)]
    parts = unserved_stretches(small_plan().model_copy(update={"unserved": records}))
    assert [part.because for part in parts] == ["costs 6,100.3e+2 USD in gb200"]
    records = [_lost(0, "aws-h100 is full"), _lost(1, "aws-h200 is full")]
    assert len(unserved_stretches(small_plan().model_copy(update={"unserved": records}))) == 2


def test_unserved_beyond_the_limit_is_one_row() -> None:
    records = [_lost(period, f"cause {'abcd'[period]}", 1.0 + period) for period in range(4)]
    table = unserved_table(small_plan().model_copy(update={"unserved": records}), small_scenario(), most_rows=3)
    assert column(table, "Demand") == ["chat/us", "chat/us", "2 more rows", "all"]
    assert column(table, "Value") == [4.0, 3.0, 3.0, 10.0]


def test_breaches() -> None:
    table = breaches_table(small_plan(), small_scenario())
    assert column(table, "By at most") == ["$2.50 k"]
    assert column(table, "From") == [None]
    share = small_plan().breaches[0].model_copy(update={"limit": "limits.provider_shares.most", "amount": 12.0})
    records = [share.model_copy(update={"period": period}) for period in (0, 1, 3)]
    table = breaches_table(small_plan().model_copy(update={"breaches": records}), small_scenario())
    assert column(table, "From") == [date(2027, 1, 1), date(2027, 4, 1)]
    assert column(table, "Last day") == ["2027-02-28", "2027-04-30"]


def test_an_empty_plan_says_so_in_each_table() -> None:
    tables = {table.key: table for table in report_tables(empty_plan(), small_scenario())}
    for key in ("unserved", "breaches", "cost-by-provider", "cost-by-kind", "contracts", "placement", "training"):
        assert not tables[key].rows
        assert tables[key].when_empty.endswith(".")
    assert "tiers" not in tables


def test_pools_that_the_scenario_lacks_do_not_break_the_report() -> None:
    tables = report_tables(small_plan(), frontier_scenario())
    kinds = next(table for table in tables if table.key == "cost-by-kind")
    assert column(kinds, "Kind") == ["not in the scenario"]


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="2 cells in 1 columns"):
        Table("t", "T", (Column("a"),), (Row(("x", "y")),))
