"""Where lines of styled pieces go: onto a terminal in colour, with long lines folded, or as plain text into anything else.

Colours follow what is told, not how it looks: times cyan, places green, codes dim; `denied`, `possible` and `planned` stand out
because they change what a claim means. NO_COLOR and FORCE_COLOR are respected.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from whoholds.notation import Line

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {
    "when": "cyan",
    "kind": "bold",
    "verb": "bold",
    "place": "green",
    "actor": "",
    "code": "dim",
    "label": "",
    "quote": "",
    "hash": "dim",
    "factuality.denied": "red",
    "factuality.possible": "yellow",
    "factuality.planned": "blue",
    "rule": "magenta",
    "context": "dim",
    "words": "",
    "caret": "green",
    "problem": "yellow",
    "failure": "red",
    "hint": "dim",
    "dim": "dim",
    "heading": "bold",
}
_PLAIN_WIDTH = 100  # cells of a quoted line outside a terminal
_NARROWEST = 24  # cells; narrower terminals break the lines themselves
_WIDEST = 120  # cells; longer lines tire the eye


class Paper:
    """Writes lines to a stream; `terminal` tells whether a person is looking, `width` how many cells a line may have."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.terminal = stream.isatty() or bool(os.environ.get("FORCE_COLOR"))
        self._console: Console | None = None
        self.width = _PLAIN_WIDTH
        if self.terminal:
            from rich.console import Console  # not needed in a pipe, and slow to load

            self._console = Console(file=stream, highlight=False, soft_wrap=False)
            self.width = max(_NARROWEST, min(self._console.width, _WIDEST))

    def line(self, line: Line, *, hanging: int = 0) -> None:
        """Write a line; on a terminal one that is too long goes on in the next, `hanging` cells in."""
        if self._console is None:
            self.stream.write("".join(text for _, text in line) + "\n")
            return
        from rich.text import Text

        text = Text.assemble(*((piece, STYLES.get(style, "")) for style, piece in line), end="")
        folded = text.wrap(self._console, self.width - hanging) if text.cell_len > self.width else [text]
        for i, part in enumerate(folded):
            part.rstrip()
            self._console.print(Text(" " * hanging if i else "") + part, soft_wrap=True)

    def blank(self) -> None:
        """Write an empty line."""
        self.line([])

    def flush(self) -> None:
        """Hand on what was written."""
        self.stream.flush()


def prepare_streams() -> None:
    """Make output UTF-8 outside a terminal; never fail for a closed standard error or a character that cannot be printed."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- stands as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")
