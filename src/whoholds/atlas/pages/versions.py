"""The texts that stood at an address one after another, where else a text was printed, and how two texts differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from whoholds.questions.as_known import filings_known
from whoholds.register.store import Filing, Known, Store

_MOST_LINES = 4_000  # of a text that is compared; the time grows with the square
_MOST_WORDS = 2_000  # of a line
_CONTEXT = 2  # lines shown around a difference


@dataclass(frozen=True, slots=True)
class Version:
    """A text that stood at one of a document's addresses, and since which day, as far as told; `own` is the document's."""

    filing: Filing
    day: date
    own: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a comparison: `kind` is `same`, `gone` or `come`."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a comparison, or (with no pieces) lines left out because they are the same."""

    pieces: tuple[Piece, ...]
    left_out: int = 0


def versions_of(store: Store, document: str, known: Known) -> tuple[Version, ...]:
    """The texts at the addresses of a document by day, its own among them; none where it is the only one."""
    own = filings_known(store, document, known)
    found: list[Version] = []
    for url in dict.fromkeys(filing.document.url for filing in own if filing.document.url):
        texts = dict.fromkeys(filing.document.id for filing in store.filings(url=url))
        there = [one for text in texts for one in filings_known(store, text, known) if one.document.url == url]
        if any(one.document.id != document for one in there):
            found += [Version(one, day_of(one), one.document.id == document) for one in there]
    return tuple(sorted(found, key=_rank))


def day_of(filing: Filing) -> date:
    """The day of a filing: of publication, else of retrieval, else the one it was recorded on."""
    return filing.document.published or filing.document.retrieved or filing.recorded_at.date()


def before(versions: Sequence[Version], document: str) -> str | None:
    """The id of the last other text that stood at the address before a document; None for none."""
    place = next((i for i, one in enumerate(versions) if one.own), 0)
    earlier = [one.filing.document.id for one in versions[:place] if one.filing.document.id != document]
    return earlier[-1] if earlier else None


def after(versions: Sequence[Version], document: str) -> str | None:
    """The id of the text that stands at the address last, where it is another; None where the document's own does."""
    last = versions[-1].filing.document.id if versions else document
    return None if last == document else last


def compared(old: str, new: str) -> tuple[Row, ...] | None:
    """How one text became another, line by line and within lines word by word; None where they are too long for that."""
    before_lines, after_lines = _lines(old), _lines(new)
    if max(len(before_lines), len(after_lines)) > _MOST_LINES:
        return None
    return tuple(_left_out(list(_rows(before_lines, after_lines))))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Row((Piece("same", line),)) for line in old[a:b])
            continue
        pairs = min(b - a, d - c)
        for one, other in zip(old[a : a + pairs], new[c : c + pairs], strict=True):
            yield Row(tuple(_pieces(one, other)))
        yield from (Row((Piece("gone", line),)) for line in old[a + pairs : b])
        yield from (Row((Piece("come", line),)) for line in new[c + pairs : d])


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before_words, after_words = _words(old), _words(new)
    if max(len(before_words), len(after_words)) > _MOST_WORDS:
        yield Piece("gone", old)
        yield Piece("come", new)
        return
    for kind, a, b, c, d in SequenceMatcher(None, before_words, after_words, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before_words[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(before_words[a:b]))
        if d > c:
            yield Piece("come", "".join(after_words[c:d]))


def _left_out(rows: list[Row]) -> Iterator[Row]:
    """The rows, without those that are the same and far from a difference."""
    changed = [i for i, row in enumerate(rows) if any(piece.kind != "same" for piece in row.pieces)]
    near = {j for i in changed for j in range(i - _CONTEXT, i + _CONTEXT + 1)}
    skipped = 0
    for i, row in enumerate(rows):
        if i not in near:
            skipped += 1
            continue
        if skipped:
            yield Row((), skipped)
            skipped = 0
        yield row
    if skipped:
        yield Row((), skipped)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _words(line: str) -> list[str]:
    """The words of a line, each with the white space after it."""
    words: list[str] = []
    for piece in line.split(" "):
        words.append(piece + " ")
    words[-1] = words[-1][:-1]
    return words


def _rank(version: Version) -> tuple[date, int]:
    return version.day, version.filing.entry
