"""The clipboard: the system's where it can be read, else what was copied in the app."""

from __future__ import annotations

import pyperclip
from textual.app import App


def clipboard_text(app: App[None]) -> str:
    """What can be pasted; empty where there is nothing."""
    try:
        return str(pyperclip.paste() or app.clipboard)
    except pyperclip.PyperclipException:
        return app.clipboard


def put_on_clipboard(app: App[None], text: str) -> None:
    """Copies a text: through the terminal, which works over ssh, and to the system's clipboard where there is one."""
    app.copy_to_clipboard(text)
    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return
