"""What is said above an answer: what is asked, and how the answer stands."""

from __future__ import annotations

from enum import StrEnum


class AnswerState(StrEnum):
    """How the answer on the screen stands."""

    NO_PLAN = "no plan"
    """No plan of this session to ask yet."""
    NO_SOLUTION = "no solution"
    """There is no plan of the scenario at all."""
    ASKING = "asking"
    PARTLY = "partly"
    """More of it follows."""
    WHOLE = "whole"
    STALE = "stale"
    """It is of the plan before the last change."""
    FAILED = "failed"


_WORDS = {
    AnswerState.NO_PLAN: "the plan shown was kept from before: asked as soon as the engine has planned it…",
    AnswerState.NO_SOLUTION: "there is no plan to ask",
    AnswerState.ASKING: "asking…",
    AnswerState.PARTLY: "asking on…",
    AnswerState.WHOLE: "of the plan shown",
    AnswerState.STALE: "STALE: of the plan before the last change",
    AnswerState.FAILED: "not answered",
}


def state_words(state: AnswerState, *, has_older: bool = False) -> str:
    """A state in words. ``has_older``: an answer to another question or of another plan is still shown below."""
    older = " (below: the answer before)" if has_older and state in (AnswerState.ASKING, AnswerState.NO_PLAN) else ""
    return f"{_WORDS[state]}{older}"


def answer_state(
    *, has_found: bool, has_plan: bool, is_working: bool, is_asking: bool, is_whole: bool, failed: bool, is_stale: bool
) -> AnswerState:
    """How an answer stands. ``is_working``: the engine is; ``is_stale``: the plan answered about is no longer shown."""
    if not has_found:
        return AnswerState.NO_PLAN if has_plan or is_working else AnswerState.NO_SOLUTION
    if is_stale:
        return AnswerState.STALE
    if is_asking:
        return AnswerState.ASKING
    if failed:
        return AnswerState.FAILED
    return AnswerState.WHOLE if is_whole else AnswerState.PARTLY
