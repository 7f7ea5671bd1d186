"""Derivations for people: each rule on a line, indented under what it was for, with the words it saw and the value it gave."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.cli.paper import Paper
from whoholds.cli.quoted import clipped, width_of
from whoholds.model import Derivation

_INDENT = 4
_STEP = 2
_WIDEST_WORDS = 44  # cells of the column of words
_GAP = 2


def print_tree(paper: Paper, derivation: Derivation) -> None:
    """Print a derivation as an indented comment of the notation, in three columns: rule, words, value."""
    rows = [(" " * (_STEP * depth) + step.rule, _words(step), step.value) for depth, step in _steps(derivation)]
    rule_width = max(width_of(rule) for rule, _, _ in rows) + _GAP
    words_width = max(width_of(words) for _, words, _ in rows) + _GAP
    for rule, words, value in rows:
        rest = [("rule", rule.ljust(rule_width)), ("words", _padded(words, words_width if value else 0)), ("when", value)]
        while rest and not rest[-1][1].strip():
            rest.pop()
        style, last = rest[-1]
        rest[-1] = (style, last.rstrip())
        paper.line([("dim", f"{'#':>{_INDENT - 1}} "), *rest], hanging=_INDENT + rule_width)


def _steps(derivation: Derivation, depth: int = 0) -> Iterator[tuple[int, Derivation]]:
    yield depth, derivation
    for part in derivation.parts:
        yield from _steps(part, depth + 1)


def _words(step: Derivation) -> str:
    return f'"{clipped(step.span.quote, _WIDEST_WORDS)}"' if step.span else ""


def _padded(words: str, width: int) -> str:
    return words + " " * (width - width_of(words))
