"""Ways to get around: views, finding, help."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from tui.actions.base import Actions
from tui.views.registry import VIEWS


class GoingActions(Actions):
    """Views by letter or in turn, anything by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help"),
        Binding("g", "choose_view", "Go to"),
        Binding("left_square_bracket,ctrl+pageup", "turn(-1)", "View before", show=False),
        Binding("right_square_bracket,ctrl+pagedown", "turn(1)", "Next view", show=False),
        Binding("slash,ctrl+f", "find", "Find"),
    ]

    async def action_go(self, name: str) -> None:
        """To a view by name."""
        await self.go_to_view(name)

    async def action_turn(self, by: int) -> None:
        """To the next view, or the one before."""
        names = [entry.name for entry in VIEWS]
        here = names.index(self.view.id.removeprefix("view-")) if self.view is not None and self.view.id else 0
        await self.go_to_view(names[(here + by) % len(names)])

    @work
    async def action_choose_view(self) -> None:
        """A letter for each view."""
        from tui.dialogs.choose_view import ChooseView

        name = await self.push_screen_wait(ChooseView())
        if name is not None:
            await self.go_to_view(name)

    @work
    async def action_find(self) -> None:
        """Anything that has a name; the view in front is asked first."""
        from tui.dialogs.find import FindDialog

        view = self.view
        found = await self.push_screen_wait(FindDialog(self.workspace.scenario))
        if found is None:
            return
        if view is not None and view.find(found.key):
            return
        shown = await self.go_to_view(found.view)
        shown.find(found.key)

    def action_command_palette(self) -> None:
        """Every action by its name; over a dialog, those of its own."""
        from tui.commands import RouterCommands
        from tui.dialogs.dialog import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette([RouterCommands] if isinstance(self.screen, ModalScreen) else None))

    def search_themes(self) -> None:
        """The themes, in a palette that a second Enter does not break."""
        from textual.theme import ThemeProvider

        from tui.dialogs.dialog import Palette

        self.push_screen(Palette([ThemeProvider], "Search for themes…"))

    def action_press(self, key: str) -> None:
        """As if a key was pressed: for clicks on the line of keys."""
        self.simulate_key(key)

    def action_help(self) -> None:
        """The keys that work here and what the view is for."""
        from tui.dialogs.help import HelpDialog

        if isinstance(self.screen, HelpDialog):
            return
        self.push_screen(HelpDialog(self.view.HELP if self.view is not None else "", self.keys_here()))

    def keys_here(self) -> list[tuple[str, str]]:
        """Each key that works here, and what it does."""
        seen: dict[str, list[str]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if enabled and binding.description:
                seen.setdefault(binding.description, []).append(self.get_key_display(binding))
        return [(" ".join(dict.fromkeys(keys)), what) for what, keys in seen.items()]
