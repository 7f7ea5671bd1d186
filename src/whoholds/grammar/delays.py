"""Delays: time given, won or asked for a duty, and days of duties set against the ones they had."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, verb_clause
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grammar.memory import Duty, Memory
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
        if than and child.lower in ("later", "longer"):
            return Step.EXTENDED
        if than and child.lower in ("earlier", "sooner"):
            return Step.ADVANCED
        if child.lower in ("now", "instead") and known is not None and known.due is not None and known.due.edtf != due.edtf:
            before = (known.due.edtf.rpartition("/")[2], due.edtf.rpartition("/")[2])
            return Step.EXTENDED if before[0] < before[1] else Step.ADVANCED
    return None


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
