"""The words of the reader's own lexicons, in all their forms, with the classes they belong to."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from lemminflect import getAllInflections

from whoholds.grammar.lexicon import lexicon
from whoholds.grounding import countries

OTHER_WORDS = Path(__file__).parent / "other_words.toml"
PARTIES = Path(__file__).parent / "party_words.txt"
_FEWEST_LETTERS = 3  # "go", "be" and the like tell nothing
_PEOPLE = (
    "n",
    "an",
    "ian",
    "i",
    "ese",
    "ish",
    "s",
    "ns",
    "ans",
    "ians",
    "is",
    "er",
    "ers",
)  # Syrian, Malians, Iraqis


def classes_of_words() -> dict[str, tuple[str, ...]]:
    """The classes of every form: `verb:control` for a predicate of control.toml, `class:weapon`, `country`, `other:sport`."""
    found: dict[str, set[str]] = defaultdict(set)
    for pos, tag in (("verb", "VERB"), ("noun", "NOUN"), ("adjective", "ADJ")):
        for lemma, entries in lexicon().of(pos).items():
            families = {entry.frame.name.partition(":")[0] for entry in entries if not entry.companion}
            for form in _forms(lemma, tag):
                found[form] |= {f"{pos}:{family}" for family in families}
    for name, lemmas in _classes().items():
        for lemma in lemmas:
            for form in _forms(lemma, "NOUN"):
                found[form].add(f"class:{name}")
    for word in _countries():
        found[word].add("country")
    for section, listed in tomllib.loads(OTHER_WORDS.read_text("utf-8")).items():
        for word in listed.split():
            found[word].add(f"other:{section}")
    return {word: tuple(sorted(names)) for word, names in sorted(found.items()) if names and len(word) >= _FEWEST_LETTERS}


def parties() -> frozenset[str]:
    """The words that name who fights, governs or suffers: those of `party_words.txt`, countries and their people."""
    listed = [line for line in PARTIES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return frozenset(" ".join(listed).split()) | {word for word in _countries() if len(word) > _FEWEST_LETTERS}


def _forms(lemma: str, tag: str) -> set[str]:
    if " " in lemma or not lemma.replace("-", "").isalpha():
        return set()
    inflected = getAllInflections(lemma, upos=tag).values()
    return {lemma.lower(), *(form.lower() for forms in inflected for form in forms)}


def _classes() -> dict[str, list[str]]:
    table = tomllib.loads((files("whoholds.grammar") / "lexicons" / "classes.toml").read_text("utf-8"))
    found: dict[str, list[str]] = table["class"]
    return found


def _countries() -> set[str]:
    """Names of countries, their people and their seats of government that are a single word."""
    known = set(countries.names()) | {country.capital or "" for country in countries.countries()}
    stems = {word[: len(word) - cut] for word in known if word.isalpha() for cut in range(3) if len(word) > cut}
    people = {stem + suffix for stem in stems for suffix in _PEOPLE if countries.by_demonym((stem + suffix).title())}
    return {word.lower() for word in known | people if word.isalpha()}
