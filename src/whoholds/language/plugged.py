"""A spaCy pipeline that a user already has, with its labels turned into ours. The only module that imports spaCy.

Pipelines differ in their scheme of dependencies: those of spaCy for English follow ClearNLP, which `clearnlp` converts;
those trained on Universal Dependencies are taken as they are. Entity labels are mapped by `schemes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from whoholds.language.clearnlp import RELATIONS, to_universal
from whoholds.language.manifest import ModelError
from whoholds.language.parsed import Parsed
from whoholds.language.schemes import our_entities

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_INSTALL = "pip install 'whoholds[spacy]', or unset WHOHOLDS_MODEL to read with the shipped model"
_OTHER = "let WHOHOLDS_MODEL name another pipeline, or unset it"
_NEEDED = ("DEP", "TAG", "POS")  # annotation without which nothing can be read
_PROBE = "Rebels seized the town."
_CHARACTERS_AT_ONCE = 60_000  # what spaCy parses at once; more takes memory and is no faster


class Plugged:
    """The pipeline around spaCy's."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._clearnlp = bool(RELATIONS & _relations(nlp))

    @classmethod
    def load(cls, name: str) -> Plugged:
        """The pipeline in a folder, or installed as a package. Raises ModelError when it cannot be used."""
        try:
            import spacy
        except ImportError as error:
            raise ModelError(f"{name} is a pipeline of spaCy, which is not installed", _INSTALL) from error
        try:
            nlp = spacy.load(name)
            probe = nlp(_PROBE)
        except Exception as error:  # whatever a pipeline of someone else raises
            raise ModelError(f"spaCy cannot load {name}: {error}", _OTHER) from error
        missing = [kind for kind in _NEEDED if not probe.has_annotation(kind)]
        if missing:
            raise ModelError(f"the spaCy pipeline {name} gives no {' and no '.join(missing)}", _OTHER)
        return cls(nlp)

    def read_texts(self, texts: Sequence[str]) -> Iterator[list[Parsed]]:
        longest = max(map(len, texts), default=1)
        self._nlp.max_length = max(self._nlp.max_length, longest + 1)
        for doc in self._nlp.pipe(texts, batch_size=max(1, _CHARACTERS_AT_ONCE // longest if longest else 1)):
            yield list(self._parsed(doc))

    def read_words(self, paragraphs: Sequence[Sequence[Sequence[str]]]) -> Iterator[list[Parsed]]:
        from spacy.tokens import Doc

        for sentences in paragraphs:
            starts: list[bool | int | None] = [i == 0 for sentence in sentences for i in range(len(sentence))]
            words = [word for sentence in sentences for word in sentence]
            spaces = [True] * (len(words) - 1) + [False] * bool(words)
            yield list(self._parsed(self._nlp(Doc(self._nlp.vocab, words=words, spaces=spaces, sent_starts=starts))))

    def _parsed(self, doc: Doc) -> Iterator[Parsed]:
        for sentence in doc.sents if len(doc) else ():
            if not all(word.is_space for word in sentence):
                yield self._sentence(sentence)

    def _sentence(self, sentence: Span) -> Parsed:
        words = [word for word in sentence if not word.is_space]
        place = {word.i: i for i, word in enumerate(words)}
        heads = [-1 if word.head.i == word.i else place.get(word.head.i, -1) for word in words]
        relations = [word.dep_ for word in words]
        _make_one_root(heads, relations)
        upos, tags = [word.pos_ for word in words], [word.tag_ for word in words]
        lowers = [word.lower_ for word in words]
        entities = our_entities(lowers, [word.ent_type_ for word in words], [word.ent_iob_ for word in words])
        if self._clearnlp:
            heads, relations, upos = to_universal(lowers, tags, upos, heads, relations, entities)
        spans = [(word.idx, word.idx + len(word)) for word in words]
        return Parsed(spans, heads, relations, upos, tags, entities)


def _relations(nlp: Language) -> frozenset[str]:
    """The relations that the parser of a pipeline knows; none where it does not tell."""
    parsers = [nlp.get_pipe(name) for name in nlp.pipe_names if name == "parser"]
    return frozenset(str(label) for parser in parsers for label in getattr(parser, "labels", ()))


def _make_one_root(heads: list[int], relations: list[str]) -> None:
    """Hang further roots, left when white space was the head of something, on the first."""
    roots = [i for i, head in enumerate(heads) if head < 0]
    for i in roots[1:]:
        heads[i], relations[i] = roots[0], "parataxis"
    relations[roots[0]] = "root"
