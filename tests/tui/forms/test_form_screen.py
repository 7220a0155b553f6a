"""The form on the screen: checked at each key, left and confirmed by keys and by the mouse."""

from __future__ import annotations

import pytest
from textual.widgets import Button, Static, TextArea

from router.view.forms.form import NAME, FieldId
from tests.tui.conftest import OpenApp
from tests.tui.driving import LARGE, SMALL, Driver
from tui.dialogs.dialog import Palette
from tui.dialogs.question import Question
from tui.forms.choose_kind import ChooseKind
from tui.forms.field_input import FieldInput
from tui.forms.field_row import FieldRow
from tui.forms.form_body import FormBody
from tui.forms.form_screen import FormScreen
from tui.forms.group_row import GroupRow
from tui.forms.lines_area import LinesArea


def screen(driver: Driver) -> FormScreen:
    assert isinstance(driver.app.screen, FormScreen)
    return driver.app.screen


def editor(driver: Driver, field: FieldId) -> FieldInput | LinesArea:
    return next(row.editor for row in screen(driver).query(FieldRow) if row.field.id == field)


def verdict(driver: Driver) -> str:
    return str(driver.one(Static, "#form-verdict").content)


def typed(driver: Driver, field: FieldId) -> str:
    held = editor(driver, field)
    return held.text if isinstance(held, TextArea) else held.value


async def open_form(driver: Driver, key: str = "e") -> None:
    await driver.press(key)
    await driver.dialog(FormScreen)


async def type_into(driver: Driver, field: FieldId, text: str) -> None:
    """Replace what stands in a field, key by key."""
    held = editor(driver, field)
    held.focus()
    await driver.settle()
    if isinstance(held, TextArea):
        held.type_over("")
    else:
        await driver.press("end", "ctrl+u")
    for letter in text:
        await driver.press("enter" if letter == "\n" else letter)
    await driver.settle()


async def goto_job(driver: Driver) -> None:
    row = driver.grid.grid.row_at(("workloads", "fine-tune")) if driver.grid.grid else None
    assert row is not None
    driver.grid.go_to(row)
    await driver.settle()


CHAT_MISTAKES: list[tuple[FieldId, str, str]] = [
    (("=name",), "", "found empty text"),
    (("=name",), "fine-tune", "there is a workload of it"),
    (("unit",), "", "found nothing"),
    (("throughput",), "H10: 1", "unknown accelerator or instance type 'H10'"),
    (("value_of_unserved_usd_per_unit_hour",), "5x", "found text '5x'"),
    (("value_of_unserved_usd_per_unit_hour",), "-5", "a number of at least 0"),
    (("streams", 0, NAME), "", "text that is not empty"),
    (("streams", 0, "geography"), "moon", "unknown geography 'moon'"),
    (("streams", 0, "demand"), "lots", "found text 'lots'"),
    (("streams", 0, "demand"), "2026-01 5", "found text '2026-01 5'"),
]


@pytest.mark.parametrize(("field", "text", "words"), CHAT_MISTAKES)
async def test_a_mistake_is_told_below_its_field_and_cannot_be_applied(
    open_app: OpenApp, field: FieldId, text: str, words: str
) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        await type_into(driver, field, text)
        row = next(row for row in screen(driver).query(FieldRow) if row.field.id == field)
        assert row.has_class("-wrong")
        assert words in str(row.query_one(".mistake", Static).content)
        assert verdict(driver).startswith("1 mistake")
        assert driver.one(Button, "#form-confirm").disabled
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, FormScreen)
        assert not driver.app.workspace.changes
        assert editor(driver, field).has_focus


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (("deadline",), "2025-06-01", "expected a day after earliest_start, 2026-01-01"),
        (("deadline",), "someday", "expected a date such as 2026-01-31"),
        (("work",), "0", "above 0"),
        (("gangs", 0, "accelerators"), "half", "found text 'half'"),
    ],
)
async def test_a_job_s_mistakes(open_app: OpenApp, field: FieldId, text: str, words: str) -> None:
    async with open_app(plans=False) as driver:
        await goto_job(driver)
        await open_form(driver)
        await type_into(driver, field, text)
        assert words in " ".join(screen(driver).checked.at_fields[field].words.split())


async def test_a_share_above_one_among_the_further_fields(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        assert not [row for row in screen(driver).query(FieldRow) if row.field.id == ("spot", "max_share")]
        await driver.press("f2")
        await type_into(driver, ("spot", "max_share"), "50")
        assert "did you mean '50 %'?" in screen(driver).checked.at_fields[("spot", "max_share")].words
        await driver.press("ctrl+n")
        assert typed(driver, ("spot", "max_share")) == "50 %"
        assert "spot of chat" in verdict(driver)
        await driver.press("ctrl+s")
        await driver.no_dialog()
        spot = driver.scenario.workloads["chat"].spot
        assert spot is not None
        assert spot.max_share == 0.5


async def test_an_edit_is_one_step_and_undo_takes_it_back(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        before = driver.scenario
        await open_form(driver)
        await type_into(driver, ("unit",), "tokens/s")
        await type_into(driver, ("streams", 0, "demand"), "start 100, growth 10 %")
        assert "unit of chat" in verdict(driver)
        await driver.press("ctrl+s")
        await driver.no_dialog()
        assert len(driver.app.workspace.changes) == 1
        assert len(driver.app.workspace.changes[0].changes) == 2
        await driver.press("u")
        assert driver.scenario == before


async def test_untouched_it_changes_nothing_and_escape_does_not_ask(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        assert verdict(driver) == "Nothing is changed."
        await driver.press("ctrl+enter")
        await driver.no_dialog()
        await open_form(driver)
        await driver.press("escape")
        await driver.no_dialog()
        assert not driver.app.workspace.changes


async def test_escape_asks_where_something_was_typed(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        await type_into(driver, ("unit",), "x")
        await driver.press("escape")
        await driver.dialog(Question)
        await driver.press("enter")
        await driver.dialog(FormScreen)
        assert typed(driver, ("unit",)) == "x"
        await driver.press("escape")
        await driver.dialog(Question)
        await driver.press("right", "enter")
        await driver.no_dialog()
        assert not driver.app.workspace.changes


async def test_keys_between_fields(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        form = screen(driver)
        assert form.current is not None
        assert form.current.id == ("=name",)
        for key, field in (
            ("tab", ("unit",)),
            ("down", ("throughput",)),
            ("down", ("value_of_unserved_usd_per_unit_hour",)),
            ("up", ("throughput",)),
            ("up", ("unit",)),
            ("enter", ("throughput",)),
            ("shift+tab", ("unit",)),
        ):
            await driver.press(key)
            assert form.current is not None
            assert form.current.id == field, key


async def test_lines_are_left_at_their_ends_only(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        await type_into(driver, ("throughput",), "H100: 10\nvcpu: 1")
        await driver.press("up")
        assert editor(driver, ("throughput",)).has_focus
        await driver.press("up")
        assert editor(driver, ("unit",)).has_focus


async def test_names_are_completed_taken_and_clicked(open_app: OpenApp) -> None:
    async with open_app(view="capacity", plans=False) as driver:
        await open_form(driver)
        await type_into(driver, ("provider",), "orac")
        await driver.settle()
        await driver.press("right")
        assert typed(driver, ("provider",)) == "oracle"
        await driver.press("ctrl+n")
        assert typed(driver, ("provider",)) == "aws"
        await driver.press("tab")
        await driver.see("us-east-1")
        help_at = driver.app.screen.query_one("#form-help").region
        line = next(at for at, text in enumerate(driver.text.splitlines()) if "ctrl+n us-east-1" in text)
        await type_into(driver, ("region",), "")
        await driver.pilot.click("#form-help", offset=(8, line - help_at.y))
        await driver.settle()
        assert typed(driver, ("region",)) == "us-east-1"


async def test_streams_come_and_go(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        adding = next(row for row in screen(driver).query(GroupRow) if row.heading.slot is None)
        adding.query_one(Button).press()
        await driver.wait_for(lambda: len(screen(driver).form.slots[("streams",)]) == 2)
        added = screen(driver).form.slots[("streams",)][1]
        assert editor(driver, ("streams", added, NAME)).has_focus
        await type_into(driver, ("streams", added, NAME), "eu")
        assert "stream eu" in driver.text
        await driver.press("ctrl+s")
        await driver.no_dialog()
        assert list(driver.scenario.workloads["chat"].streams) == ["us", "eu"]  # type: ignore[union-attr]
        await open_form(driver)
        removing = next(row for row in screen(driver).query(GroupRow) if row.heading.slot is not None)
        removing.query_one(Button).press()
        await driver.wait_for(lambda: len(screen(driver).form.slots[("streams",)]) == 1)
        await driver.press("ctrl+s")
        await driver.no_dialog()
        assert list(driver.scenario.workloads["chat"].streams) == ["eu"]  # type: ignore[union-attr]


async def test_a_mistake_in_a_field_out_of_sight_brings_it_into_sight(open_app: OpenApp) -> None:
    async with open_app(view="prices", plans=False) as driver:
        await open_form(driver)
        assert not [row for row in screen(driver).query(FieldRow) if row.field.id == ("interruption_rate",)]
        await driver.press("f2")
        await type_into(driver, ("interruption_rate",), "0.1")
        await driver.press("f2")
        assert [row for row in screen(driver).query(FieldRow) if row.field.id == ("interruption_rate",)]


async def test_buttons_and_the_mouse(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        await driver.pilot.click("#form-more")
        await driver.wait_for(lambda: len(screen(driver).query(FieldRow)) > 20)
        await driver.pilot.click("#form-cancel")
        await driver.no_dialog()
        await open_form(driver)
        await type_into(driver, ("unit",), "tokens/s")
        await driver.pilot.click("#form-confirm")
        await driver.no_dialog()
        assert driver.scenario.workloads["chat"].unit == "tokens/s"  # type: ignore[union-attr]


@pytest.mark.parametrize("size", [LARGE, SMALL])
async def test_it_fits_the_screen_with_all_fields(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(size=size, plans=False) as driver:
        await open_form(driver)
        await driver.press("f2")
        for _ in range(25):
            await driver.press("down")
        assert "Apply  ctrl+s" in driver.text
        assert "Edit workload chat" in driver.text
        body = driver.app.screen.query_one("#form-body")

        def is_in_sight() -> bool:
            focused = driver.app.screen.focused
            return focused is not None and body.region.contains_region(focused.region)

        await driver.wait_for(is_in_sight)
        current = screen(driver).current
        assert current is not None
        assert not current.is_common


async def test_pages_of_fields(open_app: OpenApp) -> None:
    async with open_app(size=SMALL, plans=False) as driver:
        await open_form(driver)
        await driver.press("f2")
        body: FormBody = driver.one(FormBody)
        await driver.press("pagedown")
        await driver.wait_for(lambda: body.scroll_y > 5)
        await driver.press("pageup")
        await driver.wait_for(lambda: body.scroll_y == 0)


async def test_a_kind_is_chosen_by_letter_or_arrows(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        for keys, title in (
            (("t",), "New training"),
            (("enter",), "New inference service"),
            (("down", "down", "enter"), "New agents"),
        ):
            await driver.press("a")
            await driver.dialog(ChooseKind)
            await driver.press(*keys)
            await driver.dialog(FormScreen)
            await driver.see(title)
            await driver.press("escape")
            await driver.no_dialog()
        await driver.press("a")
        await driver.dialog(ChooseKind)
        await driver.press("escape")
        await driver.no_dialog()


async def test_samples_are_marked_until_they_are_typed_over(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await driver.press("a")
        await driver.dialog(ChooseKind)
        await driver.press("enter")
        await driver.dialog(FormScreen)
        assert "Values marked ~ are copied from chat or assumed: change what differs." in driver.text
        assert "~ k tokens/s" in driver.text
        assert "! to be typed" in driver.text
        assert verdict(driver) == "Still to be typed: demand."
        await type_into(driver, ("unit",), "requests/s")
        assert "~ requests/s" not in driver.text
        assert " requests/s" in driver.text
        await driver.press("enter")
        assert "~ H100: 10" in driver.text


async def test_an_edited_entry_has_no_marks(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        assert "~" not in driver.text
        assert not driver.one(Static, "#form-notice").display


async def test_enter_goes_from_field_to_field_and_then_to_apply(open_app: OpenApp) -> None:
    async with open_app(view="contracts", plans=False) as driver:
        await open_form(driver)
        fields = [row.field.id for row in screen(driver).query(FieldRow)]
        slots = screen(driver).form.slots
        for field in fields:
            assert screen(driver).current is not None
            assert screen(driver).current.id == field  # type: ignore[union-attr]
            await driver.press("enter")
        assert screen(driver).form.slots == slots
        assert driver.one(Button, "#form-confirm").has_focus


async def test_the_palette_over_a_form_has_its_commands_alone(open_app: OpenApp) -> None:
    async with open_app(plans=False) as driver:
        await open_form(driver)
        form = screen(driver)
        await driver.press("ctrl+p")
        await driver.dialog(Palette)
        for words in ("Apply", "Leave", "Help for this form", "More or fewer fields", "Take the suggestion"):
            await driver.see(words)
        assert "Go to Overview" not in driver.text
        assert "Theme" not in driver.text
        await driver.type("more or fewer")
        await driver.wait_for(lambda: "Take the suggestion" not in driver.text)
        await driver.press("enter")
        await driver.wait_for(lambda: driver.app.screen is form and len(form.query(FieldRow)) > 20)


@pytest.mark.parametrize("size", [LARGE, SMALL])
async def test_a_value_too_long_for_its_field_stands_below_it(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(view="capacity", size=size, plans=False) as driver:
        await open_form(driver)
        held = editor(driver, ("capacity",))
        row = next(row for row in screen(driver).query(FieldRow) if row.field.id == ("capacity",))
        held.focus()
        await driver.settle()
        assert not row.query_one(".whole").display
        ramp = ", ".join(f"2026-01-{day:02}: {500 + day}" for day in range(1, 9))
        held.type_over(ramp)
        await driver.settle()
        assert row.query_one(".whole").display
        assert "2026-01-01: 501, 2026-01-02: 502" in driver.text
        assert "2026-01-07: 507, 2026-01-08: 508" in driver.text
        held.type_over(", ".join(ramp.replace("2026-", f"{year}-") for year in range(2027, 2031)))
        await driver.press("home")
        await driver.wait_for(lambda: "2027-01-01: 501, 2027-01-02: 502" in driver.text)
        await driver.press("end")
        await driver.wait_for(lambda: "2030-01-07: 507, 2030-01-08: 508" in driver.text)
        await driver.press("up")
        assert not row.query_one(".whole").display
