"""How a file with includes is saved: what comes from them is overridden, or written out where that cannot be."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from router.change.change import Change
from router.scenario.load import load_scenario
from router.workspace.file_data import file_data
from router.workspace.saved_text import Form, saved_text
from tests.change.random_changes import CONFIGS
from tests.workspace.edits import add, after_changes, difference, remove, set_to


@pytest.fixture
def configs(tmp_path: Path) -> Path:
    shutil.copytree(CONFIGS, tmp_path / "configs")
    return tmp_path / "configs"


def _with_includes(path: Path, *changes: Change) -> tuple[Form, list[str]]:
    after = after_changes(path, changes)
    old = path.read_bytes()
    saved = saved_text(old, path, after)
    path.write_bytes(saved.content)
    assert load_scenario(path) == after
    return saved.form, difference(old.decode(), saved.content.decode())


def test_what_comes_from_an_include_is_overridden(configs: Path) -> None:
    path = configs / "frontier-lab.yaml"
    job = set_to("workloads", "pretrain-2028", "deadline", to=date(2028, 11, 1))
    form, lines = _with_includes(path, job)
    assert (form, lines) == (
        Form.PATCHED,
        ["+workloads:", "+  pretrain-2028: {deadline: 2028-11-01}", "+"],
    )
    # And the second time, what is there already is changed.
    form, lines = _with_includes(path, set_to("workloads", "pretrain-2028", "deadline", to=date(2028, 12, 1)))
    assert lines == ["-  pretrain-2028: {deadline: 2028-11-01}", "+  pretrain-2028: {deadline: 2028-12-01}"]
    form, lines = _with_includes(path, remove("workloads", "pretrain-2028"))
    assert lines == ["-  pretrain-2028: {deadline: 2028-12-01}", "+  pretrain-2028: null"]


def test_a_series_of_an_include_changes_its_form(configs: Path) -> None:
    path = configs / "frontier-lab.yaml"
    demand = ("workloads", "chat", "streams", "us", "demand")
    form, lines = _with_includes(path, set_to(*demand, to={"start": 3, "growth_per_year": "40 %"}))
    assert form is Form.PATCHED
    assert "points: null" in "\n".join(lines)
    form, lines = _with_includes(path, set_to(*demand, to=12))
    assert form is Form.PATCHED


def test_an_offer_of_an_include_takes_its_file_along_and_no_other(configs: Path) -> None:
    path = configs / "frontier-lab.yaml"
    form, lines = _with_includes(path, set_to("offers", 3, "usd_per_hour", to=1))
    assert form is Form.PRICES_WRITTEN_OUT
    assert "-  - frontier-lab/prices.yaml" in lines
    assert sum(line.startswith("-") for line in lines) == 1
    form, lines = _with_includes(path, set_to("offers", 3, "usd_per_hour", to=2))
    assert form is Form.PATCHED
    assert len(lines) == 2


def test_an_offer_of_the_only_include(configs: Path) -> None:
    path = configs / "scale-up.yaml"
    comments = [line for line in path.read_text().splitlines() if line.strip().startswith("#")]
    form, lines = _with_includes(path, set_to("offers", 0, "usd_per_hour", to=1))
    assert form is Form.SELF_CONTAINED
    assert [line for line in lines if line.startswith("-")] == ["-include: [catalogue/list-prices.yaml]", "-"]
    assert set(comments) <= set(path.read_text().splitlines())


def test_an_added_offer_is_added_to_the_file_alone(configs: Path) -> None:
    path = configs / "frontier-lab.yaml"
    scenario = load_scenario(path)
    offer = file_data(scenario.offers[0]) | {"purchase_option": "spot", "usd_per_hour": 9, "interruption_rate": 0.01}
    taken = {(each.provider, each.region, each.instance_type, each.purchase_option) for each in scenario.offers}
    offer["instance_type"] = next(
        name
        for name, each in scenario.instance_types.items()
        if each.provider == offer["provider"]
        and (offer["provider"], offer["region"], name, "spot") not in taken
        and any((pool.region, pool.instance_type) == (offer["region"], name) for pool in scenario.pools.values())
    )
    form, lines = _with_includes(path, add("offers", value=offer))
    assert form is Form.PATCHED
    assert "+offers:" in lines
    assert all(line.startswith("+") for line in lines)
