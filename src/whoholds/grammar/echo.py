"""Echoes: a claim that somebody denies or confirms by a pronoun, "The army denies that.", "A spokesman confirmed it."

What the pronoun stands for is the claim told last in the sentence before; the echo is that claim again, with the new speaker
and factuality, at its own words. Nothing told before, or something told more than a sentence ago, gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.grammar.clause import verb_clause
from whoholds.grammar.evidence import evidence
from whoholds.grammar.scene import Scene
from whoholds.grammar.selection import Draft
from whoholds.language import Sentence
from whoholds.model import Derivation, Factuality, Obligation

_NEAR = 4  # characters between the two sentences: a space or a paragraph break
_PRONOUNS = frozenset({"it", "that", "this", "so"})
_DENIES = frozenset({"deny", "dispute", "reject", "refute", "contradict", "contest", "dismiss"})
_CONFIRMS = frozenset({"confirm", "acknowledge", "admit", "corroborate"})


def echoes(sentence: Sentence, told: Sequence[Draft], scene: Scene) -> Iterator[Draft]:
    """The echo that a sentence makes of what was told before it; at most one."""
    if not told:
        return
    claim, before, _ = told[-1]
    if before is sentence or isinstance(claim.matter, Obligation) or sentence.start - before.end > _NEAR:
        return
    for token in sentence.tokens:
        if token.lemma not in _DENIES and token.lemma not in _CONFIRMS:
            continue
        clause = verb_clause(token, sentence)
        if clause.object is None or clause.object.lower not in _PRONOUNS or clause.passive:
            continue
        speakers = scene.actors(clause.subject, sentence)
        if not speakers:
            return
        negated = any(child.lower in ("not", "n't", "n’t") for child in token.all("advmod"))
        if negated:
            factuality = Factuality.POSSIBLE
        else:
            factuality = Factuality.DENIED if token.lemma in _DENIES else claim.factuality
        span = evidence(clause, scene.document)
        cue = scene.document.span(token.start, token.end)
        derivation = Derivation(
            "echo: denies or confirms what was told before", cue, factuality.value, _parts(claim.derivation)
        )
        again = replace(claim, evidence=span, said_by=speakers, factuality=factuality, derivation=derivation)
        yield again, sentence, token
        return


def _parts(derivation: Derivation | None) -> tuple[Derivation, ...]:
    return (derivation,) if derivation is not None else ()
