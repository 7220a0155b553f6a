"""What `python -m router.kept.ship` writes is found again, and it says in a line why it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from router.kept import folder, ship
from router.kept.folder import find_kept
from router.plan.reference import scenario_reference
from router.scenario.load import load_scenario
from router.scenario.shipped import scenario_path


@pytest.fixture
def kept_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (folder, ship):
        monkeypatch.setattr(module, "shipped_kept_folder", lambda: tmp_path / "kept")
    return tmp_path / "kept"


def test_it_is_written_and_found(kept_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sha256 = scenario_reference(load_scenario(scenario_path("tiny"))).sha256
    assert find_kept(sha256, None) is None
    ship.main(["tiny"])
    assert [path.name for path in kept_folder.iterdir()] == ["tiny.kept"]
    kept = find_kept(sha256, None)
    assert kept is not None
    assert kept.plan.audit is not None
    assert kept.plan.audit.passed
    assert "tiny: " in capsys.readouterr().out


def test_a_name_that_there_is_not(kept_folder: Path) -> None:
    with pytest.raises(SystemExit, match="tinny"):
        ship.main(["tinny"])
    assert not kept_folder.exists()


def test_a_gap_that_stays_wide(kept_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ship, "_MOST_SECONDS", 0.0)
    with pytest.raises(SystemExit, match="expected a gap"):
        ship.main(["tiny"])
    assert not kept_folder.exists()
