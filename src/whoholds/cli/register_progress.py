"""How far adding has come: a bar on a terminal, a line now and then in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import Task, TaskID

_EVERY = 30.0  # seconds between lines in a pipe
_WIDE = 100  # columns of a terminal that has room for a long bar


class Progress:
    """Shows on standard error how many of `total` documents are done (None: how many there are is not known)."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self._done = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._begun = self._told = time.monotonic()

    def __enter__(self) -> Self:
        """Begin; nothing is shown before the first step."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        self.aside()

    def step(self, claims: int) -> None:
        """One more document is done; `claims` are all so far."""
        self.advance(1, f"{claims:,} claims")

    def advance(self, documents: int, words: str, after: str = "") -> None:
        """So many more documents are done; `words` and what stands `after` the rate tell what came of all so far."""
        self._done += documents
        if sys.stderr.isatty():
            self._draw(f"{words}, {self._rate():,.1f} a second{after}")
        elif time.monotonic() - self._told > _EVERY:
            self._write(words, after)

    def begin(self, words: str) -> None:
        """Tell what begins, before anything of it is done."""
        if sys.stderr.isatty():
            self._draw(words)

    def say(self, words: str) -> None:
        """Tell what is being done now."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=words)

    def settling(self, what: str, done: int, of: int) -> None:
        """Tell how far deriving has come."""
        self.say(f"deriving: {done:,} of {of:,} {what}")

    def aside(self) -> None:
        """Take the bar away, so that what is written next stands below it; the next step brings it back."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _draw(self, words: str) -> None:
        if self._bar is None:
            self._bar = _bar()
            self._bar.start()
            self._task = self._bar.add_task(words, total=self.total, completed=self._done)
        if self._task is not None:
            self._bar.update(self._task, completed=self._done, total=self.total, description=words)

    def _rate(self) -> float:
        return self._done / max(1e-9, time.monotonic() - self._begun)

    def _write(self, words: str, after: str) -> None:
        self._told, rate = time.monotonic(), self._rate()
        of = f" of {self.total:,}" if self.total else ""
        left = f", {_minutes((self.total - self._done) / rate)} left" if self.total and rate else ""
        sys.stderr.write(f"whoholds: {self._done:,}{of} documents, {words}, {rate:,.1f} a second{after}{left}\n")
        sys.stderr.flush()


def _bar() -> Bar:
    """Count and time left come first and whole; on a narrow terminal the words lose their end."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column
    from rich.text import Text

    class Words(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(task.description, no_wrap=True, overflow="ellipsis")

    console = Console(stderr=True)
    columns = (
        BarColumn(bar_width=24 if console.width >= _WIDE else 8, table_column=Column(no_wrap=True)),
        MofNCompleteColumn(table_column=Column(no_wrap=True)),
        TimeRemainingColumn(table_column=Column(no_wrap=True)),
        Words(),
    )
    return Bar(*columns, console=console, transient=True)


def _minutes(seconds: float) -> str:
    minutes, left = divmod(int(seconds), 60)
    return f"{minutes} min" if minutes else f"{left} s"
