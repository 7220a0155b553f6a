"""What-ifs switched on and off in the scenario under edit, and edits saved as one."""

from __future__ import annotations

from asyncio import to_thread
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from router.reading.problems import ScenarioError
from router.reading.write import OutputError
from router.whatif.case import Case
from router.workspace.folders import FolderError
from router.workspace.offers_found import in_terms_of
from router.workspace.whatif_shelf import Shelf, proposed_file
from router.workspace.whatif_steps import steps_of
from tui.actions.base import Actions


class WhatIfActions(Actions):
    """What can be done with what-ifs wherever one is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("W", "save_what_if", "Save as what-if", show=False),
    ]

    async def read_what_ifs(self) -> Shelf:
        """The what-if files of the open scenario, as they are now."""
        workspace = self.workspace
        return await to_thread(self.desk.read, workspace.saved_scenario, self.opened.path)

    def what_ifs_on(self) -> dict[str, int]:
        """Keys of the listed what-ifs that are on, and the step of each."""
        shelf = self.desk.shelf
        return {} if shelf is None else steps_of(self.workspace.changes, shelf.cases)

    def switch_what_if(self, key: str, case: Case) -> None:
        """On, as one step; or off, which takes back that step alone."""
        step = self.what_ifs_on().get(key)
        if step is None:
            self._switch_on(case)
            return
        try:
            self.workspace.take_back(step)
        except ScenarioError as error:
            self._tell_refusal(f"{case.name} stays on: what was changed after it builds on it", error)

    def _switch_on(self, case: Case) -> None:
        workspace = self.workspace
        try:
            changes = in_terms_of(case.changes, workspace.saved_scenario, workspace.scenario)
            at = case.at if len(case.at) == len(changes) else None
            workspace.apply(changes, at, case.name)
        except ScenarioError as error:
            self._tell_refusal(f"{case.name} stays off: it contradicts the scenario as edited", error)

    def _tell_refusal(self, what: str, error: ScenarioError) -> None:
        told = "\n".join(str(problem) for problem in error.problems[:3])
        more = len(error.problems) - 3
        self.notify(
            f"{told}\nand {more} more" if more > 0 else told, title=what, severity="error", timeout=12, markup=False
        )

    @work(group="file")
    async def action_save_what_if(self) -> None:
        """The changes since the file was saved, as a what-if."""
        changes = tuple(change for entry in self.workspace.changes for change in entry.changes)
        if not changes:
            self.notify("Nothing was changed since the file was saved: no what-if to save.", timeout=4)
            return
        async with self.one_file_action:
            from router.workspace.whatif_save import WhatIfDraft, free_name, proposed_title, save_what_if
            from tui.dialogs.save_what_if import SaveWhatIf

            shelf = self.desk.shelf
            if shelf is None or shelf.scenario is not self.workspace.saved_scenario:
                # Else at once: what is typed next is for the dialog and not for the view.
                shelf = await self.read_what_ifs()
            scenario, file = self.workspace.saved_scenario, self.opened.path
            try:
                path = proposed_file(shelf, file)
            except FolderError as error:
                self.tell_error(error)
                return
            told = [entry.whatif or self.workspace.words_of(entry) for entry in self.workspace.changes]
            draft: WhatIfDraft | None = WhatIfDraft(free_name(path), proposed_title(told), path)
            while True:
                assert draft is not None
                draft = await self.push_screen_wait(SaveWhatIf(draft, len(changes), file))
                if draft is None:
                    return
                try:
                    await to_thread(save_what_if, draft, changes, scenario, file)
                    break
                except (OutputError, ScenarioError) as error:
                    self.tell_error(error)
            self.desk.add(draft.path)
            self.notify(f"Saved: what-if {draft.name} in {draft.path}", timeout=5, markup=False)
            await self.what_ifs_changed()

    async def what_ifs_changed(self) -> None:
        """Files of what-ifs are others: the view in front shows them, where it shows any."""
        await self.read_what_ifs()
        if self.view is not None:
            self.view.show(self.workspace.shown)
