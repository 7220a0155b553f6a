"""Which test proves which key: `@covers(GridView, "move(-1, 0)")` on a test that presses every key of that binding."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ParamSpec

import pytest
from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.events import Event, Key

from tui.app import RouterApp

P = ParamSpec("P")
Covered = tuple[str, str]
"""A class's name and an action as its binding has it."""

COVERED: dict[Covered, list[str]] = {}
"""Tests by what they prove; filled when their modules are imported."""


def own_bindings(kind: type) -> dict[str, frozenset[str]]:
    """Keys by action, of the bindings that a class has on its own."""
    found: dict[str, set[str]] = {}
    for given in vars(kind).get("BINDINGS", ()):
        binding = given if isinstance(given, Binding) else Binding(*given)
        found.setdefault(binding.action, set()).update(key.strip() for key in binding.key.split(","))
    return {action: frozenset(keys) for action, keys in found.items()}


def covers(
    kind: type, *actions: str, keys: frozenset[str] | None = None
) -> Callable[[Callable[P, Awaitable[None]]], Callable[P, Awaitable[None]]]:
    """The test runs these actions of a class, by each key that they are bound to, or it fails.

    ``keys``: those of them that this test presses, for keys that need another test.
    """
    bound = own_bindings(kind)
    unknown = [action for action in actions if action not in bound]
    if unknown:
        raise ValueError(f"{kind.__name__} binds no {', '.join(unknown)}; it binds {', '.join(bound)}")

    def decorate(test: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
        for action in actions:
            COVERED.setdefault((kind.__name__, action), []).append(test.__qualname__)

        @functools.wraps(test)
        async def checked(*arguments: P.args, **named: P.kwargs) -> None:
            with _watched(kind, actions) as done:
                await test(*arguments, **named)
            for action in actions:
                wanted = bound[action] if keys is None else bound[action] & keys
                left = {key for key in wanted if (key, parse(action)[1:]) not in done}
                assert not left, f"{kind.__name__}: {action} was not run by {', '.join(sorted(left))}"

        return checked

    return decorate


_Done = list[tuple[str, tuple[str, tuple[Any, ...]]]]


@contextmanager
def _watched(kind: type, actions: Sequence[str]) -> Iterator[_Done]:
    """The keys that run these actions of a class meanwhile; keys must be waited for one by one."""
    done: _Done = []
    newest = [""]
    on_event = App.on_event

    async def watched_event(self: App[Any], event: Event) -> None:
        if isinstance(event, Key):
            newest[0] = event.key
        await on_event(self, event)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(App, "on_event", watched_event)
        for owner, name in {_place(kind, action) for action in actions}:
            patch.setattr(owner, f"action_{name}", _telling(getattr(owner, f"action_{name}"), name, newest, done))
        yield done


def _place(kind: type, action: str) -> tuple[type, str]:
    """The class that has an action's method, and the action's name."""
    owner, name, _ = parse(action)
    return (RouterApp if owner == "app" else kind), name


def _telling(method: Callable[..., Any], name: str, newest: list[str], done: _Done) -> Callable[..., Any]:
    @functools.wraps(method)
    def told(self: object, *arguments: Any) -> Any:
        done.append((newest[0], (name, arguments)))
        return method(self, *arguments)

    return told
