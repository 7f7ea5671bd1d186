"""Speakers: who is said to assert a claim, from the speaker nearest the outlet to the farthest.

Found are governing verbs of saying ("X said that …"), inserted ones ("…, X said"), "according to X", sources cited inside
speech ("citing Y", "quoting Y"), and quotations that run over several sentences. The outlet's own voice is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.grammar.clause import antecedent, is_verbal, preposition, told_first, verb_clause
from whoholds.grammar.embedding import embedding, tables
from whoholds.grammar.mood import Mood
from whoholds.language import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_PUTS_OUT = frozenset({"release", "issue", "publish", "post", "share", "provide", "circulate", "put", "broadcast"})
# Verbs that introduce somebody's own words; others of saying report without quoting.
_QUOTES = frozenset({"say", "tell", "declare", "note", "add", "announce", "write", "state"})
_HEARS = frozenset({"tell", "inform", "warn"})  # in the passive, who was told is the one who says so
_CITES = frozenset({"cite", "quote"})


def speech_verbs(head: Token, sentence: Sentence, mood: Mood) -> list[Token]:
    """The verbs of saying that cover a predicate, nearest the outlet first."""
    found = [*mood.speech]
    for verb in _inserted(head, sentence):
        if verb not in found:
            found.append(verb)
    return found[::-1]


def speaker_heads(head: Token, sentence: Sentence, mood: Mood) -> list[Token]:
    """Heads of the noun phrases that name the speakers of the predicate at `head`, nearest the outlet first."""
    found: list[Token] = []
    for verb in speech_verbs(head, sentence, mood):
        for token in (*_subjects(verb, sentence), *_cited(verb)):
            _add(found, token)
    for token in _shown(head):
        _add(found, token)
    for token in _according(head, sentence):
        _add(found, token)
    return found


def _add(found: list[Token], token: Token) -> None:
    if token not in found:
        found.append(token)


def _subjects(verb: Token, sentence: Sentence) -> Iterator[Token]:
    if verb.lemma in _CITES:
        yield from _cited(verb)
        return
    clause = verb_clause(verb, sentence)
    token = _speaker(verb) or clause.subject
    if token is None and clause.passive and verb.lemma in _HEARS:
        token = clause.object  # "X was quoted as saying", "X is told that"
    if token is None or (token.lower in ("it", "there") and token.deprel in ("expl", "nsubj:pass")):
        return
    token = antecedent(token)
    if token is not None:
        yield token


def _cited(verb: Token) -> Iterator[Token]:
    told = verb.child("ccomp")  # the source may be tied to what was said: "said, citing officials, that …"
    for child in (*verb.children, *(told.children if told is not None else ())):
        if child.deprel in ("advcl", "xcomp", "parataxis") and child.lemma in _CITES:
            obj = child.child("obj")
            if obj is not None:
                yield obj
        if child.deprel == "obl" and preposition(child) == "through":
            yield child
    if verb.lemma in _CITES:
        obj = verb.child("obj")
        if obj is not None:
            yield obj


def _shown(head: Token) -> Iterator[Token]:
    """Who put out the pictures that show something: "a video released by the ministry shows …"."""
    shows = [child for above in (head, *head.ancestors()) for child in above.all("advcl") if _sets_in(child, above)]
    for token in (head, *head.ancestors(), *shows):  # "…, as footage issued by the ministry showed"
        if token.lemma == "show":
            pictures = token.child("nsubj")
            if pictures is not None:
                for part in pictures.subtree():
                    if part.deprel == "acl" and part.lemma in _PUTS_OUT:
                        agent = part.child("obl:agent", "obl")
                        if agent is not None and preposition(agent) == "by":
                            yield agent


def _inserted(head: Token, sentence: Sentence) -> Iterator[Token]:
    """Verbs of saying set into or after what was said, innermost first: "…, X said", "…, X says, …", "as X says".

    They hang on the clause of the predicate, on one above it, or on the last of clauses told side by side.
    """
    for token in (head, *head.ancestors()):
        for clause in (token, *token.all("conj")):
            subject = clause.child("nsubj", "nsubj:pass")  # "rebels, witnesses said, attacked": hung on the subject
            for child in (*clause.children, *(subject.children if subject is not None else ())):
                if _says(child) and _sets_in(child, clause) and not _apart(head, child, sentence):
                    yield child


def _says(token: Token) -> bool:
    return token.tag in _FINITE and token.lemma in tables().inserted


def _sets_in(verb: Token, clause: Token) -> bool:
    match verb.deprel:
        case "parataxis":
            return _speaker(verb) is not None
        case "conj":  # tied like a further clause, but nothing joins it: "they fled, the agency wrote"
            return verb.child("cc") is None and verb.i > clause.i and _speaker(verb) is not None
        case "advcl":
            mark = verb.child("mark")
            return mark is not None and mark.lower == "as"
    return False


def _apart(head: Token, verb: Token, sentence: Sentence) -> bool:
    """Whether the verb does not cover the predicate: it is part of what the verb says itself, or beyond a semicolon."""
    first, last = sorted((head.i, verb.i))
    return verb in (head, *head.ancestors()) or any(token.text == ";" for token in sentence.tokens[first:last])


def _speaker(verb: Token) -> Token | None:
    """The subject of a verb of saying; one that stands after it ("…, said the governor") may be tied like an object."""
    told = told_first(verb)
    subjects = [child for child in verb.all("nsubj") if told is None or child.i > told.i]  # what comes before is what was said
    apart = verb.deprel == "parataxis" or (verb.deprel == "conj" and verb.child("cc") is None)
    if not subjects and (apart or told is not None):
        return next((child for child in verb.all("obj", "iobj") if child.i > verb.i), None)
    return subjects[0] if subjects else None


def _according(head: Token, sentence: Sentence) -> Iterator[Token]:
    for token in sentence.tokens:
        if token.lower == "according" and token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].lower == "to":
            source = token.head if token.deprel == "case" else token.child("obl", "nmod")
            if source is not None and head not in source.subtree():  # not what the source itself does: "…, which calls on"
                yield source


class Quotations:
    """Speakers of quoted sentences that name none themselves, from the sentence of the same quotation that does.

    Sentences of one paragraph share its quotation state.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._inside: dict[int, bool] = {}
        self._heads: dict[int, tuple[Token, Sentence]] = {}
        self._before: dict[int, tuple[Token, Sentence]] = {}
        paragraph, depth = -1, False
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph, depth = sentence.paragraph, False
            opened = depth
            for token in sentence.tokens:
                if token.text in ("“", "«") or (token.text == '"' and not depth):
                    depth = True
                    opened = opened or token.i <= 1
                elif token.text in ("”", "»") or token.text == '"':
                    depth = False
            self._inside[id(sentence)] = opened
        self._assign(sentences)

    def _assign(self, sentences: Sequence[Sentence]) -> None:
        last: tuple[Token, Sentence] | None = None
        named: tuple[Token, Sentence] | None = None
        for i, sentence in enumerate(sentences):
            if named is not None and named[1].paragraph >= sentence.paragraph - 1:
                self._before[id(sentence)] = named
            own = _speech_subject(sentence)
            spoke = _speech_subject(sentence, any_verb=True)
            if spoke is not None and spoke.upos != "PRON":
                named = (spoke, sentence)
            if own is not None:
                last = (own, sentence)
            elif self._inside[id(sentence)]:
                follower = sentences[i + 1] if i + 1 < len(sentences) else None
                ahead = None
                if follower is not None and follower.paragraph == sentence.paragraph and self._inside[id(follower)]:
                    ahead = _speech_subject(follower)
                if last is not None and last[1].paragraph in (sentence.paragraph, sentence.paragraph - 1):
                    self._heads[id(sentence)] = last
                elif ahead is not None and follower is not None:
                    self._heads[id(sentence)] = (ahead, follower)

    def speaker(self, sentence: Sentence) -> tuple[Token, Sentence] | None:
        """Head and sentence of the speaker of a quoted sentence without one of its own; None when it is not quoted."""
        return self._heads.get(id(sentence))

    def before(self, sentence: Sentence) -> tuple[Token, Sentence] | None:
        """Who spoke last before a sentence, in its paragraph or the one before: whom "he added" stands for."""
        return self._before.get(id(sentence))


def _speech_subject(sentence: Sentence, *, any_verb: bool = False) -> Token | None:
    """Who introduces own words in a sentence, or, with `any_verb`, who says, denies or asks anything as its main clause."""
    for token in sentence.tokens:
        if is_verbal(token):
            known = embedding(token)
            if known is None or not known.speaker:
                continue
            main = any_verb and token.deprel in ("root", "parataxis")
            if main or (known.effect == "said" and token.lemma in _QUOTES):
                subject = _speaker(token) if main else token.child("nsubj")
                if subject is not None:
                    return subject
    return None
