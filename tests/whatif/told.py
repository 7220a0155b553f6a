"""Mistakes of a model as a user reads them."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from router.reading.validation import problems_from
from router.reading.yaml_reader import read_yaml_text


def told(model: type[BaseModel], text: str, file: str = "file.yaml") -> list[str]:
    """One line for each mistake that the model finds in YAML text, which must have some."""
    document = read_yaml_text(text, file)
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document.data)
    return [str(problem) for problem in problems_from(caught.value, document, model)]
