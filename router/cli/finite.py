"""Numbers given on the command line."""

from __future__ import annotations

import math

import click


def finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """The number; click's ranges let "nan" pass, which is neither below nor above anything."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"found {value}, expected a number")
    return value
