"""How far a run over archives has come, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from whoholds.cli.register_progress import Progress
from whoholds.cli.register_running import failed
from whoholds.cli.register_words import count
from whoholds.corpora.tasks import Done


class CodeProgress:
    """Hears a run and shows how far it is: documents, how many a second, time left, what was set aside."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._words = ""
        self._of: int | None = None
        self._estimated = False
        self._partitions = self._records = self._aside = self._claims = 0

    def __enter__(self) -> Self:
        """Begin; nothing is shown yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        self._end()

    def begin(self, words: str, *, of: int | None = None, documents: int | None = None) -> None:
        """Something begins; see `running.Tell`."""
        self._end()
        self._words, self._of, self._estimated = words, of, documents is None
        self._partitions = self._records = self._claims = 0
        self._bar = Progress(documents)
        self._bar.begin(words)
        if not sys.stderr.isatty():
            what = f" {count(documents, 'document')}" if documents is not None else ""
            sys.stderr.write(f"whoholds: {words}{what}\n")

    def step(self, done: Done) -> None:
        """A partition is done; how many documents the rest holds is worked out from those that are."""
        self._partitions += 1
        self._records += done.records
        self._aside += done.aside
        self._claims += done.claims
        if self._bar is None:
            return
        if self._estimated and self._of:
            self._bar.total = round(self._records * self._of / self._partitions)
        claims = f", {self._claims:,} claims" if self._claims else ""
        aside = f", {self._aside:,} set aside" if self._aside else ""
        self._bar.advance(done.records, f"{self._words}{aside}", claims)

    def say(self, words: str) -> None:
        """Tell what is being done now."""
        if self._bar:
            self._bar.say(words)

    def settling(self, what: str, done: int, of: int) -> None:
        """Tell how far deriving has come."""
        if self._bar:
            self._bar.settling(what, done, of)

    def remark(self, message: str, hint: str) -> None:
        """Tell what people should know."""
        self._end()
        failed(message, hint)

    def _end(self) -> None:
        if self._bar:
            self._bar.aside()
            self._bar = None
