"""How answers are put: sides, days, places and the words that an answer rests on, as lines of styled pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, shown
from whoholds.model import Derivation, Factuality, Side, Site
from whoholds.notation import Line
from whoholds.questions import wording
from whoholds.questions.evidence import Word
from whoholds.questions.wording import count, day_told, days_of, instant_shown, said_on, since, until
from whoholds.register.store import Known

_QUOTED = 6  # cells before quoted words

__all__ = [
    "count",
    "day_told",
    "days_of",
    "document_place",
    "instant_shown",
    "known_line",
    "latest_line",
    "place_named",
    "plain",
    "print_hint",
    "print_words",
    "reason_of",
    "said_on",
    "side_name",
    "sides_named",
    "since",
    "state_name",
    "until",
]


def side_name(side: Side | None) -> str:
    """A side as it is called: a state by its name."""
    return shown(wording.side_name(side))


def state_name(code: str) -> str:
    """A state by its name; the code where it is none."""
    return shown(wording.state_name(code))


def sides_named(sides: Iterable[Side]) -> str:
    """Several sides, parted by commas."""
    return shown(wording.sides_named(sides))


def place_named(site: Site, *, key: bool = False) -> Line:
    """A place with what kind it is, its country and point; with its key where asked for."""
    place = site.place
    line: Line = [("place", shown(site.name))]
    if place:
        line.append(("code", f" ({wording.kind_of(site)}, {place.country or '-'} {place.lat:.4f} {place.lon:.4f})"))
    if key:
        line.append(("dim", f" {shown(site.key)}"))
    return line


def reason_of(derivation: Derivation | None) -> str:
    """Why a finding has its standing, where its derivation tells."""
    return shown(wording.reason_of(derivation))


def plain(words: str) -> str:
    """Words of a derivation, with states by their names instead of their codes."""
    return shown(wording.plain(words))


def known_line(known: Known) -> Line:
    """Which state of knowledge an answer is of; empty for everything known."""
    told = []
    if known.published_by:
        told.append(f"published by {known.published_by}")
    if known.recorded_by:
        told.append(f"recorded by {instant_shown(known)}")
    return [("hint", f"as {' and '.join(told)}")] if told else []


def latest_line(day: date, about: str) -> Line:
    """That a day was taken because none was asked for."""
    return [("hint", f"no day was asked for: {day} is the last one {about}; ask for another with --on")]


def print_words(paper: Paper, heading: str, words: Sequence[Word], *, indent: int = 2) -> None:
    """The words for or against something: day, speaker, outlet, place in the document and id, then the words; none for none."""
    if not words:
        return
    paper.line([("", " " * indent), ("heading", heading)])
    for word in words:
        paper.line([("", " " * (indent + 2)), *_source(word)], hanging=indent + 6)
        quote = clipped(word.claim.evidence.quote, paper.width - indent - _QUOTED - 2)
        paper.line([("", " " * (indent + 4)), ("quote", f'"{quote}"')])


def document_place(word: Word) -> str:
    """Where a word stands: the document's name and the line."""
    name = shown(word.document) or word.claim.evidence.document[:12]
    return f"{name}:{word.line}" if word.line else name


def print_hint(paper: Paper, words: str, *, indent: int = 2) -> None:
    """A line on what can be done."""
    paper.line([("", " " * indent), ("hint", words)], hanging=indent + 2)


def _source(word: Word) -> Line:
    factuality = word.claim.factuality
    line: Line = [("when", said_on(word.testimony)), ("", " "), ("actor", shown(word.voice))]
    if factuality is not Factuality.ACTUAL:
        line.append((f"factuality.{factuality.value}", f", {factuality.value}"))
    if word.outlet and word.outlet not in word.voice:
        line.append(("", f", in {shown(word.outlet)}"))
    if word.testimony.accepted:
        line.append(("hint", ", accepted"))
    return [*line, ("dim", f"  {document_place(word)}  {word.claim.id}")]
