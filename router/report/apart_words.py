"""Two numbers that look alike as numbers are written elsewhere, told apart."""

from __future__ import annotations


def apart_words(before: float, after: float, *, is_money: bool = False, is_share: bool = False) -> str:
    """`5 % -> 5.02 %`: as few digits as tell them apart, three at least. ``is_share``: of one, told in percent.

    >>> apart_words(0.05, 0.0502, is_share=True), apart_words(2.8e9, 2.8001e9, is_money=True)
    ('5 % -> 5.02 %', '$2,800,000,000 -> $2,800,100,000')
    """
    scale = 100.0 if is_share else 1.0
    for digits in range(3, 18):
        texts = [f"{value * scale:,.{digits}g}" for value in (before, after)]
        if texts[0] != texts[1] and not any("e+" in text for text in texts):
            break
    return " -> ".join(_written(text, is_money, is_share) for text in texts)


def _written(text: str, is_money: bool, is_share: bool) -> str:
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    return f"{sign}{'$' if is_money else ''}{text}{' %' if is_share else ''}"
