"""Entity corpora: token TAB IOB2 tag, blank line between sentences.

The corpora carry no spacing, so it is set by the usual rules of English typography.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_ENDINGS = ("s", "re", "ve", "ll", "d", "m")
_CLOSES = set(",.;:!?%)]}'’”…") | {"''", "...", "n't", "n’t"} | {mark + end for mark in "'’" for end in _ENDINGS}
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


def text_of(rows: Sequence[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a sentence and its entities as half-open spans of characters with their labels, in order."""
    words = [word.replace(" ", "\u00a0") for word, _ in rows]
    text, places = "", []
    for word, spaced in zip(words, _spaces(words), strict=True):
        places.append((len(text), len(text) + len(word)))
        text += word + " " * spaced
    return text, names_of(places, [tag for _, tag in rows])


def names_of(places: Iterable[tuple[int, int]], tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """The entities of a sentence as half-open spans with their labels, from the spans of its words and their IOB2 tags.

    An I that follows something else than its own label opens an entity.
    """
    names: list[tuple[int, int, str]] = []
    before = ""  # the label of the word before
    for (start, end), tag in zip(places, tags, strict=True):
        if tag.startswith("I-") and tag[2:] == before:
            names[-1] = (names[-1][0], end, before)
        elif tag.startswith(("B-", "I-")):
            names.append((start, end, tag[2:]))
        before = tag[2:]
    return names


def unlabelled(rows: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The spans of the words that nobody looked at: those whose tag is empty."""
    marked = [(word, "" if tag else "B-NONE") for word, tag in rows]
    return [(start, end) for start, end, _ in text_of(marked)[1]]


def _spaces(words: list[str]) -> list[bool]:
    after = []
    for word, following in zip(words, [*words, ""][1:], strict=True):
        glued = word in _OPENS or word in _JOINS or following in _CLOSES or following in _JOINS
        after.append(bool(following) and not glued)
    return after
