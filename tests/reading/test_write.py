"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from router.reading.write import OutputError, write_all, write_whole


def names_in(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_new_and_replaced_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_whole(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    write_whole(str(path), b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert names_in(tmp_path) == ["plan.json"]


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_whole(link, "new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    mask = os.umask(0o027)
    try:
        write_whole(tmp_path / "b", "x")
    finally:
        os.umask(mask)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o640


def test_names_as_long_as_the_file_system_allows(tmp_path: Path) -> None:
    write_whole(tmp_path / ("x" * 255), "x")
    with pytest.raises(OutputError, match="its name is too long") as caught:
        write_whole(tmp_path / ("x" * 256), "x")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for path, reason in [
        (tmp_path / "folder", "it is a folder"),
        (tmp_path / "missing" / "a", "its folder does not exist"),
        (tmp_path / "file" / "a", "its folder is not a folder"),
        (tmp_path / "pipe", "it is a device or pipe and no file"),
        (Path("/dev/null"), "it is a device or pipe and no file"),
        (Path("a\0b"), "embedded null byte"),
    ]:
        with pytest.raises(OutputError) as caught:
            write_whole(path, "x")
        assert str(caught.value).endswith(f": cannot be written: {reason}")
        assert str(caught.value).isprintable()
    assert names_in(tmp_path) == ["file", "folder", "pipe"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your disk quota is used up"),
        (errno.EACCES, "you may not write there"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "the disk reports an error"),
        (errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_nothing_is_lost_when_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(OutputError) as caught:
            write_whole(path, "new")
    assert str(caught.value) == f"{path}: cannot be written: {reason}"
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["plan.json"]


def test_text_that_utf8_has_not(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="characters that UTF-8 has not"):
        write_whole(tmp_path / "a", "\ud800")
    assert names_in(tmp_path) == []


def test_a_real_write_that_fails_half_way(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old")
    script = (
        "import sys, signal; from router.reading.write import *\n"
        "try: write_whole(sys.argv[1], b'x' * 10_000_000)\n"
        "except OutputError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    assert done.stdout == f"{path}: cannot be written: the file is larger than allowed\n"
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["plan.json"]


def test_write_all_writes_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    write_all({tmp_path / "a": "1", tmp_path / "b": b"2"})
    assert (tmp_path / "a").read_text() == "1"
    assert (tmp_path / "b").read_text() == "2"
    assert names_in(tmp_path) == ["a", "b"]
    write_all({})


def test_write_all_stages_before_it_replaces(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="folder: cannot be written: it is a folder"):
        write_all({tmp_path / "a": "1", tmp_path / "b": "2", tmp_path / "folder": "3"})
    assert (tmp_path / "a").read_text() == "old"
    assert names_in(tmp_path) == ["a", "folder"]


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_write_all_puts_back_what_it_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, links: bool
) -> None:
    for name in "ac":
        (tmp_path / name).write_text(f"old {name}")
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if target.name == "c" and source.suffix == ".new":
            raise failure
        real(source, target)

    def refuse_link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        if not links:
            patch.setattr(os, "link", refuse_link)
        expected = OutputError if isinstance(failure, OSError) else KeyboardInterrupt
        with pytest.raises(expected):
            write_all({tmp_path / "a": "1", tmp_path / "b": "2", tmp_path / "c": "3", tmp_path / "d": "4"})
    assert (tmp_path / "a").read_text() == "old a"
    assert (tmp_path / "c").read_text() == "old c"
    assert names_in(tmp_path) == ["a", "c"]


def test_write_all_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")

    def refuse_link(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse_link)
    write_all({tmp_path / "a": "1", tmp_path / "b": "2"})
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == ["1", "2"]
