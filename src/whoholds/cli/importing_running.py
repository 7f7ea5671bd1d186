"""Taking in what others have published: what is read, what becomes of it, and what could not be read, told as it goes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import shown
from whoholds.cli.register_progress import Progress
from whoholds.cli.register_running import FAILED, INTERRUPTED, failed, opened, print_json, told
from whoholds.cli.register_words import count
from whoholds.formats.imports import Fault
from whoholds.formats.imports.legend import Legend, LegendError, holder_called, legend_line, legend_lines
from whoholds.questions import Register
from whoholds.questions.importing import Coded, Imported, Taken, take_in
from whoholds.register.store import StoreError

_Read = Callable[[Register], Iterable[Coded | Fault]]
_SHOWN = 50  # faults told one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAsked:
    """What was asked of a folder of maps, as typed."""

    folder: str
    name: str
    field: str | None
    legend: str | None
    lines: tuple[str, ...]
    against: str | None
    least: int
    url: str | None
    restate: int


@dataclass(slots=True)
class _Tally:
    """What became of the documents so far, and what was wrong."""

    taken: Counter[Taken] = field(default_factory=Counter)
    claims: int = 0
    withdrawn: int = 0
    lost: int = 0
    remarks: int = 0


@told
def control(locator: str, asked: MapAsked, *, by: str | None, as_json: bool) -> int:
    """Take in a folder of maps; 1 where something of it could not be, 130 where it was stopped."""
    from whoholds.formats.imports.control import ControlMap, control_documents
    from whoholds.formats.imports.ground import Ground
    from whoholds.formats.imports.polygons import dated_files, needed

    needed()
    try:
        lines = [legend_line(line) for line in asked.lines]
        lines += legend_lines(Path(asked.legend)) if asked.legend else []
    except LegendError as error:
        return failed(error.message, error.hint)
    files, faults = dated_files(Path(asked.folder))
    if not files:
        return _all_told(faults)
    chart = ControlMap(
        name=asked.name,
        legend=Legend(lines),
        field=asked.field,
        against=holder_called(asked.against) if asked.against else None,
        url=asked.url,
        restate=asked.restate,
    )

    def read(register: Register) -> Iterator[Coded | Fault]:
        yield from faults
        ground = Ground(register.store.sites(), least=asked.least)
        for _, coded, wrong in control_documents(files, chart, ground):
            yield from wrong
            if coded:
                yield coded

    return _run(locator, read, by=by or asked.name, total=len(files), as_json=as_json)


@told
def acled(locator: str, file: str, *, by: str | None, as_json: bool) -> int:
    """Take in an ACLED export; 1 where a row could not be, 130 where it was stopped."""
    from whoholds.formats.imports.acled import BY, read_acled

    with _stream(file) as stream:
        return _run(locator, lambda _: read_acled(stream, file), by=by or BY, total=None, as_json=as_json)


@told
def ucdp(locator: str, file: str, *, by: str | None, as_json: bool) -> int:
    """Take in a UCDP GED export; 1 where a row could not be, 130 where it was stopped."""
    from whoholds.formats.imports.ucdp import maker, read_ucdp

    name = by or maker(Path(file).name)
    with _stream(file) as stream:
        return _run(locator, lambda _: read_ucdp(stream, file, by=name), by=name, total=None, as_json=as_json)


def _stream(file: str) -> nullcontext[BinaryIO] | BinaryIO:
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def _run(locator: str, read: _Read, *, by: str, total: int | None, as_json: bool) -> int:
    tally = _Tally()
    with opened(locator, create=True) as register:
        if not register.store.writable:
            return failed(f"{register.store.locator} cannot be written", "check who may write to it and to its folder")
        try:
            _take(register, read, tally, by=by, total=total, as_json=as_json)
        except KeyboardInterrupt:
            return _stopped(tally, INTERRUPTED)
        except StoreError as error:
            failed(error.message, error.hint)
            return _stopped(tally, FAILED)
    if not as_json:
        _sum_up(Paper(sys.stdout), tally)
    return FAILED if tally.lost or tally.taken[Taken.ERASED] else 0


def _take(register: Register, read: _Read, tally: _Tally, *, by: str, total: int | None, as_json: bool) -> None:
    with Progress(total) as progress:
        for imported in take_in(register.store, _coded(read(register), tally, progress), by=by):
            tally.taken[imported.taken] += 1
            tally.claims += imported.claims
            tally.withdrawn += imported.withdrawn
            if as_json:
                print_json(_to_json(imported), indent=None)
            progress.step(tally.claims)
        progress.say("deriving what follows")
        register.settle(progress.settling)


def _coded(found: Iterable[Coded | Fault], tally: _Tally, progress: Progress) -> Iterator[Coded]:
    """The documents of what is found; faults are told at once."""
    for one in found:
        if isinstance(one, Coded):
            yield one
            continue
        tally.lost += one.lost
        tally.remarks += not one.lost
        number = tally.lost + tally.remarks
        if number <= _SHOWN:
            progress.aside()
            _tell(one)
        elif number == _SHOWN + 1:
            progress.aside()
            sys.stderr.write("whoholds: more of what could not be read is only counted\n")


def _tell(fault: Fault) -> None:
    paper = Paper(sys.stderr)
    line = f":{fault.line}" if fault.line else ""
    style = "failure" if fault.lost else "problem"
    paper.line([("heading", shown(f"{fault.file}{line}: ")), (style, shown(fault.problem.message))], hanging=4)
    if fault.problem.hint:
        paper.line([("", "    "), ("hint", shown(fault.problem.hint))], hanging=4)
    paper.flush()


def _all_told(faults: Iterable[Fault]) -> int:
    for fault in faults:
        _tell(fault)
    return FAILED


def _to_json(imported: Imported) -> dict[str, object]:
    document = imported.document
    return {
        "document": document.id,
        "name": document.name,
        "published": document.published.isoformat() if document.published else None,
        "became": imported.taken.value,
        "claims": imported.claims,
        "withdrawn": imported.withdrawn,
    }


def _sum_up(paper: Paper, tally: _Tally) -> None:
    told = [count(tally.taken[Taken.NEW], "new document")]
    for taken, words in (
        (Taken.CHANGED, "changed"),
        (Taken.RECODED, "coded anew"),
        (Taken.KNOWN, "known"),
        (Taken.ERASED, "erased before and left out"),
    ):
        if tally.taken[taken]:
            told.append(f"{tally.taken[taken]:,} {words}")
    told.append(count(tally.claims, "claim"))
    if tally.withdrawn:
        told.append(f"{tally.withdrawn:,} withdrawn")
    if tally.remarks:
        told.append(count(tally.remarks, "remark"))
    if tally.lost:
        told.append(f"{tally.lost:,} could not be read")
    paper.line([("", "; ".join(told))], hanging=4)
    paper.flush()


def _stopped(tally: _Tally, status: int) -> int:
    done = sum(tally.taken.values())
    sys.stderr.write(f"whoholds: stopped; {count(done, 'document')} kept, the same command goes on from here\n")
    return status
