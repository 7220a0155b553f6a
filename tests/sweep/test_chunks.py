"""Cases are handed out in order, in chunks of about a second, smaller ones towards the end."""

from __future__ import annotations

from router.sweep.chunks import Chunk, Chunks
from tests.sweep.cheap import cases


def names(chunk: Chunk | None) -> list[str]:
    return [] if chunk is None else [case.name for case in chunk.cases]


def test_all_cases_come_once_and_in_order() -> None:
    chunks, taken = Chunks(cases(50)), list[str]()
    numbers = []
    while (chunk := chunks.take(2)) is not None:
        numbers.append(chunk.number)
        taken += names(chunk)
        chunks.measured(len(chunk.cases), 0.1 * len(chunk.cases))
    assert taken == [f"draw/{number}" for number in range(1, 51)]
    assert len(set(numbers)) == len(numbers)
    assert len(chunks) == 0


def test_chunks_are_as_large_as_fit_in_a_second_and_small_at_the_end() -> None:
    chunks, sizes = Chunks(cases(100)), []
    while (chunk := chunks.take(2)) is not None:
        sizes.append(len(chunk.cases))
        chunks.measured(len(chunk.cases), 0.06 * len(chunk.cases))
    assert sizes[0] == 2
    assert sizes[1:5] == [11] * 4
    assert sizes[-4:] == [1] * 4
    assert sorted(sizes[1:], reverse=True) == sizes[1:]


def test_slow_cases_go_out_one_by_one() -> None:
    chunks = Chunks(cases(40))
    chunks.measured(1, 30.0)
    assert [len(chunks.take(2).cases) for _ in range(5)] == [1] * 5  # type: ignore[union-attr]


def test_what_is_put_back_is_next() -> None:
    chunks = Chunks(cases(40))
    first = chunks.take(1)
    assert first is not None
    chunks.put_back(first.cases[1:])
    chunks.put_back_alone(first.cases[0])
    assert len(chunks) == 40
    assert names(chunks.take(1)) == ["draw/1"]
    assert names(chunks.take(1)) == ["draw/2", "draw/3"]


def test_all_that_is_left_can_be_taken_at_once() -> None:
    chunks = Chunks(cases(5))
    chunks.put_back_alone(cases(6)[5])
    assert [case.name for case in chunks.take_all()] == ["draw/6", *(f"draw/{number}" for number in range(1, 6))]
    assert chunks.take(3) is None
