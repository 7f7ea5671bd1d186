"""Timetables: lists of places with a day each, of which only the first has a verb, or none has.

"Armenia must return Agdam by 20 November, Kalbajar by 25 November and Lachin by 1 December" is three duties, "took Kupiansk on
Friday and Izium on Saturday" two gains; "the timetable was plain: Kalbajar on 15 November, Agdam on 20 November" lays down what
the document is about. Each entry's evidence is its own words; it takes the rest from the entry that has the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.grammar.memory import Duty, Memory, same_place
from whoholds.grammar.scene import Scene
from whoholds.grammar.selection import Draft
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.language import Sentence, Token
from whoholds.model import Action, Claim, Control, Derivation, Event, Factuality, Obligation, Span, Step, When, Where

_KIND = "(?:district|region|province|town|city|village)"
_DATED = re.compile(rf"(?: {_KIND})? (?:by|on|before|until|till|in|no later than|not later than) $")
_BETWEEN = re.compile(rf"(?:, [^,;.]{{0,60}})?[,;]?(?: (?:and|then|and then|but))? (?:the )?(?:{_KIND} of )?$")
_TIMETABLE = frozenset({"timetable", "schedule", "calendar", "timeline"})
_LAID_DOWN = frozenset({Step.SET, Step.EXTENDED, Step.SOUGHT})
_LIMITS = frozenset({Relation.BY, Relation.UNTIL, Relation.BEFORE})
_VERBS = frozenset({"nsubj", "nsubj:pass", "aux", "cop"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A place with its day and the words that tell both."""

    where: Where
    when: When
    span: Span
    token: Token
    limit: bool


def timetable(sentence: Sentence, told: Sequence[Draft], scene: Scene, memory: Memory) -> list[Draft]:
    """The drafts of a sentence with those of its timetable added, and each listed place on its own day."""
    lists = list(_lists(sentence, told, scene))
    if not lists:
        return list(told)
    found = [(_on_its_day(claim, lists), sentence, head) for claim, _, head in told]
    for entries in lists:
        base = next((draft for draft in found if _is_base(draft[0], entries)), None)
        if base is None and all(entry.limit for entry in entries):  # the first place has no day of its own
            base = next((draft for draft in reversed(found) if _goes_on(draft[0], entries[0])), None)
        if base is not None:
            rest = [entry for entry in entries if not any(_tells(draft[0], entry) for draft in found)]
            found += [(_also(base[0], entry), sentence, entry.token) for entry in rest]
            if isinstance(matter := base[0].matter, Obligation):
                memory.duties += [
                    Duty(matter.action, matter.obligors, matter.beneficiaries, entry.where, entry.when) for entry in rest
                ]
        elif any(token.lemma in _TIMETABLE for token in sentence.tokens):
            known = memory.last_duty()
            action = known.action if known is not None else scene.topic.action or Action.HAND_OVER
            obligors = known.obligors if known is not None else ()
            for entry in entries:
                memory.duties.append(Duty(action, obligors, (), entry.where, entry.when))
                duty = Obligation(step=Step.SET, action=action, obligors=obligors)
                found.append((_laid_down(duty, entry), sentence, entry.token))
    return found


def _lists(sentence: Sentence, told: Sequence[Draft], scene: Scene) -> Iterator[list[_Entry]]:
    """Runs of two or more entries with nothing but list words, or a remark between commas, between them."""
    entries = list(_entries(sentence, scene))
    if not entries:
        return
    entries += [entry for draft in told if (entry := _told_entry(draft, entries, scene)) is not None]
    run: list[_Entry] = []
    for entry in sorted(entries, key=lambda entry: entry.span.start):
        if run and not _linked(run[-1], entry, sentence, scene):
            if len(run) > 1:
                yield run
            run = []
        run.append(entry)
    if len(run) > 1:
        yield run


def _told_entry(draft: Draft, entries: Sequence[_Entry], scene: Scene) -> _Entry | None:
    """The entry that a claim with a verb makes: "*Kalbajar follows on 25 November* and Lachin on 1 December"."""
    claim, _, head = draft
    matter, where = claim.matter, claim.where
    when = matter.due if isinstance(matter, Obligation) else claim.when
    if isinstance(matter, Event) or where is None or where.span is None or when is None or when.span is None:
        return None
    start, end = min(where.span.start, when.span.start), max(where.span.end, when.span.end)
    if any(start < entry.span.end and entry.span.start < end for entry in entries):
        return None
    return _Entry(where, when, scene.document.span(start, end), head, limit=False)


def _entries(sentence: Sentence, scene: Scene) -> Iterator[_Entry]:
    text = scene.document.text
    times = [time for time in scene.sentence_times(sentence) if _is_day(time)]
    for token in sentence.tokens if len(times) > 1 else ():
        if token.upos != "PROPN" or (where := scene.named_place(token)) is None or where.span is None:
            continue
        if where.span.start != token.start:
            continue
        for time in times:
            if where.span.end < time.span.start and _DATED.fullmatch(text[where.span.end : time.span.start]):
                assert time.when is not None
                span = scene.document.span(where.span.start, time.span.end)
                yield _Entry(where, time.when, span, token, time.relation in _LIMITS)


def _is_day(time: TimeExpression) -> bool:
    return time.when is not None and not time.value.startswith("P")


def _linked(one: _Entry, two: _Entry, sentence: Sentence, scene: Scene) -> bool:
    if not _BETWEEN.fullmatch(scene.document.text[one.span.end : two.span.start]):
        return False
    between = [token for token in sentence.tokens if one.span.end <= token.start < two.span.start]
    return not any(token.deprel in _VERBS for token in between)


def _is_base(claim: Claim, entries: Sequence[_Entry]) -> bool:
    """Whether a claim is the one that has the verb of the list: of its first place and day."""
    matter, first = claim.matter, entries[0]
    if isinstance(matter, Obligation):
        return matter.step in _LAID_DOWN and matter.due is not None and matter.due.edtf == first.when.edtf
    return isinstance(matter, Control) and _tells(claim, first)


def _goes_on(claim: Claim, first: _Entry) -> bool:
    """Whether a list goes on from a duty told before it in the same sentence."""
    duty = isinstance(claim.matter, Obligation) and claim.matter.step in _LAID_DOWN and claim.where is not None
    return duty and claim.evidence.start < first.span.start and not _tells(claim, first)


def _tells(claim: Claim, entry: _Entry) -> bool:
    return isinstance(claim.matter, Obligation | Control) and same_place(claim.where, entry.where)


def _on_its_day(claim: Claim, lists: Sequence[Sequence[_Entry]]) -> Claim:
    """A gain or loss of a listed place with that place's day."""
    if not isinstance(claim.matter, Control) or claim.where is None:
        return claim
    own = next((entry for entries in lists for entry in entries if same_place(claim.where, entry.where)), None)
    return replace(claim, when=own.when) if own is not None else claim


def _also(base: Claim, entry: _Entry) -> Claim:
    """The base claim told again of another place and day."""
    matter, when = base.matter, base.when
    if isinstance(matter, Obligation):
        matter = replace(matter, step=Step.SET, due=entry.when, due_was=None, asked_by=None, reason=None, due_after=None)
    else:
        when = entry.when
    parts = [Derivation("time", entry.when.span, entry.when.edtf), Derivation("place", entry.where.span, entry.where.name)]
    if base.derivation is not None:
        parts.append(base.derivation)
    derivation = Derivation("listed with a day of its own", entry.span, base.factuality.value, tuple(parts))
    return replace(base, matter=matter, when=when, where=entry.where, evidence=entry.span, derivation=derivation)


def _laid_down(duty: Obligation, entry: _Entry) -> Claim:
    """A duty that a timetable lays down."""
    time = Derivation("time", entry.when.span, entry.when.edtf)
    derivation = Derivation("listed in a timetable", entry.span, Factuality.ACTUAL.value, (time,))
    return Claim(
        matter=replace(duty, due=entry.when),
        evidence=entry.span,
        said_by=(),
        factuality=Factuality.ACTUAL,
        when=None,
        where=entry.where,
        derivation=derivation,
    )
