"""The kind of place that words tell of several names at once, or of a name after a comma.

"The towns of Agdam and Lachin", "the Kherson and Donetsk regions", "Lachin, a town in the south": an area and the town in it
often bear one name, and such words are all that tells them apart. The word next to a name is looked at where the name is found.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.mention import Mention
from whoholds.grounding.places.names import listed
from whoholds.language import Token
from whoholds.model import Use

_KINDS = frozenset({"A", "P"})
_ARTICLES = frozenset({"a", "an", "the"})
_WORDS_BETWEEN = 2  # "a strategic northern city"


def tell_kinds(mentions: list[Mention]) -> None:
    """Set the feature of those mentions of a sentence, in text order, that have none and of which such words tell it."""
    for run in _runs(mentions):
        kind = _shared(run)
        for mention in run:
            mention.feature = mention.feature or kind or _apposed(mention)


def _runs(mentions: list[Mention]) -> Iterator[list[Mention]]:
    """The lists of names, and names that stand alone as lists of one."""
    run: list[Mention] = []
    for mention in mentions:
        if mention.use is Use.DEMONYM:
            continue
        if run and not listed(run[-1], mention):
            yield run
            run = []
        run.append(mention)
    if run:
        yield run


def _shared(run: list[Mention]) -> str:
    """The kind that a plural after the list, or with "of" before it, tells of all its names."""
    tokens, first, last = run[0].sentence.tokens, run[0].first, run[-1].last
    after = _plural(tokens[last + 1]) if last + 1 < len(tokens) else ""
    before = _plural(tokens[first - 2]) if first > 1 and tokens[first - 1].lower == "of" else ""
    return (after or before) if len(run) > 1 else ""


def _plural(token: Token) -> str:
    word = token.lower
    one = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    kind = lexicon().features.get(one, "") if one != word else ""
    return kind if kind in _KINDS else ""


def _apposed(mention: Mention) -> str:
    """The kind that a noun with an article after the name and a comma tells ("Lachin, a town")."""
    tokens, at = mention.sentence.tokens, mention.last + 1
    if at + 2 >= len(tokens) or tokens[at].text != "," or tokens[at + 1].lower not in _ARTICLES:
        return ""
    for place in range(at + 2, min(at + 3 + _WORDS_BETWEEN, len(tokens))):
        kind = lexicon().features.get(tokens[place].lower, "")
        if kind:
            ends = place + 1 == len(tokens) or tokens[place + 1].upos not in ("NOUN", "PROPN", "PART")
            return kind if kind in _KINDS and ends else ""
        if tokens[place].upos != "ADJ":
            return ""
    return ""
