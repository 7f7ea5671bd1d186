"""How answers are put into words: sides, days, standings, states of duties and numbers, the same on a terminal and on a page.

Words that come out of reports are given as they stand there: whoever prints them makes them safe for where they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from whoholds.grounding.countries import countries
from whoholds.model import (
    UNBOUNDED,
    Bounds,
    Count,
    Deadline,
    Derivation,
    EventType,
    Holding,
    Incident,
    Side,
    Site,
    Standing,
    State,
    Testimony,
    Undertaking,
    When,
)
from whoholds.questions.due import Duty
from whoholds.register.store import Known

_CODE = re.compile(r"\b[A-Z]{3}\b")
_KINDS = {"A": "area", "P": "town", "L": "region", "S": "site", "H": "water", "T": "height", "R": "road"}
_MET = frozenset({State.MET, State.MET_ON_TIME, State.MET_LATE})
_TOWARD = {
    **dict.fromkeys((EventType.ASSAULT, EventType.COERCE), "on"),
    **dict.fromkeys((EventType.AGREE, EventType.CONSULT, EventType.COOPERATE), "with"),
    **dict.fromkeys((EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.PROTEST, EventType.SANCTION), "against"),
}


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def side_name(side: Side | None) -> str:
    """A side as it is called: a state by its name."""
    if side is None:
        return "nobody named"
    return _states().get(side.key, side.name)


def state_name(code: str) -> str:
    """A state by its name; the code where it is none."""
    return _states().get(code, code)


def sides_named(sides: Iterable[Side]) -> str:
    """Several sides, parted by commas."""
    return ", ".join(map(side_name, sides))


def kind_of(site: Site) -> str:
    """What kind of place it is, by its GeoNames class; "place" where that is not known."""
    return _KINDS.get(site.place.feature, "place") if site.place else "place"


def said_on(testimony: Testimony) -> str:
    """The day that a claim was said; where its report has no date, when the register took it in."""
    return str(testimony.said) if testimony.dated else f"undated (taken in {testimony.said})"


def days_of(bounds: Bounds) -> str:
    """The days something can fall on."""
    first, last = bounds.not_before, bounds.not_after
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    if first:
        return f"{first} or later"
    return f"{last} or earlier" if last else "a day not told"


def day_told(when: When | None) -> str:
    """A deadline as EDTF, or that none is known."""
    return when.edtf if when else "a day not known"


def plain(words: str) -> str:
    """Words of a derivation, with states by their names instead of their codes."""
    return _CODE.sub(lambda code: state_name(code[0]), words)


def reason_of(derivation: Derivation | None) -> str:
    """Why a finding has its standing, where its derivation tells."""
    parts = derivation.parts if derivation else ()
    return next((plain(part.value) for part in parts if part.rule.startswith("standing")), "")


def instant_shown(known: Known) -> str:
    """The instant of a state of knowledge; its day alone where it is the end of it."""
    moment = known.recorded_by
    if moment is None:
        return ""
    whole = (moment.hour, moment.minute, moment.second, moment.microsecond) == (23, 59, 59, 999_999)
    return str(moment.date()) if whole else moment.isoformat(timespec="seconds")


def holder_named(holding: Holding) -> str:
    """Who holds a place; that it is contested or lost where nobody does."""
    if holding.holder is not None:
        return side_name(holding.holder)
    return "contested" if holding.standing is Standing.CONTESTED else "lost to somebody not named"


def since(holding: Holding) -> str:
    """Since when a place is held, as far as it is told."""
    begin = holding.begin
    if begin.not_before is None and begin.not_after is None:
        return f"since when is not told; first told for {holding.told}"
    if begin.not_before and begin.not_before == begin.not_after:
        return f"since {begin.not_before}"
    if begin.not_before is None:
        return f"since {begin.not_after} or earlier"
    if begin.not_after is None:
        return f"since {begin.not_before} or later"
    return f"since a day from {begin.not_before} to {begin.not_after}"


def until(holding: Holding) -> str:
    """Until when, for a holding that has ended; "" while it lasts."""
    end = holding.end
    return "" if end.not_before is None and end.not_after is None else f"until {days_of(end)}"


def became(duty: Duty) -> str:
    """What a duty's state means in days; "" where that says no more than the state."""
    state, late, turned = duty.turn.state, duty.late, duty.turn.since
    if state in _MET:
        told = [] if duty.after_first in (None, late) else [f"met {_against(duty.after_first, 'the first deadline')}"]
        told += [f"{'' if told else 'met '}{_against(late, 'the deadline in force')}"] if late is not None else []
        return f"{', '.join(told) or 'met'} ({turned})"
    if state is State.OVERDUE and late is not None:
        silent = "; nothing was told of it since the deadline" if duty.silent else ""
        return f"{count(late, 'day')} overdue{silent}"
    if state is State.PENDING and late is not None and late <= 0:
        return f"due in {count(-late, 'day')}"
    return {State.BREACHED: f"broken on {turned}", State.CANCELLED: f"cancelled on {turned}"}.get(state, "")


def outcome(duty: Duty) -> str:
    """That what became of a duty is inferred, where no claim tells it."""
    derivation = duty.undertaking.derivation
    rules = [part.rule for part in derivation.parts] if derivation and not duty.open else []
    return next((rule for rule in rules if rule.startswith("outcome inferred")), "")


def deadline_kind(deadline: Deadline, *, first: bool) -> str:
    """What a deadline is in a history of them."""
    return "others tell" if deadline.rival else "deadline" if first else "moved to"


def action_named(undertaking: Undertaking) -> str:
    """What a duty binds to do."""
    return undertaking.action.value.replace("_", " ")


def toward(type: EventType) -> str:
    """The word between what happened and those whom it happened to."""
    return _TOWARD.get(type, "to")


def incident_days(incident: Incident) -> str:
    """The days an incident can have been on."""
    return "undated" if incident.when == UNBOUNDED else days_of(incident.when)


def number(found: Count) -> str:
    """A count in words: both ends, or one."""
    if found.low == found.high:
        return f"{found.low:,}"
    if found.high is None:
        return f"{found.low:,} or more"
    return f"up to {found.high:,}" if found.low is None else f"{found.low:,} to {found.high:,}"


def _against(days: int | None, what: str) -> str:
    if not days:
        return f"on the day of {what}"
    return f"{count(abs(days), 'day')} {'after' if days > 0 else 'before'} {what}"


@cache
def _states() -> dict[str, str]:
    return {country.alpha3: country.name for country in countries()}
