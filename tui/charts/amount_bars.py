"""Amounts of two plans with what changed as bars to both sides of a line."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.style import Style

from router.report.difference_words import signed_money
from router.report.letters import Letters
from router.report.numbers import aligned, money
from router.view.amount_changes import AmountChanges
from tui.widgets.fitting import cut

_AMOUNT = 11
_LEAST_BARS = 12
_MOST_BARS = 60
_WIDEST_NAME = 34


def amount_lines(
    amounts: AmountChanges, width: int, letters: Letters, style_of: Callable[[str], Style]
) -> list[Content]:
    """Title, a line for each amount, and the sum. More is drawn to the right, less to the left."""
    longest = max((len(name) for name in (*amounts.names, amounts.title)), default=0)
    is_wide = width >= 4 + 3 * _AMOUNT + min(longest, 16) + _LEAST_BARS
    numbers_width = (3 if is_wide else 1) * _AMOUNT
    name_width = max(6, min(longest, _WIDEST_NAME, width - numbers_width - _LEAST_BARS - 2))
    bars_width = max(2, min(_MOST_BARS, width - numbers_width - name_width - 2))
    head = ("Before", "After", "Change") if is_wide else ("Change",)
    titles = "".join(f"{aligned(title):>{_AMOUNT}}" for title in head)
    lines = [Content.styled(f"{cut(amounts.title, name_width, pad=True)}{titles}", style_of("title"))]
    bars = amounts.bars(bars_width)
    for at, (name, before, after, change) in enumerate(amounts.texts()):
        texts = (before, after, change) if is_wide else (change,)
        start, length = int(bars.start[at]), int(bars.length[at])
        style = style_of("dim" if not length else "less" if amounts.change_usd[at] < 0 else "more")
        row = [" "] * bars.width
        row[start : start + length] = letters.full * length
        line = [letters.side if cell == bars.zero and not length else " " for cell in range(bars.width)]
        drawn = "".join(row) if length else "".join(line)
        lines.append(
            Content.assemble(
                cut(name, name_width, pad=True),
                "".join(f"{aligned(text):>{_AMOUNT}}" for text in texts),
                "  ",
                (drawn.rstrip(), style),
            )
        )
    total = amounts.total_usd
    sums = (money(total[0]), money(total[1]), signed_money(total[2])) if is_wide else (signed_money(total[2]),)
    all_of_it = "".join(f"{aligned(text):>{_AMOUNT}}" for text in sums)
    rule = letters.line * (name_width + numbers_width)
    return [
        *lines,
        Content.styled(rule, style_of("dim")),
        Content.styled(f"{cut('all', name_width, pad=True)}{all_of_it}", style_of("total")),
    ]
