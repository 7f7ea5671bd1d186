"""Prospects: what a reported clause holds out to those it tells of, a demand, a threat or a promise.

"Juba said that the rebels *must leave*" reports no withdrawal but a demand, "*will attack unless* they leave" and "*would be
shot*" threaten, "*will send* flour" promises. These are the conditions that frames of saying put to their `content`.
"""

from __future__ import annotations

from whoholds.grammar.lexicon import word_classes
from whoholds.language import Token

_MUST = frozenset({"must", "should", "shall", "ought"})
_WILL = frozenset({"will", "would", "'ll", "’ll", "may", "might", "could"})
_SUFFERS = frozenset({"face", "pay", "suffer", "risk", "meet"})
_NOT = frozenset({"not", "never", "n't", "n’t"})


def negated(clause: Token) -> bool:
    """Whether a verb is negated itself: "promised *not* to attack"."""
    return any(child.lower in _NOT for child in clause.all("advmod"))


def demands(clause: Token) -> bool:
    """Whether a clause tells what somebody must do; "must have left" is a guess and no demand."""
    auxiliaries = clause.all("aux")
    if any(child.lower in _MUST for child in auxiliaries):
        return not any(child.lower == "have" and child.tag == "VB" for child in auxiliaries)
    return clause.lemma in ("have", "need", "ought") and clause.child("xcomp") is not None and clause.child("obj") is None


def promises(clause: Token) -> bool:
    """Whether a clause tells what somebody will do: "that he *will resign*"."""
    return _ahead(clause) and clause.child("aux:pass") is None


def threatens_unless(clause: Token) -> bool:
    """Whether a clause tells what somebody will do on a condition: "will attack *unless* they leave"."""
    return _ahead(clause) and any(mark.lower in ("unless", "if") for child in clause.all("advcl") for mark in child.all("mark"))


def threatens_harm(clause: Token) -> bool:
    """Whether a clause announces harm to whoever it tells of: "will be shot", "would face consequences"."""
    if not _ahead(clause):
        return False
    done_to = clause.child("aux:pass") is not None and clause.lemma in word_classes()["hostile_verb"]
    suffered = clause.lemma in _SUFFERS and clause.child("obj") is not None
    return done_to or suffered or clause.lemma in ("regret", "retaliate")


def _ahead(clause: Token) -> bool:
    return any(child.lower in _WILL for child in clause.all("aux"))
