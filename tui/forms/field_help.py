"""What the field under the cursor is for, what was understood, and the names it may hold."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class FieldHelp(Static):
    """Names can be clicked."""

    def __init__(self) -> None:
        super().__init__(id="form-help", markup=False)

    def tell(self, words: str, read_back: str, choices: tuple[str, ...], more: int) -> None:
        """``more``: names that there is no room for."""
        lines = [Content(words)]
        if read_back:
            lines.append(Content.styled(read_back, "$text-accent"))
        if choices:
            names = [
                Content.from_markup(f"[@click=screen.choose({at})]$name[/]", name=name)
                for at, name in enumerate(choices)
            ]
            rest = [Content(f"and {more} more")] if more else []
            lines.append(Content.assemble(("ctrl+n ", "bold"), Content("  ").join([*names, *rest])))
        self.update(Content("\n").join(lines))
