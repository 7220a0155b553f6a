"""Changes as one line of text each, for `--set`: `PATH=VALUE`, `PATH*=1.2`, `PATH+=5`, `PATH-=10 days`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from router.change.change import Change, Operation, Span
from router.change.error import refusal
from router.change.given import Given, InOrder
from router.change.path_text import Target, read_target
from router.change.percent import is_percent, takes_percent
from router.change.span_text import looks_like_span, read_span
from router.reading.compose import compose
from router.reading.found import found_text, quoted, shortened
from router.reading.node import Data, plain_data
from router.reading.position import Position
from router.reading.problems import Mistake, ScenarioError
from router.reading.quantity import parse_quantity, parse_share
from router.scenario.scenario import Scenario

FORMS = "PATH=VALUE, PATH*=FACTOR, PATH+=NUMBER, PATH-=NUMBER or PATH+=SPAN, such as 2 quarters"
_FORM = re.compile(r"(?P<path>.*?)\s*(?P<sign>[-+*]?)=(?P<value>.*)", re.DOTALL)
_OPERATIONS = {"": Operation.SET, "*": Operation.SCALE, "+": Operation.INCREASE, "-": Operation.INCREASE}


def read_settings(texts: Iterable[str], scenario: Scenario, option: str = "--set") -> Given:
    """The changes of several texts in order, not yet checked as a whole (`apply_all` does).

    ``option`` is what the texts are called in messages. Raises ChangeError with all mistakes.
    """
    reading = InOrder(scenario, may_add=False)
    for text in texts:
        at = Position(f"{option} {shortened(text)}".rstrip(), 0, 0)
        reading.take(lambda held, text=text, at=at: read_setting(text, held, at), at)  # type: ignore[misc]
    return reading.given()


def read_setting(text: str, scenario: Scenario, at: Position) -> Change:
    """The change that one text is. ``at``: what it is called in messages. Raises ChangeError."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise refusal(at, (), quoted(text) if text.strip() else "an empty text", FORMS)
    sign = match["sign"]
    operation = _OPERATIONS[sign]
    if operation is Operation.INCREASE and looks_like_span(match["value"]):
        operation = Operation.SHIFT
    target = read_target(match["path"], scenario, at, operation)
    if operation is Operation.SHIFT:
        return Change(target.path, operation, _span(match["value"], sign, target, at), target.dates)
    value = _value(match["value"], sign, target, at)
    if operation is Operation.INCREASE:
        return _increase(value, sign, target, scenario, at)
    return Change(target.path, operation, value, target.dates)


def _value(text: str, sign: str, target: Target, at: Position) -> Data:
    """Text as a file's value: a scalar, or a mapping or list in braces or brackets."""
    try:
        node = compose(text, at.file)
    except ScenarioError as error:
        # A position inside one line on the command line helps nobody.
        raise ScenarioError([replace(problem, position=at) for problem in error.problems]) from None
    if node is None:
        raise refusal(at, target.path, f"nothing after '{sign}='", "a value; `null` for none")
    return plain_data(node)


def _span(text: str, sign: str, target: Target, at: Position) -> Span:
    try:
        span = read_span(text)
    except Mistake as mistake:
        raise refusal(at, target.path, quoted(text.strip()), mistake.expected) from None
    return Span(-span.months, -span.days) if sign == "-" else span


def _increase(value: Data, sign: str, target: Target, scenario: Scenario, at: Position) -> Change:
    """An increase by a number, or by a percentage: of a share, points; of everything else, that part of it."""
    percent = is_percent(value)
    try:
        number = parse_share(value) if percent else parse_quantity(value)
    except Mistake as mistake:
        expected = f"{mistake.expected}, or a span of time such as 2 quarters"
        raise refusal(at, target.path, found_text(value), expected, suggestion=mistake.suggestion) from None
    if isinstance(value, int):
        # A whole number stays one, for what is counted.
        number = value
    if sign == "-":
        number = -number
    if percent and not takes_percent(scenario, target.path, at):
        return Change(target.path, Operation.SCALE, round(1 + number, 15), target.dates)
    return Change(target.path, Operation.INCREASE, number, target.dates)
