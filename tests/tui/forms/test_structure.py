"""Adding, duplicating, disabling and deleting from the views, each taken back by one undo."""

from __future__ import annotations

import pytest

from router.scenario.shipped import scenario_path
from router.view.forms.form import FieldId
from tests.tui.conftest import OpenApp
from tests.tui.driving import Driver
from tui.dialogs.question import Question
from tui.forms.choose_kind import ChooseKind
from tui.forms.field_input import FieldInput
from tui.forms.form_screen import FormScreen


async def confirmed(driver: Driver, key: str) -> None:
    """A form opened by a key and confirmed as it comes."""
    await driver.press(key)
    await driver.dialog(FormScreen)
    await driver.press("ctrl+s")
    await driver.no_dialog()


FIGURES: dict[str, tuple[FieldId, ...]] = {
    "i": (("streams", 0, "demand"),),
    "t": (("work",), ("value_of_unserved_usd",)),
    "a": (("streams", 0, "demand"),),
    "capacity": (("capacity",),),
    "prices": (("usd_per_hour",),),
    "contracts": (("commitments", 0, "amount_usd"),),
}
"""What nothing is added without."""


async def added(driver: Driver, key: str, figures: tuple[FieldId, ...]) -> None:
    """A form opened by a key; Enter in every field and ctrl+s add nothing before the figures are typed."""
    changes = len(driver.app.workspace.changes)
    await driver.press(key)
    await driver.dialog(FormScreen)
    form = driver.app.screen
    assert isinstance(form, FormScreen)
    await driver.press(*["enter"] * (len(form.query(FieldInput)) + 4), "ctrl+s")
    assert len([*driver.app.screen_stack]) == 2
    assert len(driver.app.workspace.changes) == changes
    assert form.current is not None
    assert form.current.id == figures[0]
    for figure in figures:
        form._focus(figure)
        await driver.settle()
        await driver.press("5")
    await driver.press("ctrl+s")
    await driver.no_dialog()


async def taken_back(driver: Driver, before: object) -> None:
    assert len(driver.app.workspace.changes) == 1
    await driver.press("u")
    assert driver.scenario == before


async def goto(driver: Driver, *key: str) -> None:
    grid = driver.grid.grid
    assert grid is not None
    row = grid.row_at(key)
    assert row is not None, [row.key for row in grid.rows]
    driver.grid.go_to(row)
    await driver.settle()


def row_key(driver: Driver) -> tuple[str, ...]:
    assert driver.grid.grid is not None
    return driver.grid.grid.rows[driver.grid.row].key


@pytest.mark.parametrize(("letter", "name"), [("i", "inference-1"), ("t", "training-1"), ("a", "agents-1")])
async def test_a_workload_is_added_behind_the_one_under_the_cursor(open_app: OpenApp, letter: str, name: str) -> None:
    async with open_app(plans=False) as driver:
        before = driver.scenario
        await driver.press("a")
        await driver.dialog(ChooseKind)
        await added(driver, letter, FIGURES[letter])
        assert list(driver.scenario.workloads) == ["chat", name, "fine-tune"]
        assert row_key(driver) == ("workloads", name)
        await taken_back(driver, before)


@pytest.mark.parametrize(
    ("view", "collection", "names"),
    [
        ("demand", "workloads", ["chat", "chat-2", "fine-tune"]),
        ("capacity", "pools", ["aws-h100", "aws-h100-2", "oracle-h100"]),
    ],
)
async def test_a_copy_stands_behind_the_original(
    open_app: OpenApp, view: str, collection: str, names: list[str]
) -> None:
    async with open_app(view=view, plans=False) as driver:
        before = driver.scenario
        await confirmed(driver, "D")
        assert list(getattr(driver.scenario, collection)) == names
        assert row_key(driver) == (collection, names[1])
        await taken_back(driver, before)


async def test_a_pool_and_a_price_are_added(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        before = driver.scenario
        await added(driver, "a", FIGURES["capacity"])
        assert list(driver.scenario.pools) == ["aws-h100", "aws-h100-2", "oracle-h100"]
        await taken_back(driver, before)
        await driver.go("prices")
        await added(driver, "a", FIGURES["prices"])
        assert len(driver.scenario.offers) == 3
        assert row_key(driver) == ("offers", "1")
        await taken_back(driver, before)


async def test_a_price_is_copied_to_what_has_none_yet(open_app: OpenApp) -> None:
    async with open_app(view="prices", plans=False) as driver:
        before = driver.scenario
        await confirmed(driver, "D")
        assert driver.scenario.offers[1].region == "any"
        assert driver.scenario.offers[1].usd_per_hour == 55.04
        await taken_back(driver, before)


async def test_a_workload_is_disabled_and_enabled(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        before = driver.scenario
        await driver.press("d")
        assert not driver.scenario.workloads["chat"].enabled
        assert "disabled" in driver.text
        await driver.press("d")
        assert driver.scenario == before
        await driver.press("u", "u")
        await driver.press("ctrl+a", "d")
        assert not any(workload.enabled for workload in driver.scenario.workloads.values())
        await driver.press("u")
        assert driver.scenario == before


@pytest.mark.parametrize(
    ("view", "collection", "left"), [("demand", "workloads", ["fine-tune"]), ("capacity", "pools", ["oracle-h100"])]
)
async def test_what_nobody_names_is_deleted_at_once(
    open_app: OpenApp, view: str, collection: str, left: list[str]
) -> None:
    async with open_app(view=view, plans=False) as driver:
        before = driver.scenario
        await driver.press("delete")
        assert list(getattr(driver.scenario, collection)) == left
        assert any("u takes it back" in note for note in driver.told())
        await taken_back(driver, before)


async def test_what_cannot_be_deleted_says_why(open_app: OpenApp) -> None:
    async with open_app(view="prices", plans=False) as driver:
        before = driver.scenario
        await driver.press("delete")
        assert any("no offer for p5.48xlarge" in note for note in driver.told())
        assert driver.scenario == before
        await driver.go("demand")
        await driver.press("ctrl+a", "delete")
        assert any("workloads: found an empty mapping" in note for note in driver.told())
        assert driver.scenario == before


async def test_what_is_named_is_deleted_after_a_question(open_app: OpenApp) -> None:
    async with open_app(scenario_path("frontier-lab"), plans=False) as driver:
        before = driver.scenario
        await goto(driver, "workloads", "codex")
        await driver.press("delete")
        await driver.dialog(Question)
        await driver.see("coding-agents calls it")
        await driver.press("escape")
        await driver.no_dialog()
        assert driver.scenario is before
        await driver.press("delete")
        await driver.dialog(Question)
        await driver.press("right", "enter")
        await driver.no_dialog()
        assert "codex" not in driver.scenario.workloads
        await taken_back(driver, before)


async def test_a_stream_s_row_opens_the_form_at_that_stream(open_app: OpenApp) -> None:
    async with open_app(scenario_path("frontier-lab"), plans=False) as driver:
        await goto(driver, "workloads", "chat", "asia")
        await driver.press("e")
        await driver.dialog(FormScreen)
        assert isinstance(driver.app.screen, FormScreen)
        form = driver.app.screen
        assert form.current is not None
        assert form.current.id[0] == "streams"
        assert form.form.texts[form.current.id] == "asia"


async def test_headings_have_no_form(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await goto(driver, "Training")
        before = driver.scenario
        await driver.press("e", "D", "d", "delete")
        assert len(driver.told()) >= 1
        assert driver.scenario is before
        await driver.press("a")
        await driver.dialog(ChooseKind)
        await driver.press("enter")
        await driver.dialog(FormScreen)
        await driver.see("New training")


async def test_the_plan_follows(open_app: OpenApp) -> None:
    async with open_app() as driver:
        await driver.planned()
        cost = driver.cost_usd
        await confirmed(driver, "D")
        await driver.planned()
        assert driver.cost_usd > cost * 1.2
        await driver.press("u")
        await driver.planned()
        assert driver.cost_usd == pytest.approx(cost, rel=1e-4)


async def test_contracts_are_added_copied_edited_and_deleted(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        before = driver.scenario
        await goto(driver, "oracle-ucm")
        await added(driver, "a", FIGURES["contracts"])
        assert list(driver.scenario.contracts) == ["oracle-ucm", "oracle-contract"]
        assert row_key(driver) == ("oracle-contract",)
        await taken_back(driver, before)
        await goto(driver, "oracle-ucm")
        await confirmed(driver, "D")
        assert list(driver.scenario.contracts) == ["oracle-ucm", "oracle-ucm-2"]
        await taken_back(driver, before)
        await goto(driver, "oracle-ucm", "year")
        await driver.press("e")
        await driver.dialog(FormScreen)
        await driver.press("tab", "ctrl+n", "ctrl+s")
        await driver.no_dialog()
        assert driver.scenario.contracts["oracle-ucm"].commitments["year"].window == "calendar_year"
        await taken_back(driver, before)
        await goto(driver, "oracle-ucm", "discounts", "0")
        await driver.press("e")
        await driver.dialog(FormScreen)
        await driver.press("ctrl+u", *"30 %", "ctrl+s")
        await driver.no_dialog()
        assert driver.scenario.contracts["oracle-ucm"].discounts[0].discount == 0.3
        await taken_back(driver, before)
        await driver.press("delete")
        assert not driver.scenario.contracts
        await taken_back(driver, before)
