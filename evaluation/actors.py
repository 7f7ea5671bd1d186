"""Score actors: country and role of actor names, in isolation and in gold articles.

Of the peers' test strings only those with a country or a role that our codes can express are asked; of gold articles, every
actor of a claim whose name stands in the text as written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from whoholds.model import Role

Json = Mapping[str, Any]
# Their codes that mean one of our roles; MED is medical there, PTY a party, ELI a former official: not asked.
ROLES = {role.value: role.value for role in Role if role.value not in ("MED", "UAF")} | {
    "PRM": "UAF",
    "CRM": "UAF",
    "JRN": "MED",
}
BODIES = {"UNO", "EUR", "IGO"}  # "countries" of theirs that are bodies of states: no country, role IGO


def expected(gold: Json) -> dict[str, str | None]:
    """What a string should be grounded to, in our codes: `country`, `role`, or both; empty when nothing can be asked."""
    want: dict[str, str | None] = {}
    country = gold.get("country", gold.get("cc"))
    if country in BODIES:
        return {"country": None, "role": ROLES.get(gold.get("code_1", ""), Role.IGO.value)}
    if country is not None and (not country or len(country) == 3):
        want["country"] = country or None
    if gold.get("code_1") in ROLES:
        want["role"] = ROLES[gold["code_1"]]
    return want


def score_strings(rows: Iterable[Json], grounded: Mapping[str, Json]) -> dict[str, float]:
    """Shares of strings whose longest actor has the right country, the right role, and all that was asked of it."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        want = expected(row["gold"])
        if not want:
            continue
        actor = longest(grounded[row["id"]].get("actors", []))
        got = {key: actor.get(key) == value for key, value in want.items()}
        for key, good in [*got.items(), ("both", all(got.values()))]:
            asked[key] += 1
            right[key] += good
    return {"asked": asked["both"], **{key: right[key] / asked[key] for key in asked}}


def longest(found: Iterable[Json]) -> Json:
    """The actor of most characters, the first of equals; an empty one where there is none."""
    return max(found, key=_length, default={})


def _length(actor: Json) -> int:
    return int(actor["end"]) - int(actor["start"])


def score_articles(documents: Iterable[Json], grounded: Mapping[str, Json]) -> dict[str, float]:
    """Shares of the actors of gold claims that some grounded actor touching the same words agrees with."""
    asked = 0
    right: Counter[str] = Counter()
    for document in documents:
        found = grounded[document["id"]].get("actors", [])
        for name, country, role in sorted(gold_actors(document), key=repr):
            places = occurrences(document["text"], name)
            if not places:
                continue
            touching = [a for a in found if any(a["start"] < end and start < a["end"] for start, end in places)]
            asked += 1
            right["found"] += bool(touching)
            right["country"] += any(a.get("country") == country for a in touching)
            right["role"] += any(a.get("role") == role for a in touching)
            right["both"] += any((a.get("country"), a.get("role")) == (country, role) for a in touching)
    return {"asked": asked, **{key: count / max(asked, 1) for key, count in right.items()}}


def gold_actors(document: Json) -> set[tuple[str, str | None, str | None]]:
    """The distinct actors of a document's claims: name, country, role."""
    found = set()
    for claim in document["claims"]:
        lists = [claim.get(key) or [] for key in ("actors", "recipients", "obligors", "beneficiaries")]
        singles = [claim[key] for key in ("holder", "from") if claim.get(key)]
        for actor in [*singles, *(actor for actors in lists for actor in actors)]:
            found.add((actor["name"], actor["country"], actor["role"]))
    return found


def occurrences(text: str, name: str) -> list[tuple[int, int]]:
    """Every place (half-open) where the name stands in the text."""
    found, start = [], text.find(name)
    while start >= 0:
        found.append((start, start + len(name)))
        start = text.find(name, start + 1)
    return found
