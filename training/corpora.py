"""The corpora of the recipe, by name, as examples: treebanks with names laid over them, entity corpora, texts of our own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from training import entities, texts, treebanks, trees
from training.examples import Example, of_sentence

TREEBANKS = {"ewt": "uner", "gum": "gumclean"}  # treebank: the entity corpus over the same text
ENTITIES = ("wikigold", "re3d")
SPLITS = ("train", "dev")  # no step is chosen on the dev sets, so they are trained on too; figures are those of the test sets
TEXTS = Path(__file__).parent / "texts"
TREES = Path(__file__).parent / "trees"
_UNKNOWN = "?"  # stands for a label where nobody looked
_SENTENCES = frozenset({"wikigold"})  # entity corpora whose blocks are sentences


def load(corpora: Path) -> dict[str, list[Example]]:
    """All examples for training by corpus, in the order of their texts.

    Raises OSError for a missing file, ValueError for a bad row.
    """
    found: dict[str, list[Example]] = {}
    for treebank, names in TREEBANKS.items():
        found[treebank] = []
        for split in SPLITS:
            sentences = list(treebanks.read_treebank(corpora / "treebanks" / f"{treebank}_{split}.conllu.gz"))
            tags = laid_over(sentences, entities.read_iob(corpora / "entities" / f"{names}_{split}.iob"))
            found[treebank] += [of_sentence(*pair) for pair in zip(sentences, tags, strict=True)]
    for name in ENTITIES:
        found[name] = list(_entities(corpora / "entities" / f"{name}_train.iob", name in _SENTENCES))
    found["texts"] = [example for path in sorted(TEXTS.glob("*.txt")) for example in texts.read_texts(path)]
    found["trees"] = [example for path in sorted(TREES.glob("*.tsv")) for example in trees.read_trees(path)]
    return found


def laid_over(sentences: Sequence[treebanks.Sentence], rows: Iterable[list[tuple[str, str]]]) -> list[list[str | None]]:
    """Entity tags for the words of a treebank from a corpus over the same text.

    Sentences are found by their words, whatever their order; those that the two cut differently by going through both texts
    side by side. A word that has no counterpart has no tag.
    """
    theirs = [(tuple(word for word, _ in row), [tag or None for _, tag in row]) for row in rows]
    known = dict(theirs)
    found = [known.get(tuple(word.form for word in sentence.words)) for sentence in sentences]
    if None in found:
        walked = _side_by_side(sentences, theirs)
        found = [tags or walk for tags, walk in zip(found, walked, strict=True)]
    return [_legal(tags or []) for tags in found]


def _side_by_side(
    sentences: Sequence[treebanks.Sentence], rows: Iterable[tuple[tuple[str, ...], list[str | None]]]
) -> list[list[str | None]]:
    words = [word.form for sentence in sentences for word in sentence.words]
    theirs = [pair for forms, tags in rows for pair in zip(forms, tags, strict=True)]
    tags: list[str | None] = [None] * len(words)
    at = there = 0
    while at < len(words) and there < len(theirs):
        if words[at] == theirs[there][0]:
            tags[at] = theirs[there][1]
            at, there = at + 1, there + 1
            continue
        skip = _next_meeting(words[at : at + 60], [word for word, _ in theirs[there : there + 60]])
        at, there = at + skip[0], there + skip[1]
    found, end = [], 0
    for sentence in sentences:
        found.append(tags[end : end + len(sentence.words)])
        end += len(sentence.words)
    return found


def _next_meeting(ours: list[str], theirs: list[str]) -> tuple[int, int]:
    """How far to go on in each until a few words agree again."""
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    best = next((block for block in blocks if block.size >= 3), None) or blocks[0]
    if best.size == 0:
        return len(ours), len(theirs)
    return best.a, best.b


def _legal(tags: list[str | None]) -> list[str | None]:
    """IOB2 in which no I follows something else than its own label."""
    before: str | None = "O"
    legal: list[str | None] = []
    for tag in tags:
        if tag and tag.startswith("I-") and (before is None or before[2:] != tag[2:]):
            tag = None if before is None else "B-" + tag[2:]
        legal.append(tag)
        before = tag
    return legal


def _entities(path: Path, whole_sentences: bool) -> Iterator[Example]:
    """The blocks of an entity corpus, cut into words as our tokeniser cuts them."""
    for rows in entities.read_iob(path):
        text, spans = entities.text_of(rows)
        unknown = [(start, end, _UNKNOWN) for start, end in entities.unlabelled(rows)]
        words, marks = texts.labelled(text, sorted([*spans, *unknown]))
        tags = tuple(None if mark[2:] == _UNKNOWN else mark for mark in marks)
        starts = (True, *(False for _ in words[1:])) if whole_sentences else None
        yield Example(words, tags, starts, None, opens_paragraph=True)
