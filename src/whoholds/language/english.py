"""The English pipeline: blocks of a document to sentences. The only module that knows spaCy.

The shipped model stands in `models/en`, trained by `training/`; `WHOHOLDS_MODEL` may name the folder of another spaCy
pipeline with Universal Dependencies labels. Control characters, bidirectional marks and line breaks are seen by the model as
single spaces, so offsets stay those of the document.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from whoholds.articles import Block
from whoholds.articles import Role as BlockRole
from whoholds.language.lemmas import lemma, settled
from whoholds.language.loading import load_any, load_shipped
from whoholds.language.sentence import Entity, Sentence, Token
from whoholds.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

READ_ROLES = frozenset({BlockRole.HEADLINE, BlockRole.STANDFIRST, BlockRole.BODY, BlockRole.CAPTION, BlockRole.BULLET})
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_LARGEST_BATCH = 32  # documents parsed together; batches grow from one, so that the first result comes at once
_CHARACTERS_AT_ONCE = 60_000  # what spaCy parses at once; more takes memory (0.7 GB at its default) and is no faster
_LONGEST_WORD = 200  # longer runs without a space are no words of any text and cost the tokeniser quadratic time


def parse(document: Document, blocks: Iterable[Block]) -> list[Sentence]:
    """The sentences of the readable blocks of one document, in text order; none for no blocks."""
    return next(iter(parse_many([(document, blocks)])))[1]


def parse_many(pairs: Iterable[tuple[Document, Iterable[Block]]]) -> Iterator[tuple[Document, list[Sentence]]]:
    """Each document with its sentences, in input order, as they are parsed in batches."""
    batch: list[tuple[Document, list[Block]]] = []
    size = 1
    for document, blocks in pairs:
        batch.append((document, [block for block in blocks if block.role in READ_ROLES]))
        if len(batch) == size:
            yield from _parse_batch(batch)
            batch, size = [], min(2 * size, _LARGEST_BATCH)
    if batch:
        yield from _parse_batch(batch)


def _parse_batch(batch: list[tuple[Document, list[Block]]]) -> Iterator[tuple[Document, list[Sentence]]]:
    texts = [visible(document.text[block.start : block.end]) for document, blocks in batch for block in blocks]
    longest = max(map(len, texts), default=1)
    docs = pipeline().pipe(texts, batch_size=max(1, _CHARACTERS_AT_ONCE // longest))
    for document, blocks in batch:
        sentences: list[Sentence] = []
        for number, block in enumerate(blocks):
            sentences += _sentences(next(docs), block, number)
        yield document, sentences


def visible(text: str) -> str:
    """The text as the model sees it: as long as it was, every invisible or absurd character a space."""
    text = _INVISIBLE.sub(" ", text)
    if len(text) > _LONGEST_WORD:
        text = re.sub(rf"\S{{{_LONGEST_WORD},}}", lambda match: " " * len(match[0]), text)
    return text


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The loaded spaCy pipeline. Raises OSError when the model folder is missing."""
    chosen = os.environ.get("WHOHOLDS_MODEL")
    if chosen:
        return load_any(Path(chosen))
    with as_file(files("whoholds.language") / "models" / "en") as folder:
        return load_shipped(folder)


def _sentences(doc: Doc, block: Block, number: int) -> list[Sentence]:
    """Our sentences of a parsed block; tokens of white space are left out."""
    tokens: list[Token | None] = []
    for word in doc:
        if word.is_space:
            tokens.append(None)
            continue
        start = block.start + word.idx
        text = word.text
        upos, tag = settled(text.lower(), word.pos_, word.tag_)
        tokens.append(
            Token(
                i=0,
                text=text,
                lower=text.lower(),
                lemma=lemma(text.lower(), upos),
                upos=upos,
                tag=tag,
                deprel=word.dep_,
                start=start,
                end=start + len(text),
                space_after=bool(word.whitespace_),
                entity=word.ent_type_,
                entity_start=word.ent_iob == 3,
            )
        )
    found = []
    for span in doc.sents:
        own = [token for token in tokens[span.start : span.end] if token is not None]
        if own:
            _link(doc, tokens, span.start, span.end)
            for i, token in enumerate(own):
                token.i = i
            found.append(Sentence(own, _entities(own), block.role.value, number))
    return found


def _link(doc: Doc, tokens: list[Token | None], first: int, last: int) -> None:
    for i in range(first, last):
        token = tokens[i]
        if token is None:
            continue
        head = doc[i].head.i
        if head != i and first <= head < last and tokens[head] is not None:
            token.head = tokens[head]
            tokens[head].children.append(token)  # type: ignore[union-attr]
        else:
            token.deprel = "root"


def _entities(tokens: list[Token]) -> list[Entity]:
    found: list[Entity] = []
    for token in tokens:
        if not token.entity:
            continue
        if token.entity_start or not found or found[-1].last != token.i - 1 or found[-1].label != token.entity:
            found.append(Entity(token.entity, token.i, token.i))
        else:
            found[-1].last = token.i
    return found
