"""Making an index of a gazetteer file: every line checked, nothing put to use before all of it is good."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from whoholds.grounding.gazetteer.added import folder
from whoholds.grounding.gazetteer.added.draft import Draft, State
from whoholds.grounding.gazetteer.added.folder import About
from whoholds.grounding.gazetteer.added.kinds import reading_for
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.added.rows import Bad, Reading, Row, Unplaced, Wanted
from whoholds.grounding.gazetteer.added.source import Source, encoding_hint, open_source
from whoholds.grounding.gazetteer.index import FORMAT
from whoholds.grounding.gazetteer.indexed import Index

BATCH = 20_000  # items between two commits, some 0.5 to 1 s of work that an interruption may cost
_READERS = 1  # raise when files are read otherwise than before, so that drafts are begun anew


@dataclass(frozen=True, slots=True)
class Step:
    """How far the adding has come: bytes of the source read and in all, lines read, places found, bad lines.

    `finishing` tells that all is read and the names are being sorted.
    """

    done: int
    total: int
    lines: int
    places: int
    bad: int
    finishing: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not added for its bad lines: the first of them, how many there are, and the way out."""

    shown: tuple[Bad, ...]
    bad: int
    lines: int
    hint: str


@dataclass(frozen=True, slots=True)
class Added:
    """A gazetteer that was added, with the bad lines left out (all are listed in the file `skipped`) and remarks on it."""

    about: About
    path: Path
    shown: tuple[Bad, ...]
    skipped: Path | None
    notes: tuple[str, ...]


def add(
    file: Path,
    *,
    name: str,
    country: str | None = None,
    skip_bad: bool = False,
    indexes: Callable[[], Sequence[Index]],
    progress: Callable[[Step], None],
    tell: Callable[[str], None],
    shown: int = 20,
) -> Added | Refused:
    """Make the index of this name from a file, going on from the draft that an interrupted run left.

    `country` (alpha-2) is that of places for which the file tells none; with `skip_bad` bad lines are left out. `indexes` gives
    the gazetteers in use, `progress` is called now and then, `tell` with what the user should know. What was in use stays
    until the new index is whole. Raises GazetteerError for a file that cannot be read through, OSError where the data folder
    cannot be written, and sqlite3.DatabaseError where its disk is full.
    """
    source = open_source(file)
    wanted = Wanted(file, country)
    kind, reading = reading_for(source, wanted, indexes)
    draft = Draft(folder.draft_of(name), _origin(source, kind, country, skip_bad))
    with closing(draft):
        if draft.outdated:
            tell(f"{file} or the options have changed since the last try, which was not finished; it is begun anew")
        elif draft.state.line:
            tell(f"goes on where the last try stopped, after line {draft.state.line:,} of {file}")
        try:
            with _without_collecting():
                _go_through(source, reading, draft, skip_bad, progress)
        except GazetteerError:
            draft.discard()
            raise
        state = draft.state
        first = tuple(draft.bad(shown))
        if (state.bad and not skip_bad) or not state.places:
            draft.discard()
            if not state.bad:
                raise GazetteerError(
                    f"{file}: holds no places", "check that it is the file you mean; a header alone is not enough"
                )
            return Refused(first, state.bad, state.line, _way_out(source, first))
        progress(Step(source.total, source.total, state.line, state.places, state.bad, finishing=True))
        skipped = _list_skipped(name, draft)
        about = draft.finish(folder.path_of(name), _about(name, kind, source, state))
    return Added(about, folder.path_of(name), first, skipped, reading.notes)


def _go_through(source: Source, reading: Reading, draft: Draft, skip_bad: bool, progress: Callable[[Step], None]) -> None:
    """Read to the end, committing batch by batch; after a bad line the rest is only checked, unless it may be skipped."""
    start = draft.state
    begin = State(start.origin) if reading.by_record else start
    unplaced = start.unplaced
    with source.lines(begin.line, begin.offset) as lines:
        items = reading.items(lines, start.records)
        while True:
            batch = list(islice(items, BATCH))
            bad = [item for item in batch if isinstance(item, Bad)]
            rows = [item for item in batch if isinstance(item, Row)]
            unplaced += sum(isinstance(item, Unplaced) for item in batch)
            if not skip_bad and (bad or draft.state.bad):
                rows = []
            position = replace(draft.state, line=lines.line, offset=lines.offset, records=reading.records, unplaced=unplaced)
            draft.commit(rows, bad, position)
            state = draft.state
            progress(Step(lines.done, source.total, state.line, state.places, state.bad))
            if len(batch) < BATCH:
                return


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows have no cycles among them: looking for some takes time and finds nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _origin(source: Source, kind: str, country: str | None, skip_bad: bool) -> str:
    """What must be the same for a draft to be gone on with."""
    identity = source.identity
    parts = (
        FORMAT,
        _READERS,
        identity.path,
        identity.size,
        identity.changed,
        identity.head,
        source.member,
        kind,
        country,
        skip_bad,
    )
    return sha256(repr(parts).encode()).hexdigest()


def _about(name: str, kind: str, source: Source, state: State) -> About:
    return About(
        name=name,
        kind=kind,
        source=source.identity.path,
        size=source.identity.size,
        dated=source.identity.day,
        places=state.places,
        keys=0,
        silent=state.silent,
        unplaced=state.unplaced,
        skipped=state.bad,
    )


def _list_skipped(name: str, draft: Draft) -> Path | None:
    path = folder.skipped_of(name)
    if not draft.state.bad:
        path.unlink(missing_ok=True)
        return None
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{bad.line}\t{bad.reason}\n" for bad in draft.bad())
    return path


def _way_out(source: Source, shown: Sequence[Bad]) -> str:
    """What to do about bad lines, as most of those shown have it."""

    def most(words: str) -> bool:
        return 2 * sum(words in bad.reason for bad in shown) > len(shown)

    if most("not UTF-8"):
        return encoding_hint(source.path)
    if most("exchanged"):
        return "exchange the two columns, or their names in the header"
    if most("cut off"):
        return "the file was not copied to its end; download it again"
    if most(" column"):
        return "check that it is the file you mean, whole and with its tabs or commas; --skip-bad leaves such lines out"
    return "mend these lines, or leave them out with --skip-bad"
