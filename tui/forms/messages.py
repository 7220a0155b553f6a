"""What the parts of a form tell it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from router.view.forms.form import FieldId
from router.view.forms.specs import GroupSpec


@dataclass
class FieldTyped(Message):
    """Something else stands in a field."""

    field: FieldId
    text: str


@dataclass
class FieldEntered(Message):
    """The keys go to a field."""

    field: FieldId


@dataclass
class FieldMoved(Message):
    """The cursor moved within a field, or the text did."""


@dataclass
class FieldLeft(Message):
    """Enter in a field: on to the next."""


@dataclass
class EntryAsked(Message):
    """A group gets another entry; or, with ``slot``, loses that one."""

    group: GroupSpec
    slot: int | None
