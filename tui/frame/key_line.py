"""The last line: the keys that matter where the focus is.

Drawn as one line of text. Textual's own footer mounts a widget for each key whenever the focus moves, which took some
40 ms of each edit; this takes less than one.
"""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

_PALETTE = "command_palette"


class KeyLine(Widget):
    """Keys and what they do, as many as fit; a click on one does it. Help and the palette are always there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[tuple[str, str, str], ...] = ()

    def on_mount(self) -> None:
        """Told whenever other keys count."""
        self.screen.bindings_updated_signal.subscribe(self, self._on_bindings)

    def _on_bindings(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        keys = self._keys_of(screen)
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def _keys_of(self, screen: Screen[object]) -> tuple[tuple[str, str, str], ...]:
        """Key, what it does and the key's name for a click; one key for each action, the palette's last."""
        shown: dict[str, tuple[str, str, str]] = {}
        last: dict[str, tuple[str, str, str]] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if not enabled or not (binding.show or binding.action == _PALETTE):
                continue
            into = last if binding.action in (_PALETTE, "help") else shown
            into.setdefault(binding.action, (self.app.get_key_display(binding), binding.description, binding.key))
        return (*shown.values(), *last.values())

    def render(self) -> Content:
        """The first keys that fit, and at the right those that are always there."""
        fixed = [part for part in self._keys[-2:] if part[1].lower() in ("help", "palette")]
        others = self._keys[: len(self._keys) - len(fixed)]
        right = Content("").join(self._part(*part) for part in fixed)
        left = Content("")
        for part in others:
            more = left + self._part(*part)
            if more.cell_length + right.cell_length > self.size.width:
                break
            left = more
        room = max(0, self.size.width - left.cell_length - right.cell_length)
        return left + Content(" " * room) + right

    @staticmethod
    def _part(key: str, what: str, name: str) -> Content:
        text = Content.assemble(" ", (key, "$footer-key-foreground bold"), f" {what} ")
        return text.stylize(f"@click=app.press('{name}')")

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer of them fit."""
        self.refresh()
