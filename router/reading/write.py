"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from router.reading.position import printable

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file is larger than allowed",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder is not a folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its path is a circle of symbolic links",
    errno.EISDIR: "it is a folder",
    errno.EIO: "the disk reports an error",
}


class OutputError(Exception):
    """A file cannot be written; `str()` is one line with the file and the reason."""


@dataclass(frozen=True)
class _Staged:
    """A file whose new content waits beside it; `backup` is where its old content goes."""

    target: Path
    temporary: Path
    backup: Path


def write_whole(path: Path | str, content: bytes | str) -> None:
    """Replaces the file's content in one step: readers see the old or the new, never a part.

    Text is written as UTF-8. Raises OutputError, and leaves what was there, where that is not possible.
    """
    write_all({path: content})


def write_all(contents: Mapping[Path | str, bytes | str]) -> None:
    """Replaces several files: all of them, or none where one cannot be written (then raises OutputError).

    All new contents are on disk before the first file is replaced, and files already replaced are put back
    where a later one fails. Only a machine that stops between two replacements leaves some old, some new.
    A symbolic link stays one: the file it leads to is replaced.
    """
    staged: list[_Staged] = []
    try:
        for path, content in contents.items():
            staged.append(_stage(Path(path), content))
        _replace(staged)
    finally:
        for file in staged:
            with contextlib.suppress(OSError):
                file.temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes | str) -> _Staged:
    """Writes the content into a new file in the same folder, so that a rename can put it in place."""
    with _told(path):
        target = Path(os.path.realpath(path))
        mode = _mode_of(target, path)
        # Short names of their own: the target's may be as long as the file system allows.
        token = secrets.token_hex(8)
        staged = _Staged(target, target.parent / f".{token}.new", target.parent / f".{token}.old")
        try:
            descriptor = os.open(staged.temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
            with open(descriptor, "wb") as stream:
                stream.write(content.encode("utf-8") if isinstance(content, str) else content)
                stream.flush()
                os.fsync(descriptor)
            if mode is not None:
                os.chmod(staged.temporary, mode)
        except BaseException:
            with contextlib.suppress(OSError):
                staged.temporary.unlink(missing_ok=True)
            raise
    return staged


def _mode_of(target: Path, path: Path) -> int | None:
    """The permissions of the file to replace, None where there is none. Raises OutputError for no file."""
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise OutputError(_line(path, _REASONS[errno.EISDIR]))
    if not stat.S_ISREG(mode):
        raise OutputError(_line(path, "it is a device or pipe and no file"))
    return stat.S_IMODE(mode)


def _replace(staged: list[_Staged]) -> None:
    touched: list[_Staged] = []
    try:
        for file in staged:
            with _told(file.target):
                touched.append(file)
                # One file alone needs no way back: putting it in place is the last step.
                if len(staged) > 1:
                    _back_up(file)
                os.replace(file.temporary, file.target)
    except BaseException:
        if len(staged) > 1:
            for file in reversed(touched):
                _put_back(file)
        raise
    for file in staged:
        with contextlib.suppress(OSError):
            file.backup.unlink(missing_ok=True)
    for folder in {file.target.parent for file in staged}:
        _sync_folder(folder)


def _back_up(file: _Staged) -> None:
    """Keeps the old content under a second name until every file is in place."""
    try:
        os.link(file.target, file.backup)
    except FileNotFoundError:
        return
    except OSError:
        # A file system without hard links: the target is away for a moment.
        with contextlib.suppress(FileNotFoundError):
            os.rename(file.target, file.backup)


def _put_back(file: _Staged) -> None:
    """Undoes the replacement of a file, as far as it went."""
    with contextlib.suppress(OSError):
        if file.backup.exists():
            os.replace(file.backup, file.target)
            # Two names of one file: the rename above leaves both.
            file.backup.unlink(missing_ok=True)
        elif not file.temporary.exists():
            # The new content is in place where there was nothing before.
            file.target.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    # The names are in place; that they survive a power cut is best effort (not every file system can).
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns the system's errors into one line about `path`."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise OutputError(_line(path, reason)) from None
    except UnicodeEncodeError:
        raise OutputError(_line(path, "its text holds characters that UTF-8 has not")) from None
    except ValueError as error:
        raise OutputError(_line(path, str(error))) from None


def _line(path: Path, reason: str) -> str:
    text = str(path)
    shown = text if len(text) <= 200 else f"{text[:199]}…"
    return printable(f"{shown}: cannot be written: {reason}")
