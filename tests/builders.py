"""Parsed sentences by hand: words written as `text/UPOS/deprel>head`, heads counted from 1, 0 the root.

With a Penn tag in place of the UPOS ("seized/VBD/root>0") a word gets that tag, the UPOS that goes with it and its lemma.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from whoholds.language.lemmas import lemma
from whoholds.language.sentence import Entity, Sentence, Token
from whoholds.model import Document

_TAGS = {"PROPN": "NNP", "NOUN": "NN", "ADJ": "JJ", "VERB": "VBD", "DET": "DT", "ADP": "IN", "NUM": "CD", "PRON": "PRP"}
_PENN = {
    tag: upos
    for upos, tags in {
        "VERB": "VB VBD VBG VBN VBP VBZ",
        "NOUN": "NN NNS",
        "PROPN": "NNP NNPS",
        "PRON": "PRP PRP$ WDT WP EX",
        "AUX": "MD",
        "ADJ": "JJ JJR JJS",
        "ADV": "RB RBR",
        "ADP": "IN RP",
        "PART": "TO",
        "DET": "DT",
        "CCONJ": "CC",
        "NUM": "CD",
        "PUNCT": ", . : `` HYPH",
    }.items()
    for tag in tags.split()
}
_NO_SPACE_BEFORE = frozenset(".,;:!?)")


def report(*lines: str, published: date | None = None, title: str | None = None) -> tuple[Document, list[Sentence]]:
    """A document of these sentences, one a line, each a paragraph of its own.

    A word is `text/UPOS/deprel>head`, with `/ENTITY` behind it where it is part of a name; "=" joins it to the word before
    without a space ("Armenia/PROPN/nmod:poss>3 ='s/PART/case>1").
    """
    text = ""
    sentences = []
    for number, line in enumerate(lines):
        if text:
            text += "\n\n"
        tokens: list[Token] = []
        heads: list[int] = []
        for i, word in enumerate(line.split()):
            joined = word.startswith("=")
            form, upos, relation, *entity = word.removeprefix("=").split("/")
            if tokens and not joined and form not in _NO_SPACE_BEFORE:
                text += " "
                tokens[-1].space_after = True
            deprel, _, head = relation.partition(">")
            heads.append(int(head or 0))
            token = _token(i, form, upos, deprel, len(text), entity[0] if entity else "")
            before = tokens[-1].entity if tokens else ""
            token.entity_start = bool(token.entity) and before != token.entity
            tokens.append(token)
            text += form
        _attach(tokens, heads)
        sentences.append(Sentence(tokens, _entities(tokens), "body", number))
    return Document(text=text, published=published, title=title), sentences


def token_of(sentences: Sequence[Sentence], words: str) -> tuple[Token, Sentence]:
    """The last token of the first place where these words stand, and its sentence."""
    wanted = words.split()
    for sentence in sentences:
        forms = [token.text for token in sentence.tokens]
        for i in range(len(forms) - len(wanted) + 1):
            if forms[i : i + len(wanted)] == wanted:
                return sentence.tokens[i + len(wanted) - 1], sentence
    raise LookupError(words)


def _token(i: int, form: str, upos: str, deprel: str, start: int, entity: str) -> Token:
    if upos in _PENN:
        tag, upos = upos, "AUX" if deprel in ("aux", "aux:pass", "cop") else _PENN[upos]
        return Token(
            i, form, form.lower(), lemma(form.lower(), upos), upos, tag, deprel, start, start + len(form), False, entity
        )
    tag = _TAGS.get(upos, upos)
    if upos in ("NOUN", "PROPN") and form.endswith("s") and upos == "NOUN":
        tag += "S"
    if upos == "PART" and form in ("'s", "'"):
        tag = "POS"
    if deprel == "amod" and upos == "VERB":
        tag = "VBN"
    return Token(i, form, form.lower(), form.lower(), upos, tag, deprel, start, start + len(form), False, entity)


def _attach(tokens: list[Token], heads: list[int]) -> None:
    for token, head in zip(tokens, heads, strict=True):
        if head and head - 1 != token.i:
            token.head = tokens[head - 1]
            token.head.children.append(token)


def _entities(tokens: list[Token]) -> list[Entity]:
    found: list[Entity] = []
    for token in tokens:
        if token.entity and token.entity_start:
            found.append(Entity(token.entity, token.i, token.i))
        elif token.entity:
            found[-1].last = token.i
    return found
