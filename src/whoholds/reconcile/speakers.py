"""Speakers as they are written: which bear a name, and which speak for one that does.

The problem. "Residents of Kalbajar" are nobody in particular, though the last word has a capital; "Red Cross officials" are
the Red Cross, though the last word has none. Taking the first for a named source makes two voices of one outlet, taking the
second for nobody makes two of one organisation.

The choice. The head noun decides: the last word before the first preposition or comma. It is a name where it has a capital
and is not a word for people in general, which may begin a sentence. Where a word for those who speak on behalf of others
("officials", "spokesman", "head") stands after a name, or before "of", "for", "from" or "at" and a name, that name speaks.

The limits. The words are lists, and English ones. "Kherson officials" are taken for one voice, that of Kherson, whatever
office they hold there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_PREPOSITIONS = frozenset(
    "of from in at near on with for who inside outside around across to among within by under after named called".split()
)
_ON_BEHALF = frozenset({"of", "for", "from", "at", "with"})
_JOINING = frozenset({"of", "the", "for", "and", "&", "de", "du", "al"})
_OFFICES = frozenset(
    "official officials spokesman spokesmen spokeswoman spokeswomen spokesperson spokespersons spokespeople representative"
    " representatives head chief director president envoy monitor monitors observer observers delegate delegates staff"
    " statement".split()
)
_PEOPLE = frozenset(
    "resident residents witness witnesses eyewitness eyewitnesses source sources people person man men woman women local locals"
    " civilian civilians villager villagers refugee refugees survivor survivors official officials spokesman spokeswoman"
    " spokesperson doctor doctors medic medics activist activists analyst analysts expert experts journalist journalists"
    " reporter reporters soldier soldiers fighter fighters officer officers authorities report reports media diplomat diplomats"
    " somebody someone others many some several one two three".split()
)
_PLAIN = _PEOPLE | frozenset(
    "a an the his her its their this that these those senior top former other local regional military security medical"
    " government hospital police state western foreign unnamed anonymous another various most all both".split()
)


@lru_cache(maxsize=8192)
def is_named(name: str) -> bool:
    """Whether a speaker bears a name: "Red Cross" does, "residents of Kalbajar" do not. The empty name is none."""
    words = _words(name)
    end = next((at for at, word in enumerate(words) if word.casefold() in _PREPOSITIONS), len(words))
    return end > 0 and words[end - 1][:1].isupper() and words[end - 1].casefold() not in _PEOPLE


@lru_cache(maxsize=8192)
def represented(name: str) -> str | None:
    """Whom a speaker speaks for ("Red Cross" for "Red Cross officials"); None where that is nobody with a name."""
    words = _words(name)
    at = next((at for at, word in enumerate(words) if word.casefold() in _OFFICES), None)
    if at is None:
        return None
    before = _name_before(words[:at])
    if before is not None:
        return before
    rest = words[at + 1 :]
    if not rest or rest[0].casefold() not in _ON_BEHALF or not all(_is_plain(word) for word in words[:at]):
        return None
    return _name_in_front(rest[1:])


def _name_before(words: Sequence[str]) -> str | None:
    """The name that some words end with; None for none, or where it is what something else is of ("a friend of Red Cross")."""
    begin = len(words)
    while begin and (words[begin - 1][:1].isupper() or words[begin - 1].casefold() in _JOINING):
        begin -= 1
    found = list(words[begin:])
    while found and (not found[0][:1].isupper() or found[0].casefold() in _PLAIN):
        if found[0].casefold() in _PREPOSITIONS:
            return None
        del found[0]
    if not found or not found[-1][:1].isupper() or any(word.casefold() in _PREPOSITIONS for word in words[:begin]):
        return None
    return " ".join(found)


def _name_in_front(words: Sequence[str]) -> str | None:
    """The name that some words begin with; None for none."""
    end = 0
    while end < len(words) and (words[end][:1].isupper() or words[end].casefold() in _JOINING):
        end += 1
    found = list(words[:end])
    while found and found[0].casefold() in _JOINING:
        del found[0]
    while found and found[-1].casefold() in _JOINING:
        del found[-1]
    return " ".join(found) or None


def _is_plain(word: str) -> bool:
    return not word[:1].isupper() or word.casefold() in _PLAIN


def _words(name: str) -> list[str]:
    """The words before the first comma, without the ending of a possessor."""
    head = name.partition(",")[0]
    words = (word.removesuffix("'s").removesuffix("\u2019s").strip("'\u2019\"\u201c\u201d()") for word in head.split())
    return [word for word in words if word]
