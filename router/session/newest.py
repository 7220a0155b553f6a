"""A place for the newest of something: whoever takes it gets what was put last, and what came between is gone."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Newest(Generic[Item]):
    """Holds at most one item, for one taker and any number of givers."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: Item | None = None
        self._closed = False
        self._idle = False

    def put(self, item: Item) -> None:
        """Replace what is there."""
        with self._changed:
            self._item, self._idle = item, False
            self._changed.notify_all()

    def take(self) -> Item | None:
        """Wait for an item; None when closed. Taking says that the one taken before is done with."""
        with self._changed:
            self._idle = self._item is None
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._item is not None or self._closed)
            item, self._item = self._item, None
            return None if self._closed else item

    def wait_until_idle(self, timeout: float | None = None) -> bool:
        """Wait until everything put was taken and done with; whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._idle or self._closed, timeout)

    def close(self) -> None:
        """Nothing more is taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
