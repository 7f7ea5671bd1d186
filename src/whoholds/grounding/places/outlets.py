"""What the outlet's address and name tell of where a report was published."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.names import Name
from whoholds.model import Document

_SHORTEST = 4  # letters of a town's name in an address
_TOWN = 3.0  # prominence
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "gob", "ac", "edu"})
_WEIGHT = 1.0


def nations(document: Document) -> list[str]:
    """The alpha-2 codes of the countries that the address's last label or the words of the outlet's name tell."""
    found = []
    labels = _host(document.url).split(".")
    if len(labels) > 1:
        code = lexicon().domains.get(labels[-1], labels[-1].upper() if len(labels[-1]) == 2 else "")
        if countries.country(code):
            found.append(code)
    for word in (document.outlet or "").split():
        nation = countries.by_name(word) or countries.by_demonym(word) or countries.by_capital(word)
        if nation:
            found.append(nation.alpha2)
    return found


def masthead(document: Document, gazetteer: Gazetteer) -> Name | None:
    """The town that the outlet is named after ("parisbeacon.com", "The Wichita Eagle"), with what it can mean, or None."""
    for title in (_site(document.url), re.sub(r"[^a-z ]", "", (document.outlet or "").lower())):
        town = _without_press_words(title)
        if len(town) < _SHORTEST or town in lexicon().common:
            continue
        candidates = gazetteer.candidates(town)
        candidates = tuple(
            item for item in candidates if item.place.feature == "P" and item.prominence >= _TOWN and item.rank < 2
        )
        if candidates:
            return Name((town, "", ""), town, candidates, weight=_WEIGHT, outlet=True)
    return None


def _site(url: str | None) -> str:
    """The label of the address that names the site: the last but for the domain's."""
    labels = _host(url).split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    return labels[-1] if labels else ""


@lru_cache(maxsize=1024)
def _without_press_words(title: str) -> str:
    """What is left of a newspaper's name when the words that newspapers call themselves by are taken off both ends."""
    words = lexicon().press
    title = title.replace("-", "").strip()
    changed = True
    while changed:
        changed = False
        for word in words:
            bare = title
            if title.endswith(word):
                bare = title[: -len(word)].strip()
            elif word in ("the", "my", "online", "daily", "www") and title.startswith(word):
                bare = title[len(word) :].strip()
            if bare != title and len(bare) >= _SHORTEST:
                title, changed = bare, True
    return title


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:  # a malformed address tells nothing
        return ""
