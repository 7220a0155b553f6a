"""Checks of contracts: terms, windows, amounts, tiers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from router.reading.key_path import KeyPath
from router.scenario.checks.finding import Finding, unknown
from router.scenario.checks.names import Names, selector_findings
from router.scenario.checks.span import Span
from router.scenario.contract import Commitment, Contract, Tiers
from router.scenario.dates import windows_of
from router.scenario.scenario import Scenario


def contract_findings(scenario: Scenario, names: Names, span: Span | None) -> Iterator[Finding]:
    """Mistakes in contracts."""
    for name, contract in scenario.contracts.items():
        path = ("contracts", name)
        yield from unknown((*path, "provider"), contract.provider, names.providers, "provider")
        if contract.end <= contract.start:
            yield Finding((*path, "end"), found=str(contract.end), expected=f"a day after the start, {contract.start}")
            continue
        yield from selector_findings(contract.eligible, (*path, "eligible"), names, options=True)
        for index, rule in enumerate(contract.discounts):
            yield from selector_findings(
                rule.applies_to, (*path, "discounts", index, "applies_to"), names, options=True
            )
        if contract.tiers is not None:
            yield from _tiers(contract.tiers, (*path, "tiers"))
        for key, commitment in contract.commitments.items():
            yield from _commitment(span, contract, commitment, (*path, "commitments", key))


def _tiers(tiers: Tiers, path: KeyPath) -> Iterator[Finding]:
    for index in range(1, len(tiers.levels)):
        previous, level = tiers.levels[index - 1], tiers.levels[index]
        if level.from_usd <= previous.from_usd:
            yield Finding(
                (*path, "levels", index, "from_usd"),
                found=f"{level.from_usd:,.0f}",
                expected=f"more than the level before, {previous.from_usd:,.0f}",
            )


def _commitment(span: Span | None, contract: Contract, commitment: Commitment, path: KeyPath) -> Iterator[Finding]:
    if commitment.windows is not None:
        if commitment.window is not None or commitment.amount_usd is not None:
            yield Finding(
                (*path, "windows"),
                found="windows by dates beside `window` or `amount_usd`",
                expected="one of the two",
                at="key",
            )
        yield from _dated_windows(contract, commitment, path)
    elif commitment.window is None or commitment.amount_usd is None:
        yield Finding(
            path,
            found="a commitment without windows",
            expected="`window` and `amount_usd`, or `windows` by dates",
            at="key",
        )
    elif isinstance(commitment.amount_usd, list):
        count = len(list(windows_of(commitment.window, contract)))
        if len(commitment.amount_usd) != count:
            yield Finding(
                (*path, "amount_usd"),
                found=f"{len(commitment.amount_usd)} amounts",
                expected=f"{count}, one for each {commitment.window} from {contract.start} to {contract.end}",
            )
    if commitment.spent_to_date_usd and span is not None:
        yield from _spent_to_date(span, contract, commitment, path)


def _spent_to_date(span: Span, contract: Contract, commitment: Commitment, path: KeyPath) -> Iterator[Finding]:
    if commitment.windows is not None:
        windows = [(window.start, window.end) for window in commitment.windows]
    elif commitment.window is not None:
        windows = list(windows_of(commitment.window, contract))
    else:
        return
    found = f"{commitment.spent_to_date_usd:,.0f} spent before the horizon's start, {span.start}"
    current = [(start, end) for start, end in windows if start <= span.start < end]
    if not current:
        yield Finding((*path, "spent_to_date_usd"), found=found, expected="nothing: no window contains that day")
    elif current[0][0] == span.start:
        yield Finding(
            (*path, "spent_to_date_usd"), found=found, expected="nothing: the window that counts starts on that day"
        )


def _dated_windows(contract: Contract, commitment: Commitment, path: KeyPath) -> Iterator[Finding]:
    windows = list(enumerate(commitment.windows or ()))
    for index, window in windows:
        if window.end <= window.start:
            yield Finding(
                (*path, "windows", index, "end"),
                found=str(window.end),
                expected=f"a day after the start, {window.start}",
            )
        elif window.start < contract.start or window.end > contract.end:
            yield Finding(
                (*path, "windows", index),
                found=f"a window from {window.start} to {window.end}",
                expected=f"one within the contract's term, {contract.start} to {contract.end}",
            )
    ordered = sorted(windows, key=lambda entry: entry[1].start)
    for (first, earlier), (second, later) in pairwise(ordered):
        if later.start < earlier.end:
            yield Finding(
                (*path, "windows", second),
                found=f"a window from {later.start} to {later.end}",
                expected=f"no overlap with windows[{first}], {earlier.start} to {earlier.end}",
            )
