"""How far a long reading has come: a bar on a terminal, a line now and then in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from whoholds.grounding.gazetteer.added.adding import Step

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_TENTHS = 10
_WORTH_TELLING = 20_000_000  # bytes; smaller files are done before a line is read


class Progress:
    """Shows steps on standard error; to be used as a context."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._told = 0

    def __enter__(self) -> Self:
        """Begin; nothing is shown before the first step."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the bar away."""
        self.stop()

    def step(self, step: Step) -> None:
        """Show how far it is."""
        if sys.stderr.isatty():
            self._draw(step)
        else:
            self._write(step)

    def stop(self) -> None:
        """Take the bar away, so that what is written next stands below it."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _draw(self, step: Step) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                DownloadColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=step.total)
        if self._task is not None:
            words = "sorting names" if step.finishing else f"{step.places:,} places"
            self._bar.update(self._task, completed=step.done, description=f"{self._title}: {words}{_bad(step)}")

    def _write(self, step: Step) -> None:
        tenth = _TENTHS * step.done // max(1, step.total)
        if step.total < _WORTH_TELLING or (tenth == self._told and not step.finishing):
            return
        self._told = tenth
        words = "sorting names" if step.finishing else f"{100 * step.done // step.total} % read"
        sys.stderr.write(f"whoholds: {self._title}: {words}, {step.places:,} places{_bad(step)}\n")
        sys.stderr.flush()


def _bad(step: Step) -> str:
    return f", {step.bad:,} bad line{'' if step.bad == 1 else 's'}" if step.bad else ""
