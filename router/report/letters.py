"""The letters that bars and charts are drawn with: Unicode blocks, or ASCII where those cannot be written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letters:
    """What to draw with. `fills` tell the parts of a stack apart without colour; `steps` fill a cell from
    empty to full; `shades` go from nothing to full."""

    encoding: str
    full: str
    empty: str
    line: str
    side: str
    corner: str
    tick: str
    fills: str
    steps: str
    shades: str
    missing: str

    def bar(self, share: float, width: int) -> str:
        """A bar of `width` letters; full only from 1 on, and empty only at 0."""
        filled = int(max(0.0, min(1.0, share)) * width + 0.5)
        if 0 < share < 1 - 1e-9:
            filled = max(1, min(width - 1, filled))
        return self.full * filled + self.empty * (width - filled)

    def text(self, text: str) -> str:
        """The text with `?` for each letter that the encoding lacks."""
        if self.encoding == "utf-8" or text.isascii():
            return text
        return text.encode(self.encoding, "replace").decode(self.encoding)


_UNICODE = Letters(
    encoding="utf-8",
    full="█",
    empty="░",
    line="─",
    side="│",
    corner="└",
    tick="┴",
    fills="█▒░▓◆○×+",
    steps=" ▁▂▃▄▅▆▇█",
    shades=" ░▒▓█",
    missing="·",
)


def letters_for(encoding: str) -> Letters:
    """Unicode blocks for UTF-8 and its like, ASCII for any other encoding."""
    if encoding.lower().replace("_", "-").startswith("utf"):
        return _UNICODE
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "ascii"
    return Letters(
        encoding=encoding,
        full="#",
        empty=".",
        line="-",
        side="|",
        corner="+",
        tick="+",
        fills="#+.=o*x%",
        steps=" .::--==#",
        shades=" .:+#",
        missing="-",
    )
