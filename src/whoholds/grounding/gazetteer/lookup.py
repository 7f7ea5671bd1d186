"""Looking names up in the embedded index and in those the user added."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.added.folder import added_indexes, tell_damage
from whoholds.grounding.gazetteer.cache import index_path
from whoholds.grounding.gazetteer.entry import Rank
from whoholds.grounding.gazetteer.index import PER_KEY
from whoholds.grounding.gazetteer.indexed import Candidate, Index, with_rank
from whoholds.grounding.gazetteer.keys import ARTICLES, edits, fold, skeleton
from whoholds.grounding.gazetteer.same import is_point, one_place
from whoholds.model import Place

_KEYS_REMEMBERED = 50_000
_TWINS_REMEMBERED = 50_000
_SHORTEST_VARIANT = 6  # letters; shorter names have too many neighbours
_VARIANTS = 12

T = TypeVar("T")


class Gazetteer:
    """Indexes open for reading. One object serves one thread at a time; several may be open on one file.

    A place that several of them hold is told once, as the first has it, under the names of all.
    """

    def __init__(self, indexes: Sequence[Index]) -> None:
        self._indexes = list(indexes)
        self._forget()

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open an index file; without a path the user's own (made first where it is missing, once) and all that were added.

        Raises FileNotFoundError for a path without a file, sqlite3.DatabaseError for a file that is no index. An added index
        that is damaged is told on standard error and left out.
        """
        return cls([Index(path)] if path else in_use())

    @property
    def embedded(self) -> Index:
        """The index that is asked first."""
        return self._indexes[0]

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of this name, the most prominent first; spelled otherwise by a letter or two if none is spelled so."""
        return tuple(candidate.place for candidate in self.candidates(name) or self.variants(name))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """What exactly this name can mean, but for case, diacritics, hyphens and an Arabic article; most prominent first."""
        key = fold(name)
        if not key:
            return ()
        found = self._candidates(key)
        nation = countries.by_name(name)
        return (_nation(nation), *(item for item in found if not item.is_country)) if nation else found

    def variants(self, name: str) -> tuple[Candidate, ...]:
        """What a transliteration of this name can mean: the same consonants, a letter or (in long names) two apart."""
        key = fold(name)
        letters = len(key)
        if letters < _SHORTEST_VARIANT:
            return ()
        limit = 1 if letters < 8 else 2
        near: list[Candidate] = []
        seen: set[Place] = set()
        for other in self._spelled(skeleton(key)):
            distance = edits(key, other, limit)
            if distance <= limit:
                near += [
                    Candidate(item.place, Rank.ALTERNATE, item.admin1, item.prominence, distance, item.is_country)
                    for item in self._candidates(other)
                    if item.rank < Rank.ALTERNATE and item.place not in seen
                ]
                seen.update(item.place for item in near)
        near.sort(key=lambda item: (item.edits, -item.prominence))
        return tuple(near[:_VARIANTS])

    def knows(self, words: Sequence[str]) -> bool:
        """Whether these words together are a name of anything."""
        return bool(self.candidates(" ".join(words)))

    def holders(self, candidate: Candidate) -> tuple[str, ...]:
        """The names of the gazetteers that hold this place, in the order they are asked."""
        return tuple(index.name for index in list(self._indexes) if self._ask(index, lambda at: _numbers(at, candidate)))

    def silent_names(self, candidate: Candidate) -> tuple[str, ...]:
        """The names of this place in other scripts than the Latin one, as far as added gazetteers have them."""
        names: list[str] = []
        for index in list(self._indexes)[1:]:
            for told in self._ask(index, lambda at: [at.silent_names(number) for number in _numbers(at, candidate)]):
                names += filter(None, told.split(","))
        return tuple(dict.fromkeys(names))

    def settlements(self, box: tuple[float, float, float, float], least: int) -> Iterator[Place]:
        """The populated places in a box (west, south, east, north) with at least so many people, index by index."""
        for index in list(self._indexes):
            yield from self._ask(index, lambda at: at.settlements(box, least))

    def _forget(self) -> None:
        self._candidates = lru_cache(maxsize=_KEYS_REMEMBERED)(self._read)
        self._twin = lru_cache(maxsize=_TWINS_REMEMBERED)(self._find_twin)

    def _read(self, key: str) -> tuple[Candidate, ...]:
        found = self._exact(key)
        if not found:
            first, _, rest = key.partition(" ")
            if rest and first in ARTICLES:
                return self._candidates(rest) if len(rest) > 3 else ()
            found = self._exact("al " + key) if len(key) > 4 else ()
        return found

    def _exact(self, key: str) -> tuple[Candidate, ...]:
        first, *others = self._indexes
        if not others:
            return first.of_key(key)
        found = {candidate.place: candidate for candidate in first.of_key(key)}
        merged = 0
        for index in others:
            for candidate in self._ask(index, lambda at: self._merged(at, key, found)):
                known = found.get(candidate.place)
                found[candidate.place] = with_rank(known, min(known.rank, candidate.rank)) if known else candidate
                merged += 1
        if not merged:
            return tuple(found.values())
        return tuple(sorted(found.values(), key=lambda item: (-item.prominence, item.rank))[:PER_KEY])

    def _merged(self, index: Index, key: str, found: dict[Place, Candidate]) -> list[Candidate]:
        """The places that bear a key in an added index, each as an index before it knows it."""
        merged = []
        for number, rank in index.owners(key):
            own = index.place(number)
            twin = self._twin(index, number)
            if twin is None and rank > Rank.NAME and is_point(own.place):  # by its name it was looked for already
                twin = next((item for item in found.values() if one_place(item, own)), None)
            merged.append(with_rank(twin or own, rank))
        return merged

    def _find_twin(self, index: Index, number: int) -> Candidate | None:
        """The same place in an index before this one."""
        own = index.place(number)
        for earlier in self._indexes[: self._indexes.index(index)]:
            for twin in self._ask(earlier, lambda at: _twins(at, own)):
                return twin
        return None

    def _spelled(self, bones: str) -> list[str]:
        keys = [key for index in list(self._indexes) for key in self._ask(index, lambda at: at.spelled(bones))]
        return keys if len(self._indexes) == 1 else list(dict.fromkeys(keys))

    def _ask(self, index: Index, question: Callable[[Index], Sequence[T]]) -> Sequence[T]:
        """The answer of an index; one that was added is left out from now on where it turns out to be damaged."""
        try:
            return question(index)
        except sqlite3.DatabaseError as error:
            if index is self._indexes[0]:
                raise
            tell_damage(index.name, index.path, error)
            self._indexes.remove(index)
            self._forget()
            return ()


def in_use() -> list[Index]:
    """The user's indexes, open: the embedded one, then those that were added and are whole."""
    return [Index(index_path()), *added_indexes()]


def _numbers(index: Index, candidate: Candidate) -> tuple[int, ...]:
    """What this index has for a place: those of its id, else those of its name that lie where it does."""
    place = candidate.place
    found = tuple(index.with_id(place.geonameid)) if place.geonameid else ()
    return found or tuple(number for number, _ in index.owners_of_name(place.name) if one_place(index.place(number), candidate))


def _twins(index: Index, candidate: Candidate) -> list[Candidate]:
    return [index.place(number) for number in _numbers(index, candidate)]


@lru_cache(maxsize=512)
def _nation(nation: countries.Country) -> Candidate:
    from whoholds.grounding.gazetteer.sources import country_entry

    entry = country_entry(nation)
    return Candidate(entry.place, Rank.NAME, "", entry.prominence, 0, True)


@cache
def gazetteer() -> Gazetteer:
    """The user's gazetteer, opened once a process: what is embedded and what was added with `whoholds gazetteer add`."""
    return Gazetteer.open()
