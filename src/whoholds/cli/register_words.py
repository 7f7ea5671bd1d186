"""How answers are put: sides, days, places and the words that an answer rests on, as lines of styled pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, shown
from whoholds.grounding.countries import countries
from whoholds.model import Bounds, Derivation, Factuality, Holding, Side, Site, Testimony, When
from whoholds.notation import Line
from whoholds.questions.evidence import Word
from whoholds.register.store import Known

_CODE = re.compile(r"\b[A-Z]{3}\b")
_QUOTED = 6  # cells before quoted words
_KINDS = {"A": "area", "P": "town", "L": "region", "S": "site", "H": "water", "T": "height", "R": "road"}


def said_on(testimony: Testimony) -> str:
    """The day that a claim was said; where its report has no date, when the register took it in."""
    return str(testimony.said) if testimony.dated else f"undated (taken in {testimony.said})"


def side_name(side: Side | None) -> str:
    """A side as it is called: a state by its name."""
    if side is None:
        return "nobody named"
    return shown(_states().get(side.key, side.name))


def state_name(code: str) -> str:
    """A state by its name; the code where it is none."""
    return _states().get(code, shown(code))


def sides_named(sides: Iterable[Side]) -> str:
    """Several sides, parted by commas."""
    return ", ".join(map(side_name, sides))


def place_named(site: Site, *, key: bool = False) -> Line:
    """A place with what kind it is, its country and point; with its key where asked for."""
    place = site.place
    line: Line = [("place", shown(site.name))]
    if place:
        kind = _KINDS.get(place.feature, "place")
        line.append(("code", f" ({kind}, {place.country or '-'} {place.lat:.4f} {place.lon:.4f})"))
    if key:
        line.append(("dim", f" {shown(site.key)}"))
    return line


def days_of(bounds: Bounds) -> str:
    """The days something can fall on."""
    first, last = bounds.not_before, bounds.not_after
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    if first:
        return f"{first} or later"
    return f"{last} or earlier" if last else "a day not told"


def since(holding: Holding) -> str:
    """Since when a place is held, as far as it is told."""
    begin = holding.begin
    if begin.not_before is None and begin.not_after is None:
        return f"since when is not told; first told for {holding.told}"
    if begin.not_before and begin.not_before == begin.not_after:
        return f"since {begin.not_before}"
    if begin.not_before is None:
        return f"since {begin.not_after} or earlier"
    if begin.not_after is None:
        return f"since {begin.not_before} or later"
    return f"since a day from {begin.not_before} to {begin.not_after}"


def until(holding: Holding) -> str:
    """Until when, for a holding that has ended; "" while it lasts."""
    end = holding.end
    return "" if end.not_before is None and end.not_after is None else f"until {days_of(end)}"


def day_told(when: When | None) -> str:
    """A deadline as EDTF, or that none is known."""
    return when.edtf if when else "a day not known"


def reason_of(derivation: Derivation | None) -> str:
    """Why a finding has its standing, where its derivation tells."""
    parts = derivation.parts if derivation else ()
    return next((plain(part.value) for part in parts if part.rule.startswith("standing")), "")


def plain(words: str) -> str:
    """Words of a derivation, with states by their names instead of their codes."""
    return _CODE.sub(lambda code: _states().get(code[0], code[0]), shown(words))


def known_line(known: Known) -> Line:
    """Which state of knowledge an answer is of; empty for everything known."""
    told = []
    if known.published_by:
        told.append(f"published by {known.published_by}")
    if known.recorded_by:
        told.append(f"recorded by {instant_shown(known)}")
    return [("hint", f"as {' and '.join(told)}")] if told else []


def instant_shown(known: Known) -> str:
    """The instant of a state of knowledge; its day alone where it is the end of it."""
    moment = known.recorded_by
    if moment is None:
        return ""
    whole = (moment.hour, moment.minute, moment.second, moment.microsecond) == (23, 59, 59, 999_999)
    return str(moment.date()) if whole else moment.isoformat(timespec="seconds")


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


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


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


@cache
def _states() -> dict[str, str]:
    return {country.alpha3: country.name for country in countries()}
