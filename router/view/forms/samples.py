"""What a new entry's form starts with: samples, marked until something else is typed."""

from __future__ import annotations

from dataclasses import replace

from router.scenario.base import Sourced
from router.view.forms.form import NAME, Form


def with_samples(form: Form, like: str | None) -> Form:
    """The form with all that stands in it marked as samples, but for names. ``like``: what they were copied from."""
    samples = {
        field: text
        for field, text in form.texts.items()
        if text and field[-1] != NAME and field[-1] not in Sourced.model_fields
    }
    source = f"copied from {like} or assumed" if like else "samples"
    return replace(form, samples=samples, told_first=f"Values marked ~ are {source}: change what differs.")
