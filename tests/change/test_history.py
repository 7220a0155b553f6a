"""Undo, redo and taking back: exact, over any course of edits."""

from __future__ import annotations

import gc
import random
import tracemalloc
from datetime import date

import pytest

from router.change.apply import apply, apply_all
from router.change.change import Change, Dates, Operation
from router.change.error import ChangeError, numbered
from router.change.history import History
from router.change.tree import value_at
from router.scenario.load import load_scenario
from router.scenario.scenario import Scenario
from tests.change.random_changes import CONFIGS, form, random_change, scenario_of


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    """The smallest of the shipped scenarios."""
    return load_scenario(CONFIGS / "tiny.yaml")


def _limit(number: float) -> Change:
    return Change(("whole_instances_up_to",), Operation.SET, number)


def _made(history: History) -> list[tuple[Change, ...]]:
    return [entry.changes for entry in history.entries]


def _title(text: str) -> Change:
    return Change(("description",), Operation.SET, text)


def test_undo_and_redo_lead_back_and_forth(tiny: Scenario) -> None:
    history = History(tiny)
    assert not history.can_undo
    assert not history.can_redo
    states = [form(history.apply([_limit(number)])) for number in (1, 2, 3)]
    assert [form(history.undo()) for _ in range(3)] == [states[1], states[0], form(tiny)]
    assert not history.can_undo
    assert not history.entries
    assert [form(history.redo()) for _ in range(3)] == states
    assert not history.can_redo
    assert _made(history) == [(_limit(1),), (_limit(2),), (_limit(3),)]


def test_dated_edits_of_demand_share_what_stays() -> None:
    """All periods but those edited are the same numbers in every version, and an inverse holds the old list itself."""
    scenario = load_scenario(CONFIGS / "frontier-lab.yaml")
    path = ("workloads", "chat", "streams", "us", "demand")
    quarter = Dates(date(2027, 1, 1), date(2027, 4, 1))
    history = History(scenario)
    history.apply([Change(path, Operation.SCALE, 1.1, quarter)])
    before = value_at(history.scenario, (*path, "values"), numbered(0))
    history.apply([Change(path, Operation.SCALE, 1.1, quarter)])
    after = value_at(history.scenario, (*path, "values"), numbered(0))
    assert sum(one is not other for one, other in zip(before, after, strict=True)) == 3
    (inverse,) = history.entries[-1].inverse
    assert inverse.value["values"] is before
    copy = list(before)
    history.undo()
    history.apply([Change(path, Operation.SET, 5, quarter)])
    assert before == copy


def test_a_dated_edit_takes_little_memory() -> None:
    """Measured: 1.15 kB for each of 2,000 edits."""
    history = History(load_scenario(CONFIGS / "frontier-lab.yaml"))
    path = ("workloads", "chat", "streams", "us", "demand")
    months = [Dates(date(2026, month, 1), date(2026, month + 1, 1)) for month in range(1, 12)]
    history.apply([Change(path, Operation.SCALE, 1.01, months[0])])
    held = []
    tracemalloc.start()
    try:
        # The first edits are not counted: with them comes what every history holds once.
        for edit in range(300):
            history.apply([Change(path, Operation.SCALE, 1.01, months[edit % 11])])
            if edit in (99, 299):
                # A full collection also gives back what Python keeps of freed tuples.
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert (held[1] - held[0]) / 200 < 1600


def test_nothing_to_undo_or_redo(tiny: Scenario) -> None:
    history = History(tiny)
    with pytest.raises(IndexError):
        history.undo()
    with pytest.raises(IndexError):
        history.redo()
    with pytest.raises(IndexError):
        history.take_back(0)
    assert history.scenario is tiny


def test_a_refused_change_leaves_all_as_it_was(tiny: Scenario) -> None:
    history = History(tiny)
    history.apply([_limit(1)])
    history.apply([_limit(2)])
    history.undo()
    before = history.scenario
    with pytest.raises(ChangeError):
        history.apply([_title("kept out"), _limit(-1)])
    assert history.scenario is before
    assert len(history.entries) == 1
    assert history.can_redo


def test_a_new_change_ends_redo(tiny: Scenario) -> None:
    history = History(tiny)
    history.apply([_limit(1)])
    history.undo()
    history.apply([_limit(2)])
    assert not history.can_redo


def test_one_entry_taken_back_alone(tiny: Scenario) -> None:
    history = History(tiny)
    history.apply([_limit(1)])
    history.apply([_title("stays")])
    history.apply([Change(("whole_instances_up_to",), Operation.SCALE, 3)])
    before, entries = form(history.scenario), history.entries
    history.take_back(1)
    assert form(history.scenario) == form(apply_all(tiny, [_limit(3)]).scenario)
    assert _made(history) == [entries[0].changes, entries[2].changes]
    assert form(history.undo()) == before
    assert history.entries == entries
    history.redo()
    history.take_back(0)
    # The default, scaled: what is made again is made of what is there then.
    assert history.scenario.whole_instances_up_to == 3 * tiny.whole_instances_up_to


def test_what_a_later_entry_needs_is_not_taken_back(tiny: Scenario) -> None:
    name = next(iter(tiny.workloads))
    copy = tiny.workloads[name].model_dump(exclude_unset=True)
    history = History(tiny)
    history.apply([Change(("workloads", "copy"), Operation.ADD, copy)])
    history.apply([_limit(1)])
    history.apply([Change(("workloads", "copy", "note"), Operation.SET, "seen")])
    before = history.scenario
    with pytest.raises(ChangeError) as refused:
        history.take_back(0)
    assert str(refused.value).startswith("change 3: workloads.copy: found the unknown key 'copy', expected ")
    assert "it needs change 1, which was to be taken back" in str(refused.value)
    assert history.scenario is before
    assert len(history.entries) == 3


def test_undo_goes_back_beyond_what_was_saved(tiny: Scenario) -> None:
    history = History(tiny)
    history.apply([_limit(1)])
    history.apply([_title("saved")])
    history.saved()
    saved = form(history.scenario)
    assert not history.entries
    history.undo()
    assert _made(history) == [(Change(("description",), Operation.SET, tiny.description),)]
    assert form(history.redo()) == saved
    assert not history.entries
    history.undo()
    history.apply([_limit(7)])
    assert len(history.entries) == 2
    history.undo()
    history.undo()
    assert form(history.scenario) == form(tiny)
    assert len(history.entries) == 2


@pytest.mark.parametrize("seed", range(6))
def test_any_course_of_edits(seed: int) -> None:
    """Against a list of scenarios: undo, redo, saving and taking back in any order."""
    rng = random.Random(seed)
    scenario = scenario_of(seed)
    history = History(scenario)
    past, future, saved = [form(scenario)], list[str](), scenario
    actions = dict.fromkeys(("apply", "undo", "redo", "take back", "save"), 0)
    for _ in range(100):
        action = rng.choices(tuple(actions), (6, 4, 3, 2, 0.5))[0]
        try:
            if action == "apply":
                past.append(
                    form(history.apply([random_change(history.scenario, rng) for _ in range(rng.choice([1, 1, 2]))]))
                )
                future = []
            elif action == "undo" and history.can_undo:
                future.append(past.pop())
                assert form(history.undo()) == past[-1]
            elif action == "redo" and history.can_redo:
                past.append(future.pop())
                assert form(history.redo()) == past[-1]
            elif action == "take back" and history.entries:
                index = rng.randrange(len(history.entries))
                others = [entry for at, entry in enumerate(history.entries) if at != index]
                past.append(form(history.take_back(index)))
                assert past[-1] == form(_all_of(saved, others))
                future = []
            elif action == "save":
                history.saved()
                saved = history.scenario
            else:
                continue
        except ChangeError:
            continue
        actions[action] += 1
        assert form(history.scenario) == past[-1]
        assert history.can_undo == (len(past) > 1)
        assert history.can_redo == bool(future)
        assert form(_all_of(saved, history.entries)) == past[-1]
    assert all(count >= 1 for count in actions.values())


def _all_of(scenario: Scenario, entries: object) -> Scenario:
    assert isinstance(entries, (list, tuple))
    for entry in entries:
        scenario = apply_all(scenario, entry.changes).scenario
    return scenario


def test_thousands_of_edits_take_little_memory(tiny: Scenario) -> None:
    """No scenario is held for each, and what they do not touch stays the same objects."""
    history = History(tiny)
    tracemalloc.start()
    for number in range(4_000):
        history.apply([_limit(float(number))])
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(history.entries) == 4_000
    assert held < 4_000 * 2_000
    assert history.scenario.pools is tiny.pools
    for _ in range(4_000):
        history.undo()
    assert form(history.scenario) == form(tiny)


def test_apply_takes_one_change_too(tiny: Scenario) -> None:
    """What a history does is what `apply` does."""
    history = History(tiny)
    assert form(history.apply([_limit(4)])) == form(apply(tiny, _limit(4)).scenario)
