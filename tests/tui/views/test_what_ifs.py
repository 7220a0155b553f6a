"""What-ifs in the app: switched on and off, planned beside the screen, compared, saved."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from router.change.change import Change, Operation
from router.scenario.load import load_scenario
from router.whatif.read import read_question
from tests.tui.conftest import OpenApp
from tests.tui.covering import covers
from tests.tui.driving import SMALL, Driver
from tests.workspace.whatif_sample import BROKEN, GROWTH, SomePlanner, growth_in, outcome
from tui.actions.what_ifs import WhatIfActions
from tui.dialogs.choose_side import ChooseSide
from tui.dialogs.help import HelpDialog
from tui.dialogs.open_what_if import OpenWhatIf
from tui.dialogs.save_what_if import SaveWhatIf
from tui.views.changes import ChangesView
from tui.views.what_ifs import WhatIfsView
from tui.widgets.what_if_list import WhatIfList

FIRST = "Oracle's H100 a month late"


@pytest.fixture
def growth(app_home: Path) -> Path:
    """A what-if file beside the tiny scenario."""
    return growth_in(app_home)


async def listed(driver: Driver, *words: str) -> SomePlanner:
    """Until the files are read; what plans them from then on."""
    planner = SomePlanner(driver.app.workspace.shown.plan)
    driver.app.desk.make_planner = planner
    await driver.see(*(words or (FIRST,)))
    chosen = driver.one(WhatIfList).chosen
    assert words or (chosen is not None and chosen.heading == FIRST), "the cursor is on the first what-if"
    return planner


def row(driver: Driver, words: str) -> str:
    """The line of the screen that has these words."""
    return next(line for line in driver.text.splitlines() if words in line)


def on(driver: Driver) -> list[str]:
    """Names of the what-ifs that are on, in the order of their steps."""
    return [entry.whatif for entry in driver.app.workspace.changes if entry.whatif]


def titles(driver: Driver) -> list[str]:
    """Of what was notified."""
    return [note.title for note in driver.app._notifications]


@covers(WhatIfsView, "switch")
async def test_on_and_off_again(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        saved = driver.scenario
        assert "[ ]" in row(driver, FIRST)
        await driver.press("space")
        assert "[x]" in row(driver, FIRST)
        assert "1 what-if ON" in driver.text.splitlines()[0]
        assert "1 on · " in driver.text
        assert driver.scenario != saved
        await driver.press("down", "down", "enter")
        assert on(driver) == ["late", "both"]
        assert len(driver.app.workspace.changes) == 2, "all changes of one what-if are one step"
        assert "2 what-ifs ON" in driver.text.splitlines()[0]
        await driver.press("up", "up", "space")
        assert on(driver) == ["both"], "that very step is taken back, the later one stays"
        await driver.press("u")
        assert on(driver) == ["late", "both"]
        await driver.press("u", "u")
        assert on(driver) == []
        assert "none on" in driver.text
        await driver.press("u")
        assert driver.scenario == saved


async def test_the_list_of_changes_has_its_name(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        await driver.press("down", "down", "space")
        await driver.go("changes")
        assert "1. what-if: both (3 changes)" in driver.text
        await driver.press("delete")
        await driver.go("what-ifs")
        assert "[ ]" in row(driver, "Late, and chat grows")


async def test_all_views_plan_live_with_it(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs") as driver:
        await listed(driver)
        await driver.planned()
        before = driver.cost_usd
        await driver.press("down", "space")
        await driver.planned()
        assert driver.cost_usd > before * 1.2
        await driver.go("demand")
        assert driver.value(1, 0) == 360
        await driver.go("what-ifs")
        await driver.press("space")
        await driver.planned()
        assert driver.cost_usd == pytest.approx(before, abs=1.0)


async def test_a_mouse_switches_too(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        lines = driver.text.splitlines()
        at = next(number for number, line in enumerate(lines) if "Chat grows by half" in line)
        driver.click_at(10, at, times=2)
        await driver.settle()
        assert on(driver) == ["grows"]


async def test_what_contradicts_the_edited_scenario_changes_nothing(open_app: OpenApp, growth: Path) -> None:
    growth.write_text(
        GROWTH.replace(
            "      - shift: pools.oracle-h100.capacity\n        by: 1 month\n",
            "      - set: workloads.chat.streams.us.demand\n        to: {values: [1, 2, 3]}\n",
        )
    )
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        gone = Change(("workloads", "chat"), Operation.REMOVE)
        assert driver.app.change([gone])
        edited = driver.scenario
        await driver.press("space")
        assert driver.scenario is edited
        assert on(driver) == []
        (told,) = driver.told()
        assert told.startswith(f"{growth}:12:13:"), "where it stands in its file"
        assert "chat" in told
        assert titles(driver) == ["late stays off: it contradicts the scenario as edited"]


async def test_what_a_later_change_builds_on_stays_on(open_app: OpenApp, growth: Path) -> None:
    added = """\
      - add: workloads.video
        value:
          kind: inference
          unit: streams
          throughput: {H100: 4}
          value_of_unserved_usd_per_unit_hour: 3
          streams:
            us: {geography: us, demand: 20}
          assumption: invented demand
"""
    growth.write_text(GROWTH.replace("      - shift: pools.oracle-h100.capacity\n        by: 1 month\n", added))
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        await driver.press("space")
        assert driver.app.change([Change(("workloads", "video", "streams", "us", "demand"), Operation.SCALE, 2)])
        edited = driver.scenario
        await driver.press("space")
        assert driver.scenario is edited
        assert on(driver) == ["late"]
        (told,) = driver.told()
        assert "it needs change 1, which was to be taken back" in told
        assert titles(driver) == ["late stays on: what was changed after it builds on it"]


async def test_offers_that_moved_are_found_by_what_they_are(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        offers = driver.scenario.offers
        spare = offers[0].model_copy(update={"purchase_option": "spot"})
        assert driver.app.change([Change(("offers", 0), Operation.ADD, spare.model_dump(exclude_unset=True))])
        await driver.press("down", "down", "space")
        assert on(driver) == ["both"], driver.told()
        was = next(offer.usd_per_hour for offer in offers if offer.purchase_option == "on_demand")
        now = next(offer.usd_per_hour for offer in driver.scenario.offers if offer.purchase_option == "on_demand")
        assert isinstance(was, float)
        assert now == pytest.approx(was * 1.2)
        assert "[x]" in row(driver, "Late, and chat grows")


@covers(WhatIfsView, "plan_all", "stop")
async def test_all_are_planned_and_it_can_be_stopped(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        gate = threading.Event()
        planner = SomePlanner(waits=gate)
        planner.answers["both"] = None
        driver.app.desk.make_planner = planner
        await driver.press("r")
        await driver.see("beginning (Escape stops)")
        assert "…" in row(driver, FIRST)
        await driver.press("r")
        assert len(planner.asked) == 1, "it is at it already"
        await driver.press("escape")
        await driver.wait_for(lambda: planner.stops >= 1)
        assert "Stopped." in driver.told()
        assert "…" not in row(driver, FIRST)
        await driver.press("escape")
        assert driver.told() == ["Stopped."]
        gate.set()
        await driver.press("r")
        await driver.see("3 of 3 planned")
        await driver.see("r looks for better plans")
        assert planner.asked[-1] == (["base", "late", "grows", "both"], 0.0)
        assert "~+$5" in row(driver, FIRST)
        assert "+$500" in row(driver, "Chat grows by half")
        assert "NO PLAN" in row(driver, "Late, and chat grows")
        await driver.press("down", "down")
        await driver.see("no plan: no plan can be")
        planner.answers["late"] = outcome(1001.0)
        await driver.press("r")
        await driver.wait_for(lambda: len(planner.asked) == 3)
        assert planner.asked[2][1] > 0
        await driver.wait_for(lambda: "+$1" in row(driver, FIRST))


async def test_another_view_in_front_ends_the_planning(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        planner = SomePlanner(waits=threading.Event())
        driver.app.desk.make_planner = planner
        await driver.press("r")
        await driver.see("Escape stops")
        await driver.go("demand")
        await driver.wait_for(lambda: planner.stops >= 1)
        await driver.go("what-ifs")
        assert "r plans all" in driver.text


async def test_a_planner_that_fails_says_so(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        planner = await listed(driver)
        planner.fails = "the process that plans what-ifs has ended"
        await driver.press("r")
        await driver.wait_for(lambda: bool(driver.told()))
        assert driver.told() == ["the process that plans what-ifs has ended"]
        assert "r plans all" in driver.text


async def test_for_real_in_a_process_of_its_own(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await driver.see(FIRST)
        await driver.press("r")
        await driver.see("3 of 3 planned")
        assert "$681 k" in row(driver, "the scenario as saved")
        assert "+$" in row(driver, "Chat grows by half")


@covers(WhatIfsView, "compare('base')", "compare('now')", "mark")
async def test_any_two_are_compared(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        planner = await listed(driver)
        await driver.press("c")
        await driver.see("b  from  saved: tiny, $681 k", "n  to    late: tiny, $1.36 M", "Total cost")
        assert driver.view_name == "compare"
        assert planner.asked == [(["late"], 20.0)]
        await driver.go("what-ifs")
        await driver.press("n")
        await driver.see("b  from  late: tiny, $1.36 M", "n  to    now: tiny, $681 k", "Total cost")
        assert len(planner.asked) == 1, "its plan is at hand"
        await driver.go("what-ifs")
        await driver.press("f")
        assert f"» {FIRST}" in driver.text
        await driver.press("c")
        assert driver.view_name == "what-ifs"
        assert any("choose another" in told for told in driver.told())
        await driver.press("down", "c")
        await driver.see("b  from  late: tiny, $1.36 M", "n  to    grows: tiny, $1.36 M", "Total cost")
        await driver.go("what-ifs")
        await driver.press("home", "c")
        await driver.see("b  from  late: tiny, $1.36 M", "n  to    saved: tiny, $681 k", "Total cost")
        await driver.go("what-ifs")
        await driver.press("n")
        await driver.see("b  from  saved: tiny, $681 k", "n  to    now: tiny, $681 k", "Both sides are the same plan.")
        await driver.go("what-ifs")
        await driver.press("down", "down", "f")
        assert "» the scenario as saved" in driver.text


async def test_a_comparison_tells_how_far_it_is_and_is_cancelled(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        planner = SomePlanner(waits=threading.Event())
        driver.app.desk.make_planner = planner
        await driver.press("c")
        await driver.see("to: planning late", "Escape cancels", "The comparison comes once the plan is there.")
        await driver.press("escape")
        await driver.wait_for(lambda: planner.stops >= 1)
        await driver.see("n  to    now: tiny", "Both sides are the same plan.")
        assert driver.told() == ["Cancelled."]


async def test_a_what_if_without_a_plan_is_told(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        driver.app.desk.make_planner = SomePlanner()
        await driver.press("c")
        await driver.wait_for(lambda: "late: no plan can be" in driver.told())
        assert "n  to    now: tiny" in driver.text


async def test_the_compare_view_offers_them(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="compare", plans=False) as driver:
        driver.app.desk.make_planner = SomePlanner(driver.app.workspace.shown.plan)
        for key, side in (("n", "n  to    grows: tiny, $1.36 M"), ("b", "b  from  grows: tiny, $1.36 M")):
            await driver.press(key)
            await driver.dialog(ChooseSide)
            options = driver.one(OptionList)
            at = next(
                place
                for place in range(options.option_count)
                if "Chat grows by half" in str(options.get_option_at_index(place).prompt)
            )
            await driver.press("escape")
            await driver.no_dialog()
            await driver.press(key)
            await driver.dialog(ChooseSide)
            driver.one(OptionList).highlighted = at
            await driver.press("enter")
            await driver.see(side)


async def test_nothing_under_the_cursor_to_switch_or_compare(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        await driver.press("home")
        await driver.see("Each what-if is planned on it alone")
        await driver.press("space", "enter", "c", "down", "f", "space", "c", "n")
        first, second, third, *others = driver.told()
        assert {first, second, *others} == {"Choose a what-if first."}
        assert "choose another" in third
        await driver.see("Answer: It costs twice as much.")
        assert driver.view_name == "what-ifs"
        assert on(driver) == []


async def test_a_list_of_another_scenario_than_the_one_that_is_open_does_nothing(
    open_app: OpenApp, growth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        planner = await listed(driver)
        saved = driver.scenario
        monkeypatch.setattr(driver.app.workspace, "_saved_scenario", saved.model_copy())
        monkeypatch.setattr(WhatIfsView, "_read", lambda _: None)
        await driver.press("space", "c", "n", "f", "r")
        assert set(driver.told()) == {"The what-if files are being read."}
        assert driver.scenario is saved
        assert planner.asked == []


async def test_without_any(open_app: OpenApp) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver, "no what-ifs for this scenario")
        await driver.press("r", "space", "c", "f", "escape", "down")
        assert "Nothing left to plan." in driver.told()
        assert driver.view_name == "what-ifs"


async def test_mistakes_stand_at_their_file(open_app: OpenApp, growth: Path) -> None:
    growth_in(growth.parent, "broken.yaml", BROKEN)
    (growth.parent / "empty.yaml").write_text("whatifs:\nscenario: tiny\n")
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        await driver.see("Broken  (broken.yaml, beside)", "found the unknown key 'demnd'", "empty.yaml")


async def test_files_that_change_on_disk_are_read_again(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        await driver.press("down", "space")
        growth.write_text(GROWTH.replace("Chat grows by half", "Chat grows by one half").replace("by: 1.5", "by: 1.6"))
        await driver.see("[x] Chat grows by one half")
        growth.unlink()
        await driver.see("no what-ifs for this scenario")
        assert "1 what-if ON" in driver.text, "it is still in the scenario"


@covers(WhatIfsView, "open_file")
@covers(OpenWhatIf, "dismiss(None)")
async def test_a_file_is_opened_by_hand(open_app: OpenApp, tmp_path: Path) -> None:
    elsewhere = growth_in(tmp_path / "elsewhere")
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver, "no what-ifs for this scenario")
        await driver.press("o")
        await driver.dialog(OpenWhatIf)
        await driver.press("escape")
        await driver.no_dialog()
        await driver.press("o")
        await driver.dialog(OpenWhatIf)
        await driver.press("enter")
        assert "expected the name of a file" in driver.text
        await driver.type("nowhere.yaml")
        assert "there is no file" in driver.text
        await driver.press("enter")
        driver.one(Input).value = str(elsewhere)
        await driver.press("enter")
        await driver.no_dialog()
        await driver.see("Chat grows  (growth.yaml, by hand)", FIRST)


@covers(WhatIfsView, "app.save_what_if")
@covers(ChangesView, "app.save_what_if")
@covers(SaveWhatIf, "dismiss(None)", "app.focus_next", "app.focus_previous")
async def test_edits_are_saved_as_a_what_if(open_app: OpenApp, tiny: Path) -> None:
    async with open_app(view="demand", plans=False) as driver:
        await driver.edit("480")
        edited = driver.scenario
        for view in ("what-ifs", "changes", "demand"):
            await driver.go(view)
            await driver.press("W")
            await driver.dialog(SaveWhatIf)
            await driver.press("escape")
            await driver.no_dialog()
        await driver.press("W")
        await driver.dialog(SaveWhatIf)
        assert "Save 1 change as a what-if" in driver.text
        assert "makes the folder" in driver.text
        await driver.type("more chat")
        assert "expected a name of letters" in driver.text
        await driver.press("enter")
        assert isinstance(driver.app.screen, SaveWhatIf), "a mistake does not close it"
        driver.one(Input, "#what-if-name").value = "more-chat"
        await driver.press("down", "up", "down")
        driver.one(Input, "#what-if-title").value = "More chat in January"
        await driver.press("enter")
        await driver.no_dialog()
        path = tiny.parent / "whatif" / "tiny.yaml"
        await driver.wait_for(path.is_file)
        (_, case) = read_question(path).whatifs
        assert (case.name, case.title) == ("more-chat", "More chat in January")
        assert len(driver.app.workspace.changes) == 1, "the edits stay"
        await driver.press("u")
        await driver.go("what-ifs")
        await driver.see("More chat in January")
        await driver.press("space")
        assert driver.scenario == edited
        assert load_scenario(tiny) != edited


@covers(WhatIfActions, "save_what_if")
async def test_added_to_the_file_that_is_there_and_a_taken_name_is_told(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="demand", plans=False) as driver:
        await driver.edit("480")
        await driver.press("W")
        await driver.dialog(SaveWhatIf)
        driver.one(Input, "#what-if-name").value = "late"
        await driver.see("growth.yaml has a late already")
        driver.one(Input, "#what-if-name").value = "mine"
        await driver.press("enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: growth.read_text() != GROWTH)
    text = growth.read_text()
    assert text.startswith(GROWTH)
    assert "  mine:\n" in text


async def test_a_file_that_cannot_be_written_is_told_and_asked_again(
    open_app: OpenApp, growth: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from router.reading.write import OutputError

    def refuse(*_: object) -> None:
        raise OutputError("growth.yaml: cannot be written: the disk is full")

    async with open_app(view="demand", plans=False) as driver:
        await driver.edit("480")
        with monkeypatch.context() as full:
            full.setattr("router.workspace.whatif_save.write_whole", refuse)
            await driver.press("W")
            await driver.dialog(SaveWhatIf)
            driver.one(Input, "#what-if-name").value = "mine"
            await driver.press("enter")
            await driver.wait_for(lambda: any("disk is full" in told for told in driver.told()))
        await driver.dialog(SaveWhatIf)
        assert driver.one(Input, "#what-if-name").value == "mine", "what was typed is still there"
        await driver.press("enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: "  mine:\n" in growth.read_text())


async def test_without_edits_there_is_nothing_to_save(open_app: OpenApp) -> None:
    async with open_app(view="changes", plans=False) as driver:
        await driver.press("W")
        assert any("no what-if to save" in told for told in driver.told())


async def test_saving_the_scenario_says_that_what_ifs_go_into_it(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        await driver.press("space", "ctrl+s")
        await driver.wait_for(lambda: any("and in it 1 what-if that was on" in told for told in driver.told()))
        await driver.see("none on")
        await driver.wait_for(lambda: "[ ]" in row(driver, FIRST))


async def test_help_and_copies(open_app: OpenApp, growth: Path) -> None:
    async with open_app(view="what-ifs", plans=False) as driver:
        await listed(driver)
        view = driver.app.view
        assert isinstance(view, WhatIfsView)
        assert view.cell_text() == f"{growth}:late"
        assert [line[1] for line in view.table()] == ["name", "base", "late", "grows", "both"]
        await driver.press("question_mark")
        await driver.dialog(HelpDialog)
        await driver.see("What-ifs", "Questions asked of the open scenario")


@pytest.mark.parametrize("size", [SMALL, (200, 60), (40, 12), (20, 6)])
async def test_any_size(open_app: OpenApp, growth: Path, size: tuple[int, int]) -> None:
    growth.write_text(GROWTH.replace("Chat grows by half", "Chat grows by half " * 20))
    growth_in(growth.parent, "broken.yaml", BROKEN)
    async with open_app(view="what-ifs", plans=False, size=size) as driver:
        planner = SomePlanner()
        driver.app.desk.make_planner = planner
        await driver.wait_for(lambda: driver.one(WhatIfList).count == 7)
        await driver.press("r")
        await driver.wait_for(lambda: bool(planner.asked))
        for key in ("down", "down", "space", "end", "pageup", "home"):
            await driver.press(key)
            lines = driver.text.splitlines()
            assert len(lines) == size[1]
            assert all(len(line) <= size[0] for line in lines)
