"""The command palette: every key that works here, every view, every theme."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import ModalScreen

from tui.views.registry import VIEWS

if TYPE_CHECKING:
    from tui.app import RouterApp


class RouterCommands(Provider):
    """Commands by what they do; the key that does the same stands behind."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for title, what, run in self._commands():
            yield DiscoveryHit(title, run, help=what)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for title, what, run in self._commands():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), run, help=what)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], Awaitable[bool]]]]:
        app = cast("RouterApp", self.app)
        # A dialog has the commands of its own keys: views, and the fields in it, are none of its business.
        is_dialog = isinstance(self.screen, ModalScreen)
        for entry in () if is_dialog else VIEWS:
            action = partial(app.run_action, f"go('{entry.name}')", app)
            yield f"Go to {entry.title}", f"{entry.what}  (g {entry.letter})", action
        seen = {"command_palette"}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if is_dialog and node is not self.screen:
                continue
            if enabled and binding.description and binding.action not in seen:
                seen.add(binding.action)
                key = app.get_key_display(binding)
                yield binding.description, f"key {key}", partial(app.run_action, binding.action, node)
        for title, what, action_text in () if is_dialog else app.more_commands():
            yield title, what, partial(app.run_action, action_text, app)
