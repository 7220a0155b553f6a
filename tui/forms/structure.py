"""Adding, duplicating, editing and deleting entries of the scenario from the view that shows them."""

from __future__ import annotations

from typing import cast

from router.change.change import Change
from router.scenario.scenario import Scenario
from router.view.forms.enabling import enabling_changes
from router.view.forms.form import OWN_NAME, Collection, FieldId, Form
from router.view.forms.opening import duplicate_form, edit_form, first_field, new_form
from router.view.forms.owner import kind_near, owner_of, owners_of
from router.view.forms.removal import Owner, removal, removal_words, subject_words
from router.view.forms.rows import row_after
from router.view.grid import GridRow
from tui.dialogs.question import Question
from tui.forms.choose_kind import ChooseKind
from tui.forms.form_screen import FormScreen
from tui.grid.grid_view import GridView
from tui.views.view import View


class Structure:
    """What one view shows of one collection: its rows and what may be done with their entries."""

    def __init__(self, view: View, collection: str) -> None:
        self.view = view
        self.collection = cast(Collection, collection)

    @property
    def scenario(self) -> Scenario:
        """As edited."""
        return self.view.router.workspace.scenario

    @property
    def rows(self) -> list[GridRow]:
        """The rows selected, that under the cursor first."""
        grid_view = self.view.query_one(GridView)
        grid = grid_view.grid
        if grid is None or not grid.rows:
            return []
        here = grid.rows[grid_view.row]
        return [here, *(grid.rows[at] for at in grid_view.cells.rows if grid.rows[at] is not here)]

    @property
    def here(self) -> Owner | None:
        """The entry under the cursor."""
        rows = self.rows
        return owner_of(rows[0], self.scenario, self.collection) if rows else None

    @property
    def chosen(self) -> tuple[Owner, ...]:
        """The entries selected."""
        return owners_of(self.rows, self.scenario, self.collection)

    def add(self) -> None:
        """A form for a new entry."""
        self.fill(new_form(self.scenario, self.collection, None if self.here is None else self.here[1]))

    def duplicate(self) -> None:
        """A form with a copy of the entry under the cursor."""
        if self.here is None:
            self._nothing_here()
        else:
            self.fill(duplicate_form(self.scenario, *self.here))

    def edit(self) -> None:
        """The form of the entry under the cursor, at the field that its row is about."""
        if self.here is None:
            self._nothing_here()
        else:
            form = edit_form(self.scenario, *self.here)
            self.fill(form, first_field(form, self.rows[0].key))

    def fill(self, form: Form, first: FieldId = OWN_NAME) -> None:
        """Open a form; what it gives is one step, and the cursor goes to what it is of."""

        def filled(changes: tuple[Change, ...] | None) -> None:
            if changes and self.view.router.change(changes):
                self.view.find(row_after(changes, self.collection))

        self.view.app.push_screen(FormScreen(form, first), filled)

    def delete(self) -> None:
        """The entries selected go, asked where others name them."""
        owners = self.chosen
        if not owners:
            self._nothing_here()
            return
        found = removal(self.scenario, owners)
        if found.refused:
            self.view.notify(found.refused, severity="error", timeout=8, markup=False)
        elif not found.named_by:
            self._deleted(found.changes)
        else:

            def answered(answer: str | None) -> None:
                if answer == "delete":
                    self._deleted(found.changes)

            answers = {"keep": "Keep", "delete": "Delete with these"}
            title = f"Delete {subject_words(self.scenario, owners[0])}"
            self.view.app.push_screen(Question(title, removal_words(found), answers), answered)

    def _deleted(self, changes: tuple[Change, ...]) -> None:
        if self.view.router.change(changes):
            self.view.notify("Deleted; u takes it back.", timeout=3)

    def _nothing_here(self) -> None:
        self.view.notify("This row is a heading; go to one below it.", severity="warning", timeout=4)


class WorkloadStructure(Structure):
    """Workloads have kinds and can be disabled."""

    def add(self) -> None:
        """A form for a new workload of a kind that is asked for."""
        rows, here = self.rows, self.here

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self.fill(new_form(self.scenario, "workloads", None if here is None else here[1], kind))

        self.view.app.push_screen(ChooseKind(kind_near(rows[0] if rows else None, self.scenario)), chosen)

    def switch(self) -> None:
        """The workloads selected are left out of the plan, or come back."""
        names = [str(key) for _, key in self.chosen]
        if names:
            self.view.router.change(tuple(enabling_changes(self.scenario, names)))
        else:
            self._nothing_here()
