"""Anchors: times told by how something stands to something else: to a date, another clause, or what was told before."""

from __future__ import annotations

from whoholds.grammar.clause import is_verbal, preposition
from whoholds.grammar.dating import shifted
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.speakers import speech_verbs
from whoholds.grammar.telling import (
    Telling,
    Untold,
    is_day,
    with_conjuncts,
)
from whoholds.grounding.times import Kind, claim_time
from whoholds.language import Token
from whoholds.model import When

_AROUND = frozenset({"after", "before"})
_NOW = frozenset({"PRESENT_REF", "PAST_REF", "FUTURE_REF"})
_COMMA = 2  # characters that ", " takes
_UNITS_OF_DAY = frozenset({"hour", "minute", "second", "moment"})
_SOON = frozenset({"soon", "shortly", "immediately", "right", "just", "hours", "days"})
TURNS = frozenset({"night", "evening", "day", "morning", "afternoon", "week", "hour"})
_ALONGSIDE = frozenset({"meanwhile", "simultaneously", "concurrently"})
_IN_PARALLEL = frozenset({"parallel", "meantime"})
_THOSE = frozenset({"those", "that", "same"})


def of_date(telling: Telling) -> When | None:
    """The date that a clause tells about: "April 2, *when troops entered*"."""
    for verb in with_conjuncts(telling.verb):
        mark = next((child for child in verb.children if child.lower == "when"), None)
        for time in telling.scene.sentence_times(telling.clause.sentence) if mark is not None else ():
            if mark is not None and 0 < mark.start - time.span.end <= _COMMA and not time.value.startswith("P"):
                return time.when
    return None


def beside(telling: Telling) -> When | None:
    """The time of what a clause stands by, moved: "a day after X"; None without such words.

    Raises Untold where the words tell only that it was before or after.
    """
    for verb in with_conjuncts(telling.verb):
        mark = next((child for child in verb.all("mark", "case", "advmod") if child.lower in _AROUND), None)
        if mark is None:
            continue
        amount = _amount(mark, telling)
        if amount is None and is_verbal(verb):
            raise Untold  # "after rebels seized the town": some time before
        if amount is None:
            return None
        base = _main_time(verb, telling)
        if base is None or "/" in base.edtf:
            raise Untold
        if amount == "":
            return base
        return shifted(base, amount, -1 if mark.lower == "after" else 1)
    return None


def _amount(mark: Token, telling: Telling) -> str | None:
    """How long before or after, as an ISO 8601 duration; "" for within a day, None where it is not told."""
    before = telling.clause.sentence.tokens[: mark.i]
    if before and before[-1].lemma in _UNITS_OF_DAY:
        return ""
    for time in telling.scene.sentence_times(telling.clause.sentence):
        if 0 <= mark.start - time.span.end <= 1 and time.value.startswith("P"):
            return "" if time.value.startswith("PT") else time.value
    return None


def _main_time(verb: Token, telling: Telling) -> When | None:
    """The time of the clause that a subordinate one stands in, or of what the paragraph told last."""
    sentence = telling.clause.sentence
    main = next((above for above in verb.ancestors() if is_verbal(above)), verb.head)
    if main is not None:
        known = telling.thread.time_at(main)
        found = known or claim_time([time for time in telling.scene.times_of(main, sentence) if time.kind is not Kind.DURATION])
        if found is not None:
            return found
    first = next(
        (time for time in telling.scene.sentence_times(sentence) if is_day(time) and time.span.start < verb.start), None
    )
    return first.when if first is not None else telling.thread.time_in_paragraph(sentence)


def since_clause(telling: Telling) -> When | None:
    """The time inside a "since" clause of the predicate: "since a war there halted with a ceasefire in 1994"."""
    for child in telling.verb.children:
        mark = child.child("mark", "case", "advmod")
        if mark is not None and mark.lower == "since" and child.deprel in ("advcl", "obl", "nmod"):
            inside = telling.scene.chronology.times_within(child, telling.clause.sentence)
            found = next((time for time in inside if time.when is not None and "/" not in time.when.edtf), None)
            if found is not None and found.when is not None:
                return When(f"{found.when.edtf}/..", found.span)
            if child.lemma in word_classes()["deal"] or child.lemma in word_classes()["truce"]:  # "since the truce"
                deal = telling.deal_when
                return When(f"{deal.edtf}/..") if deal is not None and "/" not in deal.edtf else None
            return None
    return None


def since_below(telling: Telling) -> When | None:
    """The time told after a "since" anywhere below the predicate, but not in what only describes one of its arguments."""
    for mark in telling.clause.sentence.tokens[telling.clause.head.i :]:
        if mark.lower != "since" or mark.head is None:
            continue
        above = [mark.head, *mark.head.ancestors()]
        own = next((i for i, token in enumerate(above) if token in (telling.clause.head, telling.verb)), None)
        if own is None or any(token.deprel in ("acl:relcl", "advcl:relcl", "conj") for token in above[:own]):
            continue
        for time in telling.scene.sentence_times(telling.clause.sentence):
            if time.span.start > mark.end and time.when is not None and "/" not in time.when.edtf:
                return When(f"{time.when.edtf}/..", time.span)
    return None


def since(telling: Telling) -> When | None:
    """The time from which something goes on; None without "since". Raises Untold for a "since" that tells no time."""
    found = since_clause(telling)
    if found is None and any(preposition(child) == "since" for child in telling.verb.children):
        raise Untold
    return found


def close_by(telling: Telling) -> When | None:
    """About the time of what something was close to: "soon after the war began in November", "hours before Monday's vote"."""
    said = [speech.children for speech in speech_verbs(telling.verb, telling.clause.sentence, telling.mood)]
    asked = [child for verb in telling.verb.all("xcomp") for child in verb.children]  # "agreed to extend it, hours before …"
    for child in (*telling.verb.children, *asked, *(child for children in said for child in children)):
        mark = child.child("mark", "case")
        if mark is not None and mark.lower in _AROUND and child.deprel in ("advcl", "obl", "ccomp"):
            before = telling.clause.sentence.tokens[mark.i - 1] if mark.i else None
            within = telling.scene.chronology.times_within(child, telling.clause.sentence)
            inside = [time.when for time in within if time.when and time.value not in _NOW]
            if before is None or len(inside) != 1:
                continue
            own = telling.scene.times_of(telling.verb, telling.clause.sentence)
            if any(is_day(time) and time not in within for time in own):
                return None  # "on Wednesday, hours after …" is Wednesday
            edtf = inside[0].edtf
            if before.lemma in _UNITS_OF_DAY:  # "hours before it was to run out on Monday evening"
                return inside[0]
            if before.lower in _SOON and mark.lower == "after":
                return When(edtf if "/" in edtf else f"{edtf.rstrip('~')}~", inside[0].span)
    return None


def same_time(telling: Telling) -> When | None:
    """The time told last, where the words point at it: "in those hours", "that night"."""
    for child in telling.verb.children:
        if child.lower == "then" and child.i > telling.verb.i:
            return telling.thread.time_in_paragraph(telling.clause.sentence)
        turn = child.deprel.startswith("obl") and child.lemma in TURNS
        if turn and any(other.lower in _THOSE for other in child.children):
            return telling.thread.last_time(telling.clause.sentence)
    return None


def of_whole(telling: Telling) -> When | None:
    """The time of the clause that this one tells about as a whole: "…, by which the pullout was completed"."""
    verb = telling.verb
    if not is_verbal(verb):
        verb = next((above for above in verb.ancestors() if is_verbal(above)), verb)
    if verb.deprel == "advcl:relcl" and verb.head is not None:
        return telling.thread.time_at(verb.head) or claim_time(telling.scene.times_of(verb.head, telling.clause.sentence))
    if verb.deprel.startswith("acl:relcl") and any(
        child.lower == "which" and preposition(child) == "by" for child in verb.children
    ):
        main = next((above for above in verb.ancestors() if is_verbal(above)), None)
        return claim_time(telling.scene.times_of(main, telling.clause.sentence)) if main is not None else None
    return None


def alongside(telling: Telling) -> When | None:
    """The time told last in the paragraph, for what is told beside it: "meanwhile", "in parallel"."""
    for child in telling.verb.children:
        if child.lower in _ALONGSIDE or (child.lower in _IN_PARALLEL and preposition(child) == "in"):
            return telling.thread.time_in_paragraph(telling.clause.sentence)
    return None
