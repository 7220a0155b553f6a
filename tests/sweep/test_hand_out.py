"""Whatever workers do, every case gets one answer, or the run ends with a word."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

import pytest

from router.sweep.answered import Answered
from router.sweep.chunks import Chunk
from router.sweep.hand_out import answers_by
from router.sweep.workers import Finished, WorkersError
from router.whatif.case import Case
from tests.sweep.cheap import cases, number_of, outcome_at

KILLED = "every process that planned it was killed: is there memory enough?"


def answer(case: Case) -> Answered:
    return Answered(case.name, outcome_at(float(number_of(case))))


class Pool:
    """Workers of one machine: when one dies, all do, and each loses the case it was at; as joblib has it."""

    share_memory = True

    def __init__(self, killers: Sequence[int] = (), count: int = 3, seed: int = 0) -> None:
        self.count, self.deaths = count, 0
        self.planned: list[str] = []
        self.most_at_work = 0
        self._killers = {f"draw/{number}" for number in killers}
        self._random = random.Random(seed)
        self._under_way: list[Chunk] = []
        self.stopped = False

    def hand(self, chunk: Chunk) -> None:
        self._under_way.append(chunk)

    def wait(self, seconds: float) -> list[Finished]:
        assert self._under_way
        at_work, waiting = self._under_way[: self.count], self._under_way[self.count :]
        self.most_at_work = max(self.most_at_work, len(at_work))
        dead = [chunk for chunk in at_work if self._killers & {case.name for case in chunk.cases}]
        if not dead:
            chunk = at_work[self._random.randrange(len(at_work))]
            self._under_way.remove(chunk)
            return [Finished(tuple(map(self._plan, chunk.cases)), 0.01 * len(chunk.cases))]
        self.deaths += 1
        self._under_way = []
        ended = [self._part(chunk) for chunk in at_work]
        return [*ended, *(Finished((), None, chunk.cases) for chunk in waiting)]

    def stop(self) -> list[Finished]:
        self.stopped = True
        return [self._part(chunk) for chunk in self._under_way]

    def close(self) -> None:
        pass

    def _part(self, chunk: Chunk) -> Finished:
        """Planned up to the killer, or to anywhere."""
        at = self._random.randrange(len(chunk.cases))
        for place, case in enumerate(chunk.cases):
            if case.name in self._killers:
                at = place
                break
        return Finished(tuple(map(self._plan, chunk.cases[:at])), None, chunk.cases[at:], chunk.cases[at : at + 1])

    def _plan(self, case: Case) -> Answered:
        self.planned.append(case.name)
        return answer(case)


def run(pool: Pool, count: int) -> dict[str, Answered]:
    answers = list(answers_by(pool, cases(count), threading.Event()))
    by_name = {answered.name: answered for answered in answers}
    assert len(by_name) == len(answers)
    return by_name


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("killers", [(), (1,), (30,), (3, 4, 5), (1, 7, 13, 29)])
def test_every_case_is_answered_once_and_killers_alone_fail(killers: tuple[int, ...], seed: int) -> None:
    pool = Pool(killers, seed=seed)
    answers = run(pool, 30)
    assert len(answers) == 30
    assert {name for name, answered in answers.items() if answered.outcome is None} == {f"draw/{n}" for n in killers}
    assert all(answered.failure in ("", KILLED) for answered in answers.values())
    assert len(pool.planned) == 30 - len(killers)
    assert pool.deaths <= 3 * len(killers)


def test_innocent_cases_that_were_at_work_each_time_are_planned_alone_in_the_end() -> None:
    class Unlucky(Pool):
        """Loses the same two cases as long as they are at work together."""

        def wait(self, seconds: float) -> list[Finished]:
            pair = [chunk for chunk in self._under_way if {case.name for case in chunk.cases} & {"draw/1", "draw/3"}]
            if len(pair) < 2:
                return super().wait(seconds)
            self.deaths += 1
            self._under_way = [chunk for chunk in self._under_way if chunk not in pair]
            return [Finished((), None, chunk.cases, chunk.cases[:1]) for chunk in pair]

    pool = Unlucky()
    answers = run(pool, 4)
    assert len(answers) == 4
    assert pool.deaths == 2
    assert all(answered.outcome is not None for answered in answers.values())


def test_many_killers_end_the_run_with_what_was_answered() -> None:
    answers: list[Answered] = []
    pool = Pool(range(1, 80, 4))
    with pytest.raises(WorkersError, match="killed again and again, by 10 cases so far"):
        answers.extend(answers_by(pool, cases(80), threading.Event()))
    assert pool.deaths < 60


def test_after_many_deaths_cases_are_planned_one_at_a_time() -> None:
    class Small(Pool):
        """Has memory for one case at a time."""

        def wait(self, seconds: float) -> list[Finished]:
            self.most_at_work = len(self._under_way)
            if len(self._under_way) == 1:
                chunk = self._under_way.pop()
                return [Finished(tuple(map(self._plan, chunk.cases)), 0.01)]
            self.deaths += 1
            ended, self._under_way = self._under_way, []
            done, *lost = ended
            first = Finished(tuple(map(self._plan, done.cases)), 0.01)
            return [first, *(Finished((), None, chunk.cases, chunk.cases[:1]) for chunk in lost)]

    pool = Small(count=2)
    assert all(answered.outcome is not None for answered in run(pool, 60).values())
    assert pool.most_at_work == 1
    assert pool.deaths == 10


@pytest.mark.parametrize("knows", [True, False])
def test_workers_that_never_plan_anything_end_the_run(knows: bool) -> None:
    class Dead(Pool):
        """``knows``: which cases were at work."""

        def wait(self, seconds: float) -> list[Finished]:
            self.deaths += 1
            chunk = self._under_way.pop()
            return [Finished((), None, chunk.cases, chunk.cases if knows else ())]

    pool = Dead()
    with pytest.raises(WorkersError, match="the workers die one after another and plan nothing"):
        list(answers_by(pool, cases(100), threading.Event()))
    assert pool.deaths == (8 if knows else 3)


def test_the_interrupt_gives_what_the_workers_have() -> None:
    interrupt, pool = threading.Event(), Pool()
    answers = []
    for answered in answers_by(pool, cases(200), interrupt):
        answers.append(answered.name)
        interrupt.set()
    assert pool.stopped
    assert sorted(answers) == sorted(pool.planned)
    assert len(answers) < 200
