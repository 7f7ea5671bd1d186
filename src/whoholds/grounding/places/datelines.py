"""Datelines: the place a report was filed from, told in capitals before its first sentence.

They stand at the start of one of the first paragraphs and often belong to no sentence: "GOMA, Democratic Republic of Congo,
Nov. 25 (Agency) — ...", "BAKU. ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places.mention import Mention
from whoholds.language import Sentence, Token
from whoholds.model import Document

_PARAGRAPHS = 3
_LONGEST = 120  # characters
_WORD = r"[A-Z][A-Z'’.\-]+"
_DATELINE = re.compile(
    rf"[\s\"“(]*(?P<place>{_WORD}(?:[ -]{_WORD}){{0,3}}?)"
    r"(?:(?:,| \() ?(?P<within>[A-Z][\w.]*(?: (?:of |the )*[A-Z][\w.]*){0,4})\)?)?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}))?(?:,? \d{4})?,? ?"
    r"(?:\([^)]{2,40}\) ?)?(?:[—–\x96\x97]|--? |: |\. (?=[A-Z]))"
)


def datelines(document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> Iterator[Mention]:
    """The places of the datelines, and the countries after them, as mentions with the tokens they cover where there are any."""
    start = 0
    for _ in range(_PARAGRAPHS):
        match = _DATELINE.match(document.text, start, start + _LONGEST)
        if match:
            inner = _mention(document, sentences, gazetteer, *match.span("place"))
            if inner:
                outer = _mention(document, sentences, gazetteer, *match.span("within")) if match["within"] else None
                inner.container = outer
                yield inner
                if outer:
                    yield outer
                return
        start = document.text.find("\n", start) + 1
        while start and document.text[start : start + 1].isspace():
            start += 1
        if not start or start >= len(document.text):
            return


def _mention(document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer, start: int, end: int) -> Mention | None:
    name = document.text[start:end]
    candidates = gazetteer.candidates(name)
    if not candidates:
        return None
    home = next((sentence for sentence in sentences if sentence.start < end and start < sentence.end), None)
    if home is not None:
        tokens = home.at(start, end)
        return Mention(home, tokens[0].i, tokens[-1].i, name, start, end, candidates, dateline=True) if tokens else None
    token = Token(0, name, name.lower(), name.lower(), "PROPN", "NNP", "root", start, end)
    return Mention(Sentence([token], []), 0, 0, name, start, end, candidates, dateline=True)
