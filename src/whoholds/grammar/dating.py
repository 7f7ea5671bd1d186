"""Dating: when a claim's matter holds or happened, after the conventions of the coding guide."""

from __future__ import annotations

from datetime import date, timedelta

from whoholds.grammar.clause import Clause, is_verbal, verb_tags
from whoholds.grammar.evidence import evidence
from whoholds.grammar.mood import Mood
from whoholds.grammar.scene import Scene
from whoholds.grammar.speakers import speech_verbs
from whoholds.grounding.times import Relation, TimeExpression, claim_time
from whoholds.language import Token
from whoholds.model import Factuality, When

DEADLINES = frozenset({Relation.BY, Relation.UNTIL, Relation.BEFORE, Relation.WITHIN, Relation.TO})


def when_of(clause: Clause, mood: Mood, scene: Scene, *, of_step: bool = False) -> When | None:
    """The time of an event: its own expressions, else, for fresh news, the day on which it was said; None when none is told.

    For the step of an obligation (`of_step`) deadlines are no time of it. What goes on at the telling has an open beginning.
    """
    times = scene.times(clause) or scene.times_inside(evidence(clause, scene.document), clause.sentence)
    if of_step:
        times = [time for time in times if time.relation not in DEADLINES and time.relation is not Relation.FROM]
    own = claim_time(times)
    if own is not None:
        return own
    if going_on(clause) and scene.document.published is not None and mood.factuality is Factuality.ACTUAL and not of_step:
        return When(f"../{scene.document.published.isoformat()}")
    verb = clause.host or clause.head
    if mood.factuality is Factuality.ACTUAL and _fresh(verb):
        for speech in speech_verbs(verb, clause.sentence, mood):
            said = claim_time(scene.times_of(speech, clause.sentence))
            if said is not None:
                return said
        if verb.head is not None and verb.deprel == "ccomp":  # "footage on Wednesday showed troops moving"
            return claim_time(scene.times_of(verb.head, clause.sentence))
    return None


def _fresh(token: Token) -> bool:
    """Whether the tense tells news rather than background: simple past, present or present perfect, not past perfect."""
    if not is_verbal(token):
        return False
    return not any(child.lower in ("had", "'d") for child in token.children if child.deprel == "aux")


def _since(clause: Clause, scene: Scene) -> When | None:
    """The beginning of a state told by something dated: "since a war there halted with a ceasefire in 1994"."""
    tokens = clause.sentence.tokens
    start = next((token for token in tokens[clause.head.i :] if token.lower == "since"), None)
    if start is None:
        return None
    for time in scene.sentence_times(clause.sentence):
        if time.span.start > start.end and time.when is not None and "/" not in time.when.edtf:
            return When(f"{time.when.edtf}/..", time.span)
    return None


def going_on(clause: Clause) -> bool:
    """Whether the clause tells in the present progressive or as existing now ("there is shelling")."""
    verb = clause.host or clause.head
    now = any(child.lower in ("is", "are", "'re", "’re") for child in verb.children if child.deprel in ("aux", "cop"))
    return now and verb.tag == "VBG" and not any(child.lower in ("going", "to") for child in verb.children)


def state_when(clause: Clause, scene: Scene) -> When | None:
    """The time of a state that holds: from its start where told ("since D"), else up to the day it is told to hold."""
    times = scene.times(clause)
    since = _since(clause, scene)
    if since is not None:
        return since
    found = claim_time(times)
    if found is not None:
        if "/" in found.edtf or found.grain != "day" or not present(clause):
            return found
        return When(f"../{found.edtf.rstrip('~?%')}", found.span)
    published = scene.document.published
    if published is not None and present(clause):
        return When(f"../{published.isoformat()}")
    return None


def present(clause: Clause) -> bool:
    """Whether the clause is told in the present tense (perfect and progressive included)."""
    tags = verb_tags(clause)
    return not tags & {"VBD", "MD"} and bool(tags & {"VBZ", "VBP"})


def due_of(times: list[TimeExpression], anchor: When | None) -> When | None:
    """The deadline told by the time expressions of a duty; durations ("within 30 days") count from `anchor`'s last day."""
    for time in times:
        if time.relation is Relation.WITHIN and time.value.startswith("P"):
            if anchor is not None and (moved := shifted(anchor, time.value, 1)) is not None:
                return moved
            if time.when is not None:
                return When(time.when.edtf.rpartition("/")[2], time.when.span)
        elif time.when is not None and time.relation in DEADLINES:
            return time.when
    for time in times:
        if time.when is not None and time.relation not in (Relation.SINCE, Relation.AFTER, Relation.FROM):
            return time.when
    return None


def shifted(anchor: When, duration: str, sign: int) -> When | None:
    """A day moved by an ISO 8601 duration of years, months, weeks or days; None when either is not that exact."""
    day = anchor.end.not_after
    if day is None or not duration[1:-1].isdigit():
        return None
    amount, unit = sign * int(duration[1:-1]), duration[-1]
    try:
        if unit in "DW":
            return When((day + timedelta(days=amount * (7 if unit == "W" else 1))).isoformat())
        if unit in "MY":
            months = day.year * 12 + day.month - 1 + amount * (12 if unit == "Y" else 1)
            return When(_clamped(months // 12, months % 12 + 1, day.day).isoformat())
    except (ValueError, OverflowError):
        return None
    return None


def _clamped(year: int, month: int, day: int) -> date:
    for last in range(day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, min(day, 28))
