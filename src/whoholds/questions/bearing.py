"""What bears on undertakings: obligations, and what sets off, fulfils or breaks them.

Duties are few among the claims of a register, but what fulfils one may be told anywhere: a place that changes hands, a
withdrawal, a deal that a deadline counts from. So obligations are read first, and the rest from where it can be: claims of
control and of withdrawals at the places of duties, deals only if a deadline counts from something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from whoholds.model import Event, EventType, Obligation, Testimony
from whoholds.register.store import Known, Store, Wanted


def bearing(store: Store, known: Known) -> tuple[Testimony, ...]:
    """All testimony that undertakings follow from, in a state of knowledge."""
    duties = list(store.testimony(Wanted(kinds=("obligation",), known=known)))
    return (*duties, *fulfilling(store, duties, known))


def fulfilling(store: Store, duties: Collection[Testimony], known: Known) -> Iterable[Testimony]:
    """What may set off, fulfil or break these duties."""
    if not duties:
        return
    for told in store.testimony(Wanted(kinds=("control", "event"), sites=places_of(duties), known=known)):
        if told.claim.kind == "control" or is_event_of(told, EventType.RETREAT):
            yield told
    if any(map(_waits, duties)):
        for told in store.testimony(Wanted(kinds=("event",), known=known)):
            if is_event_of(told, EventType.AGREE):
                yield told


def places_of(duties: Iterable[Testimony]) -> frozenset[str]:
    """The keys of the places of duties, and of the narrowest areas around them."""
    return frozenset(key for told in duties if told.site for key in (told.site.key, *told.site.within[:1]))


def is_event_of(told: Testimony, type: EventType) -> bool:
    """Whether a claim tells of an event of a type."""
    return isinstance(told.claim.matter, Event) and told.claim.matter.type is type


def _waits(told: Testimony) -> bool:
    duty = told.claim.matter
    return isinstance(duty, Obligation) and duty.due_after is not None
