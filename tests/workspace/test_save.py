"""Saving: into the same file or another, and everything that can be in the way."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from router.change.apply import apply
from router.change.change import Change, Operation
from router.reading.write import OutputError
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.scenario.shipped import is_shipped
from router.workspace.file_state import FileState, open_scenario
from router.workspace.save import (
    FileChangedError,
    FileExistsAlreadyError,
    ReadOnlyError,
    save,
    save_as,
)
from router.workspace.saved_text import Form
from tests.change.random_changes import CONFIGS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copytree(CONFIGS, tmp_path / "configs")
    return tmp_path / "configs" / "tiny.yaml"


def _edited(path: Path) -> tuple[Scenario, FileState]:
    scenario, state = open_scenario(path)
    change = Change(("workloads", "fine-tune", "value_of_unserved_usd"), Operation.SET, 700_000)
    if "fine-tune" not in scenario.workloads:
        change = Change(("horizon", "discount_rate"), Operation.SET, 0.1)
    return apply(scenario, change).scenario, state


def _one_line(error: BaseException) -> str:
    text = str(error)
    assert "\n" not in text
    return text


def test_saved_and_saved_again(path: Path) -> None:
    after, state = _edited(path)
    saved = save(after, state)
    assert saved.path == path
    assert saved.form is Form.PATCHED
    assert load_scenario(path) == after
    assert saved.state.changed(thorough=True) == ()
    stamp = path.stat().st_mtime_ns
    assert save(after, saved.state).state == saved.state
    assert path.stat().st_mtime_ns == stamp


def test_nothing_but_the_file_is_left_behind(path: Path) -> None:
    names = sorted(os.listdir(path.parent))
    after, state = _edited(path)
    save(after, state)
    assert sorted(os.listdir(path.parent)) == names


def test_a_shipped_file_is_never_overwritten() -> None:
    path = CONFIGS / "tiny.yaml"
    content = path.read_bytes()
    after, state = _edited(path)
    assert is_shipped(path)
    for overwrite in (False, True):
        with pytest.raises(ReadOnlyError, match="save as") as caught:
            save(after, state, overwrite=overwrite)
        _one_line(caught.value)
    assert path.read_bytes() == content


def test_a_link_to_a_shipped_file_is_shipped(tmp_path: Path) -> None:
    link = tmp_path / "mine.yaml"
    link.symlink_to(CONFIGS / "tiny.yaml")
    after, state = _edited(link)
    with pytest.raises(ReadOnlyError):
        save(after, state)
    with pytest.raises(ReadOnlyError):
        save_as(CONFIGS / "other.yaml", after, state)
    assert not (CONFIGS / "other.yaml").exists()


def test_a_file_that_changed_is_not_overwritten_unasked(path: Path) -> None:
    after, state = _edited(path)
    theirs = path.read_text() + "# theirs\n"
    path.write_text(theirs)
    with pytest.raises(FileChangedError, match="changed by someone else") as caught:
        save(after, state)
    _one_line(caught.value)
    assert caught.value.files == (path,)
    assert path.read_text() == theirs
    saved = save(after, state, overwrite=True)
    assert load_scenario(path) == after
    assert "# theirs" not in path.read_text()
    assert saved.state.changed() == ()


def test_a_change_within_a_tick_of_the_clock_is_noticed(path: Path) -> None:
    after, state = _edited(path)
    status = path.stat()
    with path.open("r+b") as stream:
        stream.write(b"!")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(FileChangedError):
        save(after, state)


def test_an_included_file_that_changed_is_named(path: Path) -> None:
    path = path.with_name("frontier-lab.yaml")
    after, state = _edited(path)
    hardware = path.parent / "frontier-lab" / "hardware.yaml"
    hardware.write_text(hardware.read_text() + "# more\n")
    with pytest.raises(FileChangedError, match=r"hardware\.yaml"):
        save(after, state)
    save(after, state, overwrite=True)
    assert load_scenario(path) == after


def test_a_broken_include_is_no_obstacle_where_it_is_asked_for(path: Path) -> None:
    path = path.with_name("frontier-lab.yaml")
    after, state = _edited(path)
    (path.parent / "frontier-lab" / "hardware.yaml").write_text("a: [")
    with pytest.raises(FileChangedError):
        save(after, state)
    assert save(after, state, overwrite=True).form is Form.REWRITTEN
    assert load_scenario(path) == after


def test_a_file_that_is_gone(path: Path) -> None:
    after, state = _edited(path)
    path.unlink()
    with pytest.raises(FileChangedError, match="it is gone"):
        save(after, state)
    assert not path.exists()
    save(after, state, overwrite=True)
    assert load_scenario(path) == after
    assert "# Small enough" in path.read_text()


def test_a_folder_that_is_gone(path: Path) -> None:
    after, state = _edited(path)
    shutil.rmtree(path.parent)
    with pytest.raises(OutputError, match="folder does not exist") as caught:
        save(after, state, overwrite=True)
    _one_line(caught.value)


def test_a_folder_where_one_may_not_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    after, state = _edited(path)
    content = path.read_bytes()
    opened = os.open

    def refusing(name: str, flags: int, *more: int) -> int:
        # Root may write anywhere, so that permissions would not tell.
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return opened(name, flags, *more)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(OutputError, match="you may not write there") as caught:
        save(after, state)
    _one_line(caught.value)
    assert path.read_bytes() == content


def test_a_write_that_fails_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    after, state = _edited(path)
    content = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="the disk is full"):
        save(after, state)
    assert path.read_bytes() == content
    assert state.changed() == ()


def test_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = path.parent / "link.yaml"
    link.symlink_to(path)
    after, state = _edited(link)
    save(after, state)
    assert link.is_symlink()
    assert load_scenario(path) == after


def test_permissions_stay(path: Path) -> None:
    path.chmod(0o640)
    after, state = _edited(path)
    save(after, state)
    assert path.stat().st_mode & 0o777 == 0o640


# --- save as ---


def test_beside_the_old_one_includes_stay(path: Path) -> None:
    path = path.with_name("frontier-lab.yaml")
    after, state = _edited(path)
    saved = save_as(path.with_name("mine.yaml"), after, state)
    assert saved.form is Form.PATCHED
    assert load_scenario(saved.path) == after
    assert load_scenario(path) != after


def test_above_the_old_one_includes_are_found(path: Path, tmp_path: Path) -> None:
    path = path.with_name("frontier-lab.yaml")
    after, state = _edited(path)
    saved = save_as(tmp_path / "mine.yaml", after, state)
    assert saved.form is Form.PATCHED
    assert "  - configs/frontier-lab/hardware.yaml\n" in saved.path.read_text()
    assert load_scenario(saved.path) == after
    assert {each.path for each in saved.state.files} > {saved.path}


def test_elsewhere_the_file_stands_alone(tmp_path: Path) -> None:
    """As when a shipped scenario is saved into a folder of one's own."""
    after, state = _edited(CONFIGS / "frontier-lab.yaml")
    saved = save_as(tmp_path / "mine.yaml", after, state)
    assert saved.form is Form.SELF_CONTAINED
    assert load_scenario(saved.path) == after
    text = saved.path.read_text()
    assert text.startswith("# Self-contained: what frontier-lab.yaml included is written out below")
    assert "# assumption: the cost of capital" in text
    # From now on it is a file like any other.
    again = apply(after, Change(("offers", 2, "usd_per_hour"), Operation.SET, 5)).scenario
    assert save(again, saved.state).form is Form.PATCHED
    assert load_scenario(saved.path) == again


def test_a_file_that_is_there_is_not_replaced_unasked(path: Path) -> None:
    after, state = _edited(path)
    other = path.with_name("scale-up.yaml")
    with pytest.raises(FileExistsAlreadyError, match="there is such a file") as caught:
        save_as(other, after, state)
    _one_line(caught.value)
    save_as(other, after, state, overwrite=True)
    assert load_scenario(other) == after


def test_a_file_that_is_included_is_not_replaced(path: Path) -> None:
    path = path.with_name("frontier-lab.yaml")
    after, state = _edited(path)
    with pytest.raises(OutputError, match="includes it"):
        save_as(path.parent / "frontier-lab" / "hardware.yaml", after, state, overwrite=True)


def test_the_same_file_is_saved_as_ever(path: Path) -> None:
    after, state = _edited(path)
    path.write_text(path.read_text() + "# theirs\n")
    with pytest.raises(FileChangedError):
        save_as(path.parent / ".." / "configs" / "tiny.yaml", after, state)


def test_a_folder_is_no_file(path: Path) -> None:
    after, state = _edited(path)
    with pytest.raises(OutputError, match="it is a folder"):
        save_as(path.parent / "frontier-lab", after, state, overwrite=True)


def test_a_scenario_that_no_file_can_hold(path: Path) -> None:
    """The reader refuses such text; what is on disk stays."""
    after, state = _edited(path)
    content = path.read_bytes()
    with pytest.raises(OutputError, match="refused when it is read back") as caught:
        save(after.model_copy(update={"description": "a\x00b"}), state)
    _one_line(caught.value)
    assert path.read_bytes() == content
