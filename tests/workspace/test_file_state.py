"""Files that change on disk are noticed, those that are only touched are not."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from router.reading.include import read_document
from router.reading.problems import ScenarioError
from router.scenario.load import load_scenario
from router.workspace import file_state
from router.workspace.file_state import open_scenario, read_state
from tests.change.random_changes import CONFIGS, SHIPPED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copytree(CONFIGS, tmp_path / "configs")
    return tmp_path / "configs" / "frontier-lab.yaml"


@pytest.mark.parametrize("name", SHIPPED)
def test_it_knows_the_files_that_the_reader_reads(name: str) -> None:
    path = CONFIGS / f"{name}.yaml"
    sources = {(Path(each.file), each.sha256) for each in read_document(path.absolute()).sources}
    assert {(Path(os.path.normpath(each.path)), each.sha256) for each in read_state(path).files} == sources
    scenario, state = open_scenario(path)
    assert scenario == load_scenario(path)
    assert state == read_state(path)
    assert state.content == path.read_bytes()


def test_nothing_changed(path: Path) -> None:
    state = read_state(path)
    assert state.changed() == ()
    assert state.changed(thorough=True) == ()


def test_a_file_that_was_only_touched_is_read_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = read_state(path)
    os.utime(path, ns=(1, 1))
    reads: list[Path] = []

    def counting(path: Path) -> bytes:
        reads.append(path)
        return path.read_bytes()

    monkeypatch.setattr(file_state, "read_bytes", counting)
    assert state.changed() == ()
    assert state.changed() == ()
    assert reads == [path]


def test_an_included_file_that_changed_is_named(path: Path) -> None:
    state = read_state(path)
    prices = path.parent / "frontier-lab" / "prices.yaml"
    prices.write_text(prices.read_text() + "# more\n")
    assert state.changed() == (prices,)


def test_a_change_within_a_tick_of_the_clock_needs_a_thorough_look(path: Path) -> None:
    state = read_state(path)
    status = path.stat()
    with path.open("r+b") as stream:
        stream.write(b"!")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert state.changed() == ()
    assert state.changed(thorough=True) == (path,)


def test_a_file_that_is_gone_or_came_back_the_same(path: Path) -> None:
    state = read_state(path)
    content = path.read_bytes()
    path.unlink()
    assert state.changed() == (path,)
    path.write_bytes(content)
    assert state.changed() == ()


def test_a_missing_include_that_appears(tmp_path: Path) -> None:
    path = tmp_path / "top.yaml"
    path.write_text("include: [sites/late.yaml]\n")
    state = read_state(path)
    assert state.changed() == ()
    late = tmp_path / "sites" / "late.yaml"
    late.parent.mkdir()
    late.write_text("name: late\n")
    assert state.changed() == (late,)


def test_broken_files_count_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "top.yaml"
    path.write_text("a: [\n")
    state = read_state(path)
    assert state.changed() == ()
    path.write_text("a: []\n")
    assert state.changed() == (path,)


def test_circles_and_files_outside_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "in" / "top.yaml"
    path.parent.mkdir()
    path.write_text("include: [top.yaml, ../out.yaml, /etc/hostname]\n")
    (tmp_path / "out.yaml").write_text("name: out\n")
    assert [each.path for each in read_state(path).files] == [path]


def test_a_file_that_becomes_a_folder_has_changed(path: Path) -> None:
    state = read_state(path)
    path.unlink()
    path.mkdir()
    assert state.changed() == (path,)


def test_what_cannot_be_read_is_told_as_the_reader_tells_it(tmp_path: Path) -> None:
    missing = tmp_path / "no.yaml"
    with pytest.raises(ScenarioError, match="no such file"):
        read_state(missing)
    with pytest.raises(ScenarioError, match="no such file"):
        open_scenario(missing)
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\ninclude: [gone.yaml]\n")
    with pytest.raises(ScenarioError, match="which does not exist"):
        open_scenario(broken)
