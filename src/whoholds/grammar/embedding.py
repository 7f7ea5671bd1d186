"""Embedding: what words that govern a clause or noun do to what they govern, as `embedding.toml` tells."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from whoholds.grammar.clause import is_verbal
from whoholds.language import Token


@dataclass(frozen=True, slots=True)
class Embedding:
    """What a word does to what it governs."""

    effect: str
    speaker: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    words: dict[tuple[str, str], Embedding]
    modals: dict[str, str]
    adverbs: dict[str, str]
    determiners: dict[str, str]
    modifiers: dict[str, str]
    marks: dict[str, str]
    inserted: frozenset[str]


@lru_cache(maxsize=1)
def tables() -> _Tables:
    """The tables of `embedding.toml`, read once."""
    data = tomllib.loads((files("whoholds.grammar") / "embedding.toml").read_text("utf-8"))
    words: dict[tuple[str, str], Embedding] = {}
    for entry in data["embed"]:
        for word in entry["words"]:
            key = (entry.get("pos", "verb"), word)
            words.setdefault(key, Embedding(entry["effect"], entry.get("speaker", False)))

    def inverted(table: dict[str, list[str]]) -> dict[str, str]:
        return {word: effect for effect, entries in table.items() for word in entries}

    return _Tables(
        words,
        inverted(data["modal"][0]),
        inverted(data["adverb"]),
        inverted(data["determiner"]),
        inverted(data["modifier"]),
        inverted(data["mark"]),
        frozenset(data["inserted"]["words"]),
    )


def embedding(token: Token) -> Embedding | None:
    """What this word does to what it governs; None when it embeds nothing."""
    known = tables().words
    if is_verbal(token):
        return known.get(("verb", token.lemma))
    if token.upos in ("NOUN", "PROPN"):
        return known.get(("noun", token.lemma))
    if token.upos == "ADJ":
        return known.get(("adjective", token.lemma))
    return None
