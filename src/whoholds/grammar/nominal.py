"""Clauses of nouns and adjectives: "the seizure of the town by rebels", "the town is in rebel hands"."""

from __future__ import annotations

from whoholds.grammar.clause import HAPPENS, LIGHT, Clause, antecedent, attached, is_verbal, preposition, verb_clause
from whoholds.grammar.lexicon import Frame
from whoholds.language import Sentence, Token

CARRIES = frozenset(
    "order announce plan promise propose demand deny reject confirm report fear expect threaten prepare pledge vow".split()
)
_COMMITS = frozenset({"announce", "plan", "promise", "threaten", "prepare", "pledge", "vow"})
_PORTIONS = frozenset(
    "round series session day week month hour night spate wave string bout number lot programme program".split()
)


def noun_clause(noun: Token, sentence: Sentence, frame: Frame) -> Clause:
    """The clause of a nominalisation: "the capture of X by Y", "X's withdrawal from Y", "a Houthi attack on Z"."""
    clause = Clause(noun, sentence)
    for child in noun.children:
        match child.deprel:
            case "nmod" | "obl" | "nmod:desc" | "nmod:unmarked":
                name = preposition(child)
                if name == "of":
                    setattr(clause, frame.of, getattr(clause, frame.of) or child)
                    attached(clause, child)
                    clause.subject = clause.subject or clause.obliques.get("by")
                elif name == "by":
                    clause.subject = child
                elif name:
                    clause.obliques.setdefault(name, child)
            case "nmod:poss":
                _possessor(clause, child, frame)
            case "compound" | "amod":
                if clause.subject is None and child.entity in ("NORP", "ORG", "LOC") and frame.of != "subject":
                    clause.subject = child
                elif (frame.of == "subject" and child.entity in ("NORP", "ORG", "LOC")) or (
                    frame.control is not None and child.upos in ("NOUN", "PROPN")
                ):
                    clause.subject = clause.subject or child
            case "acl" | "acl:relcl":
                _modifying_clause(clause, child)
    _host(clause, noun)
    return clause


def _portion(noun: Token, head: Token) -> bool:
    """Whether a noun only measures out what a happening is: "a second *round* of talks", "ten *days* of war games"."""
    return noun.deprel == "nmod" and head.lemma in _PORTIONS and preposition(noun) == "of"


def _possessor(clause: Clause, child: Token, frame: Frame) -> None:
    if (
        frame.of == "object"
        and clause.object is None
        and frame.control is not None
        and (child.entity == "LOC" or child.lower == "its")
    ):
        clause.object = child  # "Goma's fall", "its liberation"
    else:
        clause.subject = clause.subject or child


def _modifying_clause(clause: Clause, verb: Token) -> None:
    agent = verb.child("obl:agent")
    if agent is not None and verb.tag == "VBN":  # "an attack launched by rebels"
        clause.subject = clause.subject or agent
    for child in verb.children:
        if child.deprel in ("obl", "obl:unmarked"):
            name = preposition(child)
            if name:
                clause.obliques.setdefault(name, child)


def _host(clause: Clause, noun: Token) -> None:
    head = noun.head
    while head is not None and (noun.deprel in ("conj", "appos") or _portion(noun, head)):
        noun, head = head, head.head
    if head is None or not is_verbal(head):
        return
    if noun.deprel == "obj" and head.lemma in LIGHT:
        clause.host = head
        other = verb_clause(head, clause.sentence)
        clause.subject = clause.subject or other.subject
        for name, token in other.obliques.items():
            clause.obliques.setdefault(name, token)
    elif noun.deprel == "obj" and head.lemma in CARRIES:  # "ordered a withdrawal from the bank", hung on the verb
        if head.lemma in _COMMITS:
            clause.subject = clause.subject or verb_clause(head, clause.sentence).subject  # "*Juba* promised an inquiry"
        for child in head.all("obl", "obl:unmarked"):
            name = preposition(child)
            if name:
                clause.obliques.setdefault(name, child)
    elif noun.deprel in ("nsubj", "nsubj:pass", "nsubj:outer") and (head.lemma in HAPPENS or head.lemma in LIGHT):
        clause.host = head
        for child in head.children:
            if child.deprel.startswith("obl"):
                name = preposition(child)
                if name == "by" and child.deprel == "obl:agent":
                    clause.subject = clause.subject or child
                elif name:
                    clause.obliques.setdefault(name, child)


def copular_clause(noun: Token, sentence: Sentence, frame: Frame) -> Clause:
    """The clause of a noun or adjective used as predicate: "the town is in rebel hands", "rebels are in control of X"."""
    clause = noun_clause(noun, sentence, frame)
    subject = noun.child("nsubj", "nsubj:pass", "nsubj:outer")
    if subject is None:
        subject = _copular_subject(noun)
    if subject is not None:
        clause.obliques["copular subject"] = antecedent(subject) or subject
    return clause


def _copular_subject(noun: Token) -> Token | None:
    """Subject of "left the town in rebel hands", "remained under control of", "the town under rebel control"."""
    head = noun.head
    if head is None:
        return None
    if is_verbal(head):
        if noun.deprel == "conj":
            return head.child("nsubj", "nsubj:pass")
        obj = head.child("obj")
        if obj is not None and obj is not noun:
            return obj
        clause = verb_clause(head, Sentence([head], []))
        return clause.object if clause.passive else clause.subject
    if head.child("cop") is not None and head.child("nsubj") is not None:
        return head.child("nsubj")  # "X is the only city still *in rebel hands*", "X is back *under control*"
    if noun.deprel in ("nmod", "acl", "obl") and head.upos in ("NOUN", "PROPN"):
        return head
    return None
