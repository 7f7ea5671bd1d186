"""Two coders of the same documents: how far their claims agree, field by field.

Who coded a claim is who entered it: "ACLED", a person, or a reader of any version. Claims are paired within each document (see
`pairing`), and what is compared is what pairs tell; so agreement is that of claims about the same thing, and how many claims
have no counterpart is told beside it. A claim that both made word for word is one claim of a register, under the name of
whoever came first; where two people code apart from each other, each keeps a register of their own (`other`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from whoholds.model import Asserted, Claim, Document, Judged, Testimony
from whoholds.questions.adding import is_reader
from whoholds.questions.agreement import Agreement, alpha
from whoholds.questions.coding import Coding, Field, fields_of, likeness
from whoholds.questions.pairing import paired
from whoholds.reconcile.sides import Sides
from whoholds.register.store import Store, StoreError, Wanted


@dataclass(frozen=True, slots=True)
class Source:
    """Whose claims, in which register, with the sides as that has them."""

    store: Store
    sides: Sides
    coder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One field of one pair on which two coders differ, or (`field` "claim") a claim that has no counterpart."""

    field: str
    document: Document
    first: Claim | None
    second: Claim | None
    values: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The claims of one coder: `paired` of `claims`; `alone` are in documents where the other has none."""

    coder: str
    documents: int
    claims: int
    paired: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two coders made of the same documents, for one kind of claim."""

    kind: str
    first: Share
    second: Share
    documents: int  # coded by both
    fields: tuple[Agreement, ...]
    errors: tuple[Disagreement, ...] = ()


def coders(store: Store) -> Counter[str]:
    """Who entered claims, with how many each."""
    return Counter(entry.by for entry in store.entries() if isinstance(entry.act, Asserted))


def coded_documents(store: Store, coder: str) -> Iterator[Document]:
    """The documents that a coder has standing claims about, in order."""
    for id in dict.fromkeys(told.claim.evidence.document for told in _claims(store, coder, None)):
        document = store.document(id)
        if document is not None:
            yield document


def compare(first: Source, second: Source, *, kind: str = "event", errors: int = 0) -> Comparison:
    """The agreement of two coders on claims of a kind (`event`, `control`, `obligation`) in the documents that the first coded.

    At most so many errors are told, the fields in turn. Raises StoreError where the first has no such claims.
    """
    ours = _by_document(first, kind)
    if not ours:
        raise StoreError(*_nobody(first, kind))
    theirs = {id: codings for id, codings in _by_document(second, kind).items() if id in ours}
    pairs: list[tuple[Coding, Coding]] = []
    single: list[tuple[Coding | None, Coding | None]] = []
    for id, own in ours.items():
        others = theirs.get(id, [])
        found = paired(own, others, likeness, lambda coding: coding.site)
        pairs += [(own[i], others[j]) for i, j in found]
        used, met = {i for i, _ in found}, {j for _, j in found}
        single += [(coding, None) for i, coding in enumerate(own) if others and i not in used]
        single += [(None, coding) for j, coding in enumerate(others) if j not in met]
    fields = fields_of(kind)
    return Comparison(
        kind=kind,
        first=_share(first.coder, ours, len(pairs), theirs.keys()),
        second=_share(second.coder, theirs, len(pairs), ours.keys()),
        documents=len(theirs),
        fields=tuple(_agreement(field, pairs) for field in fields),
        errors=tuple(_errors(first.store, second.store, fields, pairs, single, errors)) if errors else (),
    )


def _claims(store: Store, coder: str, kind: str | None) -> Iterator[Testimony]:
    """The standing claims that a coder entered, as asserted or in a verdict."""
    entered = {
        entry.seq for entry in store.entries() if isinstance(entry.act, Asserted | Judged) and is_reader(entry.by, coder)
    }
    for told in store.testimony(Wanted(kinds=None if kind is None else (kind,), replaced=False)):
        if told.entry in entered:
            yield told


def _by_document(source: Source, kind: str) -> dict[str, list[Coding]]:
    found: defaultdict[str, list[Coding]] = defaultdict(list)
    for told in _claims(source.store, source.coder, kind):
        found[told.claim.evidence.document].append(Coding.of(told, source.sides))
    return dict(found)


def _share(coder: str, by_document: dict[str, list[Coding]], pairs: int, shared: Collection[str]) -> Share:
    alone = [codings for id, codings in by_document.items() if id not in shared]
    return Share(
        coder=coder,
        documents=len(by_document),
        claims=sum(map(len, by_document.values())),
        paired=pairs,
        alone=sum(map(len, alone)),
    )


def _agreement(field: Field, pairs: Sequence[tuple[Coding, Coding]]) -> Agreement:
    values = [(field.value(one), field.value(other)) for one, other in pairs]
    both = [(one, other) for one, other in values if one is not None and other is not None]
    apart = [field.apart(one, other) for one, other in both] if field.apart else []
    return Agreement(
        field=field.name,
        both=len(both),
        agree=sum(field.agree(one, other) for one, other in both),
        only_first=sum(other is None and one is not None for one, other in values),
        only_second=sum(one is None and other is not None for one, other in values),
        alpha=alpha([(field.scaled(one), field.scaled(other)) for one, other in both], field.level) if field.level else None,
        median=median(apart) if apart else None,
    )


def _errors(
    ours: Store,
    theirs: Store,
    fields: Sequence[Field],
    pairs: Sequence[tuple[Coding, Coding]],
    single: Sequence[tuple[Coding | None, Coding | None]],
    most: int,
) -> Iterator[Disagreement]:
    """Disagreements, one of each field in turn, claims without a counterpart last in each round."""
    rows: list[Iterator[Callable[[], Disagreement | None]]] = [
        _differing(ours, field, pairs) for field in fields if field.level
    ]
    rows.append(_single(ours, theirs, single))
    told = 0
    while rows and told < most:
        for row in list(rows):
            made = next(row, None)
            if made is None:
                rows.remove(row)
            elif told < most and (error := made()) is not None:
                told += 1
                yield error


def _differing(
    store: Store, field: Field, pairs: Sequence[tuple[Coding, Coding]]
) -> Iterator[Callable[[], Disagreement | None]]:
    for one, other in pairs:
        values = field.value(one), field.value(other)
        if None not in values and not field.agree(*values):
            shown = field.shown(values[0]), field.shown(values[1])
            yield _told(store, field.name, one.claim, other.claim, shown)


def _single(
    ours: Store, theirs: Store, single: Sequence[tuple[Coding | None, Coding | None]]
) -> Iterator[Callable[[], Disagreement | None]]:
    for one, other in single:
        shown = one.summary if one else "nothing", other.summary if other else "nothing"
        yield _told(ours if one else theirs, "claim", one.claim if one else None, other.claim if other else None, shown)


def _told(
    store: Store, field: str, first: Claim | None, second: Claim | None, values: tuple[str, str]
) -> Callable[[], Disagreement | None]:
    def made() -> Disagreement | None:
        claim = first or second
        document = store.document(claim.evidence.document) if claim else None
        if document is None:
            return None
        return Disagreement(field=field, document=document, first=first, second=second, values=values)

    return made


def _nobody(source: Source, kind: str) -> tuple[str, str]:
    told = ", ".join(f"{by} ({count:,})" for by, count in coders(source.store).most_common(8))
    return f"{source.coder} has no standing claims of kind {kind}", f"claims were entered by {told or 'nobody'}"
