"""A form in which an entry of the scenario is typed, checked at each key, and made as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from router.change.change import Change
from router.view.forms.checked import Checked, checked
from router.view.forms.choices import (
    choices_of,
    completed_in,
    next_choice_in,
    shown_choices,
    with_choice_in,
)
from router.view.forms.explained import help_of, placeholder_of, read_back
from router.view.forms.form import OWN_NAME, FieldId, Form, FormField, GroupHeading
from tui.dialogs.dialog import Dialog
from tui.dialogs.help import HelpDialog
from tui.dialogs.question import Question
from tui.forms.field_help import FieldHelp
from tui.forms.field_row import SAMPLE_SIGN, FieldRow
from tui.forms.form_body import FormBody
from tui.forms.group_row import GroupRow
from tui.forms.messages import EntryAsked, FieldEntered, FieldLeft, FieldTyped

if TYPE_CHECKING:
    from tui.app import RouterApp

CONFIRM, MORE, CANCEL = "form-confirm", "form-more", "form-cancel"

_ROWS_AROUND = 12
"""Rows of the screen that are not fields: help, verdict, buttons, borders."""

_ROWS_OF_NOTICE = 2

HELP = f"""\
Each field is checked at each key; `Enter` goes to the next. Nothing is changed before *Apply*, which `u` takes back.

- `{SAMPLE_SIGN}` beside a field: a sample that nobody typed. Look at it, and type what differs.
- `!` below a field: what is wrong with it, or that it must be typed.
- Below the fields: what the field is for and how its value was understood; in the last line, what *Apply* changes.
- Behind the cursor, dimmed: a name that may be meant. `Right` takes it, `ctrl+n` goes through all names.
- A value too long for its field stands in full below it while it has the keys.
- *add a ...* and *remove* are buttons: `Tab` goes there, `Enter` presses.
"""


class FormScreen(Dialog[tuple[Change, ...] | None]):
    """Ends with the changes to make, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "confirm", "Apply", priority=True),
        Binding("escape", "leave", "Leave"),
        Binding("f1", "help", "Help for this form"),
        Binding("f2", "more", "More or fewer fields"),
        Binding("ctrl+n", "next_choice", "Take the suggestion, or the next name"),
        Binding("up,shift+tab", "app.focus_previous", "Field above", show=False),
        Binding("down,tab", "app.focus_next", "Field below", show=False),
    ]

    def __init__(self, form: Form, first: FieldId = OWN_NAME) -> None:
        """``first``: the field that the keys go to."""
        super().__init__()
        self.form = form
        self.checked: Checked = checked(form)
        self._first = first
        self._current: FieldId = ()
        self._shows_all = not any(field.is_common for field in form.fields if field.id[: len(first)] == first)

    def compose(self) -> ComposeResult:
        """Fields above; below them help, what would change, and buttons."""
        with Vertical(id="form") as box:
            box.border_title = self.form.title
            box.border_subtitle = "f1 help  ctrl+p commands"
            yield Static(id="form-notice", markup=False)
            with FormBody(id="form-body"):
                yield from self._rows()
            yield FieldHelp()
            yield Static(id="form-verdict", markup=False)
            with Horizontal(id="form-buttons"):
                yield Button("Apply  ctrl+s", id=CONFIRM, compact=True, variant="primary")
                yield Button("", id=MORE, compact=True)
                yield Button("Leave  esc", id=CANCEL, compact=True)

    def on_mount(self) -> None:
        """The keys go to the first field."""
        self._focus(self._first)
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        """As many fields as there is room for above the help."""
        self._fit(event.size.height)

    def _fit(self, height: int) -> None:
        around = _ROWS_AROUND + (_ROWS_OF_NOTICE if self.form.notice else 0)
        self.query_one(FormBody).styles.max_height = max(3, height - around)

    @property
    def current(self) -> FormField | None:
        """The field that has the keys."""
        return next((field for field in self.form.fields if field.id == self._current), None)

    def _rows(self) -> list[FieldRow | GroupRow]:
        rows: list[FieldRow | GroupRow] = []
        for item in self.form.items:
            if not (item.is_common or self._shows_all):
                continue
            if isinstance(item, GroupHeading):
                rows.append(GroupRow(item))
            else:
                rows.append(self._row(item))
        return rows

    def _row(self, field: FormField) -> FieldRow:
        def complete(typed: str) -> str | None:
            return completed_in(self.form, field, typed)

        return FieldRow(field, self.form.texts[field.id], placeholder_of(field), complete)

    async def _rebuild(self, focus: FieldId | None) -> None:
        """The rows anew, after entries came or went, or more fields are shown."""
        body = self.query_one(FormBody)
        with self.app.batch_update():
            await body.remove_children()
            await body.mount_all(self._rows())
        self._focus(focus or self._current)
        self._tell()

    def _focus(self, field: FieldId) -> None:
        rows = list(self.query(FieldRow))
        row = next((row for row in rows if row.field.id[: len(field)] == field), rows[0])
        row.editor.focus()

    @on(FieldTyped)
    async def field_typed(self, message: FieldTyped) -> None:
        """Check everything again."""
        message.stop()
        if self.form.texts.get(message.field, message.text) == message.text:
            return
        self.form = self.form.with_text(message.field, message.text)
        await self._check()

    async def _check(self, focus: FieldId | None = None, *, is_rebuilt: bool = False) -> None:
        self.checked = checked(self.form)
        shown = {item.id for item in self.form.items if item.is_common}
        if not self._shows_all and any(field not in shown for field in self.checked.at_fields):
            # What is wrong must be seen.
            self._shows_all = is_rebuilt = True
        if is_rebuilt:
            await self._rebuild(focus)
        else:
            self._tell()

    def _tell(self) -> None:
        wrong = self.checked.at_fields
        titles = {item.id: item.title for item in self.form.items if isinstance(item, GroupHeading)}
        for row in self.query(FieldRow):
            place = row.field.id
            row.tell(wrong[place].words if place in wrong else "", is_sample=self.form.is_sample(place))
        for group in self.query(GroupRow):
            group.tell(wrong[group.heading.id].words if group.heading.id in wrong else "")
            group.retitle(titles.get(group.heading.id, group.heading.title))
        verdict = self.query_one("#form-verdict", Static)
        verdict.update(self.checked.words(self.form))
        verdict.set_class(not self.checked.is_valid, "-wrong")
        notice = self.query_one("#form-notice", Static)
        if notice.has_class("-told") != bool(self.form.notice):
            self._fit(self.size.height)
        notice.update(self.form.notice)
        notice.set_class(bool(self.form.notice), "-told")
        self.query_one(f"#{CONFIRM}", Button).disabled = not self.checked.is_valid
        hidden = sum(isinstance(item, FormField) and not item.is_common for item in self.form.items)
        self.query_one(f"#{MORE}", Button).label = f"{'Fewer fields' if self._shows_all else f'{hidden} more'}  f2"
        self._tell_current()

    def _tell_current(self) -> None:
        field = self.current
        if field is not None:
            names, more = shown_choices(choices_of(self.form, field))
            letters = cast("RouterApp", self.app).letters
            self.query_one(FieldHelp).tell(help_of(self.form, field), read_back(self.form, field, letters), names, more)

    @on(FieldEntered)
    def field_entered(self, message: FieldEntered) -> None:
        """Help for another field."""
        message.stop()
        self._current = message.field
        self._tell_current()

    @on(FieldLeft)
    def field_left(self, message: FieldLeft) -> None:
        """On to the next field, past the buttons that add and remove; behind the last one, to Apply."""
        message.stop()
        rows = list(self.query(FieldRow))
        here = next((at for at, row in enumerate(rows) if row.field.id == self._current), -1)
        if here + 1 < len(rows):
            rows[here + 1].editor.focus()
        elif self.checked.is_valid:
            self.query_one(f"#{CONFIRM}").focus()
        else:
            self._focus(next(iter(self.checked.at_fields), self._current))

    @on(EntryAsked)
    async def entry_asked(self, message: EntryAsked) -> None:
        """An entry of a group comes or goes."""
        message.stop()
        if message.slot is None:
            self.form = self.form.with_entry(message.group)
            focus: FieldId = (*message.group.path, self.form.slots[message.group.path][-1])
        else:
            self.form = self.form.without_entry(message.group, message.slot)
            focus = message.group.path
        await self._check(focus, is_rebuilt=True)

    @on(Button.Pressed)
    async def pressed(self, event: Button.Pressed) -> None:
        """The buttons below."""
        action = {CONFIRM: "confirm", MORE: "more", CANCEL: "leave"}.get(event.button.id or "")
        if action is not None:
            await self.run_action(action)

    async def action_more(self) -> None:
        """All fields, or the common ones again, unless something is wrong with another."""
        self._shows_all = not self._shows_all
        await self._check(is_rebuilt=True)

    def action_help(self) -> None:
        """What the signs mean, and the form's keys."""
        keys: dict[str, list[str]] = {}
        # Not the active ones: scrolling, which fields do not do, stands before them there.
        for binding in Binding.make_bindings([*self.BINDINGS, *FormBody.BINDINGS]):
            keys.setdefault(binding.description, []).append(self.app.get_key_display(binding))
        self.app.push_screen(HelpDialog(HELP, [(" ".join(shown), what) for what, shown in keys.items()]))

    def action_next_choice(self) -> None:
        """What was probably meant, or else the next valid name."""
        field = self.current
        if field is not None:
            problem = self.checked.at_fields.get(field.id)
            text = next_choice_in(self.form, field, None if problem is None else problem.suggestion)
            self._type_over(field, text)

    def action_choose(self, at: int) -> None:
        """A name that was clicked."""
        field = self.current
        if field is not None:
            names, _ = shown_choices(choices_of(self.form, field))
            if at < len(names):
                self._type_over(field, with_choice_in(self.form, field, names[at]))

    def _type_over(self, field: FormField, text: str | None) -> None:
        row = next((row for row in self.query(FieldRow) if row.field.id == field.id), None)
        if row is not None and text is not None:
            row.editor.type_over(text)
            row.editor.focus()

    def action_confirm(self) -> None:
        """Make it so, where nothing is wrong; else to the first mistake."""
        if self.checked.is_valid:
            self.dismiss(self.checked.changes or None)
            return
        self.app.bell()
        self._focus(next(iter(self.checked.at_fields), self._current))

    def action_leave(self) -> None:
        """Without a change; asked where something was typed."""
        if not self.form.is_touched:
            self.dismiss(None)
            return

        def answered(answer: str | None) -> None:
            if answer == "leave":
                self.dismiss(None)

        answers = {"stay": "Keep editing", "leave": "Leave"}
        self.app.push_screen(Question(self.form.title, "What was typed here is not applied yet.", answers), answered)
