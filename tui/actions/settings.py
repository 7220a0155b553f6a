"""The user's settings: kept when the theme is changed, edited in $EDITOR, read again after that."""

from __future__ import annotations

import os

from textual import work
from textual.app import SuspendNotSupported as SuspendNotSupportedError
from textual.theme import Theme

from router.reading.write import OutputError
from router.workspace.folders import FolderError, config_folder
from router.workspace.settings import FILE, editor_command, load_settings
from router.workspace.settings_file import save_settings
from tui.actions.base import Actions
from tui.editor import run_editor


class SettingsActions(Actions):
    """What happens with settings.yaml."""

    def keep_theme(self, theme: Theme) -> None:
        """The theme that was chosen is the one of the next start."""
        if theme.name == self.settings.theme:
            return
        self.settings = self.settings.model_copy(update={"theme": theme.name})
        try:
            save_settings(config_folder(), self.settings)
        except (FolderError, OutputError) as error:
            self.tell_error(error)

    def action_use_theme(self, name: str) -> None:
        """Another theme, from now on."""
        self.theme = name

    @work(exclusive=True, group="settings")
    async def action_edit_settings(self) -> None:
        """settings.yaml in the user's editor; it holds from then on, except for what the solver was started with."""
        command = editor_command(self.settings, os.environ)
        try:
            folder = config_folder()
            if command is None:
                told = f"No editor is known: set $EDITOR, or write `editor: …` into {folder / FILE}."
                self.notify(told, severity="warning", timeout=10, markup=False)
                return
            save_settings(folder, self.settings)
            with self.suspend():
                problem = run_editor(command, folder / FILE)
        except SuspendNotSupportedError:
            problem = "this terminal cannot be lent to an editor"
        except (FolderError, OutputError) as error:
            self.tell_error(error)
            return
        if problem:
            self.notify(problem, severity="error", markup=False)
        loaded = load_settings(folder)
        for wrong in loaded.problems:
            self.notify(str(wrong), severity="warning", timeout=10, markup=False)
        self.settings = loaded.settings
        if self.settings.theme in self.available_themes:
            self.theme = self.settings.theme
