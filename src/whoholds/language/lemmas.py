"""Lemmas, from the word and its part of speech, by the dictionary and rules of lemminflect.

A trained lemmatiser guesses at rare verbs ("ceded" as "ced"), and those are the ones that conflict reports turn on. The
dictionary is read here, nouns and verbs at once: the package's own reader takes ten times as long, on every start.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from pathlib import Path

_INFLECTED = {"NOUN": "noun", "VERB": "verb"}
_AUXILIARIES = {
    form: lemma
    for lemma, forms in {
        "be": "am is are was were been being 'm 're 's ’m ’re ’s",
        "have": "has had having 've 'd ’ve ’d",
        "do": "does did done doing",
    }.items()
    for form in forms.split()
}


@cache
def _dictionary() -> dict[str, dict[str, str]]:
    """Lemma by word for `noun` and `verb`; of several spellings the first. Rows are `word,category,lemma/lemma`."""
    from lemminflect import config

    found: dict[str, dict[str, str]] = {category: {} for category in _INFLECTED.values()}
    for row in gzip.decompress(Path(config.lemma_lu_fn).read_bytes()).decode("utf-8").splitlines():
        word, category, lemmas = row.split(",")
        if category in found:
            found[category][word] = lemmas.partition("/")[0].lower()
    return found


@lru_cache(maxsize=65536)
def settled(word: str, upos: str, tag: str) -> tuple[str, str]:
    """The part of speech and Penn tag of a word, corrected where the dictionary knows it as a verb only or a noun only.

    Taggers trained on little text take rare verbs ("obliges", "reckons") for plural nouns.
    """
    if tag not in ("NNS", "VBZ"):
        return upos, tag
    noun, verb = (word in _dictionary()[category] for category in ("noun", "verb"))
    if upos == "NOUN" and tag == "NNS" and verb and not noun:
        return "VERB", "VBZ"
    if upos == "VERB" and tag == "VBZ" and noun and not verb:
        return "NOUN", "NNS"
    return upos, tag


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """The lemma of a lower-case word with a universal part of speech; the word itself where nothing is known of it.

    Only nouns and verbs are looked up: the rules for unknown adjectives take "terrorist" for a superlative.
    """
    if upos == "AUX":
        return _AUXILIARIES.get(word, word)
    category = _INFLECTED.get(upos)
    if category is None or not word.isalpha():
        return word
    known = _dictionary()[category].get(word)
    if known is not None:
        return known
    from lemminflect import getAllLemmasOOV

    guessed = getAllLemmasOOV(word, upos).get(upos)
    return guessed[0].lower() if guessed else word
