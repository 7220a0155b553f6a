"""Files that nobody meant: whatever stands in them, mistakes are told and nothing else is raised."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from router.reading.problems import ScenarioError
from tests.whatif.asking import HEAD, asked, tiny
from tests.whatif.test_break_even import DISCOUNT

TEXT = (
    HEAD
    + """title: All at once
whatifs:
  deal:
    changes:
      - set: contracts.oracle-ucm.commitments.year.amount_usd
        to: $700 k
      - scale: pools[accelerator=H100, provider!=azure].capacity[2026-02..]
        by: 120 %
      - outage: {providers: [aws], exclude: {regions: [us-ashburn-1]}}
        during: 2026-02
  other: {extends: [deal], changes: [{delay: oracle, by: 2 weeks, from: 2026}, {price: "oracle/*", by: 5 %}]}
sweeps:
  s: {extends: deal, mode: paired, factors: {f: [1, 2], g: [2026-02, 2026-03]},
      changes: [{growth: chat, by: $f, during: $g}]}
draws:
  d: {count: 3, seed: 1, factors: {n: {normal: {mean: 1, deviation: 0.1}}}, changes: [{growth: "*", per_year: $n}]}
"""
    + DISCOUNT
)
PARTS = re.split(r"(\s+|[:,{}\[\]])", TEXT)
WORDS = (
    *("$x", "${", "$", "*", "[", "]", "{}", "null", "-1", "1e400", ".nan", ".inf", "2026-01-01", "base", "a/b", "true"),
    *("'", "by", "changes", "9" * 40, "%", "99999 years", "1e-400 months", "pools.*.capacity", "offers[*]", "limits"),
    *("x" * 5000, "\u2028", "- {}", "horizon.start", "2027..2026", "..", "&a", "*a", "<<", "!!python/none", "0x1F"),
)

edits = st.lists(
    st.tuples(
        st.integers(0, len(PARTS) - 1),
        st.sampled_from(("replace", "drop", "copy", "insert")),
        st.sampled_from(WORDS),
        st.integers(0, len(PARTS) - 1),
    ),
    min_size=1,
    max_size=4,
)


def test_the_text_is_right_before_it_is_spoilt() -> None:
    assert len(asked(TEXT, tiny()).cases) == 8


@given(edits)
def test_spoilt_files_are_read_or_refused(given_edits: list[tuple[int, str, str, int]]) -> None:
    parts = list(PARTS)
    for place, kind, word, other in given_edits:
        parts[place] = {
            "replace": word,
            "drop": "",
            "copy": parts[other],
            "insert": parts[place] + word,
        }[kind]
    problems = _problems("".join(parts))
    assert all(line.startswith("file.yaml") and "\n" not in line for line in problems)


def _problems(text: str) -> list[str]:
    try:
        asked(text, tiny())
    except ScenarioError as error:
        return [str(problem) for problem in error.problems]
    return []
