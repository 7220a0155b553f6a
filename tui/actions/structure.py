"""Keys that add, duplicate, edit and delete entries of the scenario, for the views that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from tui.views.view import View

if TYPE_CHECKING:
    from tui.forms.structure import Structure, WorkloadStructure


class StructureActions(View):
    """For a view with a grid of what has forms: ``COLLECTION`` is the scenario's key, such as `pools`."""

    COLLECTION: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add"),
        Binding("e", "edit_form", "Edit form"),
        Binding("D", "duplicate", "Duplicate", show=False),
        Binding("delete", "delete", "Delete", show=False),
    ]

    @property
    def structure(self) -> Structure:
        """What the keys do; imported with the first of them, as the first picture needs no forms."""
        from tui.forms.structure import Structure

        return Structure(self, self.COLLECTION)

    def action_add(self) -> None:
        """A new entry, behind the one under the cursor."""
        self.structure.add()

    def action_duplicate(self) -> None:
        """A copy of the entry under the cursor."""
        self.structure.duplicate()

    def action_edit_form(self) -> None:
        """All of the entry under the cursor."""
        self.structure.edit()

    def action_delete(self) -> None:
        """The entries selected go; asked where others name them."""
        self.structure.delete()


class WorkloadActions(StructureActions):
    """For workloads, which have kinds and can be disabled."""

    COLLECTION = "workloads"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("d", "switch", "Disable, enable", show=False)]

    @property
    def structure(self) -> WorkloadStructure:
        """What the keys do."""
        from tui.forms.structure import WorkloadStructure

        return WorkloadStructure(self, self.COLLECTION)

    def action_switch(self) -> None:
        """The workloads selected are left out of the plan, or come back."""
        self.structure.switch()
