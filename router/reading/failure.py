"""One pydantic error in a user's words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from router.reading.document import Document
from router.reading.expectation import bound_words, counted, expectation, one_of, valid_names
from router.reading.found import found_text, quoted
from router.reading.key_path import KeyPath, path_text
from router.reading.nearest import nearest
from router.reading.problems import Mistake, Problem
from router.reading.type_walk import Located, Typed, discriminator_of, field_names, locate, tags_of

_UNKNOWN_KEY = ("extra_forbidden", "invalid_key")
_OWN_CHECK = ("value_error", "assertion_error")
_ONE_OF_NAMES = ("literal_error", "enum")
_BOUNDS = {
    "greater_than": "gt",
    "greater_than_equal": "ge",
    "less_than": "lt",
    "less_than_equal": "le",
}
_QUOTED_NAME = re.compile(r"'([^']*)'")


@dataclass(frozen=True)
class Failure:
    """One pydantic error with its place in the document. `owner` is the type of what holds the place."""

    kind: str
    message: str
    context: dict[str, Any]
    value: object
    located: Located
    owner: Typed | None
    document: Document

    @property
    def is_check_of_model(self) -> bool:
        """Whether a model's own check failed, its fields being right one by one."""
        typed = self.located.typed
        return self.kind in _OWN_CHECK and typed is not None and typed.model is not None

    @property
    def is_missing_key(self) -> bool:
        """Whether a key that must be there is not."""
        return self.kind == "missing"

    def meant_key(self) -> KeyPath | None:
        """For an unknown key, the path of the valid key that was probably meant."""
        if self.kind not in _UNKNOWN_KEY:
            return None
        suggestion = self.problem().suggestion
        return None if suggestion is None else (*self.located.path[:-1], suggestion)

    def problem(self) -> Problem:
        """The problem in words."""
        if self.kind in _UNKNOWN_KEY:
            return self._unknown_key()
        if self.is_missing_key:
            return self._problem(found="nothing", expected=self._expected())
        if self.kind in _OWN_CHECK:
            return self._own_check()
        if self.kind in ("union_tag_invalid", "union_tag_not_found"):
            return self._wrong_tag()
        if self.kind in _ONE_OF_NAMES:
            return self._wrong_name()
        return self._problem(expected=self._expected())

    def _unknown_key(self) -> Problem:
        name = str(self.located.path[-1])
        names = field_names(self.owner.model) if self.owner is not None and self.owner.model else []
        held = self._value_at(self.located.path[:-1], {})
        absent = [key for key in names if not (isinstance(held, dict) and key in held)]
        return self._problem(
            found=f"the unknown key {quoted(name)}",
            expected=one_of(names) if names else "no such key",
            suggestion=nearest(name, absent),
            at_key=True,
        )

    def _own_check(self) -> Problem:
        error = self.context.get("error")
        if isinstance(error, Mistake):
            return self._problem(
                path=(*self.located.path, *error.path),
                found=error.found,
                expected=error.expected,
                suggestion=error.suggestion,
                note=error.note,
                at_key=error.at_key,
            )
        message = str(error) if error is not None else self.message
        if message.startswith("expected "):
            return self._problem(expected=message.removeprefix("expected "))
        return self._problem(note=message or "not valid")

    def _wrong_tag(self) -> Problem:
        typed = self.located.typed
        discriminator = discriminator_of(typed) if typed is not None else None
        names = tags_of(typed) if typed is not None else []
        names = names or _QUOTED_NAME.findall(self.context.get("expected_tags", ""))
        if not isinstance(discriminator, str):
            return self._problem(expected=one_of(names) if names else None)
        path = (*self.located.path, discriminator)
        value = self._value_at(path, None)
        return self._problem(
            path=path,
            found=quoted(value) if isinstance(value, str) else found_text(value),
            expected=one_of(names) if names else None,
            suggestion=nearest(value, names) if isinstance(value, str) else None,
        )

    def _wrong_name(self) -> Problem:
        names = valid_names(self.located.typed) if self.located.typed is not None else []
        names = names or _QUOTED_NAME.findall(self.context.get("expected", ""))
        value = self._value()
        text = isinstance(value, str) and bool(value)
        return self._problem(
            found=quoted(str(value)) if text else None,
            expected=one_of(names) if names else self._expected(),
            suggestion=nearest(str(value), names) if text else None,
        )

    def _expected(self) -> str | None:
        typed = self.located.typed
        kind = _BOUNDS.get(self.kind)
        bound = bound_words(kind, self.context[kind]) if kind is not None else None
        if self.kind == "string_too_long":
            return f"text of at most {counted(self.context['max_length'], 'letter')}"
        if self.kind == "string_too_short" and self.context["min_length"] == 1:
            return "text that is not empty"
        if typed is not None:
            discriminator = discriminator_of(typed)
            if isinstance(discriminator, str):
                return f"a mapping with the key {discriminator!r}"
            words = expectation(typed)
            value = self._value()
            endless = isinstance(value, float) and not math.isfinite(value)
            if words and (endless or self.kind == "finite_number"):
                return words.replace("a number", "a finite number")
            if words and (bound is None or bound.removeprefix("of ") in words):
                return words
        if bound is not None:
            return f"a value {bound}"
        words = self.message.removeprefix("Input should be ")
        return words[:1].lower() + words[1:] if words != self.message else f"something else ({self.message})"

    def _problem(
        self,
        *,
        expected: str | None = None,
        path: KeyPath | None = None,
        found: str | None = None,
        suggestion: str | None = None,
        note: str | None = None,
        at_key: bool = False,
    ) -> Problem:
        at_key = at_key or self.located.at_key
        path = self.located.path if path is None else path
        if found is None:
            found = f"the key {quoted(str(path[-1]))}" if self.located.at_key and path else None
        if found is None:
            found = found_text(self._value_at(path, self.value))
        position = self.document.position_of(path, at="key" if at_key else "value")
        return Problem(position, path_text(path), found, expected, suggestion, note)

    def _value(self) -> object:
        return self._value_at(self.located.path, self.value)

    def _value_at(self, path: KeyPath, default: object) -> object:
        # The document's own value: a validator may have changed what pydantic reports as the input.
        try:
            return self.document.value_of(path)
        except KeyError:
            return default


def failure_from(details: Any, document: Document, model: type[BaseModel]) -> Failure:
    """A failure from one entry of `ValidationError.errors()`."""
    location = details["loc"]
    return Failure(
        kind=details["type"],
        message=details["msg"],
        context=details.get("ctx", {}),
        value=details["input"],
        located=locate(model, location, document.data),
        owner=locate(model, location[:-1], document.data).typed if location else None,
        document=document,
    )
