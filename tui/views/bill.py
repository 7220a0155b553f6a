"""The bill: every line of cost, searched, sorted, grouped, summed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from router.arrays import Ids
from router.plan.document import Plan
from router.view.bill import SHOWN_FIELDS, BillFilter, BillLines, SortKey, bill_lines
from router.view.bill_columns import NUMBER_FIELDS, BillColumns, BillField, bill_columns
from router.view.bill_groups import bill_groups
from router.view.bill_place import place_of
from router.view.bill_rows import GroupRows, LineRows, group_rows
from router.view.table_rows import NoRows
from router.workspace.shown import Shown
from tui.views.view import View
from tui.widgets.row_table import RowTable

GROUPINGS: tuple[BillField | None, ...] = (
    None,
    BillField.CATEGORY,
    BillField.PROVIDER,
    BillField.ITEM,
    BillField.YEAR,
)
_AMOUNT_COLUMN = SHOWN_FIELDS.index(BillField.AMOUNT)
_GROUP_AMOUNT, _GROUP_SORTS = 2, (0, 1, 2)


class BillView(View):
    """A filter, the lines or their groups, and what they sum to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", "Filter"),
        Binding("o", "group", "Group"),
        Binding("s", "sort", "Sort by next"),
        Binding("r", "reverse", "Reverse"),
        Binding("backspace", "back", "Back", show=False),
        Binding("y", "copy", "Copy", show=False),
    ]
    HELP = """# Bill

Every line of cost. `f` filters as you type: each word is looked for in item, provider, category, contract, purchase
option and period (`oracle 2027 usage`); `Enter` or `Escape` leaves the filter. `s` sorts by the next column, `r` turns
the order, a click on a title does both. `o` groups by category, provider, item or year; `Enter` on a group shows its
lines, `Backspace` goes back. `Space` or Shift and the arrows select rows; their sum stands below. `Enter` on a line
goes to its pool, contract or workload. `y` copies the selected rows, `Y` all that are shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._plan: Plan | None = None
        self._shown: Shown | None = None
        self._columns: BillColumns | None = None
        self._lines: BillLines | None = None
        self._rows: LineRows | GroupRows | None = None
        self._within: Ids | None = None
        self._within_words = ""
        self._group = 0
        self._sort = (_AMOUNT_COLUMN, True)
        self._group_sort = (_GROUP_AMOUNT, True)

    def compose(self) -> ComposeResult:
        """The filter on top, sums at the bottom."""
        with Horizontal(id="bill-head"):
            yield Static("Filter", id="bill-filter-name", markup=False)
            yield Input(placeholder="f: words of item, provider, category, period", id="bill-filter", compact=True)
            yield Static(id="bill-grouping", markup=False)
        yield RowTable(id="bill-rows")
        with Horizontal(id="bill-foot"):
            yield Static(id="bill-sum", markup=False)
            yield Static(id="bill-selection", markup=False)

    @property
    def rows(self) -> RowTable:
        """The table's widget."""
        return self.query_one(RowTable)

    def start(self) -> None:
        """Keys go to the table."""
        self.rows.focus()

    def show(self, shown: Shown) -> None:
        """The bill of this plan; where one stands, and what is filtered, stays."""
        self._shown = shown
        self.set_class(shown.is_stale, "-stale")
        if shown.plan is not self._plan:
            self._plan = shown.plan
            self._columns = None if shown.plan is None else bill_columns(shown.plan)
            self._within, self._within_words = None, ""
            self._fill(cursor=self.rows.row)
        elif shown.plan is None:
            self._fill()
        else:
            self._tell_sum()

    @property
    def _grouping(self) -> BillField | None:
        return GROUPINGS[self._group] if self._within is None else None

    def _fill(self, cursor: int = 0, *, keep: bool = False) -> None:
        """`keep`: the lines that were selected or under the cursor stay so, where they are still shown."""
        columns, table = self._columns, self.rows
        if columns is None:
            self._lines = self._rows = None
            table.show(NoRows(), when_empty="No plan yet")
            self._tell_sum()
            return
        before = self._lines if isinstance(self._rows, LineRows) else None
        wanted = BillFilter(self.query_one(Input).value)
        column, is_descending = self._sort
        keys = [SortKey(SHOWN_FIELDS[min(column, _AMOUNT_COLUMN)], is_descending)]
        self._lines = bill_lines(columns, wanted, keys, self._within)
        grouping = self._grouping
        selected: frozenset[int] = frozenset()
        if grouping is None:
            self._rows = LineRows(self._lines)
            if keep and before is not None and before.columns is columns and before.count:
                selected = frozenset(self._lines.rows_of(before.lines[table.selected]).tolist())
                same = self._lines.rows_of(before.lines[[min(table.row, before.count - 1)]])
                cursor = int(same[0]) if len(same) else 0
        else:
            groups = bill_groups(self._lines, [grouping])
            self._rows = group_rows(groups, self.router.letters, self._group_sort[0], is_descending=self._group_sort[1])
        table.show(
            self._rows,
            cursor=cursor,
            selected=selected,
            sorted_by=self._sort if grouping is None else self._group_sort,
            when_empty="No line of the bill has all these words." if columns.count else "The bill has no lines.",
        )
        self._tell_sum()

    def _tell_sum(self) -> None:
        lines, shown, grouping = self._lines, self._shown, self._grouping
        how = f"lines of {self._within_words}" if self._within is not None else f"o: {_grouped_words(grouping)}"
        self.query_one("#bill-grouping", Static).update(how)
        stale = "from before the last edit: " if shown is not None and shown.is_stale else ""
        self.query_one("#bill-sum", Static).update("" if lines is None else f"{stale}{lines.words}")
        self._tell_selection()

    def _tell_selection(self) -> None:
        self.query_one("#bill-selection", Static).update(self._selection_words())

    def _selection_words(self) -> str:
        rows, lines, selected = self._rows, self._lines, self.rows.selected
        if not selected or lines is None:
            return ""
        if isinstance(rows, GroupRows):
            return rows.selection(selected)
        return lines.selection(selected)

    def on_row_table_moved(self, message: RowTable.Moved) -> None:
        """Another sum."""
        self._tell_selection()

    def on_row_table_title_clicked(self, message: RowTable.TitleClicked) -> None:
        """Sort by it; turned where it is sorted by that already."""
        self._sort_by(message.column)

    def _sort_by(self, column: int) -> None:
        if self._grouping is not None:
            column = min(column, _GROUP_AMOUNT)
            self._group_sort = (column, not self._group_sort[1] if column == self._group_sort[0] else column != 0)
        else:
            column = min(column, _AMOUNT_COLUMN)
            is_number = SHOWN_FIELDS[column] in NUMBER_FIELDS
            self._sort = (column, not self._sort[1] if column == self._sort[0] else is_number)
        self._fill(keep=True)

    def action_sort(self) -> None:
        """By the next of the columns in sight."""
        now = self._sort[0] if self._grouping is None else self._group_sort[0]
        choices = _GROUP_SORTS if self._grouping is not None else range(len(SHOWN_FIELDS))
        columns = [at for at in self.rows.columns_in_sight if at in choices]
        if columns:
            self._sort_by(next((at for at in columns if at > now), columns[0]))

    def action_reverse(self) -> None:
        """The other way round."""
        self._sort_by(self._sort[0] if self._grouping is None else self._group_sort[0])

    def action_group(self) -> None:
        """By the next field; after the last, line by line."""
        self._within, self._within_words = None, ""
        self._group = (self._group + 1) % len(GROUPINGS)
        self._fill()

    def action_back(self) -> None:
        """From a group's lines to the groups."""
        if self._within is not None:
            self._within, self._within_words = None, ""
            self._fill()

    def action_filter(self) -> None:
        """Keys go to the filter."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        self._fill(keep=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keys go back to the lines."""
        event.stop()
        self.rows.focus()

    def key_escape(self) -> None:
        """Out of the filter."""
        self.rows.focus()

    async def on_row_table_opened(self, message: RowTable.Opened) -> None:
        """A group's lines, or what a line is about where it is edited."""
        rows, lines, shown = self._rows, self._lines, self._shown
        if isinstance(rows, GroupRows):
            self._within, self._within_words = rows.lines_of(message.row), rows.name(message.row)
            self._fill()
            return
        if lines is None or self._plan is None or shown is None:
            return
        place = place_of(self._plan.bill[int(lines.lines[message.row])], shown.scenario)
        if place is None:
            self.notify("This line is of no pool, contract or workload that the scenario has.", timeout=3)
            return
        view = await self.router.go_to_view(place[0])
        view.find(place[1])

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """The cursor on the first line of a pool, contract or workload."""
        if self._lines is None or not isinstance(self._rows, LineRows):
            return False
        row = self._lines.row_about(key)
        if row is None:
            return False
        self.rows.focus()
        self.rows.go_to(row)
        return True

    def action_copy(self) -> None:
        """The rows that are selected, else the one under the cursor."""
        rows = self._rows
        if rows is None or not rows.count:
            self.notify("Nothing here to copy.", timeout=3)
            return
        chosen = self.rows.selected or [self.rows.row]
        text = "\n".join("\t".join(rows.plain(row)) for row in chosen)
        self.router.copy(text, sum(len(rows.plain(row)) for row in chosen))

    def cell_text(self) -> str:
        """The row under the cursor."""
        return "" if self._rows is None or not self._rows.count else "  ".join(self._rows.plain(self.rows.row))

    def table(self) -> list[list[str]]:
        """The rows as they are shown, numbers in full."""
        rows = self._rows
        if rows is None or not rows.count:
            return []
        return [list(rows.plain_titles), *(list(rows.plain(row)) for row in range(rows.count))]


def _grouped_words(grouping: BillField | None) -> str:
    return "line by line" if grouping is None else f"by {grouping}"
