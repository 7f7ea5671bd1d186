"""Score claims against gold: the definition of a match is that of the annotation guide, the claims are in its JSON form.

A predicted claim matches a gold claim when the kinds agree, the characters of their quotes overlap by at least half of the
shorter, and, for an event, the types agree; for control, the changes agree and the places lie within 50 km; for an obligation,
the actions agree. Matching is one to one and as large as possible; among the largest, pairs that agree on more slots are
preferred as they are offered first. Distances are kilometres; quotes are half-open code points.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from whoholds.model.when import interval_bounds

KINDS = ("event", "control", "obligation")
NEAR_KM = 50.0
EARTH_DIAMETER_KM = 12_742.0
# Words that two names may share without meaning the same speaker.
EMPTY_WORDS = frozenset(["a", "an", "and", "for", "her", "his", "in", "its", "local", "of", "s", "the", "their"])

Json = Mapping[str, Any]
Quote = tuple[int, int]


@dataclass(slots=True)
class Tally:
    """Counts of one kind: gold claims, predicted claims, matched pairs, and per slot how many pairs were asked and agreed."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.gold + self.predicted
        return 2 * self.matched / both if both else 0.0

    def slots(self) -> dict[str, float]:
        """The share of matched pairs that agree, slot by slot."""
        return {slot: self.agreed[slot] / count for slot, count in self.asked.items()}

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.matched + other.matched,
            self.asked + other.asked,
            self.agreed + other.agreed,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of one document: tallies by kind, the matched pairs, the gold claims missed and the claims falsely made."""

    tallies: dict[str, Tally]
    pairs: list[tuple[Json, Json]]
    missed: list[Json]
    false: list[Json]


def score(documents: Iterable[Json], predictions: Mapping[str, Sequence[Json]]) -> dict[str, Tally]:
    """Tallies by kind and, under `all`, of all kinds; a document without predictions counts as one without claims."""
    total = {kind: Tally() for kind in KINDS}
    for document in documents:
        for kind, tally in compare(document, predictions.get(document["id"], ())).tallies.items():
            total[kind] += tally
    return {**total, "all": sum(total.values(), start=Tally())}


def compare(document: Json, predicted: Sequence[Json]) -> Comparison:
    """Match the predicted claims of one gold document."""
    gold: Sequence[Json] = document["claims"]
    quotes = [gold_quote(document["text"], claim) for claim in gold]
    candidates = []
    for claim, quote in zip(gold, quotes, strict=True):
        fitting = [j for j, other in enumerate(predicted) if fits(claim, other) and overlap(quote, predicted_quote(other))]
        agreement = {j: sum(slots(claim, predicted[j]).values()) for j in fitting}
        candidates.append(sorted(fitting, key=agreement.__getitem__, reverse=True))
    partner = largest_matching(candidates)
    tallies = {kind: Tally() for kind in KINDS}
    for claim in gold:
        tallies[claim["kind"]].gold += 1
    for claim in predicted:
        tallies[claim["kind"]].predicted += 1
    for i, j in partner.items():
        tally = tallies[gold[i]["kind"]]
        tally.matched += 1
        for slot, same in slots(gold[i], predicted[j]).items():
            tally.asked[slot] += 1
            tally.agreed[slot] += same
    taken = set(partner.values())
    return Comparison(
        tallies,
        pairs=[(gold[i], predicted[j]) for i, j in sorted(partner.items())],
        missed=[claim for i, claim in enumerate(gold) if i not in partner],
        false=[claim for j, claim in enumerate(predicted) if j not in taken],
    )


def largest_matching(candidates: Sequence[Sequence[int]]) -> dict[int, int]:
    """A largest one-to-one matching from each i to one of `candidates[i]`, grown along augmenting paths."""
    owner: dict[int, int] = {}

    def claim_one(i: int, tried: set[int]) -> bool:
        for j in candidates[i]:
            if j in tried:
                continue
            tried.add(j)
            if j not in owner or claim_one(owner[j], tried):
                owner[j] = i
                return True
        return False

    for i in range(len(candidates)):
        claim_one(i, set())
    return {i: j for j, i in owner.items()}


def fits(gold: Json, predicted: Json) -> bool:
    """Whether the two say the same kind of thing; their quotes are not looked at."""
    if gold["kind"] != predicted["kind"]:
        return False
    if gold["kind"] == "event":
        return bool(gold["type"] == predicted["type"])
    if gold["kind"] == "control":
        return gold["change"] == predicted["change"] and same_place(gold, predicted)
    return bool(gold["action"] == predicted["action"])


def slots(gold: Json, predicted: Json) -> dict[str, bool]:
    """Slot by slot, whether a matched pair agrees; only slots of this kind of claim, numbers only where gold tells some."""
    agreed = {
        "factuality": gold["factuality"] == predicted["factuality"],
        "when": days(gold["when"]) == days(predicted["when"]),
        "where": same_place(gold, predicted),
        "said_by": same_names(gold["said_by"], predicted["said_by"]),
    }
    if gold["kind"] == "event":
        agreed["actors"] = codes(gold["actors"]) == codes(predicted["actors"])
        agreed["recipients"] = codes(gold["recipients"]) == codes(predicted["recipients"])
        told = [name for name in ("killed", "injured", "crowd") if gold.get(name)]
        if told:
            agreed["numbers"] = all(gold[name] == predicted.get(name) for name in told)
    elif gold["kind"] == "control":
        agreed["holder"] = codes([gold["holder"]]) == codes([predicted["holder"]])
        agreed["from"] = codes([gold["from"]]) == codes([predicted["from"]])
    else:
        agreed["step"] = gold["step"] == predicted["step"]
        agreed["obligors"] = codes(gold["obligors"]) == codes(predicted["obligors"])
        agreed["due"] = days(gold["due"]) == days(predicted["due"])
    return agreed


def gold_quote(text: str, claim: Json) -> Quote:
    """The characters of a gold claim's quote. Raises ValueError when the text lacks it."""
    start = -1
    for _ in range(claim.get("occurrence", 1)):
        start = text.index(claim["quote"], start + 1)
    return start, start + len(claim["quote"])


def predicted_quote(claim: Json) -> Quote:
    """The characters of a predicted claim's quote."""
    return claim["quote_start"], claim["quote_end"]


def overlap(first: Quote, second: Quote) -> bool:
    """Whether two quotes share at least half of the shorter."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared > 0 and 2 * shared >= min(first[1] - first[0], second[1] - second[0])


def same_place(gold: Json, predicted: Json) -> bool:
    """Whether two claims are at the same place: within 50 km, or, where gold has no coordinates, under a shared name."""
    if gold["where_lat"] is None:
        return same_names([gold["where"]], [predicted["where"]])
    if predicted["where_lat"] is None:
        return False
    here, there = (gold["where_lat"], gold["where_lon"]), (predicted["where_lat"], predicted["where_lon"])
    return kilometres(here, there) <= NEAR_KM


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The great-circle distance of two points (latitude, longitude in degrees)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*here, *there))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(chord)))


def same_names(first: Iterable[str | None], second: Iterable[str | None]) -> bool:
    """Whether two lists of names share a telling word, or both have none."""
    left, right = telling_words(first), telling_words(second)
    return bool(left & right) if left or right else True


def telling_words(names: Iterable[str | None]) -> set[str]:
    """The lower-case words of the names, without the empty ones."""
    return {word for name in names for word in re.findall(r"\w+", (name or "").lower())} - EMPTY_WORDS


def codes(actors: Iterable[Json | None]) -> Counter[tuple[str | None, str | None]]:
    """Country and role of each actor, order aside."""
    return Counter((actor.get("country"), actor.get("role")) for actor in actors if actor)


@lru_cache(maxsize=4096)
def days(edtf: str | None) -> tuple[date | None, date | None] | None:
    """The first and last day an EDTF value allows, None for an open end; None for no value."""
    if not edtf:
        return None
    begin, end = interval_bounds(edtf)
    return begin.not_before, end.not_after


def as_report(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """The tallies as plain numbers, rounded to three digits."""
    return {
        kind: {
            "gold": tally.gold,
            "predicted": tally.predicted,
            "matched": tally.matched,
            "precision": round(tally.precision, 3),
            "recall": round(tally.recall, 3),
            "f1": round(tally.f1, 3),
            **({} if kind == "all" else {"slots": {slot: round(share, 3) for slot, share in tally.slots().items()}}),
        }
        for kind, tally in tallies.items()
    }
