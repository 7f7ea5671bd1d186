"""Adding reports to a register: files, folders and records in, a bar or a line now and then, and a count at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from whoholds.articles import load
from whoholds.cli.inputs import Input, from_files, from_records
from whoholds.cli.paper import Paper
from whoholds.cli.problems import print_problem
from whoholds.cli.register_progress import Progress
from whoholds.cli.register_running import FAILED, INTERRUPTED, failed, opened, print_json, told
from whoholds.cli.register_words import count
from whoholds.cli.severity import failed as unread
from whoholds.formats import problem_to_json
from whoholds.formats.answers import added_to_json
from whoholds.model import Document, Problem
from whoholds.questions import Register
from whoholds.questions.adding import Added, Became
from whoholds.register.store import StoreError

TAKEN = (".txt", ".html", ".htm", ".xhtml", ".mht", ".mhtml")
"""The endings of files that are taken from a folder."""

_QUIET = frozenset({"no-date", "unresolved", "ambiguous-place"})
_SHOWN = 20  # problems of documents that were read, told one by one


@dataclass(slots=True)
class _Tally:
    """What became of the inputs so far."""

    became: Counter[Became] = field(default_factory=Counter)
    claims: int = 0
    withdrawn: int = 0
    problems: int = 0
    failures: int = 0

    def take(self, added: Added) -> None:
        self.became[added.became] += 1
        self.claims += added.claims
        self.withdrawn += added.withdrawn
        self.problems += len(added.problems)


@told
def add(
    locator: str,
    files: Sequence[str],
    published: date | None,
    *,
    jsonl: str | None,
    by: str | None,
    again: bool,
    as_json: bool,
) -> int:
    """Add reports; 1 where something could not be read or kept, 130 where it was stopped."""
    named = list(_walked(files))
    tally = _Tally()
    with opened(locator, create=not again or bool(files or jsonl)) as register:
        if not register.store.writable:
            return failed(f"{register.store.locator} cannot be written", "check who may write to it and to its folder")
        inputs = _inputs(register, named, published, jsonl, again=again)
        total = None if jsonl is not None else len(named) or None
        try:
            _add(register, inputs, tally, total=total, by=by, again=again, as_json=as_json)
        except KeyboardInterrupt:
            return _stopped(tally, INTERRUPTED)
        except StoreError as error:
            failed(error.message, error.hint)
            return _stopped(tally, FAILED)
    return FAILED if tally.failures or tally.became[Became.ERASED] else 0


def _add(
    register: Register,
    inputs: Iterable[Input],
    tally: _Tally,
    *,
    total: int | None,
    by: str | None,
    again: bool,
    as_json: bool,
) -> None:
    places: dict[str, list[Input]] = {}
    with Progress(total) as progress:
        for added in register.add(_documents(inputs, places, tally, progress), by=by, again=again):
            tally.take(added)
            item = _item(places, added)
            _report(item, added.problems, progress, tally)
            if as_json:
                problems = [problem_to_json(problem) for problem in (*item.problems, *added.problems)]
                print_json(added_to_json(added, problems), indent=None)
            progress.step(tally.claims)
        progress.say("deriving what follows")
        register.settle(progress.settling)
    if not as_json:
        _sum_up(Paper(sys.stdout), tally)


def _documents(
    inputs: Iterable[Input], places: dict[str, list[Input]], tally: _Tally, progress: Progress
) -> Iterator[Document]:
    """The documents of inputs; what could not be read is told at once and left out."""
    for item in inputs:
        if item.document is None:
            _report(item, (), progress, tally)
            progress.step(tally.claims)
            continue
        places.setdefault(item.document.id, []).append(item)
        yield item.document


def _item(places: dict[str, list[Input]], added: Added) -> Input:
    waiting = places.get(added.document.id)
    return waiting.pop(0) if waiting else Input(added.document.name, added.document, ())


def _report(item: Input, found: Sequence[Problem], progress: Progress, tally: _Tally) -> None:
    """Tell what kept an input from being read; what else stayed unclear is counted, `whoholds read` tells it."""
    bad = [problem for problem in (*item.problems, *found) if unread([problem]) or problem.code == "erased"]
    tally.failures += any(problem.code != "erased" for problem in bad)
    if bad:
        progress.aside()
    for problem in bad:
        print_problem(Paper(sys.stderr), item, problem)


def _inputs(
    register: Register, files: Sequence[tuple[str, str]], published: date | None, jsonl: str | None, *, again: bool
) -> Iterator[Input]:
    if jsonl is not None:
        yield from from_records(jsonl, published)
    elif files:
        for file, name in files:
            yield from _loaded(file, name, published)
    elif again:
        for document in list(register.documents()):
            yield Input(document.name, document, ())


def _loaded(file: str, name: str, published: date | None) -> Iterator[Input]:
    if file == "-":
        yield from from_files([file], published)
        return
    if Path(file).is_dir():
        hint = f"reports are files that end in {', '.join(TAKEN)}, at any depth"
        yield Input(file, None, (Problem("directory", "holds no report", hint=hint),))
        return
    document, problems = load(Path(file), published=published)
    yield Input(file, replace(document, name=name) if document else None, tuple(problems))


def _walked(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each file with what its document is called: its name, or its path within the folder that was given."""
    for file in files:
        folder = Path(file)
        if file == "-" or not folder.is_dir():
            yield file, folder.name
            continue
        found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in TAKEN and path.is_file())
        if not found:
            yield file, folder.name  # told as a folder without reports
        for path in found:
            yield str(path), path.relative_to(folder).as_posix()


def _sum_up(paper: Paper, tally: _Tally) -> None:
    told = [count(tally.became[Became.NEW], "new document")]
    for became, words in (
        (Became.CHANGED, "changed"),
        (Became.REPRINTED, "printed elsewhere"),
        (Became.AGAIN, "read again"),
        (Became.KNOWN, "known"),
        (Became.ERASED, "erased before and left out"),
    ):
        if tally.became[became]:
            told.append(f"{tally.became[became]:,} {words}")
    told.append(count(tally.claims, "claim"))
    if tally.withdrawn:
        told.append(f"{tally.withdrawn:,} withdrawn")
    if tally.problems:
        told.append(f"{count(tally.problems, 'remark')} (whoholds read tells them)")
    if tally.failures:
        told.append(f"{tally.failures:,} could not be read")
    paper.line([("", "; ".join(told))], hanging=4)
    paper.flush()


def _stopped(tally: _Tally, status: int) -> int:
    done = sum(tally.became.values())
    sys.stderr.write(f"whoholds: stopped; {count(done, 'document')} kept, the same command goes on from here\n")
    return status
