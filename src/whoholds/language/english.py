"""Blocks of a document to sentences, by the shipped English model or the one that WHOHOLDS_MODEL names.

Control characters, bidirectional marks and line breaks are seen by the model as single spaces, so offsets stay those of the
document.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import as_file, files

from whoholds.articles import Block
from whoholds.articles import Role as BlockRole
from whoholds.language.choice import load
from whoholds.language.lemmas import lemma
from whoholds.language.parsed import Parsed, Pipeline
from whoholds.language.sentence import Entity, Sentence, Token
from whoholds.model import Document

READ_ROLES = frozenset({BlockRole.HEADLINE, BlockRole.STANDFIRST, BlockRole.BODY, BlockRole.CAPTION, BlockRole.BULLET})
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_LARGEST_BATCH = 32  # documents parsed together; batches grow from one, so that the first result comes at once
_LONGEST_WORD = 200  # longer runs without a space are no words of any text


def parse(document: Document, blocks: Iterable[Block]) -> list[Sentence]:
    """The sentences of the readable blocks of one document, in text order; none for no blocks. Raises ModelError."""
    return next(iter(parse_many([(document, blocks)])))[1]


def parse_many(pairs: Iterable[tuple[Document, Iterable[Block]]]) -> Iterator[tuple[Document, list[Sentence]]]:
    """Each document with its sentences, in input order, as they are parsed in batches. Raises ModelError."""
    batch: list[tuple[Document, list[Block]]] = []
    size = 1
    for document, blocks in pairs:
        batch.append((document, [block for block in blocks if block.role in READ_ROLES]))
        if len(batch) == size:
            yield from _parse_batch(batch)
            batch, size = [], min(2 * size, _LARGEST_BATCH)
    if batch:
        yield from _parse_batch(batch)


def visible(text: str) -> str:
    """The text as the model sees it: as long as it was, every invisible or absurd character a space."""
    text = _INVISIBLE.sub(" ", text)
    if len(text) > _LONGEST_WORD:
        text = re.sub(rf"\S{{{_LONGEST_WORD},}}", lambda match: " " * len(match[0]), text)
    return text


@lru_cache(maxsize=1)
def pipeline() -> Pipeline:
    """The language model, loaded once. Raises ModelError when it is missing or damaged."""
    chosen = os.environ.get("WHOHOLDS_MODEL")
    if chosen:
        return load(chosen)
    with as_file(files("whoholds.language") / "models" / "en") as folder:
        return load(str(folder))


def _parse_batch(batch: list[tuple[Document, list[Block]]]) -> Iterator[tuple[Document, list[Sentence]]]:
    texts = [visible(document.text[block.start : block.end]) for document, blocks in batch for block in blocks]
    parsed = zip(texts, pipeline().read_texts(texts), strict=True) if texts else iter(())
    for document, blocks in batch:
        sentences: list[Sentence] = []
        for number, block in enumerate(blocks):
            text, found = next(parsed)
            sentences += [_sentence(one, text, block.start, block.role.value, number) for one in found]
        yield document, sentences


def _sentence(parsed: Parsed, text: str, offset: int, role: str, paragraph: int) -> Sentence:
    """Our sentence of a parsed one in a text that starts at `offset` of its document."""
    tokens: list[Token] = []
    for i, (start, end) in enumerate(parsed.spans):
        word = text[start:end]
        lower = word.lower()
        upos = parsed.upos[i]
        entity = parsed.entities[i]
        tokens.append(
            Token(
                i=i,
                text=word,
                lower=lower,
                lemma=lemma(lower, upos),
                upos=upos,
                tag=parsed.tags[i],
                deprel=parsed.relations[i],
                start=offset + start,
                end=offset + end,
                space_after=text[end : end + 1].isspace(),
                entity=entity[2:],
                entity_start=entity[:1] == "B",
            )
        )
    for token, head in zip(tokens, parsed.heads, strict=True):
        if head >= 0:
            token.head = tokens[head]
            tokens[head].children.append(token)
    return Sentence(tokens, _entities(tokens), role, paragraph)


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
