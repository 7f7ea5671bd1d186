"""What the processes of a cluster's workers do: tasks, each in a child process, with no Dask in sight.

A worker has as many children as it does tasks at a time. They are kept for the next task, since each has loaded a language
model, and end when nothing was asked of them for a while, on dismissal, or with the worker.
"""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from whoholds.corpora.layout import Layout
from whoholds.corpora.tasks import Done, Limits, StoppedError, Task
from whoholds.corpora.terms import agree, terms_of
from whoholds.corpora.workers import Child

IDLE = 120.0  # seconds until children that have nothing to do are sent home


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a process must have to take part in a run: this version of whoholds and, where sources were named by paths that
    hang on where one stands, this current folder (None: they were not).
    """

    version: str
    place: str | None


class Children:
    """The children of this process: those at work and those that wait for the next task."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[tuple[Limits, Child]] = []
        self._working: dict[Child, str] = {}  # with the folder of the run
        self._bell: threading.Timer | None = None

    def do(self, task: Task, limits: Limits) -> Done:
        """Do a task in a child. Raises StoppedError."""
        child = self._taken(task, limits)
        try:
            done = child.run(task)
        except BaseException:
            self._left(child, None)
            child.close()
            raise
        self._left(child, limits)
        return done

    def dismiss(self, folder: str) -> None:
        """End the children at work for the run in a folder, whose tasks fail, and those that wait."""
        with self._lock:
            children = [child for child, own in self._working.items() if own == folder]
            children += [child for _, child in self._waiting]
            self._waiting.clear()
        for child in children:
            child.close()

    def _taken(self, task: Task, limits: Limits) -> Child:
        with self._lock:
            if self._bell:
                self._bell.cancel()
            at = next((at for at, (own, _) in enumerate(self._waiting) if own == limits), None)
            child = Child(limits) if at is None else self._waiting.pop(at)[1]
            self._working[child] = task.folder
            return child

    def _left(self, child: Child, limits: Limits | None) -> None:
        """Let a child wait for the next task; without limits it has gone."""
        with self._lock:
            self._working.pop(child, None)
            if limits:
                self._waiting.append((limits, child))
            if not self._working:
                self._bell = threading.Timer(IDLE, self._home)
                self._bell.daemon = True
                self._bell.start()

    def _home(self) -> None:
        with self._lock:
            if self._working:
                return
            children = [child for _, child in self._waiting]
            self._waiting.clear()
        for child in children:
            child.close()


_CHILDREN = Children()
_AGREED: set[str] = set()  # folders of runs that this process can take part in


def do(task: Task, limits: Limits, wanted: Wanted) -> Done:
    """Do a task in a child of this process, which must have what is wanted; several threads may. Raises StoppedError."""
    if task.folder not in _AGREED:  # this worker may have joined after the others were asked
        if found := complaint(task.folder, wanted):
            raise StoppedError(f"worker {_name()}: {found[0]}", found[1])
        _AGREED.add(task.folder)
    return _CHILDREN.do(task, limits)


def dismiss(folder: str) -> None:
    """End the children of this process that are at work for the run in a folder, and those that wait."""
    _CHILDREN.dismiss(folder)


def version() -> str:
    """The version of whoholds that this process runs."""
    try:
        return installed("whoholds")
    except PackageNotFoundError:
        return "without a version"


def complaint(folder: str, wanted: Wanted) -> tuple[str, str] | None:
    """Why this process cannot take part in the run of a folder, and the way out; None where it can.

    It must have what is wanted, see the folder, and read as the run does (libraries, model, gazetteer).
    """
    if version() != wanted.version:
        return (
            f"runs whoholds {version()}, this machine {wanted.version}",
            f"pip install whoholds=={wanted.version} on every machine",
        )
    if wanted.place not in (None, str(Path.cwd())):
        hint = "name sources by their whole paths in a new run, or start the workers in that folder"
        return f"works in {Path.cwd()}, and sources were named from {wanted.place}", hint
    layout = Layout(Path(folder))
    if not layout.run.exists():
        hint = "--out must name a folder that all machines of the cluster share, under the same path on each"
        return f"does not see {layout.run}", hint
    try:
        agree(layout, terms_of(layout))
    except StoppedError as error:
        return error.message, error.hint
    return None


def _name() -> str:
    return f"{os.uname().nodename} (process {os.getpid()}, {Path(sys.executable).name})"
