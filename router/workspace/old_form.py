"""A new value written the way the old one was: in percent, with `k` or `B` behind, with the same quotes."""

from __future__ import annotations

import re
import textwrap
from decimal import Decimal
from typing import Any

from router.reading.problems import Mistake
from router.reading.quantity import parse_quantity, parse_share
from router.workspace.yaml_words import is_plain, number_word, quoted_word, word

_WIDTH = 120
_LONGEST_SCALED = 12
_POWERS = {"k": 3, "K": 3, "M": 6, "B": 9, "T": 12}
_FORM = re.compile(r"(?P<dollar>\$\s*)?(?P<number>[0-9][0-9_,]*(?:\.[0-9]+)?)(?P<gap>\s*)(?P<suffix>[kKMBT%])?")


def in_old_form(old: str, new: Any, *, style: str, in_flow: bool, indent: int, newline: str) -> str:
    """The YAML of a single value that takes the place of another.

    ``old``: the other's text in the file, without its anchor; ``style`` its quotes, or `|` and `>` for a block.
    ``indent``: the column of the key, or of the dash of the list, for values on lines of their own.
    """
    if isinstance(new, str):
        if style == ">":
            return _folded(new, in_flow, indent, newline)
        return quoted_word(new, style) if style in ("'", '"') else word(new, in_flow=in_flow)
    if isinstance(new, (int, float)) and not isinstance(new, bool):
        inner = old[1:-1] if style in ("'", '"') else old
        text = _number(inner, new)
        # What was in quotes was text to YAML, as 1,000 in braces; so it is still.
        if style in ("'", '"') and text != number_word(new):
            return quoted_word(text, style)
        return text if text == number_word(new) or _can_be_plain(text, in_flow) else number_word(new)
    return word(new, in_flow=in_flow)


def _can_be_plain(text: str, in_flow: bool) -> bool:
    return is_plain(text, in_flow=in_flow) or re.fullmatch(r"[0-9][0-9_]*(?:\.[0-9]+)?", text) is not None


def _number(old: str, new: float) -> str:
    plain = number_word(new)
    form = _FORM.fullmatch(old.strip())
    if form is None or new < 0:
        return plain
    suffix = form["suffix"] or ""
    if old.strip().isdigit():
        return plain
    scaled = Decimal(repr(new)).scaleb(2 if suffix == "%" else -_POWERS.get(suffix, 0))
    text = _grouped(_decimals(scaled, form["number"]), form["number"])
    if suffix in _POWERS and (scaled < Decimal("0.1") or len(text) > _LONGEST_SCALED):
        return plain
    text = f"{form['dollar'] or ''}{text}{form['gap'] if suffix else ''}{suffix}"
    try:
        # A share is not a quantity, nor the other way: only what reads back the same is written.
        value = parse_share(text) if suffix == "%" else parse_quantity(text)
    except Mistake:
        return plain
    return text if value == new else plain


def _decimals(number: Decimal, old: str) -> str:
    """All digits of a number, and as many decimals as the old one had."""
    text = format(number.normalize(), "f")
    wanted = len(old.partition(".")[2])
    has = len(text.partition(".")[2])
    if wanted <= has:
        return text
    return text + ("" if has else ".") + "0" * (wanted - has)


def _grouped(text: str, old: str) -> str:
    whole, point, fraction = text.partition(".")
    for mark in "_,":
        if mark in old:
            return f"{int(whole):,}".replace(",", mark) + point + fraction
    return text


def _folded(text: str, in_flow: bool, indent: int, newline: str) -> str:
    """Text on several lines that YAML joins with blanks, where it can be cut so."""
    body = text.removesuffix("\n")
    step = " " * (indent + 2)
    lines = textwrap.wrap(body, _WIDTH - len(step), break_long_words=False, break_on_hyphens=False)
    if not body or body[0] == " " or " ".join(lines) != body or not body.isprintable():
        return word(text, in_flow=in_flow)
    return newline.join([">" if text.endswith("\n") else ">-", *(step + line for line in lines)])
