"""Rules: a readable name, a pattern over the text, and a function from a match to a reading.

Patterns are regular expressions, case-insensitive, in which a space stands for white space (one line break at most) and
`{name}` for a class of `classes.py`. `starts` lists the words a match can begin with, after a determiner, so that a rule
is only tried where it can fit: words, `#` for digits, and `@table` for all keys of a table of `words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from whoholds.grounding.times.classes import SPACE, classes
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.lexicon import lexicon
from whoholds.grounding.times.readings import Piece, Reading

# First words of a day as dates are told.
DATE_STARTS = (
    "@months",
    "@weekdays",
    "#",
    "last",
    "next",
    "this",
    "following",
    "previous",
    "yesterday",
    "today",
    "tomorrow",
    "day",
)
# First words under which a rule that begins with a number is looked up.
NUMBERS = (
    "#",
    "@cardinals",
    "@units",
    "few",
    "several",
    "many",
    "couple",
    "hundred",
    "half",
    "dozens",
    "dozen",
    "thousand",
    "hundreds",
)

Result = Reading | tuple[Piece, ...] | None
Resolver = Callable[[re.Match[str], Context], Result]

DETERMINERS = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern with the function that reads its matches."""

    name: str
    pattern: str
    starts: tuple[str, ...]
    resolve: Resolver

    def compiled(self) -> re.Pattern[str]:
        """The pattern with its classes and spaces put in."""
        pattern = re.sub(r"\{([a-z_]+)\}", lambda match: classes()[match[1]], self.pattern)
        return re.compile(f"(?:{pattern.replace(' ', SPACE)})(?!\\w)", re.IGNORECASE)

    def first_words(self) -> frozenset[str]:
        """The words of `starts`, tables put in; of a phrase its first word."""
        words: set[str] = set()
        for start in self.starts:
            keys: Iterable[str] = getattr(lexicon(), start[1:]) if start.startswith("@") else (start,)
            words.update(re.split(r"[ ']", key)[0] for key in keys)
            if start == "@units":
                words.update(key + "s" for key in keys)
        return frozenset(words)


class Rules:
    """A family of rules, in order; the first of equally long readings wins."""

    def __init__(self) -> None:
        self.all: list[Rule] = []

    def __call__(self, name: str, pattern: str, *starts: str) -> Callable[[Resolver], Resolver]:
        """Add the decorated function as a rule."""

        def add(resolve: Resolver) -> Resolver:
            self.all.append(Rule(name, pattern, tuple(" ".join(starts).split()), resolve))
            return resolve

        return add
