"""What is told of a file name before something is written there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from router.view.file_choice import told_of_source, told_of_target, unsaved_words


def test_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old.yaml").write_text("")
    assert told_of_target(str(tmp_path / "new.yaml")) == f"writes {tmp_path}/new.yaml"
    assert told_of_target(str(tmp_path / "old.yaml")) == f"replaces {tmp_path}/old.yaml"
    assert told_of_target(str(tmp_path)) == f"{tmp_path} is a folder: add a name"
    assert told_of_target(str(tmp_path / "no" / "x")) == f"there is no folder {tmp_path}/no"
    assert told_of_target(" ") == "expected the name of a file"
    monkeypatch.chdir(tmp_path)
    assert told_of_target("  new.yaml ") == f"writes {tmp_path}/new.yaml"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert told_of_target("~/new.yaml") == f"writes {tmp_path}/new.yaml"


def test_a_folder_that_may_not_be_written_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert told_of_target(str(tmp_path / "new.yaml")) == f"you may not write in {tmp_path}"


@pytest.mark.parametrize("typed", ["~nobody-at-all/x", "a\0b", "x" * 5000, "~"])
def test_odd_names_are_told_of_and_fail_nothing(typed: str) -> None:
    assert told_of_target(typed)


def test_unsaved_changes_in_words() -> None:
    assert unsaved_words(0, is_journalled=False) == ""
    assert unsaved_words(1, is_journalled=True) == "● 1 unsaved change"
    assert unsaved_words(2, is_journalled=False) == "● 2 unsaved changes, NOT JOURNALLED"
    assert unsaved_words(3, is_journalled=True, whatifs=1) == "● 3 unsaved changes, 1 what-if ON"
    assert unsaved_words(3, is_journalled=True, whatifs=2) == "● 3 unsaved changes, 2 what-ifs ON"


def test_what_is_to_be_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("")
    assert told_of_source(str(file)) == (f"reads {file}", True)
    assert told_of_source(f" {file} ") == (f"reads {file}", True)
    assert told_of_source(" ") == ("expected the name of a file", False)
    assert told_of_source(str(tmp_path)) == (f"{tmp_path} is a folder: add a name", False)
    assert told_of_source(str(tmp_path / "b")) == (f"there is no file {tmp_path / 'b'}", False)
    for odd in ("a\0b", "~nobody/x"):
        assert not told_of_source(odd)[1]
