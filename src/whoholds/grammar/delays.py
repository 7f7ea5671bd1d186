"""Delays: time given, won or asked for a duty, days moved, and days of duties set against the ones they had."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.grammar.clause import Clause, is_verbal, verb_clause
from whoholds.grammar.dating import shifted
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grammar.memory import Duty, Memory
from whoholds.grammar.numbers import number
from whoholds.grammar.scene import Scene
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.language import Token
from whoholds.model import Step, When

GIVES = frozenset({"give", "grant", "hand", "allow", "win", "gain", "get", "obtain", "secure", "receive", "buy"})
_LONGER = frozenset({"extension", "postponement", "delay", "deferral", "reprieve", "respite", "grace", "prolongation"})
_MORE = frozenset({"more", "extra", "further", "additional", "another", "longer", "second", "third", "new"})
_SPANS = frozenset({"hour", "day", "week", "month", "year", "time", "spell", "period"})
_GRANTED = frozenset({"it", "this", "that", "request", "appeal", "wish"})


def moved_step(clause: Clause, known: Duty | None, due: When) -> Step | None:
    """The step where the day of a duty is set against the one it had: "ten days later than planned", "will now be formed"."""
    verb = clause.host or clause.head
    for child in verb.all("advmod", "obl", "obl:unmarked"):
        than = any(part.lower == "than" for part in child.subtree())
        least = child.i and clause.sentence.tokens[child.i - 1].lower in ("no", "not")  # "no later than 14 May"
        if than and not least and child.lower in ("later", "longer"):
            return Step.EXTENDED
        if than and child.lower in ("earlier", "sooner"):
            return Step.ADVANCED
        if child.lower in ("now", "instead") and known is not None and known.due is not None and known.due.edtf != due.edtf:
            before = (known.due.edtf.rpartition("/")[2], due.edtf.rpartition("/")[2])
            return Step.EXTENDED if before[0] < before[1] else Step.ADVANCED
    return None


def day_before(clause: Clause, step: Step, due: When, scene: Scene) -> When | None:
    """The day before a move told by comparing: "on 25 November, *ten days later* than first set down" was the 15th."""
    for time in scene.sentence_times(clause.sentence):
        words = time.span.quote.lower()
        if words.endswith((" later", " longer", " earlier", " sooner")) and (length := _counted_out(words)) is not None:
            return shifted(due, length, -1 if step is Step.EXTENDED else 1)
        if time.value.startswith("P") and time.relation is Relation.NONE:
            return shifted(due, in_days(time.value), -1 if step is Step.EXTENDED else 1)
    return None


_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def _counted_out(words: str) -> str | None:
    """The ISO 8601 duration of "ten days later"; None where it is no whole number of days, weeks, months or years."""
    parts = words.split()
    amount = number(parts[0]) if len(parts) == 3 else None
    unit = _UNITS.get(parts[1].removesuffix("s")) if len(parts) == 3 else None
    return f"P{amount}{unit}" if amount is not None and unit is not None else None


def bound(clause: Clause, memory: Memory) -> bool:
    """Whether time given or won is time for a duty: one told beside it or before."""
    return clause.head.lemma not in GIVES or bool(memory.duties) or memory.deal is not None or infinitive(clause) is not None


def infinitive(clause: Clause) -> Token | None:
    """The infinitive that tells what time is given for, whatever the parser hung it on: "given ten days *to disarm*"."""
    below = [child for head in (clause.head, *clause.head.children) for child in head.children]
    return next((child for child in below if child.tag == "VB" and child.child("mark") is not None), None)


def more_time(clause: Clause, memory: Memory) -> bool:
    """Whether a verb of giving or getting is about time for a duty: "were given ten more days", "granted it" once asked."""
    verb = clause.head
    for child in verb.all("obj", "nsubj:pass", "obl:unmarked"):
        if child.lemma in _LONGER:
            return True
        span = child.lemma in _SPANS
        if span and any(part.lower in _MORE for part in child.children):
            return True
        if (span or child.lower in _GRANTED) and child.deprel != "nsubj:pass" and _asked(clause, memory):
            return True
    return False


def time_to_act(clause: Clause) -> bool:
    """Whether time given is the first, a deadline set: "gave the troops 72 hours to leave"."""
    span = any(
        child.lemma in _SPANS and child.child("nummod") is not None for child in clause.head.all("obj", "obl:unmarked", "obl")
    )
    return span and clause.head.lemma in ("give", "grant", "allow") and infinitive(clause) is not None


def _asked(clause: Clause, memory: Memory) -> bool:
    """Whether more time was asked for, in the sentence so far or as the last thing told of a duty."""
    before = clause.sentence.tokens[: clause.head.i]
    return memory.asked or any(token.lemma in _LONGER for token in before)


def granted_beside(clause: Clause) -> bool:
    """Whether what is asked for is granted in the same sentence ("put the date back after X asked for more time")."""
    for token in clause.sentence.tokens:
        if token is not clause.head and token.tag in ("VBD", "VBZ") and token.lemma in lexicon().verbs:
            moved = verb_clause(token, clause.sentence).object
            if moved is None or moved.lemma not in word_classes()["deadline"] or token.lemma in GIVES:
                continue
            beside = {child.lower for child in token.children}
            known = [entry for entry in lexicon().verbs[token.lemma] if entry.frame.step in (Step.EXTENDED, Step.ADVANCED)]
            if any(not entry.companion or entry.companion in beside for entry in known):
                return True
    return False


_TO_DAY = frozenset({Relation.TO, Relation.UNTIL, Relation.BY})
_FIXED_FOR = frozenset({"due", "schedule", "scheduled", "fix", "set", "plan", "planned", "originally", "expect", "slate"})


def moved_days(
    times: Sequence[TimeExpression], target: Token | None, known: When | None, step: Step, clause: Clause, scene: Scene
) -> tuple[When | None, When | None]:
    """The deadline before and after a step that moves it; None for a day that is neither told nor can be counted.

    The day before is told by "from …", with the duty itself ("the withdrawal due by 1 May", "Friday's deadline"), as the day
    that was fixed, or earlier in the document; the day after by "to …", or by how far it moved.
    """
    of_duty = _inside(times, target, clause, scene)
    was = next((time.when for time in times if time.relation is Relation.FROM and time.when), None)
    was = was or next((time.when for time in of_duty if time.when is not None), None)
    was = was or _fixed_for(clause, scene) or known or _running_out(clause, scene)
    others = [time for time in times if time not in of_duty]
    due = next((time.when for time in others if time.when is not None and time.relation in _TO_DAY), None)
    sign = 1 if step is Step.EXTENDED else -1
    length = next((in_days(time.value) for time in others if time.value.startswith("P")), None) or _by_how_much(clause, scene)
    if length is not None and due is None and was is not None:
        due = shifted(was, length, sign)
    elif length is not None and was is None and due is not None:
        was = shifted(due, length, -sign)
    return was, due


def _running_out(clause: Clause, scene: Scene) -> When | None:
    """The day of a step taken just before the duty would have ended: "agreed on Monday, *minutes before it was to lapse*"."""
    for token in clause.sentence.tokens:
        mark = token.child("mark")
        ends = token.lemma in ("lapse", "expire", "end") or (token.lemma == "run" and token.child("compound:prt") is not None)
        if ends and mark is not None and mark.lower == "before":
            days = [
                time for time in scene.sentence_times(clause.sentence) if time.when is not None and time.when.grain == "day"
            ]
            return days[0].when if days else None
    return None


def _by_how_much(clause: Clause, scene: Scene) -> str | None:
    """How far a day is moved where the parser hung it elsewhere: "put the date back *by ten days*"."""
    verb = clause.host or clause.head
    for time in scene.sentence_times(clause.sentence):
        here = clause.sentence.at(time.span.start, time.span.end)
        if time.relation is Relation.BY and time.value.startswith("P") and here and here[0].i > verb.i:
            between = clause.sentence.tokens[verb.i + 1 : here[0].i]
            if not any(token.tag in ("VBD", "VBZ", "VBP", "MD") for token in between):
                return in_days(time.value)
    return None


def _inside(times: Sequence[TimeExpression], target: Token | None, clause: Clause, scene: Scene) -> list[TimeExpression]:
    """The times that stand in the phrase of the duty itself."""
    if target is None or target is clause.head:
        return []
    words = [token for token in target.subtree() if token is not clause.head]
    if not words:
        return []
    verb = clause.host or clause.head
    before = target.i < verb.i
    found = [time for time in scene.sentence_times(clause.sentence) if words[0].start <= time.span.start < words[-1].end]
    found = [time for time in found if _of_end(time, target, clause)]
    return [time for time in found if before or time.relation not in (Relation.TO, Relation.UNTIL, Relation.FROM)]


def _of_end(time: TimeExpression, target: Token, clause: Clause) -> bool:
    """Whether a day told with a duty is that of its end: not "a truce that *took effect* on Monday"."""
    here = clause.sentence.at(time.span.start, time.span.end)
    chain = here[0].ancestors() if here else iter(())
    for above in chain:
        if above is target:
            break
        if is_verbal(above):
            return above.lemma in _FIXED_FOR or above.lemma in ("end", "expire", "lapse", "run")
    return True


def _fixed_for(clause: Clause, scene: Scene) -> When | None:
    """The day that a duty is said to have been fixed for, in the same sentence."""
    for token in clause.sentence.tokens:
        if token.lemma in _FIXED_FOR and token is not clause.head:
            for child in token.subtree():
                here = [time for time in scene.sentence_times(clause.sentence) if time.span.start == child.start]
                if child.i > token.i and here and here[0].when is not None and not here[0].value.startswith("P"):
                    return here[0].when
    return None


def in_days(duration: str) -> str:
    """A duration in days where it is told in full days of hours ("72 hours")."""
    hours = duration[2:-1]
    if duration.startswith("PT") and duration.endswith("H") and hours.isdigit() and int(hours) % 24 == 0:
        return f"P{int(hours) // 24}D"
    return duration
