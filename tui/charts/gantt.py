"""Training runs over time: a row for each, a cursor over rows, a part of the horizon that is zoomed and scrolled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from router.report.letters import Letters
from router.view.gantt import gantt_head, gantt_name, gantt_row, slack_text
from router.view.timeline import Timeline, TimelineRow
from router.view.timeline_window import TimelineWindow, whole_window
from tui.widgets.fitting import cut

_HEAD = 2
_SLACK = 8
_SLACK_FROM = 100
_NAME, _WIDE_NAME = 20, 32


@dataclass
class RunSelected(Message):
    """The cursor is on another row."""

    row: int


@dataclass
class RunOpened(Message):
    """Enter or a double click on a row."""

    row: int


class Gantt(ScrollView, can_focus=True):
    """Draws a `Timeline`; rows scroll up and down, time to the left and right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "gantt--header",
        "gantt--name",
        "gantt--heading",
        "gantt--alert-name",
        "gantt--slack",
        "gantt--cursor",
        "gantt--blank",
        "gantt--window",
        "gantt--run",
        "gantt--spot",
        "gantt--deadline",
        "gantt--today",
        "gantt--held",
        "gantt--alert",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("ctrl+home", "edge(-1)", "First row", show=False),
        Binding("ctrl+end", "edge(1)", "Last row", show=False),
        Binding("left,h", "scroll_time(-1)", "Earlier", show=False),
        Binding("right,l", "scroll_time(1)", "Later", show=False),
        Binding("home", "time_edge(-1)", "Start of the horizon", show=False),
        Binding("end", "time_edge(1)", "End of the horizon", show=False),
        Binding("plus,equals_sign", "zoom(1)", "Closer"),
        Binding("minus", "zoom(-1)", "Wider"),
        Binding("enter", "open", "Edit", show=False),
    ]

    row: var[int] = var(0)

    def __init__(self, letters: Letters, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._letters = letters
        self._found: Timeline | None = None
        self._window: TimelineWindow | None = None
        self._today = date.min
        self._longest = 0
        self._stale = False
        self._styles: dict[str, Style] = {}

    @property
    def found(self) -> Timeline | None:
        """What is shown."""
        return self._found

    @property
    def window(self) -> TimelineWindow | None:
        """The part of the horizon that is shown."""
        return self._window

    @property
    def chosen(self) -> TimelineRow | None:
        """The row under the cursor."""
        return self._found.rows[self.row] if self._found is not None and self._found.rows else None

    def show(self, found: Timeline, today: date, *, stale: bool) -> None:
        """Another timeline; the cursor stays on its job or pool, the time shown stays."""
        before, self._found = self.chosen, found
        self._today, self._stale = today, stale
        self._longest = max((len(gantt_name(row)) for row in found.rows), default=0)
        self._window = whole_window(found) if self._window is None else self._window.fitted_to(found)
        row = self._row_of(before) if before is not None else 0
        self.set_reactive(Gantt.row, max(0, min(row, len(found.rows) - 1)))
        self.virtual_size = Size(1, len(found.rows) + _HEAD)
        self.call_after_refresh(self._bring_into_sight)
        self.refresh()

    def clear(self) -> None:
        """Nothing to show."""
        self._found = None
        self.refresh()

    def _row_of(self, before: TimelineRow) -> int:
        """Where a row of the timeline before is now: its job, else its pool, else the same place."""
        found = self._found
        rows = () if found is None else found.rows
        for same in (
            [at for at, row in enumerate(rows) if row.job == before.job and row.label == before.label],
            [at for at, row in enumerate(rows) if row.job is None and row.pool == before.pool],
        ):
            if same:
                return same[0]
        return self.row

    def find(self, job: str | None, pool: str | None) -> bool:
        """The cursor on a job's row, or a pool's; whether there is one."""
        for at, row in enumerate(self._found.rows if self._found is not None else ()):
            if (job is not None and row.job == job) or (job is None and row.job is None and row.pool == pool):
                self._move_to(at)
                return True
        return False

    def on_resize(self, event: events.Resize) -> None:
        """More or less time has room."""
        self.call_after_refresh(self._bring_into_sight)

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        self._styles = {}

    @property
    def _name_width(self) -> int:
        return max(8, min(self._longest, _WIDE_NAME if self.size.width >= _SLACK_FROM else _NAME)) + 1

    @property
    def _slack_width(self) -> int:
        return _SLACK + 1 if self.size.width >= _SLACK_FROM else 0

    @property
    def columns(self) -> int:
        """Letters that time has room in."""
        bar = int(self.scrollbar_size_vertical) if self.show_vertical_scrollbar else 0
        return max(1, self.size.width - bar - self._name_width - self._slack_width)

    def render_line(self, y: int) -> Strip:
        """One line: of the two of the head, or a row."""
        found, window, base, width = self._found, self._window, self.rich_style, self.size.width
        if found is None or window is None:
            return Strip.blank(width, base)
        axis = window.axis(self.columns)
        if y < _HEAD:
            style = self._style("header")
            title = ("training", "runs")[y]
            slack = f"{'slack' if y else '':>{_SLACK}} " if self._slack_width else ""
            line = gantt_head(axis, self._letters, self._today)[y]
            text = f"{cut(title, self._name_width, pad=True)}{slack}{line}"
            return Strip([Segment(text, base + style)]).adjust_cell_length(width, base + style)
        row = round(self.scroll_y) + y - _HEAD
        if row >= len(found.rows):
            return Strip.blank(width, base)
        here = self._style("cursor") if row == self.row else Style.null()
        line_of = found.rows[row]
        name = "alert-name" if line_of.role == "alert" else "heading" if line_of.job is None else "name"
        pieces = [(cut(gantt_name(line_of), self._name_width - 1, pad=True) + " ", self._style(name) + here)]
        if self._slack_width:
            pieces.append((f"{slack_text(line_of):>{_SLACK}} ", self._style("slack") + here))
        italic = Style(italic=True) if self._stale else Style.null()
        pieces += [
            (text, self._style(role.value) + italic)
            for text, role in gantt_row(found, row, axis, self._letters, self._today)
        ]
        return Strip([Segment(text, base + style) for text, style in pieces]).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = self.get_component_rich_style(f"gantt--{name}")
        return style

    def validate_row(self, row: int) -> int:
        """A row that there is."""
        return max(0, min(row, len(self._found.rows) - 1)) if self._found is not None else 0

    def _move_to(self, row: int) -> None:
        self.row = row
        if self.chosen is not None and self._window is not None:
            self._window = self._window.showing(self.chosen)
        self._bring_into_sight()
        self.refresh()
        self.post_message(RunSelected(self.row))

    def _bring_into_sight(self) -> None:
        y, room = round(self.scroll_y), max(1, self.size.height - _HEAD)
        if self.row < y:
            y = self.row
        elif self.row >= y + room:
            y = self.row - room + 1
        self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def action_move(self, rows: int) -> None:
        """The cursor up or down; the time shown follows it."""
        self._move_to(self.row + rows)

    def action_page(self, pages: int) -> None:
        """A screenful up or down."""
        self._move_to(self.row + pages * max(1, self.size.height - _HEAD - 1))

    def action_edge(self, rows: int) -> None:
        """To the first row, or the last."""
        self._move_to(0 if rows < 0 else len(self._found.rows) if self._found is not None else 0)

    def _look_at(self, window: TimelineWindow | None) -> None:
        self._window = window
        self.refresh()

    def action_scroll_time(self, steps: int) -> None:
        """Earlier or later."""
        self._look_at(self._window.scrolled(steps) if self._window is not None else None)

    def action_time_edge(self, side: int) -> None:
        """To the horizon's start or end."""
        if self._window is not None:
            self._look_at(self._window.at_first() if side < 0 else self._window.at_last())

    def action_zoom(self, steps: int) -> None:
        """Closer or wider, around the run under the cursor."""
        row = self.chosen
        around = None if row is None else row.start or row.earliest_start
        if self._window is not None:
            self._look_at(self._window.zoomed(steps, around))

    def action_open(self) -> None:
        """What stands behind the row."""
        if self.chosen is not None:
            self.post_message(RunOpened(self.row))

    def on_click(self, event: events.Click) -> None:
        """The cursor goes where the mouse is; a double click opens."""
        row = round(self.scroll_y) + event.y - _HEAD
        if event.y < _HEAD or self._found is None or row >= len(self._found.rows):
            return
        self._move_to(row)
        if event.chain == 2:
            self.action_open()

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Earlier."""
        event.stop()
        self.action_scroll_time(-1)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Later."""
        event.stop()
        self.action_scroll_time(1)
