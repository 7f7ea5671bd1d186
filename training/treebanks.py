"""Universal Dependencies treebanks (CoNLL-U, plain or gzipped) to spaCy training documents.

Multi-word tokens ("don't" annotated as "do" + "n't") keep their syntactic words where those concatenate to the surface
form; where they do not ("au" = "à" + "le") the whole is one token headed as its outermost word.
Format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab


@dataclass(slots=True)
class Word:
    """One syntactic word; `head` is the 0-based position of its head in the sentence, its own position for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool


@dataclass(slots=True)
class Sentence:
    """A sentence of words; `opens_paragraph` is true at the start of a document or paragraph."""

    words: list[Word]
    opens_paragraph: bool


@dataclass(slots=True)
class _Block:
    rows: list[list[str]] = field(default_factory=list)
    ranges: list[tuple[int, int, str, bool]] = field(default_factory=list)
    opens_paragraph: bool = False


def read_treebank(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file in order; an empty file gives none. Raises ValueError for a row without 10 columns."""
    block = _Block()
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line:
                if block.rows:
                    yield _sentence(block)
                    block = _Block()
            elif line.startswith("#"):
                block.opens_paragraph |= line.startswith(("# newdoc", "# newpar")) and not line.startswith("# newpar_block")
            else:
                _add_row(block, line.split("\t"), f"{path.name}:{number}")
    if block.rows:
        yield _sentence(block)


def _add_row(block: _Block, columns: list[str], place: str) -> None:
    if len(columns) != 10:
        raise ValueError(f"{place}: a CoNLL-U row has 10 columns, this one {len(columns)}")
    index, no_space = columns[0], "SpaceAfter=No" in columns[9].split("|")
    if "." in index:  # an empty node of the enhanced graph
        return
    if "-" in index:
        first, last = index.split("-")
        block.ranges.append((int(first), int(last), columns[1], no_space))
        return
    block.rows.append(columns)


def _sentence(block: _Block) -> Sentence:
    rows = block.rows
    forms = [row[1] for row in rows]
    spaces = ["SpaceAfter=No" not in row[9].split("|") for row in rows]
    merged: dict[int, int] = {}  # word number -> number of the word that stands for it
    for first, last, surface, no_space in block.ranges:
        for number in range(first, last):
            spaces[number - 1] = False
        spaces[last - 1] = not no_space
        joined = "".join(forms[first - 1 : last])
        if joined != surface and len(joined) == len(surface):  # same letters, other case or quotes
            at = 0
            for number in range(first, last + 1):
                width = len(forms[number - 1])
                forms[number - 1] = surface[at : at + width]
                at += width
        elif joined != surface:
            outer = next(n for n in range(first, last + 1) if not first <= int(rows[n - 1][6]) <= last)
            forms[outer - 1], spaces[outer - 1] = surface, not no_space
            merged |= dict.fromkeys(range(first, last + 1), outer)
    kept = [n for n in range(1, len(rows) + 1) if merged.get(n, n) == n]
    place = {number: i for i, number in enumerate(kept)}
    words = []
    for number in kept:
        row = rows[number - 1]
        head = int(row[6])
        words.append(
            Word(
                form=forms[number - 1].replace(" ", "\u00a0"),
                lemma=row[2],
                upos=row[3],
                xpos=row[4],
                feats="" if row[5] == "_" else row[5],
                head=place[number] if head == 0 else place[merged.get(head, head)],
                deprel="ROOT" if row[7] == "root" else row[7],
                space_after=spaces[number - 1],
            )
        )
    return Sentence(words, block.opens_paragraph)


def paragraphs(sentences: Iterable[Sentence], longest: int, seed: int) -> Iterator[list[Sentence]]:
    """Runs of 1 to `longest` sentences that never cross a paragraph: what the parser sees when it splits sentences."""
    rng = random.Random(seed)
    run: list[Sentence] = []
    limit = rng.randint(1, longest)
    for sentence in sentences:
        if run and (sentence.opens_paragraph or len(run) >= limit):
            yield run
            run, limit = [], rng.randint(1, longest)
        run.append(sentence)
    if run:
        yield run


def to_doc(vocab: Vocab, run: list[Sentence]) -> Doc:
    """A spaCy document with tags, morphology, lemmas and tree of the run."""
    words = [word for sentence in run for word in sentence.words]
    heads, offset = [], 0
    for sentence in run:
        heads += [offset + word.head for word in sentence.words]
        offset += len(sentence.words)
    spaces = [word.space_after for word in words]
    spaces[-1] = False
    at = 0
    for sentence in run[:-1]:
        at += len(sentence.words)
        spaces[at - 1] = True
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=spaces,
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.deprel for word in words],
    )


def write_corpus(sources: list[Path], target: Path, *, longest: int = 8, seed: int = 0) -> int:
    """Write all sentences of `sources` as one DocBin; returns the number of words."""
    vocab = Vocab()
    bin_ = DocBin(attrs=["ORTH", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"])
    words = 0
    for source in sources:
        for run in paragraphs(read_treebank(source), longest, seed):
            doc = to_doc(vocab, run)
            words += len(doc)
            bin_.add(doc)
    bin_.to_disk(target)
    return words
