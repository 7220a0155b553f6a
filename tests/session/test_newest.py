"""The newest item wins, and waiting knows when all is done."""

from __future__ import annotations

import threading

from router.session.newest import Newest


def test_what_comes_between_is_gone() -> None:
    box: Newest[int] = Newest()
    for number in range(5):
        box.put(number)
    assert box.take() == 4


def test_take_waits_and_closing_ends_it() -> None:
    box: Newest[int] = Newest()
    taken: list[int | None] = []

    def work() -> None:
        while (item := box.take()) is not None:
            taken.append(item)
        taken.append(None)

    thread = threading.Thread(target=work)
    thread.start()
    box.put(7)
    assert box.wait_until_idle(5)
    assert taken == [7]
    box.close()
    thread.join(5)
    assert taken == [7, None]


def test_it_is_not_idle_while_an_item_is_worked_on() -> None:
    box: Newest[int] = Newest()
    go_on = threading.Event()

    def work() -> None:
        while box.take() is not None:
            go_on.wait(5)

    thread = threading.Thread(target=work)
    thread.start()
    box.put(1)
    assert not box.wait_until_idle(0.05)
    go_on.set()
    assert box.wait_until_idle(5)
    box.close()
    thread.join(5)
