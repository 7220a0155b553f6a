"""What was kept is read back; what is damaged, foreign or outdated is nothing, and never an error."""

from __future__ import annotations

import hashlib
import random

import pytest

from router.kept.container import as_bytes, read_kept
from router.kept.kept_start import start_of
from router.session.models import model_after
from tests.audit.random_scenarios import random_scenario
from tests.kept.keeping import kept_content, kept_plan, sha256_of

SEED = 2
HEAD = len(b"router-kept/1\n")


def read(content: bytes) -> object:
    return read_kept(content, sha256_of(random_scenario(SEED)))


def sealed(body: bytes) -> bytes:
    """A body with the digest that belongs to it, as a router with a mistake might have written it."""
    return kept_content(SEED)[:HEAD] + hashlib.sha256(body).digest() + body


def test_round_trip() -> None:
    kept = kept_plan(SEED)
    assert read(as_bytes(kept)) == kept
    assert kept.plan.audit is not None
    assert kept.plan.audit.passed


def test_another_scenario_or_version(monkeypatch: pytest.MonkeyPatch) -> None:
    content = kept_content(SEED)
    assert read_kept(content, sha256_of(random_scenario(3))) is None
    assert read(content) is not None
    monkeypatch.setattr("router.kept.container.__version__", "0.0.9")
    assert read(content) is None


def test_the_header_of_one_and_the_plan_of_another() -> None:
    one, other = kept_plan(SEED), kept_plan(3)
    mixed = as_bytes(type(one)(one.header, other.plan, one.start))
    assert read(mixed) is None
    assert read_kept(mixed, sha256_of(random_scenario(3))) is None


@pytest.mark.parametrize("content", [b"", b"router-kept/1\n", b"PK\x03\x04", b"\x80\x04K\x01.", bytes(4000)])
def test_foreign_files(content: bytes) -> None:
    assert read(content) is None


def test_cut_short_or_longer() -> None:
    content = kept_content(SEED)
    assert all(read(content[:length]) is None for length in range(0, len(content), 97))
    assert read(content[:-1]) is None
    assert read(content + b"\n") is None


def test_a_flipped_bit_anywhere() -> None:
    content = kept_content(SEED)
    rng = random.Random(1)
    for place in [*range(60), *(rng.randrange(len(content)) for _ in range(300))]:
        damaged = bytearray(content)
        damaged[place] ^= 1 << rng.randrange(8)
        assert read(bytes(damaged)) is None


def test_damage_that_the_digest_does_not_tell() -> None:
    """Bytes changed and sealed again: no error, and whatever start is read fits the program in shape."""
    rng = random.Random(2)
    body = kept_content(SEED)[HEAD + 32 :]
    scenario = random_scenario(SEED)
    program = model_after(scenario, None).program
    refused = 0
    for _ in range(400):
        damaged = bytearray(body)
        for _ in range(rng.choice([1, 1, 5])):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        kept = read_kept(sealed(bytes(damaged)), sha256_of(scenario))
        start = None if kept is None else start_of(kept, program)
        refused += start is None
        if start is not None:
            assert start.values.shape == (program.columns,)
            assert start.prices.shape == (program.rows,)
    assert refused > 200
    assert read(sealed(body[: len(body) // 2])) is None
    assert read(sealed(b"")) is None
    assert read(sealed(b"\xff" * 200)) is None
