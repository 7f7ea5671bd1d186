"""Every question that a store answers, asked at once, so that two stores or two moments can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from typing import Any

from tests.register.strategies import CLAIMS, DOCUMENTS
from whoholds.model import Bounds, Finding, Holding, Incident, Side, Standing, Testimony, Undertaking
from whoholds.register.store import EVERYTHING, Known, Sought, Store, Wanted

WORDS = ("kalbajar", "the", "lachin", '"the army"', "sanaa", "cafe", "صنعاء", "rebels left", '"old mill" saturday', "kəlbəcər")
DAYS = (date(2020, 11, 23), date(2020, 11, 25), date(2020, 11, 26), date(2020, 12, 2))
BOXES = (None, (45.0, 39.0, 47.0, 41.0), (46.2, -90.0, 45.0, 90.0))
KINDS = ("control", "event", "obligation")
FINDINGS = {"control": "holding", "event": "incident", "obligation": "undertaking"}
WANTED: tuple[dict[str, Any], ...] = (
    {},
    {"kinds": ["control"]},
    {"documents": [DOCUMENTS[0].id, DOCUMENTS[-1].id]},
    {"sites": ["geonames:585514", "name:old mill"]},
    {"claims": [claim.id for claim in CLAIMS[::2]]},
    {"described": (date(2020, 11, 24), date(2020, 11, 25))},
    {"said": (date(2020, 11, 25), date(2020, 11, 26)), "times": ["short", "untimed"]},
    {"sites": [None, "name:old mill"]},
)


def view(store: Store, known: Known) -> dict[str, object]:
    """What depends on a state of knowledge."""
    answers: dict[str, object] = {
        f"testimony {wanted}": list(store.testimony(Wanted(**wanted, known=known))) for wanted in WANTED
    }
    answers["sides"] = store.sides(recorded_by=known.recorded_by)
    answers["outlines"] = store.outlines(recorded_by=known.recorded_by)
    answers["entries"] = list(store.entries(until=known.recorded_by))
    answers |= {f"search {words}": store.search(words, known=known) for words in WORDS}
    return answers


def knowns(instants: list[datetime]) -> Iterator[Known]:
    """States of knowledge: some days, these instants, and nothing left out."""
    for day, instant in product((None, *DAYS[1:]), (None, *instants)):
        yield Known(day, instant)


def picture(store: Store) -> dict[str, object]:
    """What a store answers now, whatever is asked."""
    answers: dict[str, object] = view(store, Known())
    entries = list(store.entries())
    for entry in entries:
        answers[f"entry {entry.seq}"] = store.entry(entry.seq)
    for id in {document.id for document in DOCUMENTS}:
        answers[f"document {id}"] = store.document(id), list(store.filings(document=id)), store.entries_about(id)
    for name in {document.name for document in DOCUMENTS}:
        answers[f"name {name}"] = list(store.filings(name=name))
    for url in {document.url for document in DOCUMENTS if document.url}:
        answers[f"url {url}"] = list(store.filings(url=url))
    for id in {claim.id for claim in CLAIMS} | {testimony.claim.id for testimony in store.testimony(Wanted())}:
        answers[f"claim {id}"] = (store.claim(id), store.entries_about(id), store.ids_like(id[:6]))
    answers["filings"], answers["ids"] = list(store.filings()), store.ids_like("")
    for box in BOXES:
        answers[f"sites {box}"] = list(store.sites(box=box))
    answers["within"] = dict(store.within())
    for name in ("Kalbajar", "KƏLBƏCƏR", "old mill", "the Cafe", "lachin", "صنعاء"):
        answers[f"called {name}"] = store.sites_called(name)
    answers["stale"] = [store.stale(kind) for kind in KINDS]
    answers |= _kept(store)
    answers["verify"] = list(store.verify())
    return answers


def _kept(store: Store) -> dict[str, object]:
    answers: dict[str, object] = {}
    for kind in FINDINGS.values():
        answers[f"findings {kind}"] = list(store.findings(Sought(kind=kind)))
        for day, box in (*product(DAYS, (None,)), *product((None,), BOXES), (DAYS[1], BOXES[1])):
            sought = Sought(kind=kind, during=day and (day, day), box=box)
            answers[f"findings {sought}"] = [finding.id for finding in store.findings(sought)]
        for claim in CLAIMS[:3]:
            answers[f"findings {kind} of {claim.id}"] = [
                found.id for found in store.findings(Sought(kind=kind, claims=[claim.id]))
            ]
    for day, box in (*product(DAYS, (None,)), *product(DAYS[1:2], BOXES[1:])):
        answers[f"held {day} {box}"] = list(store.held(day, box=box))
    return answers


def settle(store: Store) -> None:
    """Keep findings for what is stale: one for each claim, whatever would really follow from it."""
    for kind in KINDS:
        keys = store.stale(kind)
        if not keys:
            continue
        everything = EVERYTHING in keys
        wanted = (
            Wanted(kinds=[kind]) if everything else Wanted(kinds=[kind], **{"sites" if kind == "control" else "claims": keys})
        )
        found = {finding.id: finding for finding in map(finding_of, store.testimony(wanted))}
        sought = Sought(kind=FINDINGS[kind], **({} if everything else {"sites" if kind == "control" else "claims": keys}))
        store.settle(kind, keys, gone=[finding.id for finding in store.findings(sought)], found=list(found.values()))


def finding_of(testimony: Testimony) -> Finding:
    """A finding that this testimony alone decides."""
    claim = testimony.claim
    side = Side("AZE", "Azerbaijan")
    evidence: dict[str, Any] = {"supporting": (claim.id,), "standing": Standing.CLAIMED}
    begin = claim.when.begin if claim.when else Bounds(None, None)
    match claim.kind:
        case "control":
            assert testimony.site
            ends = max(testimony.said, begin.not_before or testimony.said)
            lasting = Bounds(None, None) if claim.id < "8" else Bounds(ends, ends)
            return Holding(site=testimony.site, holder=side, begin=begin, end=lasting, told=testimony.said, **evidence)
        case "event":
            matter: Any = claim.matter
            return Incident(
                type=matter.type, when=begin, site=testimony.site, actors=(side,), recipients=(), tallies=(), **evidence
            )
    duty: Any = claim.matter
    return Undertaking(
        action=duty.action,
        obligors=(side,),
        beneficiaries=(),
        site=testimony.site,
        names=(),
        deadlines=(),
        turns=(),
        root=claim.id,
        **evidence,
    )
