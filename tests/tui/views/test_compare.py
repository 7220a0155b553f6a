"""Two plans side by side: which, which page, from where."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from router.report.plan_json import plan_text
from router.view.compare import ComparedSide
from router.view.compare_pages import PAGES
from tests.tui.conftest import TINY, OpenApp
from tests.tui.covering import covers
from tests.tui.driving import SMALL, Driver
from tui.comparing import NoSideError
from tui.dialogs.choose_side import ChooseSide
from tui.views import compare as compare_module
from tui.views.compare import CompareView


def view_of(driver: Driver) -> CompareView:
    view = driver.app.view
    assert isinstance(view, CompareView)
    return view


async def with_another_plan(driver: Driver) -> None:
    """As if an edit had made the plan dearer."""
    shown = driver.app.workspace.shown
    plan = shown.plan
    assert plan is not None
    bill = [line.model_copy(update={"amount_usd": line.amount_usd * 2}) for line in plan.bill]
    dearer = plan.model_copy(
        update={
            "bill": bill,
            "totals": plan.totals.model_copy(update={"cost_usd": plan.totals.cost_usd * 2}),
            "runs": [],
            "windows": [
                window.model_copy(update={"shortfall_usd": 5e4, "shortfall_paid_usd": 5e4, "met_on": None})
                for window in plan.windows
            ],
        }
    )
    view_of(driver).show(replace(shown, plan=dearer, before_plan=plan))
    await driver.wait_for(lambda: bool(view_of(driver).table()))


async def test_the_same_plan_twice_is_said(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        assert "Both sides are the same plan." in driver.text
        assert "b  from  saved: tiny, $681 k" in driver.text
        assert "n  to    now: tiny, $681 k" in driver.text
        assert view_of(driver).table() == []


@covers(CompareView, "turn_page(1)", "turn_page(-1)")
async def test_every_page(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        await with_another_plan(driver)
        wanted = {
            "Headline": "Total cost",
            "Cause": "usage",
            "Provider": "oracle",
            "Workload": "fine-tune",
            "Year": "2026",
            "Moves": "Nothing moves from one pool to another.",
            "Contracts": "shortfall +$50.0 k",
            "Burn-down": "now: SHORT by $50.0 k",
            "Unserved": "is the same",
            "Runs": "no longer runs",
        }
        assert [title for _, title in PAGES] == list(wanted)
        for title, words in wanted.items():
            assert f"[{title}]" in driver.text
            assert words in driver.text, f"{title}:\n{driver.text}"
            assert title in ("Unserved", "Moves") or view_of(driver).table()
            await driver.press("t")
        assert "[Headline]" in driver.text
        await driver.press("T")
        assert "[Runs]" in driver.text


async def test_a_click_on_a_page(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        await with_another_plan(driver)
        line = driver.text.splitlines()[5]
        await driver.pilot.click("ChoiceStrip", offset=(line.index("Burn-down") + 2, 0))
        await driver.settle()
        assert "[Burn-down]" in driver.text


async def test_more_is_drawn_to_the_right_and_less_to_the_left(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        await with_another_plan(driver)
        await driver.press("t", "t")
        line = next(line for line in driver.text.splitlines() if line.strip().startswith("aws"))
        assert "+$" in line
        assert "██" in line
        rows = view_of(driver).table()
        assert rows[0][1:] == ["before", "after", "change"]
        assert float(rows[1][3]) > 0


@covers(CompareView, "choose('before')", "choose('after')")
async def test_choose_both_sides(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        await with_another_plan(driver)
        await driver.press("n")
        await driver.dialog(ChooseSide)
        assert "Compare to" in driver.text
        await driver.press("enter")
        await driver.no_dialog()
        assert "n  to    saved: tiny" in driver.text
        assert "Both sides are the same plan." in driver.text
        await driver.press("b")
        await driver.dialog(ChooseSide)
        assert "Compare from" in driver.text
        await driver.press("down", "down", "up", "enter")
        await driver.no_dialog()
        await driver.see("b  from  now: tiny", "Total cost")
        await driver.press("b")
        await driver.dialog(ChooseSide)
        await driver.press("escape")
        await driver.no_dialog()
        assert "b  from  now: tiny" in driver.text


async def test_a_plan_that_is_not_there_cannot_be_chosen(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        await driver.press("b")
        await driver.dialog(ChooseSide)
        assert "nothing was changed yet" in driver.text
        await driver.press("down", "down", "enter")
        await driver.no_dialog()
        await driver.wait_for(lambda: "previous" not in driver.text.splitlines()[3])


async def test_another_scenario_by_its_kept_plan(open_app: OpenApp, app_home: Path) -> None:
    async with open_app(view="compare", plans=False) as driver:
        other = app_home / "other.yaml"
        other.write_bytes(TINY.read_bytes())
        await driver.press("n")
        await driver.dialog(ChooseSide)
        await driver.type("other.yaml")
        await driver.press("enter")
        await driver.see("n  to    other.yaml: tiny, $681 k", "Total cost")


async def test_another_scenario_is_solved(open_app: OpenApp, app_home: Path) -> None:
    async with open_app(view="compare", plans=False) as driver:
        text = TINY.read_text()
        (app_home / "other.yaml").write_text(text.replace("name: tiny", "name: other"))
        await driver.press("n")
        await driver.dialog(ChooseSide)
        await driver.type("other.yaml")
        await driver.press("enter")
        await driver.see("n  to    other.yaml: other, $681 k", "Total cost")


async def test_a_plan_json_and_its_folder(open_app: OpenApp, app_home: Path) -> None:
    async with open_app(view="compare", plans=False) as driver:
        plan = driver.app.workspace.shown.plan
        assert plan is not None
        folder = app_home / "made"
        folder.mkdir()
        (folder / "plan.json").write_text(plan_text(plan))
        for given in ("made", "made/plan.json"):
            await driver.press("b")
            await driver.dialog(ChooseSide)
            await driver.type(given)
            await driver.press("enter")
            await driver.see("b  from  plan.json: tiny, $681 k", "Total cost")


@pytest.mark.parametrize(
    ("given", "content", "words"),
    [
        ("nothing.yaml", None, "nothing.yaml"),
        ("tinny", None, "tiny"),
        ("bad.yaml", "name: [", "bad.yaml"),
        ("bad.json", "{", "bad.json"),
        ("none.json", None, "none.json"),
    ],
)
async def test_files_that_cannot_be_read(
    open_app: OpenApp, app_home: Path, given: str, content: str | None, words: str
) -> None:
    async with open_app(view="compare", plans=False) as driver:
        if content is not None:
            (app_home / given).write_text(content)
        await driver.press("n")
        await driver.dialog(ChooseSide)
        await driver.type(given)
        await driver.press("enter")
        await driver.wait_for(lambda: any(words in told for told in driver.told()))
        assert "n  to    now: tiny" in driver.text


@covers(CompareView, "cancel")
async def test_a_search_tells_how_far_it_is_and_is_cancelled(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def slow(given: str, known: object, settings: object, tell: object, interrupt: threading.Event) -> ComparedSide:
        tell("solving, 1.0 s: gap 3 %")  # type: ignore[operator]
        interrupt.wait(20)
        ended.set()
        raise NoSideError("cancelled")

    monkeypatch.setattr(compare_module, "side_from_file", slow)
    async with open_app(view="compare", plans=False) as driver:
        await driver.press("n")
        await driver.dialog(ChooseSide)
        await driver.type("x.yaml")
        await driver.press("enter")
        await driver.see("to: solving, 1.0 s: gap 3 %", "Escape cancels")
        await driver.press("escape")
        await driver.wait_for(ended.is_set)
        assert "n  to    now: tiny" in driver.text
        assert driver.told() == ["Cancelled."]


async def test_without_a_plan(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        shown = driver.app.workspace.shown
        view_of(driver).show(replace(shown, plan=None, saved_plan=None))
        await driver.settle()
        assert "There is nothing to compare yet." in driver.text
        assert "no such plan yet" in driver.text
        await driver.press("t", "T", "escape")


@pytest.mark.parametrize("size", [SMALL, (40, 12), (200, 60)])
async def test_any_size_and_long_names(open_app: OpenApp, size: tuple[int, int]) -> None:
    async with open_app(view="compare", plans=False, size=size) as driver:
        await with_another_plan(driver)
        side = view_of(driver)._side("after")
        assert side is not None
        view_of(driver)._chosen["after"] = replace(side, name="a very long name of a plan " * 5)
        view_of(driver).show(driver.app.workspace.shown)
        await driver.settle()
        for _ in PAGES:
            await driver.press("t")
            assert all(len(line) <= size[0] for line in driver.text.splitlines())


async def test_a_stale_plan_says_so(open_app: OpenApp) -> None:
    async with open_app(view="compare", plans=False) as driver:
        await with_another_plan(driver)
        view_of(driver).show(replace(driver.app.workspace.shown, version=7))
        await driver.settle()
        assert "(from before the last edit)" in driver.text
        assert view_of(driver).has_class("-stale")
