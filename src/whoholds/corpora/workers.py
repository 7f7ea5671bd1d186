"""Processes that read, each watched by a thread: what dies, hangs or grows over a document is told from what is well.

The problem. Reading runs through libraries in C and over pages from anywhere: once in a million documents a process dies, never
comes back, or takes all memory. That must cost this one document and nothing else.

The choice. A partition is done together, as fast as it goes. If the process dies, or is killed for the time or the memory it
takes, another one does the partition one document at a time (`work.one_by_one`), each in a process that goes on where the last
one died. A document that was in work at the first death and is again at the second is set aside; one that was not has one
more try. A process that was killed from outside (SIGKILL or SIGTERM that nobody here sent: by people, or by a system out of
memory) tells little of the document it was reading, so that takes three deaths over the same document alone.

The limits. Time is that of a clock on the wall: on a machine that stands still for minutes a document may be set aside that
another run would read. What a document may take grows with its length.
"""

from __future__ import annotations

import json
import os
import queue
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import whoholds
from whoholds.corpora.keeping import scratch
from whoholds.corpora.layout import Layout
from whoholds.corpora.memory import resident
from whoholds.corpora.tasks import Done, Limits, StoppedError, Task
from whoholds.model import Problem

CHARACTERS_A_SECOND = 1_000  # that reading may take on top; a slow core does ten times as many
USUAL = Limits()
_LOADING = 1_800.0  # seconds: the gazetteer's index is made at the first start
_EVERY = 0.2  # seconds between looks at time and memory
_FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)
_DEATHS = 3
_BYTES = 1 << 16
_OWN = ("load", "give", "write")  # what a process does for no document: starting, and writing the files of the partition
_TIRED = 0.75  # of the memory allowed: a process that has so much after a task is followed by a fresh one


@dataclass(frozen=True, slots=True)
class _Death:
    """How an attempt ended without being done: what the process was at, and why, in the words of a problem."""

    doing: str  # what `work.Tell` was told last, or "load"
    position: int
    in_work: frozenset[int]
    problem: Problem
    outside: bool = False


@dataclass(slots=True)
class _Case:
    """What is known of a partition over which a process died."""

    spool: Path
    suspects: frozenset[int]
    fetching: int | None
    deaths: Counter[tuple[str, int]] = field(default_factory=Counter)
    poison: dict[int, Problem] = field(default_factory=dict)
    ends: tuple[int, Problem] | None = None

    def note(self, death: _Death) -> None:
        """Take in another death. Raises StoppedError where it is no document's."""
        doing = "take" if death.in_work else death.doing
        position = min(death.in_work, default=death.position)
        self.deaths[doing, position] += 1
        settled = position in self.poison if doing == "take" else self.ends is not None
        if doing in _OWN or settled:
            if self.deaths[doing, position] >= _DEATHS:
                raise StoppedError(
                    f"reading cannot go on: {death.problem.message}", "see the end of log.txt in the folder of the run"
                )
            return
        suspected = position in self.suspects if doing == "take" else position == self.fetching
        if self.deaths[doing, position] < (_DEATHS if death.outside else 1 if suspected else 2):
            return
        if doing == "take":
            self.poison[position] = death.problem
        else:
            self.ends = (position, death.problem)

    def to_json(self) -> dict[str, Any]:
        """What the process is told."""
        poison = {position: _plain(problem) for position, problem in self.poison.items()}
        ends = (self.ends[0], _plain(self.ends[1])) if self.ends else None
        return {"spool": str(self.spool), "poison": poison, "ends": ends}


class Child:
    """A process that does tasks, and those that follow it when it dies. To be used as a context, by one thread at a time."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._closed = False

    def __enter__(self) -> Self:
        """The child; its process starts with the first task."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the process."""
        self.close()

    def run(self, task: Task) -> Done:
        """Do a task, whatever its documents do to the process. Raises StoppedError where nothing could be read."""
        layout = Layout(Path(task.folder))
        found = self._attempt(task, layout, None)
        if isinstance(found, Done):
            return found
        with scratch(layout.folder, "spool") as spool:
            case = _Case(spool, found.in_work, found.position if found.doing == "fetch" else None)
            if not found.in_work and found.doing in _OWN:
                case.note(found)
            while not isinstance(found := self._attempt(task, layout, case), Done):
                case.note(found)
            return found

    def close(self) -> None:
        """End the process, from any thread; a task in work raises StoppedError."""
        self._closed = True
        self._kill()

    def _attempt(self, task: Task, layout: Layout, case: _Case | None) -> Done | _Death:
        if self._closed:
            raise StoppedError("stopped")
        process = self._process
        if process is None or process.poll() is not None:
            process = self._start(layout)
        order = {"folder": task.folder, "phase": task.phase.value, "partition": task.partition}
        patience = 3 * self._limits.seconds + _LOADING
        with suppress(OSError):  # it is dead: reading from it tells so
            assert process.stdin
            line = {**order, "patience": patience, "careful": case.to_json() if case else None}
            process.stdin.write(json.dumps(line).encode() + b"\n")
            process.stdin.flush()
        try:
            found = self._watch(process)
        except (OSError, ValueError):  # `close` takes the pipes away
            if not self._closed:
                raise
        if self._closed:
            raise StoppedError("stopped")
        if isinstance(found, _Death) or resident(process.pid) > _TIRED * self._limits.memory:
            self._kill()
        return found

    def _start(self, layout: Layout) -> subprocess.Popen[bytes]:
        self._kill()  # closes the pipes of one that died while it had nothing to do
        self._buffer = b""
        root = str(Path(whoholds.__file__).parent.parent)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        environment = {"OMP_NUM_THREADS": "1", **os.environ, "PYTHONPATH": path}
        with layout.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "whoholds.corpora.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                start_new_session=True,  # Ctrl-C on the terminal is the parent's to take
            )
        if self._closed:  # while it started, and `close` found none to end
            self._kill()
            raise StoppedError("stopped")
        return self._process

    def _watch(self, process: subprocess.Popen[bytes]) -> Done | _Death:
        """Listen to a process until its task is done or it is dead."""
        watch = _Watch(self._limits)
        assert process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            looked = time.monotonic()
            while True:
                if selector.select(_EVERY):
                    data = os.read(process.stdout.fileno(), _BYTES)
                    if not data:
                        return watch.death(_how(process.wait()), outside=process.returncode in _FROM_OUTSIDE)
                    *messages, self._buffer = (self._buffer + data).split(b"\n")
                    for message in messages:
                        if found := watch.hear(json.loads(message)):
                            return found
                if time.monotonic() - looked > _EVERY:
                    looked = time.monotonic()
                    if over := watch.over(resident(process.pid)):
                        process.kill()
                        return watch.death(over)

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()


class _Watch:
    """What a process at a task was heard to be at, and since when."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._doing, self._position = "load", 0
        self._in_work: dict[int, int] = {}
        self._since = time.monotonic()

    def hear(self, message: list[Any]) -> Done | _Death | None:
        """Take a message in; what it says in the end. Raises StoppedError."""
        self._since = time.monotonic()
        match message:
            case ["done", counts]:
                return Done(**counts)
            case ["stop", words, hint]:
                raise StoppedError(words, hint)
            case ["raised", words]:
                return self.death(Problem("failed", f"reading it failed: {words}"))
            case [str(doing), int(position), int(characters)]:
                self._doing, self._position = doing, position
                if doing == "take":
                    self._in_work[position] = characters
                elif doing == "give":
                    self._in_work.pop(position, None)
        return None

    def over(self, memory: int) -> Problem | None:
        """What a process with so much memory takes too much of."""
        limits = self._limits
        if memory > limits.memory:
            message = f"reading it took more than {limits.memory // 1_000_000:,} MB of memory"
            return Problem("memory", message, hint="give more with --memory in a new run, or split it")
        seconds = limits.seconds + sum(self._in_work.values()) / CHARACTERS_A_SECOND
        if time.monotonic() - self._since > (_LOADING if self._doing == "load" else seconds):
            message = f"reading it took longer than {seconds:.0f} s"
            return Problem("time", message, hint="give it longer with --seconds in a new run, or split it")
        return None

    def death(self, problem: Problem, *, outside: bool = False) -> _Death:
        """The death of the process now."""
        return _Death(self._doing, self._position, frozenset(self._in_work), problem, outside)


class Crew:
    """Processes of this machine that do tasks side by side; to be used as a context."""

    def __init__(self, workers: int, limits: Limits = USUAL) -> None:
        self._children = [Child(limits) for _ in range(workers)]

    def __enter__(self) -> Self:
        """The crew; its processes start with the first tasks."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End all processes."""
        for child in self._children:
            child.close()

    def perform(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task once it is done, in any order. Raises StoppedError; what is in work then is left."""
        waiting = iter(tasks)
        turn = threading.Lock()
        told: queue.SimpleQueue[Done | BaseException | None] = queue.SimpleQueue()

        def work(child: Child) -> None:
            try:
                while True:
                    with turn:
                        task = next(waiting, None)
                    if task is None:
                        break
                    told.put(child.run(task))
            except BaseException as error:
                told.put(error)
            else:
                told.put(None)

        threads = [threading.Thread(target=work, args=(child,), daemon=True) for child in self._children]
        for thread in threads:
            thread.start()
        at_work = len(threads)
        while at_work:
            match told.get():
                case None:
                    at_work -= 1
                case Done() as done:
                    yield done
                case BaseException() as error:
                    raise error


def _how(status: int) -> Problem:
    """How a process ended by itself, or by whom it was."""
    hint = "try it alone with whoholds read; if it is killed there too, tell the makers of whoholds"
    if status >= 0:
        return Problem("died", f"the process that read it ended with status {status}", hint=hint)
    with suppress(ValueError):
        return Problem("died", f"the process that read it died ({signal.Signals(-status).name})", hint=hint)
    return Problem("died", f"the process that read it died (signal {-status})", hint=hint)


def _plain(problem: Problem) -> dict[str, Any]:
    return {key: value for key, value in asdict(problem).items() if key != "span"}
