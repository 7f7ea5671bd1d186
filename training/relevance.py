"""Learn the words by which a report is told to be worth reading: `python -m training.relevance CORPORA [--out FILE]`.

CORPORA is the folder of the training corpora (see training/README.md); of it the training parts of the two treebanks, Wikigold
and re3d are read, and with them the training texts of our own. A passage (`corpora.relevance.passages`) in which the installed
reader finds a claim is an example of what is worth reading; one of a text without any is a counter-example, and so are all
those of `other_news.txt`, reports on sport, markets, weather and the like.

The model is logistic with a ridge: a weight for each word that stands in enough passages, and one for each class of words: the
predicates of the reader's own lexicons by file, its `classes.toml`, countries, and the sections of a newspaper in
`other_words.toml`. A class gives words a weight that the corpora do not have. Both are added up word by word into one table.
Nothing is random; it takes about five minutes.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.relevance_words import classes_of_words, parties
from whoholds.articles import from_text
from whoholds.corpora.relevance import BIAS, PARTY, passages, words
from whoholds.pipeline import Reader

SHIPPED = Path("src/whoholds/corpora/relevance.tsv")
TEXTS = Path(__file__).parent / "texts"
OTHER = Path(__file__).parent / "other_news.txt"
FEWEST = 4  # passages that a word must stand in to have a weight of its own
RIDGE = 1.0
CLASS_RIDGE = 0.2  # of a class, that has more to go by
OTHER_WEIGHT = 12.0  # a passage of other news counts as so many; the corpora have few of its kind
AGAINST = frozenset({"class:sport", "class:sport_word", "class:market_word", "class:organism", "class:disaster", "class:idiom"})
OTHER_HIGHEST = -2.0  # the corpora have too few such texts to learn it from; see docs/evaluation.md for what it keeps and costs
FOR = ("verb:", "noun:", "adjective:", "class:", "country")  # classes that cannot speak against a claim, those above apart
SMALLEST = 5  # hundredths; smaller weights are left out of the table
_MARK = re.compile(r"\[(?:PERSON|ORG|LOC|NORP|DATE|MISC) ([^\[\]]+)\]")
_GLUED = tuple(
    (re.compile(pattern), glued)
    for pattern, glued in ((r" ([.,;:!?%)\]])", r"\1"), (r"([(\[$]) ", r"\1"), (r" (n't|'s|'re|'ve|'ll)\b", r"\1"))
)

HEAD = """\
# Written by `python -m training.relevance`; do not edit. What each word adds, in hundredths, to the logarithm of the odds that
# a passage holds a claim; the row * is that of every passage, and "party" marks words for who fights, governs or suffers. See
# relevance.py. Learned from UD English EWT (CC BY-SA 4.0) and GUM (annotations CC BY 4.0, texts by source), Wikigold (CC BY
# 4.0), re3d (by source), texts of our own and the lexicons.
"""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passage:
    """The distinct words of a passage, whether a claim was found in it, and how much it counts."""

    words: frozenset[str]
    claims: bool
    weight: float = 1.0


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(prog="python -m training.relevance", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with treebanks/ and entities/")
    parser.add_argument("--out", type=Path, default=SHIPPED, help=f"the table; {SHIPPED}")
    args = parser.parse_args()
    found = [*labelled(training_texts(args.corpora)), *counter_examples(other_news())]
    print(f"{len(found)} passages, {sum(passage.claims for passage in found)} with claims")
    table = learned(found)
    args.out.write_text(HEAD + "".join(rows_of(table, parties())), encoding="utf-8")
    print(f"{len(table)} words in {args.out}")


def rows_of(table: Mapping[str, int], named: Set[str]) -> Iterator[str]:
    """The rows of the table by word; one that names a party is marked, and has a row whatever its weight."""
    for word in sorted({*table, *named}):
        yield f"{word}\t{table.get(word, 0)}" + (f"\t{PARTY}\n" if word in named else "\n")


def training_texts(corpora: Path) -> Iterator[str]:
    """The documents that may be trained on. Raises OSError for a missing file."""
    for name in ("ewt", "gum"):
        yield from treebank_documents(corpora / "treebanks" / f"{name}_train.conllu.gz")
    for name in ("wikigold", "re3d"):
        yield from entity_blocks(corpora / "entities" / f"{name}_train.iob")
    for path in sorted(TEXTS.glob("*.txt")):
        yield from marked_documents(path.read_text(encoding="utf-8"))


def other_news() -> list[str]:
    """The reports of `other_news.txt`, one a paragraph."""
    return OTHER.read_text(encoding="utf-8").strip().split("\n\n")


def treebank_documents(path: Path) -> Iterator[str]:
    """The documents of a gzipped CoNLL-U file: the `# text` of their sentences, with a space between."""
    sentences: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc") and sentences:
                yield " ".join(sentences)
                sentences = []
            elif line.startswith("# text ="):
                sentences.append(line.removeprefix("# text =").strip())
    if sentences:
        yield " ".join(sentences)


def entity_blocks(path: Path) -> Iterator[str]:
    """The blocks of an IOB file as text, tokens glued as they are written."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = " ".join(line.partition("\t")[0] for line in block.splitlines() if line)
        for pattern, glued in _GLUED:
            text = pattern.sub(glued, text)
        if text:
            yield text


def marked_documents(text: str) -> Iterator[str]:
    """The documents of a file of marked training texts, without the marks, paragraphs as paragraphs."""
    for document in _MARK.sub(r"\1", text).split("\n---\n"):
        yield "\n\n".join(paragraph.replace("\n", " ") for paragraph in document.strip().split("\n\n"))


def counter_examples(texts: Iterable[str]) -> Iterator[Passage]:
    """The passages of texts that hold no claim, whatever the reader would make of them ("seized the lead")."""
    for text in texts:
        for start, end in passages(text):
            yield Passage(frozenset(words(text[start:end])), claims=False, weight=OTHER_WEIGHT)


def labelled(texts: Iterable[str]) -> Iterator[Passage]:
    """The passages in which claims begin, and all those of texts in which the reader finds none.

    The passages between the claims of a report are left out: they speak of the same matters, and what is looked for is the
    matter, not the wording of a claim.
    """
    for reading in Reader().read_many(map(from_text, texts)):
        begun = [claim.evidence.start for claim in reading.claims]
        text = reading.document.text
        for start, end in passages(text):
            claims = any(start <= at < end for at in begun)
            if claims or not begun:
                yield Passage(frozenset(words(text[start:end])), claims)


def learned(found: Sequence[Passage]) -> dict[str, int]:
    """The table: a weight in hundredths by word, `BIAS` among them."""
    classes = classes_of_words()
    counts = Counter(word for passage in found for word in passage.words)
    own = sorted(word for word, count in counts.items() if count >= FEWEST)
    names = [BIAS, *sorted({name for several in classes.values() for name in several})]
    column = {name: index for index, name in enumerate(names)}
    word_column = {word: len(names) + index for index, word in enumerate(own)}
    ridge = np.array([0.0] + [CLASS_RIDGE] * (len(names) - 1) + [RIDGE] * len(own))

    def features(word: str) -> list[int]:
        return [column[name] for name in classes.get(word, ())] + ([word_column[word]] if word in word_column else [])

    lowest = np.full(len(ridge), -np.inf)
    lowest[[column[name] for name in names if name.startswith(FOR) and name not in AGAINST]] = (
        0.0  # no class of claims speaks against one
    )
    highest = np.full(len(ridge), np.inf)
    highest[[column[name] for name in names if name.startswith("other:")]] = OTHER_HIGHEST
    rows = [[0, *(i for word in sorted(passage.words) for i in features(word))] for passage in found]
    weights = fitted(rows, found, ridge, (lowest, highest))
    table = {word: round(100 * sum(weights[i] for i in features(word))) for word in {*classes, *own}}
    return {BIAS: round(100 * weights[0])} | {word: value for word, value in table.items() if abs(value) >= SMALLEST}


def fitted(
    rows: Sequence[Sequence[int]], found: Sequence[Passage], ridge: Floats, bounds: tuple[Floats, Floats], steps: int = 400
) -> Floats:
    """The weights of greatest likelihood with a ridge, each within its lowest and highest.

    Found by accelerated gradient steps of a size that cannot overshoot.
    """
    at = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    columns = np.fromiter((i for row in rows for i in row), dtype=np.int64, count=len(at))
    truth = np.array([passage.claims for passage in found], dtype=np.float64)
    share = np.array([passage.weight for passage in found])
    scale = _scale(at, columns, share, ridge)
    weights, ahead = np.zeros(len(ridge)), np.zeros(len(ridge))
    for step in range(steps):
        told = 1 / (1 + np.exp(-np.bincount(at, ahead[columns], len(rows))))
        slope = np.bincount(columns, (share * (told - truth))[at], len(ridge)) + ridge * ahead
        moved = np.clip(ahead - slope / scale, *bounds)
        ahead = moved + step / (step + 3) * (moved - weights)
        weights = moved
    return weights


def _scale(at: NDArray[np.int64], columns: NDArray[np.int64], share: Floats, ridge: Floats) -> Floats:
    """For each column a bound of the curvature: a quarter of the sum, over its rows, of the row's number of features."""
    lengths = np.bincount(at)
    return np.bincount(columns, (share * lengths)[at] / 4, len(ridge)) + ridge


if __name__ == "__main__":
    main()
