"""Changes made to one scenario, said for another in which offers stand at other places."""

from __future__ import annotations

from router.change.change import Change
from router.change.offer_names import offer_name
from router.change.yaml_form import changes_to_yaml, read_changes_text
from router.scenario.scenario import Scenario

_FILE = "the file"


def in_terms_of(changes: tuple[Change, ...], origin: Scenario | None, target: Scenario) -> tuple[Change, ...]:
    """The changes with offers found by what they are: in the target, their place may be another.

    ``origin``: what the first is made to; None where that is not known, and the changes stay. Raises ScenarioError
    where an offer is there no more.
    """
    if origin is None or not any(change.path[:1] == ("offers",) for change in changes):
        return changes
    if list(map(offer_name, origin.offers)) == list(map(offer_name, target.offers)):
        return changes
    return read_changes_text(changes_to_yaml(changes, origin), target, _FILE).changes
