"""How the axes of a plot are written: money, and years with their months."""

from __future__ import annotations

from collections.abc import Sequence

from textual_plot.axis_formatter import AxisFormatter

from router.report import numbers
from router.view.decimal_years import axis_ticks
from router.view.money_ticks import money_ticks


class MoneyAxis(AxisFormatter):
    """US dollars with their suffix, at most ``most`` of them."""

    def __init__(self) -> None:
        self.most = 8

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """Round amounts between two."""
        return money_ticks(min_, max_, self.most)

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """`$1.20 B` and so on."""
        return [numbers.money(tick) for tick in ticks]


class YearAxis(AxisFormatter):
    """Decimal years: at most ``most`` ticks, on the first days of years, quarters or months."""

    def __init__(self) -> None:
        self.most = 8
        self._labels: dict[float, str] = {}

    def get_ticks(self, min_: float, max_: float, max_ticks: int = 8) -> list[float]:
        """The ticks between two decimal years."""
        ticks = axis_ticks(min_, max_, self.most)
        self._labels = dict(ticks)
        return [tick for tick, _ in ticks]

    def get_labels_for_ticks(self, ticks: Sequence[float]) -> list[str]:
        """The labels of ticks that it gave."""
        return [self._labels.get(tick, "") for tick in ticks]
