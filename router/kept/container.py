"""Kept plans as bytes: a mark, a digest of all that follows, and three parts, each with its length before it.

The parts are the header (JSON), the plan (JSON, deflated) and the start (an npz file). Nothing is ever unpickled.
"""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from router import __version__
from router.kept.kept_plan import KeptHeader, KeptPlan
from router.plan.document import Plan

_MAGIC = b"router-kept/1\n"
_DIGEST, _LENGTH = 32, 8
_MOST_PLAN_BYTES = 1 << 30
"""A plan's JSON may not unfold to more than this."""


def as_bytes(kept: KeptPlan) -> bytes:
    """The file's content."""
    plan = zlib.compress(kept.plan.model_dump_json().encode(), 9)
    parts = (kept.header.model_dump_json().encode(), plan, kept.start)
    body = b"".join(len(part).to_bytes(_LENGTH, "little") + part for part in parts)
    return _MAGIC + hashlib.sha256(body).digest() + body


def read_kept(content: bytes, scenario_sha256: str) -> KeptPlan | None:
    """The kept plan of a scenario (``scenario_reference``), by this version of the router; None for anything else.

    What is damaged, cut short, foreign or outdated is the same as nothing: never raises.
    """
    header_length = len(_MAGIC) + _DIGEST
    body = content[header_length:]
    if not content.startswith(_MAGIC) or hashlib.sha256(body).digest() != content[len(_MAGIC) : header_length]:
        return None
    try:
        header_json, plan_deflated, start = _parts(body, 3)
        header = KeptHeader.model_validate_json(header_json)
        if header.scenario_sha256 != scenario_sha256 or header.router_version != __version__:
            return None
        with _collector_paused():
            plan = Plan.model_validate_json(zlib.decompressobj().decompress(plan_deflated, _MOST_PLAN_BYTES))
    except (ValueError, zlib.error, MemoryError):
        # pydantic's ValidationError is a ValueError.
        return None
    return KeptPlan(header, plan, start) if plan.scenario.sha256 == scenario_sha256 else None


def _parts(body: bytes, count: int) -> Sequence[bytes]:
    """Raises ValueError where the lengths do not add up."""
    parts = []
    for _ in range(count):
        length = int.from_bytes(body[:_LENGTH], "little")
        parts.append(body[_LENGTH : _LENGTH + length])
        if len(parts[-1]) != length:
            raise ValueError(f"a part of {length} bytes: found {len(parts[-1])}")
        body = body[_LENGTH + length :]
    if body:
        raise ValueError(f"{len(body)} bytes too many")
    return parts


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A plan is some ten thousand objects without a circle: looking for one takes as long as making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
