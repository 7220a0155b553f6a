"""What results on disk are of: results of another question must not be mixed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from router.reading.position import printable
from router.reading.write import OutputError

FORMAT = "router-whatif-results/1"
NO_RESULTS = "these are no results of `router whatif`"


@dataclass(frozen=True)
class ResultsHeader:
    """First of what stands in a file of results.

    ``question_sha256``: of the base scenario and all cases. ``search_seconds``, ``gap``: the effort for each what-if;
    ``group_search_seconds``: the search for each case of sweeps and draws.
    ``created``: when the first run began (ISO 8601, UTC), ``question``: the file's title; neither decides anything.
    """

    question_sha256: str
    router_version: str
    search_seconds: float
    gap: float
    created: str
    question: str = ""
    group_search_seconds: float = 0.0

    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "format": FORMAT,
            "question": self.question,
            "question_sha256": self.question_sha256,
            "router_version": self.router_version,
            "effort": {
                "search_seconds": self.search_seconds,
                "group_search_seconds": self.group_search_seconds,
                "gap": self.gap,
            },
            "created": self.created,
        }

    def differences(self, other: ResultsHeader) -> list[str]:
        """Why results with the other header are none of this run; nothing where they are."""
        found = []
        if other.question_sha256 != self.question_sha256:
            found.append("of another question (the what-if file or its scenario was changed)")
        if other.router_version != self.router_version:
            found.append(f"of router {other.router_version}, this is {self.router_version}")
        if other.search_seconds != self.search_seconds:
            found.append(f"searched for {other.search_seconds:g} s each, now {self.search_seconds:g} s are asked for")
        if other.group_search_seconds != self.group_search_seconds:
            found.append(
                f"with sweeps searched for {other.group_search_seconds:g} s a case, "
                f"now {self.group_search_seconds:g} s are asked for"
            )
        if other.gap != self.gap:
            found.append(f"made to a gap of {other.gap:g}, now {self.gap:g} is asked for")
        return found


def check_header(path: Path, text: bytes, header: ResultsHeader) -> None:
    """Raises OutputError unless the header in a file, as JSON, is of this run's results."""
    try:
        found = _header_of(json.loads(text))
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise unreadable(path, NO_RESULTS) from None
    except ValueError as error:
        raise unreadable(path, str(error)) from None
    differences = header.differences(found)
    if differences:
        told = " and ".join(differences)
        raise OutputError(printable(f"{path}: holds results {told}; give another --out, or delete it"))


def unreadable(path: Path, reason: str) -> OutputError:
    """That a run cannot go on with what is there."""
    return OutputError(printable(f"{path}: cannot be gone on with: {reason}; give another --out, or delete it"))


def _header_of(data: object) -> ResultsHeader:
    """A header from JSON. Raises ValueError for what is none."""
    if not isinstance(data, dict) or not str(data.get("format", "")).startswith(FORMAT.partition("/")[0] + "/"):
        raise ValueError(NO_RESULTS)
    if data["format"] != FORMAT:
        raise ValueError(f"expected the format {FORMAT}, found {data['format']}")
    try:
        effort = data["effort"]
        return ResultsHeader(
            str(data["question_sha256"]),
            str(data["router_version"]),
            float(effort["search_seconds"]),
            float(effort["gap"]),
            str(data.get("created", "")),
            str(data.get("question", "")),
            float(effort["group_search_seconds"]),
        )
    except KeyError as error:
        raise ValueError(f"its header has no `{error.args[0]}`") from None
    except (TypeError, ValueError):
        raise ValueError("its header has no numbers for the effort") from None
