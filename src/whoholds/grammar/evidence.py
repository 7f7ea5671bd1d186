"""Evidence: the shortest run of words that carries a claim."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, is_verbal
from whoholds.grammar.embedding import embedding
from whoholds.language import Token
from whoholds.model import Document, Span

_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "case"})
_TRIM = " \t\r\n,;:–—-“”\"'‘’.•*!?()"


def evidence(clause: Clause, document: Document) -> Span:
    """The span of a clause: from its first to its last word, without clauses set beside it or speakers inserted in it."""
    top = _top(clause)
    kept = _kept(top, clause)
    if top.deprel in ("acl:relcl", "acl") and top.head is not None:  # what the clause tells about is part of it
        kept += [top.head, *(child for child in top.head.children if child.i < top.head.i and child.deprel in _BEFORE_NOUN)]
    start, end = min(token.start for token in kept), max(token.end for token in kept)
    text = document.text
    while start < end - 1 and text[start] in _TRIM:
        start += 1
    while end > start + 1 and text[end - 1] in _TRIM:
        end -= 1
    return document.span(start, end)


def _top(clause: Clause) -> Token:
    """The word whose subtree is the clause: the host of a noun, the finite verb above an infinitive."""
    token = clause.host or clause.head
    while token.head is not None and token.deprel == "xcomp" and is_verbal(token.head):
        known = embedding(token.head)
        if known is not None and known.speaker:
            break
        token = token.head
    return token


def _kept(top: Token, clause: Clause) -> list[Token]:
    kept = [top]
    for token in kept:
        for child in token.children:
            if child is not clause.head and _apart(child, token, top):
                continue
            kept.append(child)
    return kept


def _apart(child: Token, parent: Token, top: Token) -> bool:
    relation = child.deprel
    if relation == "punct":
        return parent is top and child.text in ("“", "”", '"', ",", ".", ";", "—", "-", "–", "•")
    if relation in ("conj", "parataxis", "list", "discourse", "vocative") and parent is top and is_verbal(child):
        return True
    if relation == "parataxis" and is_verbal(child):
        return True
    if relation in ("acl:relcl", "advcl:relcl") and child.i > top.i:
        return True
    if relation == "cc" and parent is top and (is_verbal(top) or child.i < top.i):
        return True
    if relation == "advcl" and parent is top:
        return child.child("mark") is not None and child.child("nsubj", "nsubj:pass") is not None
    return relation == "mark" and parent is top
