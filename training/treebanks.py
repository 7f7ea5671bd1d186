"""Universal Dependencies treebanks (CoNLL-U, plain or gzipped).

Multi-word tokens ("don't" annotated as "do" + "n't") keep their syntactic words where those concatenate to the surface
form; where they do not ("au" = "à" + "le") the whole is one token headed as its outermost word.
Format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from whoholds.language.parsed import Parsed


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
    """Sentences of a CoNLL-U file in order; an empty file gives none. Raises ValueError, with the line, for a bad row."""
    block = _Block()
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line:
                if block.rows:
                    yield _sentence(block, f"{path.name}:{number}")
                    block = _Block()
            elif line.startswith("#"):
                block.opens_paragraph |= line.startswith(("# newdoc", "# newpar")) and not line.startswith("# newpar_block")
            else:
                _add_row(block, line.split("\t"), f"{path.name}:{number}")
    if block.rows:
        yield _sentence(block, f"{path.name}:{number}")


def _add_row(block: _Block, columns: list[str], place: str) -> None:
    if len(columns) != 10:
        raise ValueError(f"{place}: a CoNLL-U row has 10 columns, this one {len(columns)}")
    index, no_space = columns[0], "SpaceAfter=No" in columns[9].split("|")
    if "." in index:  # an empty node of the enhanced graph
        return
    if "-" in index:
        first, _, last = index.partition("-")
        if not (first.isdecimal() and last.isdecimal() and len(block.rows) < int(first) <= int(last)):
            raise ValueError(f"{place}: {index} is no range of the words that follow")
        block.ranges.append((int(first), int(last), columns[1], no_space))
        return
    if index != str(len(block.rows) + 1) or not columns[6].isdecimal():
        raise ValueError(f"{place}: words are numbered from 1, and a head is a number, not {index} and {columns[6]}")
    block.rows.append(columns)


def _sentence(block: _Block, where: str) -> Sentence:
    rows = block.rows
    most = max([int(row[6]) for row in rows] + [last for _, last, _, _ in block.ranges])
    if most > len(rows):
        raise ValueError(f"{where}: a head or a range names word {most} of a sentence of {len(rows)}")
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
            outer = next((n for n in range(first, last + 1) if not first <= int(rows[n - 1][6]) <= last), first)
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
                deprel=row[7],
                space_after=spaces[number - 1],
            )
        )
    return Sentence(words, block.opens_paragraph)


def spaced(run: list[Sentence]) -> list[Sentence]:
    """The sentences with a space after every word."""
    return [
        Sentence([replace(word, space_after=True) for word in sentence.words], sentence.opens_paragraph) for sentence in run
    ]


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence as annotated, in the form in which models answer, and its lemmas in lower case."""

    parsed: Parsed
    lemmas: list[str]


def parsed(run: list[Sentence]) -> tuple[str, list[Gold]]:
    """The text of sentences that follow each other, and what is annotated of each; entities are all O."""
    text, found = "", []
    for sentence in run:
        spans = []
        for word in sentence.words:
            spans.append((len(text), len(text) + len(word.form)))
            text += word.form + " " * word.space_after
        if not text[-1:].isspace():
            text += " "
        found.append(gold(sentence, spans))
    return text.rstrip(), found


def gold(sentence: Sentence, spans: list[tuple[int, int]]) -> Gold:
    """What is annotated of a sentence whose words stand at `spans`."""
    words = sentence.words
    answer = Parsed(
        spans=spans,
        heads=[-1 if word.head == i else word.head for i, word in enumerate(words)],
        relations=[word.deprel for word in words],
        upos=[word.upos for word in words],
        tags=[word.xpos for word in words],
        entities=["O"] * len(words),
    )
    return Gold(answer, [word.lemma.lower() for word in words])
