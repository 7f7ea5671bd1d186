"""Entity corpora (token TAB IOB2 tag, blank line between sentences) to spaCy training documents.

The corpora carry no spacing, so it is set by the usual rules of English typography; the entity model sees only whether a
space follows, never the characters of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

_CLOSES = set(",.;:!?%)]}'’”") | {"''", "...", "'s", "’s", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m"}
_OPENS = set("([{$£€“‘") | {"``"}
_JOINS = set("-–/")


def read_iob(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Sentences as lists of (token, tag); an empty file gives none. Raises ValueError for a line without a tag."""
    rows: list[tuple[str, str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line.strip():
                if rows:
                    yield rows
                    rows = []
                continue
            parts = line.split("\t")
            if len(parts) < 2:
                raise ValueError(f"{path.name}:{number}: no tag on this line")
            rows.append((parts[0], parts[1]))
    if rows:
        yield rows


def to_doc(vocab: Vocab, rows: list[tuple[str, str]]) -> Doc:
    """A spaCy document with the entities of the rows."""
    words = [word.replace(" ", "\u00a0") for word, _ in rows]
    return Doc(vocab, words=words, spaces=_spaces(words), ents=[tag for _, tag in rows])


def _spaces(words: list[str]) -> list[bool]:
    after = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        glued = word in _OPENS or word in _JOINS or following in _CLOSES or following in _JOINS
        after.append(bool(following) and not glued)
    return after


def write_corpus(sources: list[Path], target: Path, *, longest: int = 4, seed: int = 0) -> int:
    """Write all sentences of `sources`, in runs of 1 to `longest`, as one DocBin; returns the number of words."""
    rng = random.Random(seed)
    vocab, bin_, words = Vocab(), DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"]), 0
    for source in sources:
        run: list[tuple[str, str]] = []
        count, limit = 0, rng.randint(1, longest)
        for rows in read_iob(source):
            run, count = run + rows, count + 1
            words += len(rows)
            if count == limit:
                bin_.add(to_doc(vocab, run))
                run, count, limit = [], 0, rng.randint(1, longest)
        if run:
            bin_.add(to_doc(vocab, run))
    bin_.to_disk(target)
    return words
