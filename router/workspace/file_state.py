"""What a scenario file and all it includes were on disk when they were read, to notice when they change."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from router.reading.problems import ScenarioError
from router.reading.source_file import read_bytes, sha256
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from router.workspace.scenario_files import ScenarioFiles, Stamp, read_files, stamp_of


@dataclass(frozen=True)
class Fingerprint:
    """A file as it was: its stamp and the SHA-256 of its bytes in hexadecimal, None where it was not there."""

    path: Path
    stamp: Stamp | None
    sha256: str | None


@dataclass(frozen=True)
class FileState:
    """What was read: the bytes of the scenario file itself, and the fingerprints of all files, included ones first.

    `path` is absolute; a symbolic link stays one.
    """

    path: Path
    content: bytes = field(repr=False)
    files: tuple[Fingerprint, ...]
    # Stamps under which the content was found to be the same, so that a file that was only touched is read once.
    _same: dict[Path, Stamp] = field(default_factory=dict, compare=False, repr=False)

    def changed(self, *, thorough: bool = False) -> tuple[Path, ...]:
        """The files that hold something else than when they were read, are gone, or are there now and were not.

        Stamps are compared first, contents only where those differ: cheap enough for every second. ``thorough``:
        contents always, for a change within one tick of the file system's clock.
        """
        return tuple(each.path for each in self.files if self._is_changed(each, thorough))

    def _is_changed(self, was: Fingerprint, thorough: bool) -> bool:
        stamp = stamp_of(was.path)
        if stamp is None or was.sha256 is None:
            return (stamp is None) != (was.sha256 is None)
        if not thorough and stamp in (was.stamp, self._same.get(was.path)):
            return False
        try:
            changed = sha256(read_bytes(was.path)) != was.sha256
        except ScenarioError:
            return True
        if not changed:
            self._same[was.path] = stamp
        return changed


def read_state(path: Path | str) -> FileState:
    """The state of a scenario file and all it includes; what is missing or broken among those counts as it is.

    Raises ScenarioError where the file itself cannot be read.
    """
    return state_of(read_files(Path(path).absolute()))


def open_scenario(path: Path | str) -> tuple[Scenario, FileState]:
    """The checked scenario of a file with the state that it was read from. Raises ScenarioError with all mistakes."""
    files = read_files(Path(path).absolute())
    try:
        return files.scenario(), state_of(files)
    except ScenarioError:
        # The reader of scenarios tells every mistake of every file, by the names that the user gave.
        return load_scenario(path), read_state(path)


def state_of(files: ScenarioFiles) -> FileState:
    """The state of files that were read."""
    prints = [Fingerprint(each.path, each.stamp, _hash(each.content)) for each in files.files]
    return FileState(files.path, files.top.content or b"", tuple(prints))


def _hash(content: bytes | None) -> str | None:
    return None if content is None else sha256(content)
