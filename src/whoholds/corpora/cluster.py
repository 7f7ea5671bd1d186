"""The same tasks on a Dask cluster: on processes of this machine, or of many that share a folder.

Only tasks and counts go over the network: which phase of which partition of which folder. Whoever does a task reads its input
from that folder and leaves its output there, whole, under its final name; so a task that is done twice, or that a lost worker
leaves half done, changes nothing. A worker of Dask does a task in a child process of its own, as the workers of a run on one
machine do (`workers.Child`): what a document can break is the child. Children end with their worker.

At most two tasks a thread of the cluster are waiting or in work, so that millions of partitions cost the scheduler nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.corpora import children
from whoholds.corpora.keeping import lines
from whoholds.corpora.layout import Layout
from whoholds.corpora.tasks import Done, Limits, StoppedError, Task

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

LOCAL = "local"
_AHEAD = 2  # tasks that wait or are in work, a thread of the cluster
_LOST = 20  # workers that may be lost over one task: no document kills a worker, but machines rented by the minute come and go
_PATIENCE = 30  # seconds for a scheduler to answer, and to let go of what is in work
_INSTALL = "pip install 'whoholds[cluster]' here and on every machine of the cluster"


class Cluster:
    """A workforce of Dask's workers."""

    def __init__(self, client: Client, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._session = secrets.token_hex(4)
        self._wanted: dict[str, children.Wanted] = {}  # by the folders that all workers were asked about

    def perform(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task once it is done, in any order; those of a lost worker are done by another. Raises StoppedError."""
        waiting = iter(tasks)
        open_: dict[Future, tuple[Task, int]] = {}
        from distributed import as_completed

        try:
            first = list(islice(waiting, self._room()))
            if not first:
                return
            self._agree(_whole(first[0].folder))
            done = as_completed([self._submit(task, 0, open_) for task in first], loop=self._client.loop)
            for future in done:
                task, lost = open_.pop(future)
                outcome = self._outcome(future, task, lost)
                if isinstance(outcome, Done):
                    yield outcome
                else:
                    done.add(self._submit(task, outcome, open_))
                for following in islice(waiting, max(0, self._room() - len(open_))):
                    done.add(self._submit(following, 0, open_))
        finally:
            self._let_go(open_)

    def _room(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return _AHEAD * max(1, threads)

    def _submit(self, task: Task, lost: int, open_: dict[Future, tuple[Task, int]]) -> Future:
        there = replace(task, folder=_whole(task.folder))
        key = f"{task.phase.value}-{task.partition:05}-{self._session}-{lost}"
        future = self._client.submit(children.do, there, self._limits, self._wanted[there.folder], key=key, pure=False)
        open_[future] = (task, lost)
        return future

    def _outcome(self, future: Future, task: Task, lost: int) -> Done | int:
        """What a future came to: the task done, or how many workers were lost over it by now."""
        from distributed import CancelledError, KilledWorker

        try:
            done = future.result()
        except (KilledWorker, CancelledError) as error:
            if lost + 1 < _LOST:
                return lost + 1
            message = f"{lost + 1} times workers were lost over partition {task.partition} ({task.phase.value}): {error}"
            raise StoppedError(message, "look into the logs of the cluster; the same command goes on from there") from error
        except OSError as error:
            raise StoppedError(f"a worker of the cluster: {error}", _shared(task.folder)) from error
        if not isinstance(done, Done):
            raise TypeError(f"a task gives Done, not {type(done).__name__}")
        return done

    def _agree(self, folder: str) -> None:
        """See that all workers read alike and see the run's folder. Raises StoppedError for the first that does not."""
        if folder in self._wanted:
            return
        wanted = children.Wanted(children.version(), str(Path.cwd()) if _hangs_on_here(folder) else None)
        for worker, complaint in sorted(self._client.run(children.complaint, folder, wanted).items()):
            if complaint:
                raise StoppedError(f"worker {worker}: {complaint[0]}", complaint[1])
        self._wanted[folder] = wanted

    def _let_go(self, open_: dict[Future, tuple[Task, int]]) -> None:
        """Cancel what waits; what is in work ends with its child."""
        if open_:
            with suppress(Exception):  # the scheduler may be gone
                self._client.cancel(list(open_), force=True)
            self.dismiss()

    def dismiss(self) -> None:
        """End the children of all workers that are at work for this, and those that wait; another's stay."""
        with suppress(Exception):
            for folder in self._wanted:
                self._client.run(children.dismiss, folder, on_error="ignore")


@contextmanager
def on(address: str, *, workers: int, limits: Limits) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address` ("tcp://host:8786"); for "local", so many worker processes of this machine.

    Raises StoppedError where there is no Dask, no scheduler, no worker, or one that would read differently.
    """
    try:
        import distributed
    except ImportError as error:
        raise StoppedError(f"a cluster needs Dask: {error}", _INSTALL) from error
    with ExitStack() as stack:
        if address == LOCAL:
            address = stack.enter_context(_own(workers)).scheduler_address
        client = stack.enter_context(_connected(address))
        if not client.nthreads():
            hint = f"start workers on the machines that share the folder: dask worker {address}"
            raise StoppedError(f"the scheduler at {address} has no workers", hint)
        _same_dask(client, distributed.__version__)
        cluster = Cluster(client, limits)
        try:
            yield cluster
        finally:
            cluster.dismiss()


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        hint = "see that it runs and can be reached from here: dask scheduler"
        raise StoppedError(f"no Dask scheduler answers at {address}: {error or 'no answer'}", hint) from error
    try:
        yield client
    finally:
        client.close(timeout=_PATIENCE)


@contextmanager
def _own(workers: int) -> Iterator[LocalCluster]:
    """Worker processes of this machine, without Dask's own limits of memory: the children have theirs."""
    from distributed import LocalCluster

    cluster = LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=None, silence_logs=50
    )
    try:
        yield cluster
    finally:
        with suppress(TimeoutError):
            cluster.close(timeout=_PATIENCE)


def _same_dask(client: Client, version: str) -> None:
    """See that scheduler, workers and this process run the same Dask on the same Python: values travel between them pickled."""
    found = client.get_versions()
    own = found["client"]["host"]["python"].split(".")[:2]
    for name, told in {"the scheduler": found["scheduler"], **found["workers"]}.items():
        theirs = told["packages"]["distributed"]
        if theirs != version:
            raise StoppedError(f"{name} runs distributed {theirs}, this machine {version}", _INSTALL)
        if told["host"]["python"].split(".")[:2] != own:
            raise StoppedError(
                f"{name} runs Python {told['host']['python']}, this machine {'.'.join(own)}", "use the same version"
            )


def _whole(folder: str) -> str:
    """The path of a folder wherever one stands: workers stand elsewhere."""
    return str(Path(folder).resolve())


def _hangs_on_here(folder: str) -> bool:
    """Whether any source of a run was named by a path that hangs on the current folder."""
    return any("partition" in line and not Path(line["path"]).is_absolute() for line in lines(Layout(Path(folder)).plan))


def _shared(folder: str) -> str:
    return f"{folder} and the sources must be there under the same path on every machine of the cluster"
