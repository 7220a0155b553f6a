"""Where the cursor goes after a form: to the row of what was added, or of what was edited."""

from __future__ import annotations

from collections.abc import Sequence

from router.change.change import Change, Operation
from router.view.forms.form import Collection


def row_after(changes: Sequence[Change], collection: Collection) -> tuple[str, ...]:
    """The key of the grid row of the entry that changes are of."""
    added = [change for change in changes if change.operation is Operation.ADD and len(change.path) == 2]
    path = (added[0] if added else changes[0]).path
    # The grid of contracts knows them by their names alone.
    return (str(path[1]),) if collection == "contracts" else (collection, str(path[1]))
