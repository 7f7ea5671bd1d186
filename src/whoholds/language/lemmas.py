"""Lemmas, from the word and its part of speech, by the dictionary and rules of lemminflect.

A trained lemmatiser guesses at rare verbs ("ceded" as "ced"), and those are the ones that conflict reports turn on. The
dictionary is read here, nouns and verbs at once: the package's own reader takes ten times as long, on every start.
"""

from __future__ import annotations

import gzip
import sys
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_PACKAGE = "lemminflect"
_TABLE = Path("resources") / "lemma_lu.csv.gz"
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
def _folder() -> Path:
    """Where lemminflect is installed. It is not imported: that imports spaCy wherever spaCy is, which takes a second."""
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModuleNotFoundError(f"{_PACKAGE} is not installed")
    return Path(package.origin).parent


@cache
def _rules() -> Any:
    """The rules of lemminflect for words that its dictionary does not have."""
    if _PACKAGE in sys.modules:
        return import_module(f"{_PACKAGE}.core.Lemmatizer").Lemmatizer()
    bare = ModuleType(_PACKAGE)
    bare.__path__ = [str(_folder())]
    sys.modules[_PACKAGE] = bare
    try:
        return import_module(f"{_PACKAGE}.core.Lemmatizer").Lemmatizer()
    finally:
        del sys.modules[_PACKAGE]


@cache
def _dictionary() -> dict[str, dict[str, str]]:
    """Lemma by word for `noun` and `verb`; of several spellings the first. Rows are `word,category,lemma/lemma`."""
    found: dict[str, dict[str, str]] = {category: {} for category in _INFLECTED.values()}
    for row in gzip.decompress((_folder() / _TABLE).read_bytes()).decode("utf-8").splitlines():
        word, category, lemmas = row.split(",")
        if category in found:
            found[category][word] = lemmas.partition("/")[0].lower()
    return found


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
    guessed = _rules().getAllLemmasOOV(word, upos).get(upos)
    return guessed[0].lower() if guessed else word
