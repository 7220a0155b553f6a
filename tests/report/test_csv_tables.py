"""The CSV files: every line, the same numbers, no formulas."""

from __future__ import annotations

import csv
import io

import pytest

from router.report.csv_tables import ALLOCATION_COLUMNS, BILL_COLUMNS, allocations_csv, bill_csv

from .sample_plans import empty_plan, frontier_plan, frontier_scenario, small_plan, small_scenario


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_bill_round_trip() -> None:
    plan = frontier_plan()
    read = rows(bill_csv(plan, frontier_scenario()))
    assert len(read) == len(plan.bill)
    for row, line in zip(read, plan.bill, strict=True):
        assert (int(row["period"]), row["category"], row["provider"], row["item"]) == (
            line.period,
            line.category.value,
            line.provider,
            line.item,
        )
        assert float(row["quantity"]) == line.quantity
        assert float(row["usd_per_unit"]) == line.usd_per_unit
        assert float(row["amount_usd"]) == pytest.approx(line.amount_usd, abs=0.005)
        assert row["period_start"] == plan.periods[line.period].start.isoformat()
        assert row["contract"] == (line.contract or "")


def test_allocations_round_trip() -> None:
    plan = small_plan()
    read = rows(allocations_csv(plan, small_scenario()))
    assert len(read) == len(plan.serving) + len(plan.runs)
    for row, record in zip(read, plan.serving, strict=False):
        assert float(row["instances"]) == record.instances
        assert float(row["quantity"]) == record.quantity
        assert row["capacity"] == ("spot" if record.spot else "firm")
    first = read[0]
    assert (first["kind"], first["provider"], first["region"], first["accelerator"]) == (
        "inference",
        "aws",
        "us-east-1",
        "H100",
    )
    assert (first["start"], first["end"], first["hours"]) == ("2027-01-01", "2027-02-01", "186.0")
    assert float(first["accelerators"]) == 80.0
    assert float(first["accelerator_hours"]) == 80.0 * 186.0
    cpu = next(row for row in read if row["workload"] == "coders")
    assert (cpu["accelerator"], float(cpu["accelerators"])) == ("", 0.0)
    run = read[-2]
    assert (run["kind"], run["workload"], run["accelerators"], run["hours"]) == (
        "training",
        "fine-tune",
        "64",
        "1056.0",
    )
    assert (run["start"], run["end"], run["first_period"], run["last_period"]) == (
        "2027-01-01",
        "2027-02-14",
        "0",
        "1",
    )


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@SUM(A1)"])
def test_names_are_no_formulas(name: str) -> None:
    line = small_plan().bill[0].model_copy(update={"item": name, "provider": name})
    plan = small_plan().model_copy(update={"bill": [line]})
    (row,) = rows(bill_csv(plan, small_scenario()))
    assert row["item"] == f"'{name}"
    assert row["provider"] == f"'{name}"


def test_negative_amounts_stay_numbers() -> None:
    read = rows(bill_csv(small_plan(), small_scenario()))
    assert next(row for row in read if row["category"] == "tier_credit")["amount_usd"] == "-12000.00"


@pytest.mark.parametrize("name", ["a\nb", "\t=1", "\r=1"])
def test_control_characters_are_escaped(name: str) -> None:
    line = small_plan().bill[0].model_copy(update={"item": name})
    (row,) = rows(bill_csv(small_plan().model_copy(update={"bill": [line]}), small_scenario()))
    assert row["item"] == name.encode("unicode_escape").decode()


def test_commas_and_quotes_in_names() -> None:
    name = 'a, "b"; c'
    record = small_plan().serving[0].model_copy(update={"workload": name})
    plan = small_plan().model_copy(update={"serving": [record], "runs": []})
    assert rows(allocations_csv(plan, small_scenario()))[0]["workload"] == name


def test_an_empty_plan_has_heads_only() -> None:
    assert bill_csv(empty_plan(), small_scenario()) == ",".join(BILL_COLUMNS) + "\n"
    assert allocations_csv(empty_plan(), small_scenario()) == ",".join(ALLOCATION_COLUMNS) + "\n"
