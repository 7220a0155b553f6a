"""Files that are no scenario: one clear line, quickly."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from router.reading import source_file
from router.reading.problems import ScenarioError
from router.reading.yaml_reader import read_yaml


def line_of(path: Path | str) -> str:
    start = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        read_yaml(path)
    assert time.process_time() - start < 1
    assert len(caught.value.problems) == 1
    line = str(caught.value)
    assert line.isprintable()
    return line


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "frontier-lab.yaml").write_text("a: 1")
    path = tmp_path / "fronteir-lab.yaml"
    assert line_of(path) == (
        f"{path}: found no such file, expected an existing YAML file; did you mean '{tmp_path / 'frontier-lab.yaml'}'?"
    )
    assert line_of(tmp_path / "zzz") == (f"{tmp_path / 'zzz'}: found no such file, expected an existing YAML file")
    assert "found no such file" in line_of(tmp_path / "no folder" / "a.yaml")
    assert "found no such file" in line_of(tmp_path / "frontier-lab.yaml" / "a.yaml")


def test_folders_pipes_and_devices(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert line_of(tmp_path) == f"{tmp_path}: found a folder, expected a YAML file"
    assert "found a pipe, expected a YAML file" in line_of(tmp_path / "pipe")
    assert "found a device, expected a YAML file" in line_of("/dev/zero")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    assert line_of(path) == (
        f"{path}: found a file of more than 64 MiB (100 MB), expected a scenario of at most 64 MiB"
    )


def test_a_file_that_grows_while_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_file, "LARGEST_FILE_BYTES", 10)
    real = os.fstat
    path = tmp_path / "a.yaml"
    path.write_text("a: 1234567890")
    monkeypatch.setattr(os, "fstat", lambda descriptor: _Smaller(real(descriptor)))
    with pytest.raises(ScenarioError, match="more than 0 MiB"):
        source_file.read_bytes(path)


class _Smaller:
    st_size = 1

    def __init__(self, status: os.stat_result) -> None:
        self.st_mode = status.st_mode


def test_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        assert line_of(path) == f"{path}: found a file you may not read, expected a readable file"
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert "found symbolic links in a circle" in line_of(tmp_path / "circle")
    assert "a name that is too long" in line_of(tmp_path / ("x" * 300))
    assert "cannot be read" in line_of("a\0b")
    assert "no such file" in line_of(tmp_path / "new\nline")


def test_a_file_without_a_known_size_is_read() -> None:
    content = source_file.read_bytes(Path("/proc/self/status"))
    assert b"Name:" in content


def test_name_and_hash_of_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\n")
    document = read_yaml(path, file="shown.yaml")
    assert document.position_of(("a",)).file == "shown.yaml"
    (source,) = document.sources
    assert source.file == "shown.yaml"
    assert source.sha256 == "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae"
