"""Where the app keeps what is the user's: settings, journals and recent files, kept plans, what-if files.

The platform's own folders, named after the app; with ROUTER_HOME set, `config`, `state`, `cache` and `data` below it,
so that tests and portable installs never touch the user's. Each is made when it is asked for, for its owner alone.
Where that cannot be (no home, a read-only disk, a file in its place) FolderError says so in one line, which the app
shows; it goes on without.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

from router.workspace.system_error import told

APP = "multicloud-router"
HOME_VARIABLE = "ROUTER_HOME"
_OWNER_ONLY = 0o700
_CANNOT = "this folder cannot be used"


class FolderError(Exception):
    """A folder cannot be had; `str()` is one line with the folder and the reason."""


def config_folder() -> Path:
    """Holds the settings. Raises FolderError."""
    return _made(_place("config", platformdirs.user_config_path))


def state_folder() -> Path:
    """Holds the list of recent files. Raises FolderError."""
    return _made(_place("state", platformdirs.user_state_path))


def journal_folder() -> Path:
    """Holds a journal for each session. Raises FolderError."""
    return _made(_place("state", platformdirs.user_state_path) / "journals")


def cache_folder() -> Path:
    """Holds kept plans: what may be deleted at any time. Raises FolderError."""
    return _made(_place("cache", platformdirs.user_cache_path))


def plans_folder() -> Path | None:
    """Where plans are kept; None where there is no such folder, and one goes on without."""
    try:
        return cache_folder()
    except FolderError:
        return None


def whatif_folder() -> Path:
    """Holds the user's what-if files about scenarios that come with the product. Raises FolderError."""
    return _made(_place("data", platformdirs.user_data_path) / "whatif")


def _place(name: str, of_platform: Callable[..., Path]) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    try:
        return Path(os.path.abspath(home)) / name if home else of_platform(APP, appauthor=False)
    except (OSError, RuntimeError) as error:
        raise FolderError(f"the {name} folder: no home folder is known ({error}); set {HOME_VARIABLE}") from None


def _made(folder: Path) -> Path:
    if not folder.is_absolute():
        # Without HOME and an entry of the user, `~` stays what it is.
        raise FolderError(f"{folder}: no home folder is known; set {HOME_VARIABLE}")
    try:
        folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise FolderError(told(folder, _CANNOT, error)) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderError(told(folder, _CANNOT, ValueError("you may not write there")))
    return folder
