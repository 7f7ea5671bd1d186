"""Sentences of our own with tags, trees and names, a word a line: `form, upos, xpos, head, deprel, name`, separated by tabs.

Heads count from 1 in the sentence, 0 is the root; names are IOB2 tags. A blank line ends a sentence, `# par` stands before one
that opens a paragraph. Written and annotated for the training of whoholds in the conventions of UD English, for what its
treebanks have little of: headlines, datelines, the grammar of war reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, Syntax
from training.texts import LABELS
from whoholds.language.trees import is_tree

_COLUMNS = 6
_NAMES = frozenset({"O", *(f"{part}-{label}" for part in "BI" for label in LABELS)})


def read_trees(path: Path) -> Iterator[Example]:
    """The sentences of a file in order; none for an empty file. Raises ValueError, with the line, for a bad row or head."""
    rows: list[list[str]] = []
    opens = True
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("# par"):
            opens = True
        elif line.strip():
            rows.append(_row(line, f"{path.name}:{number}"))
        elif rows:
            yield _sentence(rows, opens, f"{path.name}:{number - len(rows)}")
            rows, opens = [], False


def _row(line: str, place: str) -> list[str]:
    row = line.split("\t")
    if len(row) != _COLUMNS or not row[3].isdecimal():
        raise ValueError(f"{place}: a row is form, upos, xpos, head, deprel and name, the head a number")
    if row[5] not in _NAMES:
        raise ValueError(f"{place}: the last column is O, or B- or I- before one of {', '.join(LABELS)}")
    return row


def _sentence(rows: list[list[str]], opens: bool, place: str) -> Example:
    forms, upos, xpos, heads, deprels, names = zip(*rows, strict=True)
    numbers = tuple(map(int, heads))
    if not is_tree(numbers):
        raise ValueError(f"{place}: the heads make no tree of the sentence with one root")
    return Example(forms, names, (True, *(False for _ in forms[1:])), Syntax(upos, xpos, numbers, deprels), opens)
