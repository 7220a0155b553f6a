"""Where things are kept, and what is said where that cannot be."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable
from pathlib import Path

import pytest

from router.workspace.folders import FolderError, cache_folder, config_folder, journal_folder, state_folder

_ALL = (config_folder, state_folder, journal_folder, cache_folder)
_XDG = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def test_one_variable_moves_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTER_HOME", str(tmp_path / "new"))
    expected = [tmp_path / "new" / name for name in ("config", "state", "state/journals", "cache")]
    assert [folder() for folder in _ALL] == expected
    assert all(folder.is_dir() and folder.stat().st_mode & 0o077 == 0 for folder in expected)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROUTER_HOME", "here")
    assert config_folder() == tmp_path / "here/config"


def test_the_platforms_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUTER_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in _XDG:
        monkeypatch.delenv(name, raising=False)
    for folder in (config_folder(), state_folder(), cache_folder()):
        assert folder.is_relative_to(tmp_path)
        assert folder.name == "multicloud-router"
    assert len({folder() for folder in _ALL}) == 4


@pytest.mark.parametrize("folder", _ALL)
def test_a_file_in_the_way_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Callable[[], Path]
) -> None:
    file = tmp_path / "file\nname"
    file.write_text("")
    monkeypatch.setenv("ROUTER_HOME", str(file))
    with pytest.raises(
        FolderError, match=r"file\\nname/\w+(/journals)?: this folder cannot be used: not a dir"
    ) as raised:
        folder()
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("home", ["/proc/nowhere", "x" * 300, "y/" * 3000])
def test_what_cannot_be_made_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROUTER_HOME", home)
    with pytest.raises(FolderError, match="this folder cannot be used") as raised:
        config_folder()
    assert len(str(raised.value)) < 300


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, who may write anywhere: the system's answer is put in its place."""
    monkeypatch.setenv("ROUTER_HOME", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FolderError, match="config: this folder cannot be used: you may not write there"):
        config_folder()


def test_no_home_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ROUTER_HOME", "HOME", *_XDG):
        monkeypatch.delenv(name, raising=False)

    def nobody(_: int) -> pwd.struct_passwd:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for folder in _ALL:
        with pytest.raises(FolderError, match=r"no home folder is known.*set ROUTER_HOME"):
            folder()
