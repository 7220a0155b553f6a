"""One run at a time writes to a file of results."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from router.reading.position import printable
from router.reading.write import OutputError

_NO_LOCKS_HERE = (errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL)


class RunLock:
    """Holds a lock file beside the results. The system lets go of it when the process ends, however it ends.

    A file system without locks (some of those over a network) cannot keep two runs apart; then nothing does.
    """

    def __init__(self, path: Path) -> None:
        """Raises OutputError where another run has it, or where it cannot be made."""
        self._path = path
        self._descriptor = -1
        while self._descriptor < 0:
            self._descriptor = _try(path)

    def release(self) -> None:
        """Let go, and take the lock file away. May be called again."""
        if self._descriptor < 0:
            return
        # While it is still held: a file taken away later could be another run's.
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1


def output_error(path: Path, reason: str | OSError) -> OutputError:
    """That something cannot be written, in one line."""
    told = reason if isinstance(reason, str) else (reason.strerror or str(reason))
    return OutputError(printable(f"{path}: cannot be written: {told[:1].lower()}{told[1:]}"))


def _try(path: Path) -> int:
    """The locked file's descriptor; -1 to try again."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise output_error(path, error) from None
    try:
        if not _is_locked(descriptor):
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            process = f" (process {holder})" if holder.isdigit() else ""
            raise OutputError(
                printable(f"{path}: another run{process} is writing there; wait for its end, or give another --out")
            )
        if not _is_still(path, descriptor):
            # The run that had it took the file away between our opening and locking it.
            os.close(descriptor)
            return -1
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
    except OSError as error:
        os.close(descriptor)
        raise output_error(path, error) from None
    except OutputError:
        os.close(descriptor)
        raise
    return descriptor


def _is_locked(descriptor: int) -> bool:
    """Whether the lock was free and is this process's now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS_HERE:
            return True
        if error.errno in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        there, held = os.stat(path), os.fstat(descriptor)
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)
