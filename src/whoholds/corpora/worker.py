"""The process in which documents are read: `python -m whoholds.corpora.worker`, spoken to in JSON lines over its pipes.

It is given orders on standard input and tells on what was standard output how far it is: `["fetch", position]`, `["take",
position, characters]`, `["give", position]`, and in the end `["done", counts]`, `["stop", message, hint]` where the run must
stop, or `["raised", words]` where an item failed and it should be tried one by one. What anything else prints goes to standard
error. When its input ends, because the parent did, it ends at once, wherever it is.
"""

from __future__ import annotations

import faulthandler
import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from whoholds.corpora.layout import Layout
from whoholds.corpora.plan import Plan
from whoholds.corpora.reading import Read
from whoholds.corpora.survey import Survey
from whoholds.corpora.tasks import Done, Phase, StoppedError, Task
from whoholds.corpora.terms import Terms, terms_of
from whoholds.corpora.work import Careful, Tell, Work, one_by_one, stopping, together
from whoholds.model import Problem

_ORPHANED = 3
_ARMED_EVERY = 30.0  # seconds


class _Pipe:
    """Writes messages to the parent; ends the process where there is none any more."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._patience = 0.0
        self._armed = 0.0

    def begin(self, patience: float) -> None:
        """From now on end the process where it hangs for so many seconds: nobody may be left to kill it."""
        self._patience = patience
        self._arm()

    def send(self, *message: Any) -> None:
        try:
            self._stream.write(json.dumps(message).encode() + b"\n")
            self._stream.flush()
        except OSError:
            os._exit(_ORPHANED)

    def __call__(self, what: str, position: int, characters: int = 0) -> None:
        """Tell how far the work is; see `Tell`."""
        if time.monotonic() - self._armed > _ARMED_EVERY:
            self._arm()
        self.send(what, position, characters)

    def _arm(self) -> None:
        faulthandler.dump_traceback_later(self._patience, exit=True)
        self._armed = time.monotonic()


def main() -> None:
    """Do what is ordered until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the run decides what an interruption means
    faulthandler.enable()
    pipe = _Pipe(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    orders: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), orders), daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    while True:
        _follow(json.loads(orders.get()), pipe)


def _listen(stream: BinaryIO, orders: queue.SimpleQueue[bytes]) -> None:
    for line in stream:
        orders.put(line)
    os._exit(_ORPHANED)


def _follow(order: dict[str, Any], pipe: _Pipe) -> None:
    pipe.begin(order["patience"])
    try:
        done = _done(order, pipe)
    except BaseException as error:
        with suppress(OSError):  # the disk may be full
            traceback.print_exc()
        if stop := stopping(error):
            pipe.send("stop", stop.message, stop.hint)
        else:
            pipe.send("raised", f"{type(error).__name__}: {error}")
    else:
        pipe.send("done", asdict(done))
    finally:
        faulthandler.cancel_dump_traceback_later()


def _done(order: dict[str, Any], tell: Tell) -> Done:
    task = Task(order["folder"], Phase(order["phase"]), order["partition"])
    work = _work(task)
    tell("load", 0)
    try:
        work.prepare()
    except OSError as error:  # of the model or of the gazetteer, and of no document
        if stopping(error):
            raise
        raise StoppedError(
            str(error), "check the file and its folder; WHOHOLDS_CACHE names another for the gazetteer"
        ) from None
    if order["careful"] is None:
        return together(work, tell)
    return one_by_one(work, _careful(order["careful"]), tell)


def _careful(told: dict[str, Any]) -> Careful:
    poison = {int(position): Problem(**problem) for position, problem in told["poison"].items()}
    ends = (told["ends"][0], Problem(**told["ends"][1])) if told["ends"] else None
    return Careful(spool=Path(told["spool"]), poison=poison, ends=ends)


def _work(task: Task) -> Work:
    layout = Layout(Path(task.folder))
    terms, plan = _opened(task.folder, tuple(map(_identity, (layout.run, layout.plan))))
    match task.phase:
        case Phase.SURVEY:
            return Survey(layout, terms, plan.part(task.partition), task.partition)
        case Phase.READ:
            return Read(layout, terms, task.partition)


@lru_cache(maxsize=1)
def _opened(folder: str, _files: tuple[tuple[int, ...], ...]) -> tuple[Terms, Plan]:
    """The run in a folder, as long as its files are those: a process may outlive the run, and another begin in its place."""
    layout = Layout(Path(folder))
    return terms_of(layout), Plan(layout)


def _identity(path: Path) -> tuple[int, ...]:
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_ino, told.st_size, told.st_mtime_ns


if __name__ == "__main__":
    main()
