"""The collector's settings are as before afterwards."""

from __future__ import annotations

import gc

import pytest

from router.session.quiet_collector import quiet_collector


def test_settings_come_back_even_after_an_error() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with quiet_collector():
        assert gc.get_threshold() != before
        assert gc.get_freeze_count() > frozen
    assert gc.get_threshold() == before
    with pytest.raises(KeyError), quiet_collector():
        raise KeyError
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
