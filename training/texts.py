"""News text of our own in which names are marked: `[LOC Goma] fell to [ORG M23] on [DATE Monday].`

One sentence a line, a blank line between paragraphs, `---` between documents. The text was written for the training of
whoholds, in many regions' manner, and marked by hand: what the licensed corpora have least of is names of the whole world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from training.examples import Example
from whoholds.language.tokens import tokenize

LABELS = ("PERSON", "ORG", "LOC", "NORP", "DATE", "MISC")
_NAME = re.compile(rf"\[({'|'.join(LABELS)}) ([^\[\]]+)\]")


def read_texts(path: Path) -> Iterator[Example]:
    """The sentences of a file in order; none for an empty file. Raises ValueError, with the line, for broken marks."""
    opens = True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line == "---":
            opens = True
            continue
        yield _sentence(line, opens, f"{path.name}:{number}")
        opens = False


def _sentence(line: str, opens: bool, place: str) -> Example:
    text, names, end = "", [], 0
    for match in _NAME.finditer(line):
        text += line[end : match.start()]
        names.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        end = match.end()
    text += line[end:]
    if "[" in text or "]" in text:
        raise ValueError(f"{place}: a bracket outside a mark, which is [LABEL words] with one of {', '.join(LABELS)}")
    words, tags = labelled(text, names)
    return Example(words, tags, (True, *(False for _ in words[1:])), None, opens)


def labelled(text: str, names: list[tuple[int, int, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text and their IOB2 tags, from names as half-open spans; a word half inside a name belongs to it."""
    words, tags = [], []
    at, inside = 0, False
    for start, end in tokenize(text):
        while at < len(names) and names[at][1] <= start:
            at, inside = at + 1, False
        words.append(text[start:end])
        if at < len(names) and names[at][0] < end:
            tags.append(f"{'I' if inside else 'B'}-{names[at][2]}")
            inside = True
        else:
            tags.append("O")
    return tuple(words), tuple(tags)
