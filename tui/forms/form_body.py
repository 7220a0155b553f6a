"""The fields of a form, scrolled where they are more than there is room for."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Up and down go from field to field, and do not scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
    ]
