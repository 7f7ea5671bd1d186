"""Speakers: who is said to assert a claim, from the speaker nearest the outlet to the farthest.

Found are governing verbs of saying ("X said that …"), inserted ones ("…, X said"), "according to X", sources cited inside
speech ("citing Y", "quoting Y"), and quotations that run over several sentences. The outlet's own voice is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from whoholds.grammar.clause import antecedent, is_verbal, preposition, verb_clause
from whoholds.grammar.mood import Mood, embedding, tables
from whoholds.language import Sentence, Token
from whoholds.language.lemmas import lemma

_PAUSES = frozenset({",", "”", '"', "—", "–", "-", "''", "’", "?", "!"})
# Plural nouns too: parsers take the last word of "..., a former envoy reckons" for one.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "NNS"})
_PUTS_OUT = frozenset({"release", "issue", "publish", "post", "share", "provide", "circulate", "put", "broadcast"})
# Verbs that introduce somebody's own words; others of saying report without quoting.
_QUOTES = frozenset({"say", "tell", "declare", "note", "add", "announce", "write", "state"})
_CITES = frozenset({"cite", "quote"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A verb of saying, the head of its speaker, and the tokens it covers: positions `first` to `last` (half-open)."""

    verb: Token
    speaker: Token
    first: int
    last: int


def speech_verbs(head: Token, sentence: Sentence, mood: Mood) -> list[Token]:
    """The verbs of saying that cover a predicate, nearest the outlet first."""
    around = [
        scope.verb
        for scope in scopes(sentence)
        if scope.first <= head.i < scope.last and scope.verb not in mood.speech and head is not scope.verb
    ]
    return [*around, *reversed([*mood.speech, *_as_told(head)])]


def speaker_heads(head: Token, sentence: Sentence, mood: Mood) -> list[Token]:
    """Heads of the noun phrases that name the speakers of the predicate at `head`, nearest the outlet first."""
    found: list[Token] = []
    positions = {scope.verb.i: scope.speaker for scope in scopes(sentence)}
    for verb in speech_verbs(head, sentence, mood):
        own = positions.get(verb.i)
        for token in (*((own,) if own is not None else _subjects(verb, sentence)), *_cited(verb)):
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
    token = clause.subject
    if token is None and clause.passive and verb.lemma not in ("report", "say", "believe", "think"):
        token = clause.object  # "X was quoted as saying", "X is told that"
    if token is None or (token.lower in ("it", "there") and token.deprel in ("expl", "nsubj:pass")):
        return
    token = antecedent(token)
    if token is not None:
        yield token


def _cited(verb: Token) -> Iterator[Token]:
    for child in verb.children:
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
    for token in (head, *head.ancestors()):
        if token.lemma == "show":
            pictures = token.child("nsubj")
            if pictures is not None:
                for part in pictures.subtree():
                    if part.deprel == "acl" and part.lemma in _PUTS_OUT:
                        agent = part.child("obl:agent", "obl")
                        if agent is not None and preposition(agent) == "by":
                            yield agent


def _as_told(head: Token) -> list[Token]:
    """Verbs of saying in clauses such as "as the ministry says" beside the predicate or above it, innermost first."""
    found = []
    for token in (head, *head.ancestors()):
        for child in token.children:
            mark = child.child("mark")
            if (
                child.deprel == "advcl"
                and mark is not None
                and mark.lower == "as"
                and _says(child)
                and head not in child.subtree()
            ):
                found.append(child)
    return found


def _says(token: Token) -> bool:
    if token.tag not in _FINITE or token.deprel in ("amod", "compound"):
        return False
    return lemma(token.lower, "VERB") in tables().inserted


@lru_cache(maxsize=4)  # a sentence is asked once for every claim and its date
def scopes(sentence: Sentence) -> list[Scope]:
    """What each verb of saying in a sentence covers, by position, widest first.

    "X said that …" and "X complained: …" cover what follows; "…, X said" and "…, says X" what stands before; a verb set in
    the middle covers both. A semicolon ends what is covered. Parsers often lose the tie between a clause and a verb of saying
    at its end, and position does not.
    """
    found = []
    for token in sentence.tokens:
        if _says(token):
            scope = _scope(token, sentence.tokens)
            if scope is not None:
                found.append(scope)
    return sorted(found, key=lambda scope: scope.first - scope.last)


def _scope(verb: Token, tokens: list[Token]) -> Scope | None:
    before = tokens[verb.i - 1] if verb.i else None
    subject = verb.child("nsubj")
    if subject is None or subject.i > verb.i + 12 or (subject.i < verb.i and _pause_between(tokens, subject.i, verb.i)):
        subject = _beside(verb, tokens)
    if subject is None and before is not None and before.text in _PAUSES and verb.tag in ("VBZ", "VBD"):
        subject = next((child for child in verb.children if child.i > verb.i and child.deprel in ("obj", "obl", "dep")), None)
    if subject is None or subject.i == verb.i or subject.lower in ("who", "which", "that"):
        return None
    opening = min(verb.i, _phrase_start(subject, tokens))
    if not (opening > 0 and tokens[opening - 1].text in _PAUSES):
        return None
    start = _bound(tokens, range(opening - 1, -1, -1))
    stop = _bound(tokens, range(verb.i + 1, len(tokens)))
    complement = verb.child("ccomp")
    set_off = verb.i + 1 < len(tokens) and tokens[verb.i + 1].text == ","
    follows = complement is not None and complement.i > verb.i and not set_off
    if follows or any(token.text == ":" for token in tokens[verb.i : verb.i + 8]) or opening - start < 1:
        return None
    after = max(verb.i, subject.i)
    resumed = any(token.text in (",", "“") for token in tokens[after + 1 : after + 8]) and after < len(tokens) - 8
    if opening - start < 3 and not resumed:
        return None
    return Scope(verb, subject, start, stop if resumed else opening)


def _pause_between(tokens: list[Token], first: int, last: int) -> bool:
    return sum(token.text == "," for token in tokens[first:last]) == 1


def _beside(verb: Token, tokens: list[Token]) -> Token | None:
    """The noun that stands right before a verb of saying, after a pause: "…, activists there said"."""
    for i in range(verb.i - 1, max(-1, verb.i - 6), -1):
        if tokens[i].text in _PAUSES:
            return None
        if tokens[i].upos in ("NOUN", "PROPN", "PRON"):
            return tokens[i]
    return None


def _phrase_start(noun: Token, tokens: list[Token]) -> int:
    """Where the noun phrase begins: its leftmost word that no pause cuts off."""
    first = noun.i
    for i in range(noun.i - 1, max(-1, noun.i - 10), -1):
        if tokens[i].text in _PAUSES and tokens[i].text != "-":
            break
        first = i
    return first


def _bound(tokens: list[Token], positions: range) -> int:
    """The position after (or before) the nearest semicolon in a direction, else the end of the sentence."""
    for i in positions:
        if tokens[i].text == ";":
            return i + 1 if positions.step < 0 else i
    return 0 if positions.step < 0 else len(tokens)


def _according(head: Token, sentence: Sentence) -> Iterator[Token]:
    for token in sentence.tokens:
        if token.lower == "according" and token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].lower == "to":
            source = token.head if token.deprel == "case" else token.child("obl", "nmod")
            if source is not None and source is not head:
                yield source


class Quotations:
    """Speakers of quoted sentences that name none themselves, from the sentence of the same quotation that does.

    Sentences of one paragraph share its quotation state.
    """

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._inside: dict[int, bool] = {}
        self._heads: dict[int, tuple[Token, Sentence]] = {}
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
        for i, sentence in enumerate(sentences):
            own = _speech_subject(sentence)
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


def _speech_subject(sentence: Sentence) -> Token | None:
    for token in sentence.tokens:
        if is_verbal(token):
            known = embedding(token)
            if known is not None and known.speaker and known.effect == "said":
                subject = token.child("nsubj")
                if subject is not None and token.lemma in _QUOTES:
                    return subject
    return None
