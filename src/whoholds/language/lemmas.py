"""Lemmas, from the word and its part of speech, by the dictionary and rules of lemminflect.

A trained lemmatiser guesses at rare verbs ("ceded" as "ced"), and those are the ones that conflict reports turn on.
"""

from __future__ import annotations

from functools import lru_cache

_INFLECTED = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV"})


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """The lemma of a lower-case word with a universal part of speech; the word itself where nothing is known of it."""
    if upos not in _INFLECTED or not word.isalpha():
        return word
    from lemminflect import getLemma

    found = getLemma(word, upos)
    return found[0].lower() if found else word
