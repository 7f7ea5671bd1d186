"""Random histories of a register.

A history is a list of moves, which are small numbers and choices; `acts_of` makes acts of a move by looking at what a store
holds, so that most acts fit (a withdrawal of an entry that is there) and some do not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from tests.register.stories import (
    ASSERTED,
    BARE,
    CORRECTED,
    DENIED,
    ENTERED,
    ENTERED_BOTH,
    FORESEEN,
    REPRINTED,
    UNDATED,
)
from whoholds.model import (
    Accepted,
    Act,
    Actor,
    Allied,
    Asserted,
    Claim,
    Edited,
    Erased,
    Filed,
    Judged,
    Outlined,
    Parted,
    Rejected,
    Testimony,
    Verdict,
    When,
    Withdrawn,
    hash_of,
)
from whoholds.register.store import Store

T = TypeVar("T")
DOCUMENTS = (
    ENTERED,
    REPRINTED,
    FORESEEN,
    DENIED,
    CORRECTED,
    UNDATED,
    BARE,
    replace(BARE, name="bare at an address", url=ENTERED.url),
    replace(DENIED, url=ENTERED.url, published=date(2020, 11, 28)),
    replace(CORRECTED, url=DENIED.url, published=None, outlet="Example Wire"),
    replace(UNDATED, retrieved=date(2020, 11, 20), outlet="Early Example"),
)
CLAIMS: tuple[Claim, ...] = (*(act.claim for act in ASSERTED), ENTERED_BOTH)
WAGNER, RUSSIA = Actor(name="Wagner", organisation="Wagner"), Actor(name="Russia", country="RUS")
SIDES: tuple[Act, ...] = (
    Allied(WAGNER, RUSSIA, None, "paid"),
    Parted(WAGNER, RUSSIA, When("2023-06-23/2023-06-24"), "marched"),
    Allied(RUSSIA, WAGNER, When("2022/.."), "the other way round"),
)


def outline(name: str, site: str | None, source: str = "a survey", *, west: float = 46.0) -> Outlined:
    """A square of a tenth of a degree."""
    ring = [[west, 40], [west + 0.1, 40], [west + 0.1, 40.1], [west, 40.1], [west, 40]]
    return Outlined(name, site, json.dumps({"type": "Polygon", "coordinates": [ring]}), source)


OUTLINES: tuple[Act, ...] = (
    outline("Kalbajar", "geonames:585514"),
    outline("Kalbajar", "geonames:585514", west=46.2),
    outline("Kelbecer \0 \udfff", "geonames:585514", "another survey"),
    outline("somewhere", None),
    outline("somewhere", None, west=-179.9),
    Outlined("no area", None, '{"type": "Point", "coordinates": [46, 40]}', "a survey"),
)


@dataclass(frozen=True)
class Move:
    """One call of `append`: what kinds of acts, and numbers that choose among what there is."""

    steps: tuple[tuple[str, int, int], ...]
    later: bool  # whether time passes before it
    settle: bool = False  # whether findings are derived after it


History = tuple[Move, ...]
_KINDS = "file file assert assert assert withdraw withdraw back accept reject edit ally part outline".split()


def histories(*, erasing: bool = False, longest: int = 8) -> st.SearchStrategy[History]:
    """From no call to `longest` calls of one to four acts each."""
    kinds = [*_KINDS, *(["erase"] if erasing else [])]
    numbers = st.integers(0, 30)
    step = st.tuples(st.sampled_from(kinds), numbers, numbers)
    move = st.builds(Move, steps=st.lists(step, min_size=1, max_size=4).map(tuple), later=st.booleans(), settle=st.booleans())
    return st.lists(move, max_size=longest).map(tuple)


def acts_of(move: Move, store: Store) -> list[Act]:
    """The acts of a move, given what the store holds; most of them fit."""
    acts: list[Act] = []
    for kind, first, second in move.steps:
        acts += _acts(kind, first, second, store, acts)
    return acts


def _acts(kind: str, first: int, second: int, store: Store, so_far: Sequence[Act]) -> list[Act]:
    match kind:
        case "file":
            document = DOCUMENTS[first % len(DOCUMENTS)]
            claims = [claim for claim in CLAIMS if claim.evidence.document == document.id] if second % 2 else []
            return [Filed(document), *map(Asserted, claims)]
        case "assert":
            filed = {filing.document.id for filing in store.filings()}
            filed |= {act.document.id for act in so_far if isinstance(act, Filed)}
            return [Asserted(claim) for claim in _one(CLAIMS, first) if claim.evidence.document in filed or second == 0]
        case "withdraw" | "back":
            wanted = ("withdrawn",) if kind == "back" else ("asserted", "judged", "allied", "parted", "outlined")
            entries = [entry for entry in store.entries() if entry.kind in wanted]
            return [Withdrawn(entry.seq, f"because {second % 2}") for entry in _one(entries, first)]
        case "accept" | "reject" | "edit":
            known = sorted({entry.act.claim.id for entry in store.entries() if isinstance(entry.act, Asserted)})
            return [_judged(store.claim(id), kind, second) for id in _one(known, first)]
        case "ally" | "part":
            return list(_one(SIDES, first))
        case "outline":
            return list(_one(OUTLINES, first))
        case "erase":
            return [Erased(filing.document.id, "a court") for filing in _one(list(store.filings()), first)]
    raise LookupError(kind)


def _one(items: Sequence[T], number: int) -> Sequence[T]:
    return items[number % len(items) :][:1] if items else []


def _judged(testimony: Testimony | None, kind: str, number: int) -> Act:
    assert testimony is not None
    claim = testimony.claim
    verdict: Verdict = Accepted() if kind == "accept" else Rejected()
    if kind == "edit":
        others = [other for other in CLAIMS if other.evidence.document == claim.evidence.document and other.id != claim.id]
        moved = replace(claim, when=When(f"2020-11-{1 + number % 20:02}"), derivation=None)
        verdict = Edited(others[number % len(others)] if others and number % 3 == 0 else moved)
    words = claim.evidence.quote if number != 30 else "words that nobody saw"
    return Judged(claim.id, verdict, f"reason {number % 2}", hash_of(words))
