"""The contract grid: promises, what is met of them, the terms around them, and what edits of it change."""

from __future__ import annotations

from datetime import date

import pytest

from router.change.apply import unchecked
from router.change.change import Change, Operation, Span
from router.change.error import numbered
from router.reading.problems import Mistake
from router.scenario.scenario import Scenario
from router.view.contract_grid import (
    TERM_END,
    TERM_START,
    carry_forward_turned,
    commitment_named,
    contract_cell_words,
    contract_copied,
    contract_grid,
    term_moved,
)
from router.view.contract_windows import period_of_window
from router.view.entry import read_entry
from router.view.grid import Cells, CellUnit, Grid, cells_that_differ
from router.view.grid_edit import edited
from router.view.selector_words import selector_words
from tests.report.sample_plans import frontier_plan, frontier_scenario
from tests.scenarios import contract, horizon, scenario
from tests.solving import answer

WINDOWS = [
    {"start": "2026-01-01", "end": "2026-02-01", "amount_usd": 10_000},
    {"start": "2026-02-01", "end": "2026-03-01", "amount_usd": 20_000},
]
TIERS = {
    "method": "all_units",
    "window": "contract_year",
    "levels": [{"from_usd": 0, "discount": "1 %"}, {"from_usd": 50_000, "discount": "5 %"}],
}


def negotiated(**commitment: object) -> Scenario:
    """Two months under a contract with two windows, two discounts and two tiers."""
    given = contract(
        title="The deal",
        commitments={"spend": {"windows": WINDOWS, **commitment}},
        discounts=[{"discount": "10 %", "applies_to": {"purchase_options": ["on_demand"]}}, {"discount": "5 %"}],
        tiers=TIERS,
    )
    return scenario(horizon=horizon("month", 2), contracts={"deal": given})


def texts(grid: Grid) -> dict[str, list[str]]:
    """The rows' cells by name, without the empty ones at the end."""
    found = {}
    for at, row in enumerate(grid.rows):
        cells = list(row.shown) if row.shown is not None else [grid.text(at, c) for c in range(len(grid.columns))]
        while cells and not cells[-1]:
            cells.pop()
        found[row.name] = cells
    return found


def row_of(grid: Grid, *key: str) -> int:
    """A row that there is."""
    row = grid.row_at(key)
    assert row is not None
    return row


def applied(given: Scenario, changes: tuple[Change, ...]) -> Scenario:
    """The scenario after changes."""
    return unchecked(given, changes, [numbered(at) for at in range(len(changes))]).scenario


def test_all_terms_have_a_row() -> None:
    grid = contract_grid(negotiated(spent_to_date_usd=500, carry_forward={"max_share": "25 %"}), None)
    assert [column.label for column in grid.columns] == ["1st window", "2nd window"]
    assert texts(grid) == {
        "The deal (north)": [],
        "term from": ["2026-01-01"],
        "term to": ["2026-12-31"],
        "spend promised: by dates": ["$10.0 k", "$20.0 k"],
        "windows from": ["2026-01-01", "2026-02-01"],
        "of it met": [],
        "spent to date": ["$500"],
        "shortfall rate": ["100 %"],
        "carry-forward": ["on"],
        "carried at most": ["25 %"],
        "discount 1: on demand": ["10 %"],
        "discount 2: all usage": ["5.0 %"],
        "tiers from: all units, contract year": ["$0", "$50.0 k"],
        "tier discounts: all units, contract year": ["1.0 %", "5.0 %"],
    }


def test_a_plan_says_what_is_met_and_where_it_falls_short() -> None:
    given = negotiated(shortfall_rate=0.5)
    grid = contract_grid(given, answer(given).plan)
    promised, met = row_of(grid, "deal", "spend"), row_of(grid, "deal", "spend", "met")
    assert grid.alerts.any()
    assert grid.alerts[promised].tolist() == grid.alerts[met].tolist() == [False, True]
    shares = grid.rows[met].shown
    # 14,880 and 13,440 USD less 10 % of discount and a credit of 5 %.
    assert shares == ("127 %", "57 %")
    assert "! falls short" in contract_cell_words(grid, Cells(met, 1, met, 1), met, 1)
    assert "2nd window" in contract_cell_words(grid, Cells(met, 1, met, 1), met, 1)


def test_rows_of_a_real_scenario_fit_their_keys() -> None:
    grid = contract_grid(frontier_scenario(), frontier_plan())
    assert len({row.key for row in grid.rows}) == len(grid.rows)
    assert grid.alerts.any()


@pytest.mark.parametrize(
    ("key", "column", "typed", "read"),
    [
        (("deal", "spend"), 1, "25 k", lambda deal: deal.commitments["spend"].windows[1].amount_usd == 25_000),
        (("deal", "spend", "spent"), 0, "700", lambda deal: deal.commitments["spend"].spent_to_date_usd == 700),
        (("deal", "spend", "rate"), 0, "50 %", lambda deal: deal.commitments["spend"].shortfall_rate == 0.5),
        (("deal", "discounts", "1"), 0, "7 %", lambda deal: deal.discounts[1].discount == 0.07),
        (("deal", "tiers", "from_usd"), 1, "60 k", lambda deal: deal.tiers.levels[1].from_usd == 60_000),
        (("deal", "tiers", "discount"), 1, "6 %", lambda deal: deal.tiers.levels[1].discount == 0.06),
    ],
)
def test_numbers_are_edited_where_they_stand(key: tuple[str, ...], column: int, typed: str, read: object) -> None:
    given = negotiated()
    grid = contract_grid(given, None)
    row = row_of(grid, *key)
    after = applied(
        given,
        edited(
            grid, Cells(row, column, row, column), read_entry(typed, is_share=grid.rows[row].unit is CellUnit.SHARE)
        ),
    )
    assert callable(read)
    assert read(after.contracts["deal"])


def test_dates_and_words_are_not_typed_over() -> None:
    grid = contract_grid(negotiated(), None)
    for key in (("deal", "term", "start"), ("deal", "spend", "from"), ("deal", "spend", "carry"), ("deal",)):
        row = row_of(grid, *key)
        with pytest.raises(Mistake):
            edited(grid, Cells(row, 0, row, 0), read_entry("5"))


def test_the_term_moves_by_months_from_any_row_once() -> None:
    given = negotiated()
    grid = contract_grid(given, None)
    changes = term_moved(grid, [0, 3, 5], TERM_END, 2)
    assert changes == (Change(("contracts", "deal", "end"), Operation.SHIFT, Span(months=2)),)
    assert applied(given, changes).contracts["deal"].end == date(2027, 3, 1)
    (change,) = term_moved(grid, [1], TERM_START, -1)
    assert change.path == ("contracts", "deal", "start")
    with pytest.raises(Mistake, match="contract"):
        term_moved(grid, [], TERM_END, 1)


@pytest.mark.parametrize("before", [False, True, {"max_share": 0.5}])
def test_carry_forward_turns(before: object) -> None:
    given = negotiated(carry_forward=before)
    grid = contract_grid(given, None)
    after = applied(given, carry_forward_turned(given, grid, [row_of(grid, "deal", "spend", "carry")]))
    assert after.contracts["deal"].commitments["spend"].carry_forward is (before is False)
    assert texts(contract_grid(after, None))["carry-forward"] == ["on" if before is False else "off"]


def test_edits_of_dates_and_words_are_marked_and_a_plan_marks_nothing() -> None:
    given = negotiated(shortfall_rate=0.5)
    grid, saved = contract_grid(given, answer(given).plan), contract_grid(given, None)
    assert not cells_that_differ(grid, saved).any()
    turned = applied(given, carry_forward_turned(given, grid, [row_of(grid, "deal", "spend", "carry")]))
    moved = applied(turned, term_moved(grid, [1], TERM_END, 1))
    after = contract_grid(moved, None)
    differ = cells_that_differ(after, saved)
    marked = [row.name for row, cells in zip(after.rows, differ, strict=True) if cells.any()]
    assert marked == ["term to", "carry-forward"]


def test_dates_are_copied_as_they_are_read() -> None:
    grid = contract_grid(negotiated(), None)
    row = row_of(grid, "deal", "spend")
    assert contract_copied(grid, Cells(row, 0, row + 1, 1)) == "10000\t20000\n2026-01-01\t2026-02-01"


def test_several_dates_have_no_sum() -> None:
    grid = contract_grid(negotiated(), None)
    row = row_of(grid, "deal", "spend", "from")
    assert contract_cell_words(grid, Cells(row, 0, row, 1), row, 1) == "deal/spend, windows from: 2 cells"


def test_without_commitments_nothing_carries() -> None:
    given = scenario(contracts={"deal": contract()})
    grid = contract_grid(given, None)
    assert commitment_named(("deal",), given) is None
    with pytest.raises(Mistake, match="commitment"):
        carry_forward_turned(given, grid, [0])
    assert contract_grid(scenario(), None).rows == ()


def test_rows_know_their_commitment() -> None:
    given = negotiated()
    grid = contract_grid(given, None)
    assert {commitment_named(row.key, given) for row in grid.rows} == {("deal", "spend")}
    assert commitment_named(("nobody",), given) is None
    assert commitment_named((), given) is None


def test_the_line_below_tells_dates_words_and_their_keys() -> None:
    grid = contract_grid(negotiated(), None)

    def words(*key: str, column: int = 0) -> str:
        row = row_of(grid, *key)
        return contract_cell_words(grid, Cells(row, column, row, column), row, column)

    assert words("deal", "term", "end", column=1).startswith("deal, term to: 2026-12-31   < and >")
    assert words("deal", "spend", "carry").startswith("deal/spend, carry-forward: off   c turns")
    assert words("deal", "spend", "from", column=1) == "deal/spend, windows from, 2nd window: 2026-02-01"
    assert words("deal") == "The deal (north)"
    assert words("deal", "spend", column=1) == "promise of deal/spend, 2nd window: $20.0 k"
    assert "on on demand" in words("deal", "discounts", "0")


def test_a_window_begins_in_a_period_or_outside_of_all() -> None:
    given = negotiated()
    named = ("deal", "spend")
    assert [period_of_window(given, named, at) for at in (-1, 0, 1, 9)] == [0, 0, 1, 1]


def test_selectors_in_words() -> None:
    def words(**keys: object) -> str:
        rule = {"discount": "10 %", "applies_to": keys}
        given = scenario(contracts={"deal": contract(discounts=[rule])})
        return selector_words(given.contracts["deal"].discounts[0].applies_to)

    assert words() == "all usage"
    assert words(accelerators=["chip", "none"]) == "chip, CPU only"
    assert words(exclude={"purchase_options": ["spot"]}) == "all but spot"
    assert words(pools=["north"], exclude={"purchase_options": ["spot"]}) == "north but spot"
