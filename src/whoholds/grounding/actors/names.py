"""Names in a sentence that the tables or the list of countries know.

A hit covers tokens `first` to `last`, both inclusive. Of overlapping hits the one that begins first, then the longest, stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from whoholds.grounding import countries
from whoholds.grounding.actors.tables import Alias, Known, aliases, read_table, words_of
from whoholds.language.sentence import Token

_WIDEST = 5  # tokens of the longest country name worth trying ("Democratic Republic of the Congo")
_HYPHENS = frozenset("-‐‑–")
_LANDS = frozenset({"state", "republic", "nation"})  # no part of a name unless written with a capital


class Kind(Enum):
    """What a hit is: a name of the tables, of a country, of its people (also as adjective), or of its seat of government."""

    KNOWN = 0
    COUNTRY = 1
    PEOPLE = 2
    SEAT = 3


@dataclass(slots=True, eq=False)
class Hit:
    """A name at tokens `first` to `last` (inclusive): what the tables know of it, or the alpha-3 code of its country."""

    first: int
    last: int
    kind: Kind
    known: Known | None = None
    country: str | None = None


def name_hits(tokens: Sequence[Token]) -> dict[int, Hit]:
    """Every hit, under each token it covers."""
    found: dict[int, Hit] = {}
    free = 0
    for i, token in enumerate(tokens):
        if i < free:
            continue
        words = words_of(token.text)
        hit = None
        if words:
            group = aliases(words[0])
            if group:
                hit = _known_at(tokens, i, group)
            if token.text[0].isupper() or token.text[0] == "’":
                country = _country_at(tokens, i)
                if country and (hit is None or country.last > hit.last):
                    hit = country
        if hit:
            free = hit.last + 1
            for k in range(hit.first, free):
                found[k] = hit
    return found


def _known_at(tokens: Sequence[Token], start: int, group: tuple[Alias, ...]) -> Hit | None:
    for alias in group:
        last = _end_of(tokens, start, alias.words)
        if last is None:
            continue
        written = tokens[start : last + 1]
        if alias.capitals and not all(token.text.isupper() or not token.text[0].isalpha() for token in written):
            continue
        if alias.capital and not any(mark.isupper() for token in written for mark in token.text[:4]):
            continue
        if alias.proper and last > start and _is_common(written):
            continue
        return Hit(start, last, Kind.KNOWN, known=alias.known)
    return None


def _is_common(written: Sequence[Token]) -> bool:
    """Whether the words of a name are but words here: "an Islamic state", "Self-defence forces" where a sentence opens."""
    if any(token.text in _LANDS for token in written):
        return True
    if written[0].i or _country(written[0].text):
        return False
    return all(token.text.islower() or not token.text[0].isalpha() for token in written[1:])


def _end_of(tokens: Sequence[Token], start: int, words: tuple[str, ...]) -> int | None:
    """The last token when the words stand here one after another, whole tokens and nothing but hyphens between; else None."""
    at = 0
    for i in range(start, len(tokens)):
        own = words_of(tokens[i].text)
        if not own:
            if tokens[i].text in "/&()" or _is_hyphen(tokens[i]) or tokens[i].text in "'’\"“”":
                continue
            return None
        if words[at : at + len(own)] != own:
            return None
        at += len(own)
        if at >= len(words):
            return i if at == len(words) else None
    return None


def _is_hyphen(token: Token) -> bool:
    return token.text in _HYPHENS


def _country_at(tokens: Sequence[Token], start: int) -> Hit | None:
    first = tokens[start]
    if first.lower == "the":
        return None
    width = _widths().get(first.lower.replace(".", ""), 1)
    following = tokens[start + 1 : start + 2]
    if width == 1 and following and following[0].text[:1].isupper():
        width = 2
    for count in range(min(width, len(tokens) - start), 0, -1):
        span = tokens[start : start + count]
        if count > 1 and any(token.upos == "PUNCT" and not _is_hyphen(token) for token in span):
            continue
        found = _country("".join(token.text + " " * token.space_after for token in span).strip())
        if found and not (first.entity == "PERSON" and not first.entity_start and span[-1].tag.startswith("NNP")):
            return Hit(start, start + count - 1, found[0], country=found[1])
    return None


@lru_cache(maxsize=65536)
def _country(words: str) -> tuple[Kind, str] | None:
    land = lands().get(words)
    if land:
        return land
    for kind, find in _FINDERS:
        found = find(words)
        if found:
            return kind, found.alpha3
    return None


@cache
def lands() -> dict[str, tuple[Kind, str]]:
    """What the table of former states and of peoples says of a writing: its kind and the code of its country today."""
    kinds = {"names": Kind.COUNTRY, "people": Kind.PEOPLE, "seats": Kind.SEAT}
    return {
        writing: (kinds[sort], country)
        for country, sorts in read_table("lands.toml").items()
        for sort, writings in sorts.items()
        for writing in writings
    }


_FINDERS = (
    (Kind.COUNTRY, countries.by_name),
    (Kind.PEOPLE, countries.by_demonym),
    (Kind.SEAT, countries.by_capital),
)


@cache
def _widths() -> dict[str, int]:
    """How many tokens the longest country name that begins with a word can have."""
    found: dict[str, int] = {}
    for name in (*countries.names(), *lands()):
        parts = name.lower().replace("-", " - ").split()
        found[parts[0]] = min(_WIDEST, max(found.get(parts[0], 1), len(parts)))
    return found
