"""Answers as JSON (`router-whatif/1`), and its JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from router import __version__
from router.answer.answer import Answer
from router.answer.spread import DEFINITION
from router.report.whatif.document.answers import WhatIfDocument, answer_record


def whatif_document(answers: Sequence[Answer]) -> WhatIfDocument:
    """The answers to one file or several as a document."""
    return WhatIfDocument(
        router_version=__version__,
        percentile_definition=DEFINITION,
        answers=[answer_record(answer) for answer in answers],
    )


def whatif_text(answers: Sequence[Answer]) -> str:
    """The document as JSON, keys in the order of `WhatIfDocument`. The same answers give the same text."""
    return whatif_document(answers).model_dump_json(indent=1) + "\n"


def whatif_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the text."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **WhatIfDocument.model_json_schema(mode="serialization"),
    }
