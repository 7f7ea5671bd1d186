"""Reasons: who asked for a step of a duty, and why it was taken, in the words that tell it. None where they do not."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, is_verbal, preposition
from whoholds.grammar.scene import Scene
from whoholds.language import Token
from whoholds.model import Actor

_REQUESTS = frozenset({"request", "demand", "behest", "insistence", "urging", "appeal", "wish", "plea"})


def reason(clause: Clause, scene: Scene) -> str | None:
    """Why a step was taken, in the words that tell it: "because the road was jammed", "citing early snow"."""
    verb = clause.host or clause.head
    for token in (verb, *verb.ancestors()):
        for child in token.children:
            told: Token | None = None
            if child.deprel == "advcl" and (mark := child.child("mark")) is not None and mark.lower == "because":
                told = child
            elif child.deprel in ("advcl", "xcomp") and child.lemma in ("cite", "blame"):
                told = child.child("obj")
            elif child.deprel == "obl" and preposition(child) in ("because of", "due to", "owing to"):
                told = child
            if told is not None:
                lead = {id(word) for part in told.all("mark", "case", "punct") for word in part.subtree()}
                words = [word for word in told.subtree() if id(word) not in lead]
                return scene.document.text[words[0].start : words[-1].end] if words else None
    return None


def asker(clause: Clause, scene: Scene) -> Actor | None:
    """Who asked for a step: "at the request of X", "at X's urging", "after a request from X", "as X had asked"."""
    verb = clause.host or clause.head
    for child in clause.sentence.tokens:
        asked = child.lemma in _REQUESTS and preposition(child) in ("at", "after", "on", "upon", "following")
        if asked and next(filter(is_verbal, child.ancestors()), None) is verb:
            for of in child.children:
                if of.deprel in ("nmod", "nmod:poss", "compound", "amod") and (found := scene.actors(of, clause.sentence)):
                    return found[0]
    for child in verb.all("advcl"):
        if child.lemma in ("ask", "request", "demand", "want") and child.child("mark", "advmod") is not None:
            found = scene.actors(child.child("nsubj"), clause.sentence)
            if found:
                return found[0]
    return None
