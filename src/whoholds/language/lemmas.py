"""Lemmas, from the word and its part of speech, by the dictionary and rules of lemminflect.

A trained lemmatiser guesses at rare verbs ("ceded" as "ced"), and those are the ones that conflict reports turn on.
"""

from __future__ import annotations

from functools import lru_cache

_INFLECTED = frozenset({"NOUN", "VERB"})
_AUXILIARIES = {
    form: lemma
    for lemma, forms in {
        "be": "am is are was were been being 'm 're 's ’m ’re ’s",
        "have": "has had having 've 'd ’ve ’d",
        "do": "does did done doing",
    }.items()
    for form in forms.split()
}


@lru_cache(maxsize=65536)
def settled(word: str, upos: str, tag: str) -> tuple[str, str]:
    """The part of speech and Penn tag of a word, corrected where the dictionary knows it as a verb only or a noun only.

    Taggers trained on little text take rare verbs ("obliges", "reckons") for plural nouns.
    """
    if tag not in ("NNS", "NN", "VBZ") or not word.isalpha():
        return upos, tag
    from lemminflect import getAllLemmas

    known = getAllLemmas(word)
    if upos == "NOUN" and tag == "NNS" and "VERB" in known and "NOUN" not in known:
        return "VERB", "VBZ"
    if upos == "VERB" and tag == "VBZ" and "NOUN" in known and "VERB" not in known:
        return "NOUN", "NNS"
    return upos, tag


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """The lemma of a lower-case word with a universal part of speech; the word itself where nothing is known of it.

    Only nouns and verbs are looked up: the rules for unknown adjectives take "terrorist" for a superlative.
    """
    if upos == "AUX":
        return _AUXILIARIES.get(word, word)
    if upos not in _INFLECTED or not word.isalpha():
        return word
    from lemminflect import getLemma

    found = getLemma(word, upos)
    return found[0].lower() if found else word
