"""Sentences by hand for the grammar, from `tests.builders`, and their clauses."""

from __future__ import annotations

from datetime import date
from functools import cache

from tests.builders import report, token_of
from whoholds.grammar.clause import Clause, verb_clause
from whoholds.language.sentence import Sentence, Token
from whoholds.model import Claim, Document
from whoholds.pipeline import Reader, Reading

PUBLISHED = date(2024, 6, 12)  # a Wednesday


def parsed(line: str) -> Sentence:
    """The sentence of one line."""
    return report(line)[1][0]


def word(sentence: Sentence, text: str) -> Token:
    """The first token with this text."""
    return token_of([sentence], text)[0]


def clause_of(line: str, verb: str) -> Clause:
    """The clause of a verb in a line."""
    sentence = parsed(line)
    return verb_clause(word(sentence, verb), sentence)


def texts(clause: Clause) -> tuple[str | None, str | None]:
    """The words of subject and object."""
    return clause.subject.text if clause.subject else None, clause.object.text if clause.object else None


@cache
def told(text: str, title: str | None = None, published: date | None = PUBLISHED) -> Reading:
    """A report read by the real pipeline, once for the same words."""
    return Reader().read(Document(text=text, title=title, published=published))


def claim_at(reading: Reading, words: str) -> Claim:
    """The claim with the shortest evidence that holds these words, the first of equals."""
    found = [claim for claim in reading.claims if words in claim.evidence.quote]
    return min(found, key=lambda claim: len(claim.evidence.quote))


def reason(claim: Claim, slot: str) -> str:
    """The rule that found a claim's "time" or "place", in the words of its derivation; "" for none."""
    assert claim.derivation is not None
    rules = (step.rule for step in claim.derivation.parts)
    return next((rule.removeprefix(f"{slot}: ") for rule in rules if rule.startswith(f"{slot}: ")), "")
