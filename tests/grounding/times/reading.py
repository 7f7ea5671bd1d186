"""Sentences made by hand: split at white space and punctuation, without a tree unless one is written out."""

from __future__ import annotations

import re
from datetime import date

from whoholds.grounding.times import TimeExpression, find_times
from whoholds.language.sentence import Sentence, Token
from whoholds.model import Document

PUBLISHED = date(2020, 11, 25)  # a Wednesday
_WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n).)*\S", re.DOTALL)


def sentences_of(text: str) -> list[Sentence]:
    """One sentence a paragraph, its tokens without tags or heads."""
    found = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        words = list(_WORD.finditer(text, paragraph.start(), paragraph.end()))
        if words:
            tokens = [_token(i, word[0], word.start()) for i, word in enumerate(words)]
            found.append(Sentence(tokens, [], paragraph=number))
    return found


def parsed(tagged: str) -> tuple[str, Sentence]:
    """Text and sentence of `word/UPOS/TAG/deprel/head` items; heads count from 1, 0 is the root, lemmas are crude."""
    items = [item.split("/") for item in tagged.split()]
    text = " ".join(item[0] for item in items)
    tokens, start = [], 0
    for i, (word, upos, tag, deprel, _) in enumerate(items):
        token = _token(i, word, start)
        token.upos, token.tag, token.deprel = upos, tag, deprel
        token.lemma = {"is": "be", "was": "be", "were": "be", "had": "have", "has": "have", "agreed": "agree"}.get(word, word)
        tokens.append(token)
        start += len(word) + 1
    for token, item in zip(tokens, items, strict=True):
        if int(item[4]):
            token.head = tokens[int(item[4]) - 1]
            token.head.children.append(token)
    return text, Sentence(tokens, [])


def times_in(text: str, published: date | None = PUBLISHED) -> list[TimeExpression]:
    """The expressions in a text of unparsed sentences."""
    return find_times(Document(text=text, published=published), sentences_of(text))[0]


def times_in_parsed(tagged: str, published: date | None = PUBLISHED) -> list[TimeExpression]:
    """The expressions in a sentence whose tree is written out."""
    text, sentence = parsed(tagged)
    return find_times(Document(text=text, published=published), [sentence])[0]


def _token(i: int, word: str, start: int) -> Token:
    return Token(i, word, word.lower(), word.lower(), "X", "XX", "dep", start, start + len(word))
