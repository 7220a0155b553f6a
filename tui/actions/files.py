"""Opening, saving, reloading and leaving; nothing is lost without a question."""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import SuspendNotSupported as SuspendNotSupportedError
from textual.binding import Binding, BindingType

from router.reading.problems import ScenarioError
from router.reading.write import OutputError
from router.scenario.scenario import Scenario
from router.workspace.file_state import FileState
from router.workspace.folders import FolderError, state_folder
from router.workspace.recent import recent_files, remember
from router.workspace.save import FileChangedError, FileExistsAlreadyError, ReadOnlyError, Saved, save, save_as
from router.workspace.saved_text import Form
from router.workspace.settings import editor_command
from router.workspace.whatif_steps import count_on
from tui.actions.base import Actions
from tui.opening import open_named

_WERE = {True: "was", False: "were"}
Write = Callable[[Scenario, FileState], Saved]
"""Writes a scenario somewhere, from what was read."""


class FileActions(Actions):
    """What happens between the app and the disk."""

    changed_on_disk: tuple[Path, ...] = ()
    """Files that are known not to be what was read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("S", "save_as", "Save as", show=False),
        Binding("ctrl+o", "open", "Open", show=False),
        Binding("E", "edit_file", "Open in $EDITOR", show=False),
        Binding("R", "reload", "Reload from disk", show=False),
        Binding("q,ctrl+q", "leave", "Quit"),
    ]

    def watch_disk(self) -> None:
        """Tells once when the file, or one that it includes, is changed by someone else."""
        self.recording.retry()
        if self.one_file_action.locked():
            return
        changed = self.opened.state.changed()
        if changed and changed != self.changed_on_disk:
            names = ", ".join(path.name for path in changed)
            what = "saving asks first" if self.workspace.changes else "R reads it again"
            told = f"Changed on disk by someone else: {names}; {what}."
            self.notify(told, severity="warning", timeout=8, markup=False)
        self.changed_on_disk = changed

    @work(group="file")
    async def action_save(self) -> None:
        """Into the file that was opened."""
        async with self.one_file_action:
            await self.save_or_ask()

    async def save_or_ask(self) -> bool:
        """Saves; where that needs an answer, asks. Whether it is saved."""
        if not self.workspace.changes:
            self.notify("Nothing to save.", timeout=3)
            return True
        try:
            await self._write(save)
            return True
        except ReadOnlyError:
            return await self.save_as_or_ask()
        except FileChangedError as error:
            answer = await self._ask(
                "The file was changed by someone else",
                f"{error}\n\nOverwrite it with what is here, save under another name, or go back?",
                {"overwrite": "Overwrite", "as": "Save as…", "back": "Go back"},
                preset="back",
            )
            if answer == "as":
                return await self.save_as_or_ask()
            return answer == "overwrite" and await self._written(partial(save, overwrite=True))
        except (OutputError, ScenarioError) as error:
            self.tell_error(error)
            return False

    @work(group="file")
    async def action_save_as(self) -> None:
        """Into another file."""
        async with self.one_file_action:
            await self.save_as_or_ask()

    async def save_as_or_ask(self) -> bool:
        """Asks for a name and saves there; whether it is saved."""
        from tui.dialogs.save_as import SaveAsDialog

        proposed = Path.cwd() / self.opened.path.name
        while True:
            path = await self.push_screen_wait(SaveAsDialog(proposed))
            if path is None:
                return False
            proposed = path
            try:
                await self._write(partial(save_as, path))
                return True
            except FileExistsAlreadyError as error:
                answers = {"overwrite": "Replace it", "back": "Another name"}
                answer = await self._ask("Replace this file?", str(error), answers, preset="back")
                if answer == "overwrite" and await self._written(partial(save_as, path, overwrite=True)):
                    return True
            except (OutputError, ScenarioError) as error:
                self.tell_error(error)

    async def _written(self, write: Write) -> bool:
        """Whether it could be written; what went wrong is told."""
        try:
            await self._write(write)
        except (OutputError, ScenarioError) as error:
            self.tell_error(error)
            return False
        return True

    async def _write(self, write: Write) -> None:
        """Writes the scenario beside the keys; again where it was edited meanwhile. Raises as `save` does."""
        while True:
            scenario = self.workspace.scenario
            saved = await to_thread(write, scenario, self.opened.state)
            if self.workspace.scenario is scenario:
                break
            self.opened = replace(self.opened, state=saved.state)
            write = save
        what_ifs = count_on(self.workspace.changes)
        self.saved_to(saved)
        form = "" if saved.form is Form.PATCHED else f" ({saved.form.value})"
        also = f", and in it {what_ifs} what-if{'' if what_ifs == 1 else 's'} that {_WERE[what_ifs == 1]} on"
        self.notify(f"Saved: {saved.path}{form}{also if what_ifs else ''}", timeout=4, markup=False)
        self.remember_file(saved.path)

    def saved_to(self, saved: Saved) -> None:
        """The scenario is in this file from now on."""
        raise NotImplementedError

    def remember_file(self, path: Path) -> None:
        """Into the list of recent files, if there is a place for one."""
        try:
            remember(state_folder(), path, datetime.now(UTC))
        except (FolderError, OutputError):
            return

    @work(group="file")
    async def action_open(self) -> None:
        """Another file: a recent one, a shipped one, or any."""
        async with self.one_file_action:
            from tui.dialogs.open_file import OpenDialog

            try:
                recent = [file.path for file in recent_files(state_folder())]
            except FolderError:
                recent = []
            given = await self.push_screen_wait(OpenDialog(recent))
            if given is not None and await self.may_lose_changes("open another file"):
                self._open(given)

    def _open(self, given: str) -> None:
        try:
            opened = open_named(given)
        except ScenarioError as error:
            self.tell_error(error)
            return
        self.open_workspace(opened)
        self.begin_journal()
        self.remember_file(opened.path)

    @work(group="file")
    async def action_reload(self) -> None:
        """The file as it is on disk now."""
        async with self.one_file_action:
            if await self.may_lose_changes("read the file again"):
                self._open(str(self.opened.path))

    @work(group="file")
    async def action_edit_file(self) -> None:
        """The file in the user's editor; read again when that ends."""
        async with self.one_file_action:
            from tui.editor import run_editor

            command = editor_command(self.settings, os.environ)
            if command is None:
                self.notify(
                    "No editor is known: set $EDITOR, or `editor` in settings.yaml.", severity="warning", markup=False
                )
                return
            if not await self.may_lose_changes("edit the file outside"):
                return
            try:
                with self.suspend():
                    problem = run_editor(command, self.opened.path)
            except SuspendNotSupportedError:
                problem = "this terminal cannot be lent to an editor"
            if problem:
                self.notify(problem, severity="error", markup=False)
            if self.opened.state.changed(thorough=True):
                self._open(str(self.opened.path))

    @work(group="file")
    async def action_leave(self) -> None:
        """Leave; unsaved changes are asked about."""
        async with self.one_file_action:
            if await self.may_lose_changes("leave"):
                self.recording.end(clean=True)
                self.exit()

    async def may_lose_changes(self, what: str) -> bool:
        """Whether to go on although there are unsaved changes; saves them first where that is the answer."""
        count = len(self.workspace.changes)
        if count == 0:
            return True
        told = f"{count} change{'' if count == 1 else 's'} since the file was saved."
        answers = {"save": "Save", "lose": "Do not save", "back": "Go back"}
        answer = await self._ask(f"Save before you {what}?", told, answers)
        if answer == "save":
            return await self.save_or_ask()
        return answer == "lose"

    async def _ask(self, title: str, text: str, answers: dict[str, str], preset: str | None = None) -> str | None:
        from tui.dialogs.question import Question

        return await self.push_screen_wait(Question(title, text, answers, preset))
