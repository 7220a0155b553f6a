"""The grammar of path texts: keys with dots between them, brackets for indices, odd keys and dates.

Without a scenario, as the inverse of `router.reading.key_path.path_text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from router.reading.found import quoted
from router.reading.key_path import Step
from router.reading.problems import Mistake

LONGEST_PATH = 4000
_EXPECTED = "a path such as pools.north.capacity, offers[3].usd_per_hour or instance_types['p5.48xlarge'].vcpu"
_KEY = re.compile(r"[^.\[\]]+")
_BARE = re.compile(r"\[\s*([^\[\]'\"]+?)\s*\]")
_QUOTED = re.compile(r"\[\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")\s*\]", re.DOTALL)
_PLAIN_KEY = re.compile(r"[\w-]+", re.UNICODE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_INDEX = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", '"': '"'}


class WrittenStep(NamedTuple):
    """One step as written: `.key`, `[bare]` (an index, dates, the name of an offer) or `['quoted']`."""

    text: str
    form: Literal["key", "bare", "quoted"]

    @property
    def number(self) -> int | None:
        """The index that a bare step gives."""
        return int(self.text) if self.form == "bare" and _INDEX.fullmatch(self.text) else None

    def alone(self) -> Step:
        """What the step is with nothing to hold it against: an index, a day behind a dot, or a key."""
        if self.number is not None:
            return self.number
        return (_day(self.text) if self.form == "key" else None) or self.text


def written_steps(text: str) -> list[WrittenStep]:
    """The steps of a path text. Raises Mistake where it is not one."""
    text = text.strip()
    if not text:
        raise Mistake(_EXPECTED, found="no path")
    if len(text) > LONGEST_PATH:
        raise Mistake(_EXPECTED, found=f"a path of {len(text)} characters")
    steps: list[WrittenStep] = []
    place = 0
    while place < len(text):
        if text[place] == "[":
            step, place = _bracket(text, place)
        else:
            if steps:
                if text[place] != ".":
                    raise Mistake("'.' or '[' after ']'", found=quoted(text[place:]))
                place += 1
            match = _KEY.match(text, place)
            if match is None:
                found = f"{quoted(text[place:])} where a key should stand" if place < len(text) else "'.' at the end"
                raise Mistake(_EXPECTED, found=found)
            step, place = WrittenStep(match[0], "key"), match.end()
        steps.append(step)
    return steps


def plain_path(text: str) -> tuple[Step, ...]:
    """The path that a text gives by itself: bare numbers are indices, days without quotes dates, the rest keys.

    Raises Mistake.

    >>> plain_path("instances['p5.48xlarge'][3]")
    ('instances', 'p5.48xlarge', 3)
    """
    return tuple(step.alone() for step in written_steps(text))


def plain_text(path: Sequence[Step]) -> str:
    """The text of a path, as `path_text` has it but with long keys in full."""
    text = ""
    for step in path:
        key = str(step)
        if isinstance(step, int):
            text += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(key) and not (isinstance(step, str) and _day(step)):
            text += f".{key}" if text else key
        else:
            text += f"[{key!r}]"
    return text


def _day(text: str) -> date | None:
    """The date that text in the form of one gives."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _bracket(text: str, place: int) -> tuple[WrittenStep, int]:
    if match := _QUOTED.match(text, place):
        held = match[1] if match[1] is not None else match[2]
        return WrittenStep(_ESCAPE.sub(_character, held), "quoted"), match.end()
    if match := _BARE.match(text, place):
        return WrittenStep(match[1], "bare"), match.end()
    expected = "an index, dates, the name of an offer or a key in quotes between '[' and ']'"
    raise Mistake(expected, found=quoted(text[place:]))


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is None:
        return _SHORT_ESCAPES.get(match[4], match[0])
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else match[0]
