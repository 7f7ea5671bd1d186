"""Notation to claims: the text is cut into blocks, a head line with its indented lines, and each is parsed by itself.

So a block that cannot be read costs one claim and one Problem, never its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from lark import Lark, Token, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from whoholds.model import Allied, Claim, Document, Parted, Problem, Span
from whoholds.notation.building import Builder, ClaimTold, DocumentTold, Quoting, Told, UnfitError
from whoholds.notation.spelling import RESERVED

Alliance = Allied | Parted
T = TypeVar("T")
_WORD = re.compile(r'"(?:\\.|[^"\\\n])*"?|[^\s"\[\](),;:]+|\S')
_KINDS = ("event", "control", "obligation", "alliance")
_SHORTEST_ID = 8  # digits of an id that may stand for it: a clash among a million documents is 1 in 4000
_MEANINGS = {
    "WORD": "a name",
    "QUOTED": "words in quotes",
    "WHEN": "a date",
    "LENGTH": "a stretch of time such as P14D",
    "COUNTRY": "a country such as AZ, or -",
    "NUMBER": "degrees",
    "GEONAMEID": "a GeoNames id such as #585514",
    "TYPE": "an event type",
    "STEP": "a step",
    "ACTION": "an action",
    "FACTUALITY": "actual, denied, possible or planned",
    "CODE": "a country or role code",
    "COUNT": "a count such as 14 or 200..999",
    "LINENUMBER": "a line number",
    "OFFSET": "a character's number",
    "HASH": "64 hexadecimal digits",
    "_LINE": "the end of the line",
    "$END": "the end",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """A head line with its indented lines: where it begins in the text, and its text with comments blanked."""

    start: int
    text: str


@cache
def _parser() -> Lark:
    grammar = files("whoholds.notation").joinpath("claims.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=True)


def parse_text(text: str, *, documents: Iterable[Document]) -> tuple[list[Claim], list[Problem]]:
    """See `whoholds.notation.parse`."""
    return _read(text, documents, _claim_told)


def parse_acts_text(text: str, *, documents: Iterable[Document]) -> tuple[list[Claim | Allied | Parted], list[Problem]]:
    """See `whoholds.notation.parse_acts`."""
    return _read(text, documents, _act_told)


def _read(
    text: str, documents: Iterable[Document], made: Callable[[ClaimTold | Alliance, _Library], T]
) -> tuple[list[T], list[Problem]]:
    """What the blocks of a text make, in order, and a Problem for each that makes nothing."""
    written = Document(text=text)
    library = _Library(list(documents))
    found: list[T] = []
    problems: list[Problem] = []
    for block in _blocks(text):
        try:
            told = _told(block)
            if isinstance(told, DocumentTold):
                library.add(told)
            else:
                found.append(made(told, library))
        except UnfitError as unfit:
            problems.append(_problem(written, block, unfit))
    return found, problems


def _act_told(told: ClaimTold | Alliance, library: _Library) -> Claim | Allied | Parted:
    return _claim(told, library) if isinstance(told, ClaimTold) else told


def _claim_told(told: ClaimTold | Alliance, library: _Library) -> Claim:
    if isinstance(told, ClaimTold):
        return _claim(told, library)
    raise UnfitError(Token("WORD", "", 1), "an alliance is no claim", "only claims are read here; leave it out")


def _blocks(text: str) -> Iterator[_Block]:
    """The blocks of a text in order; a comment line inside one becomes spaces, so that places stay as they are."""
    lines: list[str] = []
    begin = offset = int(text.startswith("\ufeff"))
    for line in text[begin:].split("\n"):
        if line[:1] not in ("", " ", "\t", "\r", "#"):
            if lines:
                yield _Block(begin, "\n".join(lines).rstrip())
            lines, begin = [], offset
        elif not lines:
            begin = offset
        shown = " " * len(line) if line.lstrip().startswith("#") else line
        if lines or shown.strip():
            lines.append(shown)
        offset += len(line) + 1
    if lines:
        yield _Block(begin, "\n".join(lines).rstrip())


def _told(block: _Block) -> Told:
    """What a block tells. Raises UnfitError at the words that cannot be read."""
    if block.text[:1].isspace():
        at = len(block.text) - len(block.text.lstrip())
        token = Token("WORD", block.text[at:].split()[0], at)
        raise UnfitError(token, "this line is indented but belongs to no claim", "begin the claim's head line at the margin")
    try:
        return Builder().transform(_parser().parse(block.text))
    except VisitError as error:
        if isinstance(error.orig_exc, UnfitError):
            raise error.orig_exc from None
        raise
    except UnexpectedInput as error:
        raise _unexpected(block, error) from None


def _unexpected(block: _Block, error: UnexpectedInput) -> UnfitError:
    """What to say of a block that the grammar does not take."""
    first = block.text.split(maxsplit=1)[0].rstrip(":")
    if first in _KINDS:
        what, undated = ("alliance", "always") if first == "alliance" else ("claim", "undated")
        hint = f"write a date or '{undated}' before '{first}'"
        return UnfitError(Token("WORD", first, 0), f"the {what} begins without a date", hint)
    hint = f"expected {_expected(error)}"
    at = len(block.text) if isinstance(error, UnexpectedToken) and error.token.type == "$END" else error.pos_in_stream or 0
    if at >= len(block.text):
        return UnfitError(Token("WORD", "", len(block.text)), "the claim breaks off here", hint)
    found = _WORD.match(block.text, at)
    if found is None:  # a line break
        return UnfitError(Token("WORD", "", at), "the line breaks off here", hint)
    if found[0] in RESERVED:
        hint += f"; a name with '{found[0]}' in it stands in quotes"
    return UnfitError(Token("WORD", found[0], at), f"{_clipped(found[0])} cannot stand here", hint)


def _expected(error: UnexpectedInput) -> str:
    names: set[str] = set()
    if isinstance(error, UnexpectedToken):
        names = set(error.accepts or error.expected)
    elif isinstance(error, UnexpectedCharacters):
        names = set(error.allowed or ())
    if "_LINE" in names:
        names.discard("$END")
    terminals = {terminal.name: terminal.pattern.value for terminal in _parser().terminals}
    words = sorted({_MEANINGS.get(name) or f"'{terminals.get(name, name.lower())}'" for name in names})
    return ", ".join(words[:-1]) + " or " + words[-1] if len(words) > 1 else "".join(words) or "nothing more"


def _clipped(words: str) -> str:
    return f"'{words}'" if len(words) <= 40 else f"'{words[:40]}…'"


def _problem(written: Document, block: _Block, unfit: UnfitError) -> Problem:
    """The problem at the token's characters; where it has none, at the last word before."""
    at = unfit.token.start_pos or 0
    if unfit.token:
        start, end = block.start + at, block.start + at + len(unfit.token)
    else:
        words = [match.span() for match in _WORD.finditer(block.text) if match.start() < max(at, 1)]
        start, end = (block.start + words[-1][0], block.start + words[-1][1]) if words else (block.start, block.start + 1)
    return Problem("notation", unfit.message, written.span(start, end), unfit.hint)


class _Library:
    """The documents that may be quoted: those told in the text by their hash, and those at hand with their words."""

    def __init__(self, documents: list[Document]) -> None:
        self.at_hand = {document.id: document for document in documents}
        self.named: dict[str, str] = {}
        for document in documents:
            self.named.setdefault(document.name, document.id)

    def add(self, told: DocumentTold) -> None:
        """A document told in the text; told by name alone, it means the one at hand."""
        if told.id:
            self.named[told.label] = told.id

    def find(self, label: str) -> str | None:
        """The id of the document called so: by name, by whole id, or by the first digits of one at hand."""
        if label in self.named:
            return self.named[label]
        if re.fullmatch(r"[0-9a-f]{64}", label):
            return label
        known = {*self.at_hand, *self.named.values()}
        matches = [id for id in known if id.startswith(label)] if len(label) >= _SHORTEST_ID else []
        return matches[0] if len(matches) == 1 else None


def _claim(told: ClaimTold, library: _Library) -> Claim:
    """The claim with its evidence looked up. Raises UnfitError where the words are not to be found."""
    if told.quoting is None:
        raise TypeError("a claim is built with its from line")
    return Claim(
        matter=told.matter,
        evidence=_evidence(told.quoting, library),
        said_by=told.said_by,
        factuality=told.factuality,
        when=told.when,
        where=told.where,
    )


def _evidence(quoting: Quoting, library: _Library) -> Span:
    id = library.find(quoting.label)
    if id is None:
        hint = "tell it before the claim, with its sha256, or give the document when parsing"
        raise UnfitError(quoting.label_token, f"no document is called '{quoting.label}'", hint)
    document = library.at_hand.get(id)
    if quoting.start is None or quoting.end is None:
        start = _only_place(quoting, document)
        end = start + len(quoting.words)
    else:
        start, end = quoting.start, quoting.end
    try:
        span = Span(id, start, end, quoting.words)
    except ValueError as error:
        raise UnfitError(quoting.words_token, str(error), "characters are counted from 0, the end not included") from None
    if document and document.text[start:end] != quoting.words:
        there = document.text[start:end]
        hint = f"the document has {_clipped(there)} there" if there else "the document ends before"
        raise UnfitError(quoting.words_token, "these are not the words at those characters", hint)
    return span


def _only_place(quoting: Quoting, document: Document | None) -> int:
    if document is None:
        raise UnfitError(
            quoting.label_token, "which characters is not told, and the document is not at hand", "add [start:end]"
        )
    if not quoting.words:
        raise UnfitError(quoting.words_token, "no words are quoted", "quote the words the claim is from")
    places = [match.start() for match in re.finditer(f"(?={re.escape(quoting.words)})", document.text)]
    on_line = [place for place in places if quoting.line in (None, document.line_of(place))]
    if len(on_line) != 1:
        message = "these words occur more than once" if on_line else "these words are not in the document"
        hint = "tell which characters: [start:end]" if on_line else "quote them exactly as they stand there"
        if places and not on_line:
            message = f"these words are not on line {quoting.line}"
            hint = f"they are on line {document.line_of(places[0])}"
        raise UnfitError(quoting.words_token, message, hint)
    return on_line[0]
