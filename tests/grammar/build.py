"""Sentences by hand for the grammar, from `tests.builders`, and their clauses."""

from __future__ import annotations

from tests.builders import report, token_of
from whoholds.grammar.clause import Clause, verb_clause
from whoholds.language.sentence import Sentence, Token


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
