"""Why: what the plan does with a thing, what else it could do, what that would cost, and what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from router.reading.problems import Mistake
from router.view.entry_preview import mistake_words
from router.view.why_answer import Answer, answer_rows
from router.view.why_desk import Asked, Told, WhyDesk
from router.view.why_question import OVERVIEW, Question, later, next_slice, question_of, question_words
from router.view.why_state import AnswerState, answer_state, state_words
from router.workspace.shown import Shown
from router.workspace.workspace import Workspace
from tui.views.view import View
from tui.why.answer_view import AnswerView
from tui.why.help import WHY_HELP

if TYPE_CHECKING:
    from router.session.events import PlanFound


@dataclass
class WhyTold(Message):
    """The desk has an answer, or a part of one."""

    told: Told


class WhyView(View):
    """A question, and its answer from the prices of the plan's linear program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Period before", show=False),
        Binding("right", "move(1)", "Next period"),
        Binding("h", "next_slice", "Next slice"),
        Binding("a", "ask_else", "Ask about…"),
        Binding("backspace", "back", "Question before"),
        Binding("o", "overview", "Overview"),
    ]
    HELP = WHY_HELP

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: Shown | None = None
        self._workspace: Workspace | None = None
        self._question = OVERVIEW
        self._before: list[Question] = []
        self._asked: Asked | None = None
        self._answered: Told | None = None
        self._is_sending = False
        self._desk = WhyDesk(self._tell)

    def _tell(self, told: Told) -> None:
        if self.is_attached:
            self.post_message(WhyTold(told))

    def compose(self) -> ComposeResult:
        """The question and how its answer stands; the answer."""
        yield Static(id="why-question", markup=False)
        yield Static(id="why-state", markup=False)
        yield AnswerView(self.router.letters, id="why-answer")

    def on_unmount(self) -> None:
        """Nothing is asked any more."""
        self._desk.close()

    def on_hide(self) -> None:
        """What nobody sees is not computed; it is asked again when the view comes back."""
        if self._asked is not None and not self._is_done(self._asked):
            self._desk.drop()
            self._asked = None

    def show(self, shown: Shown) -> None:
        """The answer stays, marked where it is of another plan, and is asked anew of a plan that is new."""
        self._shown = shown
        if self._workspace is not self.router.workspace:
            self._begin()
        self._send_soon()
        self._tell_state()

    def _begin(self) -> None:
        """Another scenario was opened: nothing of the one before holds."""
        self._desk.close()
        self._desk = WhyDesk(self._tell)
        self._workspace = self.router.workspace
        self._before.clear()
        self._question, self._asked, self._answered = OVERVIEW, None, None
        self.query_one(AnswerView).show(None, is_new=True)

    def ask(self, key: tuple[str, ...], period: int) -> None:
        """Why the plan does what it does with what a grid's row is about."""
        try:
            question = question_of(key, period, self.router.workspace.scenario)
        except Mistake as mistake:
            self.notify(mistake_words(mistake), severity="warning", timeout=6, markup=False)
            return
        self._turn_to(question)

    def find(self, key: tuple[str, ...], period: int | None = None) -> bool:
        """Ask about what was found, by default in the period that is asked about now."""
        self.ask(key, (self._question.period or 0) if period is None else period)
        return True

    def _turn_to(self, question: Question, *, remember: bool = True) -> None:
        if question == self._question and self._answered is not None:
            return
        if remember:
            self._before.append(self._question)
        self._question = question
        self._asked = None
        self._send_soon()
        self._tell_state()

    def _send_soon(self) -> None:
        """Ask once all that came at the same time is known: who comes here with a question asks no other first."""
        if not self._is_sending:
            self._is_sending = True
            self.call_later(self._send)

    def _send(self) -> None:
        self._is_sending = False
        shown, found = self._shown, self._found
        if shown is None or found is None or not self._is_wanted(shown, found):
            return
        session = self.router.workspace.session
        self._asked = self._desk.ask(self._question, found, None if session is None else session.root)
        self._tell_state()

    def _is_wanted(self, shown: Shown, found: PlanFound) -> bool:
        """Whether the question has to be asked: it is another, or the plan is, and that plan is not outdated."""
        asked = self._asked
        if asked is None:
            return True
        return not shown.is_stale and not _is_same(asked.found, found)

    @property
    def _found(self) -> PlanFound | None:
        return None if self._shown is None else self._shown.found

    def on_why_told(self, message: WhyTold) -> None:
        """Show what is answered, unless something else was asked since."""
        told, asked = message.told, self._asked
        if asked is None or told.asked.number != asked.number:
            return
        before, self._answered = self._answered, told
        if told.answer is not None and self._question == told.asked.question:
            # From here on the question has the stream and slice that the plan chose.
            self._question = told.answer.question
        is_new = before is None or before.answer is None or told.answer is None or _is_other(before.answer, told.answer)
        self.query_one(AnswerView).show(_answer_of(told), is_new=is_new)
        self._tell_state()

    def _is_done(self, asked: Asked) -> bool:
        told = self._answered
        if told is None or told.asked.number != asked.number:
            return False
        return bool(told.error) or (told.answer is not None and told.answer.is_whole)

    @property
    def state(self) -> AnswerState:
        """How the answer stands."""
        shown, told, asked = self._shown, self._answered, self._asked
        is_mine = told is not None and asked is not None and told.asked.number == asked.number
        return answer_state(
            has_found=self._found is not None,
            has_plan=shown is not None and shown.plan is not None,
            is_working=shown is not None and shown.solver.is_working,
            is_asking=not is_mine,
            is_whole=is_mine and asked is not None and self._is_done(asked),
            failed=is_mine and told is not None and bool(told.error),
            is_stale=is_mine and shown is not None and shown.is_stale,
        )

    def _tell_state(self) -> None:
        if not self.is_mounted or self._shown is None:
            return
        state = self.state
        answer = self.query_one(AnswerView)
        self.query_one("#why-question", Static).update(question_words(self._question, self.router.workspace.scenario))
        line = self.query_one("#why-state", Static)
        line.update(state_words(state, has_older=answer.answer is not None))
        line.set_class(state in (AnswerState.STALE, AnswerState.FAILED), "-alert")
        line.set_class(state in (AnswerState.ASKING, AnswerState.PARTLY, AnswerState.NO_PLAN), "-working")
        answer.mark(is_old=state in (AnswerState.STALE, AnswerState.ASKING))

    def on_answer_view_followed(self, message: AnswerView.Followed) -> None:
        """Ask what a row leads to."""
        self._turn_to(message.question)

    def action_move(self, periods: int) -> None:
        """The same in another period."""
        self._or_none(
            later(self._question, periods, self.router.workspace.scenario),
            "There is no other period to ask about here.",
        )

    def action_next_slice(self) -> None:
        """The same in the next time slice."""
        self._or_none(
            next_slice(self._question, self.router.workspace.scenario),
            "There is no other time slice to ask about here.",
        )

    def _or_none(self, question: Question | None, why_none: str) -> None:
        if question is None:
            self.notify(why_none, timeout=3)
        else:
            self._turn_to(question, remember=False)

    def action_back(self) -> None:
        """The question before."""
        if self._before:
            self._turn_to(self._before.pop(), remember=False)
        else:
            self.notify("This is the first question.", timeout=3)

    def action_overview(self) -> None:
        """What is most worth asking."""
        self._turn_to(OVERVIEW)

    @work
    async def action_ask_else(self) -> None:
        """Ask about anything that has a name."""
        from tui.dialogs.find import FindDialog

        found = await self.app.push_screen_wait(FindDialog(self.router.workspace.scenario))
        if found is not None:
            self.find(found.key)

    def cell_text(self) -> str:
        """The row under the cursor."""
        return self.query_one(AnswerView).line_under_cursor

    def table(self) -> list[list[str]]:
        """All tables of the answer."""
        answer = self.query_one(AnswerView).answer
        return [] if answer is None else list(answer_rows(answer))


def _answer_of(told: Told) -> Answer:
    return told.answer if told.answer is not None else Answer(told.asked.question, (told.error,), ())


def _is_other(one: Answer, other: Answer) -> bool:
    return one.question != other.question


def _is_same(one: PlanFound, other: PlanFound) -> bool:
    from router.view.why_plan import is_same_plan

    return is_same_plan(one, other)
