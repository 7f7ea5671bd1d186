"""Chronology: the time expressions of one document asked by clause: which date what.

An expression belongs to the clause of the word that it hangs on. The parser errs in three ways that are put right here: a time
right after an inserted verb of saying is of that ("…, the ministry said on Tuesday"), one after a happening named by a noun is
of that noun ("traded blame for an ambush on Tuesday"), and one of a name of nothing else ("under a decision of 9 November").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from whoholds.grammar.clause import HAPPENS, Clause, is_verbal, preposition
from whoholds.grammar.embedding import embedding, tables
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grounding.times import Kind, Relation, TimeExpression
from whoholds.language import Sentence, Token
from whoholds.model import Span

_GAP = 4  # characters between a phrase and the time right after it: " on "
_CLOSE = frozenset({"xcomp", "advcl", "conj"})
_OTHER_TIME = frozenset({"after", "before", "since", "until", "if", "unless"})


class Chronology:
    """Time expressions of a document by clause; built once per document."""

    def __init__(self, sentences: Sequence[Sentence], times: Sequence[TimeExpression]) -> None:
        starts = [time.span.start for time in times]
        self._times = {id(sentence): _times_in(sentence, times, starts) for sentence in sentences}

    def times(self, clause: Clause) -> list[TimeExpression]:
        """The time expressions that date a clause: its own, else its host's, else those of the verb it is coordinated with."""
        times = self._times[id(clause.sentence)]
        if not times:
            return []
        found = [
            time for time, chain in times if clause.head in chain and _nearest(chain, clause) and not _trails(time, clause)
        ]
        host = clause.host
        if not found and host is not None and host is not clause.head:
            found = [time for time, chain in times if chain and next(filter(_heads_clause, chain), None) is host]
        return found or self.times_above(clause)

    def times_above(self, clause: Clause, verb: Token | None = None) -> list[TimeExpression]:
        """The time expressions of the verb that a clause, or `verb`, shares its time with, being coordinated or bound to it."""
        times = self._times[id(clause.sentence)]
        found: list[TimeExpression] = []
        verb = verb or clause.host or clause.head
        beside = verb.head.child("ccomp") if verb.deprel == "ccomp" and verb.tag == "VBG" and verb.head else None
        if beside is not None and beside is not verb and beside.i < verb.i:  # "…, the ministry said, taking back the town"
            found = [time for time, chain in times if next(filter(_heads_clause, chain), None) is beside]
        while times and not found and verb is not None and verb.head is not None and _shares_time(verb):
            told = verb.head.child("ccomp")  # "…, the ministry said, taking back the town": dated by what was said
            verb = told if told is not None and told is not verb and told.i < verb.head.i else verb.head
            found = [time for time, chain in times if next(filter(_heads_clause, chain), None) is verb]
        return found

    def times_inside(self, span: Span, clause: Clause) -> list[TimeExpression]:
        """The time expressions inside a clause's words, whatever the parser hung them on, where they tell one time."""
        inside = [(time, chain) for time, chain in self._times[id(clause.sentence)] if span.covers(time.span)]
        own = {id(clause.head), id(clause.host)}
        near = [(time, next(filter(_heads_clause, chain), None)) for time, chain in inside]
        found = [
            time
            for time, verb in near
            if (verb is None and _open(time, clause, self._times[id(clause.sentence)]))
            or id(verb) in own
            or (verb is not None and not span.start <= verb.start < span.end)  # tied to something beyond the clause's words
            or (verb is not None and not _tells_of_its_own(verb, clause))
        ]
        dated = [time for time in found if time.when is not None and not time.value.startswith("P")] or found
        dated = [time for time in dated if time.kind is not Kind.TIME] or dated  # "at 18:00 on Wednesday"
        joined = len(dated) == 2 and dated[1].relation in (Relation.AND, Relation.TO)
        return dated if len(dated) == 1 or joined else []

    def times_on(self, noun: Token, sentence: Sentence) -> list[TimeExpression]:
        """The time expressions that a noun governs, no verb between."""
        found = []
        for time, chain in self._times[id(sentence)]:
            below = chain[: chain.index(noun)] if noun in chain else None
            if below is not None and not any(is_verbal(token) for token in below):
                found.append(time)
        return found

    def times_after(self, noun: Token, sentence: Sentence) -> list[TimeExpression]:
        """The time expressions that follow a noun's phrase with nothing else between, no other happening or clause."""
        found: list[TimeExpression] = []
        end = noun.subtree()[-1].end
        for time, _ in self._times[id(sentence)]:
            gap = sentence.at(noun.end, time.span.start) if time.span.start > noun.end else None
            if gap is None or (found and time.relation not in (Relation.AND, Relation.TO)):
                continue
            apart = any(
                is_verbal(token) or token.lemma in lexicon().nouns or token.text in ",;"
                for token in gap[1:]
                if token.start >= end
            )
            if not apart and not any(is_verbal(token) for token in gap):
                found.append(time)
        return found

    def times_within(self, token: Token, sentence: Sentence) -> list[TimeExpression]:
        """The time expressions among the words that a token governs."""
        words = token.subtree()
        start, end = words[0].start, words[-1].end
        return [time for time, _ in self._times[id(sentence)] if start <= time.span.start and time.span.end <= end]

    def times_of(self, verb: Token, sentence: Sentence) -> list[TimeExpression]:
        """The time expressions whose nearest verb is this one."""
        return [time for time, chain in self._times[id(sentence)] if next(filter(_heads_clause, chain), None) is verb]

    def sentence_times(self, sentence: Sentence) -> list[TimeExpression]:
        """All time expressions of a sentence, in text order."""
        return [time for time, _ in self._times[id(sentence)]]


def _nearest(chain: Sequence[Token], clause: Clause) -> bool:
    """Whether no other happening stands between the time and the predicate."""
    for token in chain:
        if token is clause.head:
            return True
        if _heads_clause(token) and token.deprel not in ("amod", "case"):
            return False
        if (
            token.deprel in ("obl", "nmod")
            and token.upos == "NOUN"
            and token.lemma in lexicon().nouns
            and _apart(token, clause)
        ):
            return False  # "traded blame for an ambush on Tuesday": the day of the ambush
    return False


def _trails(time: TimeExpression, clause: Clause) -> bool:
    """Whether a time tied to a verb stands right after another happening: "blame it for four *killings* this summer"."""
    for child in clause.head.children:
        happening = child.deprel == "obl" and child.upos == "NOUN" and child.lemma in lexicon().nouns
        if happening and _apart(child, clause) and 0 < time.span.start - child.subtree()[-1].end <= _GAP:
            return True
    return False


def _open(time: TimeExpression, clause: Clause, times: Sequence[tuple[TimeExpression, list[Token]]]) -> bool:
    """Whether a time that hangs on no verb may be a clause's: it hangs on nothing, or on the clause's own words."""
    chain = next(chain for other, chain in times if other is time)
    return not chain or clause.head in chain or clause.host in chain


def _heads_clause(token: Token) -> bool:
    return is_verbal(token) or token.child("cop") is not None


def _tells_of_its_own(verb: Token, clause: Clause) -> bool:
    """Whether a verb dates only what it tells itself; one that tells when the clause's happening began dates that."""
    noun = verb.head
    if verb.deprel.startswith("acl") and noun is not None:
        known = noun.lemma in lexicon().nouns or any(noun.lemma in word_classes()[kind] for kind in ("deal", "truce"))
        about = clause.head if clause.subject is None else clause.subject
        return not (known or verb.lemma in HAPPENS) or (noun is not clause.head and noun not in about.subtree())
    governing = embedding(clause.head)
    ahead = verb.tag == "VB" and governing is not None and governing.effect == "planned"  # "agreed to meet on Friday"
    return ahead or verb.child("nsubj", "nsubj:pass") is not None


def _apart(noun: Token, clause: Clause) -> bool:
    return noun is not clause.obliques.get("companion") and preposition(noun) in ("for", "over", "after", "about", "to", "of")


def _shares_time(verb: Token) -> bool:
    """Whether a clause is told as of the same time as the verb it is tied to."""
    if verb.deprel not in _CLOSE or verb.head is None:
        return False
    mark = verb.child("mark")
    own = verb.child("nsubj", "nsubj:pass") is not None
    if verb.deprel == "advcl":
        return mark is None or (mark.lower not in _OTHER_TIME and (not own or _tense(verb) == _tense(verb.head)))
    if verb.deprel == "conj" and own:  # "…, and the government has asked it to stay"
        joined = verb.child("cc")
        return _tense(verb) == _tense(verb.head) and not (joined is not None and joined.lower == "but")
    return True


def _tense(verb: Token) -> str:
    """What the finite word of a verb tells: past, present, perfect or future."""
    words = [verb, *verb.all("aux", "aux:pass", "cop")]
    if any(word.tag == "MD" for word in words):
        return "future"
    if any(word.lemma == "have" and word is not verb for word in words):
        return "perfect"
    return "past" if any(word.tag == "VBD" for word in words) or verb.tag == "VBN" else "present"


def _times_in(
    sentence: Sentence, times: Sequence[TimeExpression], starts: Sequence[int]
) -> list[tuple[TimeExpression, list[Token]]]:
    """The sentence's time expressions, each with the words it hangs on from the nearest up; `starts` are those of `times`."""
    found = []
    for time in times[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]:
        tokens = sentence.at(time.span.start, time.span.end)
        if tokens:
            said = _said_then(tokens[0], sentence)
            found.append((time, [said, *said.ancestors()] if said is not None else list(_chain(tokens))))
    return found


def _said_then(first: Token, sentence: Sentence) -> Token | None:
    """The verb of saying right before a time, whatever the parser tied it to: "…, the ministry *said* on Tuesday"."""
    before = [token for token in sentence.tokens[max(0, first.i - 2) : first.i] if token.upos != "ADP"]
    verb = before[-1] if before else None
    says = (
        verb is not None and verb.tag in ("VBD", "VBZ") and verb.lemma in tables().inserted and verb.child("nsubj") is not None
    )
    return verb if says else None


def _chain(tokens: list[Token]) -> Iterator[Token]:
    inside = set(map(id, tokens))
    top = next((token for token in tokens if token.head is None or id(token.head) not in inside), tokens[0])
    if is_verbal(top) and top.deprel == "root" and len(tokens) == 1:
        yield top
    if top.deprel == "nmod" and top.head is not None and preposition(top) == "of" and not _dated_by_of(top.head):
        yield top.head  # "under a decision of 9 November": the day of the decision only
        return
    yield from top.ancestors()


def _dated_by_of(noun: Token) -> bool:
    """Whether "of D" after a noun can date what is told of it: a deadline, a truce or a happening."""
    classes = word_classes()
    return noun.lemma in classes["deadline"] or noun.lemma in classes["truce"] or noun.lemma in lexicon().nouns
