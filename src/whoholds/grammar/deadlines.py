"""Deadlines: the day a duty is due, told as a day or as a stretch of time counted from something ("14 days after the signing").

What a stretch is counted from is its trigger. Where the document tells the trigger's day, in the same words or elsewhere, the
deadline is a day; where it does not, the stretch and the words of the trigger are told instead (`due_after`). Stretches told
before their trigger ("six months before its expiry") count backwards. Days are calendar days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.grammar.clause import Clause, is_verbal, preposition
from whoholds.grammar.dating import due_of, shifted
from whoholds.grammar.delays import in_days
from whoholds.grammar.evidence import evidence
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.memory import Memory
from whoholds.grammar.scene import Scene
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.language import Sentence, Token
from whoholds.model import Action, Derivation, Offset, Span, When

_AFTER = frozenset({"of", "after", "from", "following", "upon", "since"})
_BEFORE = frozenset({"before", "preceding"})
_SIGNS = frozenset({"sign", "ink", "initial", "conclude", "adopt"})
_SIGNING = frozenset({"signing", "signature", "conclusion", "adoption", "date"})
_EFFECT = frozenset({"entry", "start", "beginning", "onset", "commencement", "effect", "ceasefire", "cease-fire", "truce"})
_STARTS = frozenset({"take", "enter", "come", "begin", "start", "commence"})
_COUNTED = frozenset({"counted", "calculated", "reckoned", "starting", "beginning", "running"})
_FIXED = frozenset({"set", "schedule", "slate", "plan", "expect", "fix"})
_STARTING = ("as of", "starting", "beginning", "starting on", "beginning on", "effective")
_DAY_D = re.compile(r"\b(?:D-Day|Day D|D|T)\s?\+\s?(\d+)\b")
_NAMES_DAY_D = re.compile(r"\b(?:D-Day|Day D)\b(?!\s?\+)")
_NTH_DAY = re.compile(r"\b(\d+(?:st|nd|rd|th)|[a-z]+) day (?:after|following|from|of)\b")
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
_LATELY = 45  # days: a deadline that passed so lately is told of as passed
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a duty is due (None: not told as a day) and, for a stretch counted from something, what it is counted from.

    `after` has that stretch where the day that it is counted from is not told.
    """

    due: When | None
    trigger: tuple[Derivation, ...] = ()
    after: Offset | None = None


def deadline(times: Sequence[TimeExpression], clause: Clause, scene: Scene, memory: Memory) -> Deadline:
    """The deadline of a duty told in a clause; `times` are those that date it. No times and no trigger give none."""
    for offset, span, head, sign in _counted(clause, scene):
        day = _day_of(head, span, clause.sentence, scene, memory)
        due = shifted(day, offset, sign) if day is not None else None
        words = span.quote if span is not None else "day D"
        value = f"{offset} {'after' if sign > 0 else 'before'} {words}" + ("" if day else ", a day that is not told")
        after = None if due is not None else _offset(offset, words, sign)
        return Deadline(due, (Derivation("deadline counted from", span, value),), after)
    due = due_of(list(times), memory.deal_when)
    stretch = next((time for time in times if time.value.startswith("P") and time.when is not None and time.when == due), None)
    if due is not None and stretch is not None and "/" in due.edtf:  # "in five weeks": at their end
        due = (shifted(memory.deal_when, stretch.value, 1) if memory.deal_when else None) or When(due.edtf.rpartition("/")[2])
    return Deadline(due)


def _offset(length: str, trigger: str, sign: int) -> Offset | None:
    """A stretch from a trigger; None for one whose length is not told ("within days of the signing")."""
    try:
        return Offset(length if sign > 0 else f"-{length}", trigger)
    except ValueError:
        return None


def first_day(clause: Clause, scene: Scene) -> When | None:
    """The day from which a truce is to hold ("from Friday", "as of 00:00 on 5 May"); None where none is told."""
    span = evidence(clause, scene.document)
    for time in scene.sentence_times(clause.sentence):
        if not span.covers(time.span) or time.when is None or time.when.grain != "day" or "/" in time.when.edtf:
            continue
        before = scene.document.text[span.start : time.span.start].rstrip().lower()
        starts = (clause.host or clause.head).lemma in _STARTS | _FIXED or time.relation in (Relation.FROM, Relation.FOR)
        if starts or scene.topic.treaty or before.endswith(_STARTING):
            return time.when
    return None


def _counted(clause: Clause, scene: Scene) -> Iterator[tuple[str, Span | None, Token | None, int]]:
    """The stretches in a clause that are counted from something: length, words and head of the trigger, and direction."""
    sentence, document = clause.sentence, scene.document
    verb = clause.host or clause.head
    for time in scene.sentence_times(sentence):
        if not time.value.startswith("P"):
            continue
        here = sentence.at(time.span.start, time.span.end)
        if not here or here[-1].i + 1 >= len(sentence.tokens):
            continue
        link = _link(sentence.tokens[here[-1].i + 1 :])
        bare = link.lower in ("of", "from", "since")
        if bare and time.relation not in (Relation.WITHIN, Relation.BY):
            continue  # "three weeks of talks", "for three days from Friday"
        sign = 1 if link.lower in _AFTER else -1 if link.lower in _BEFORE else 0
        head = link.head
        if not sign or head is None or not _about(head, link, clause, verb):
            continue
        words = _phrase(head, link)
        if words:
            yield in_days(time.value), document.span(words[0].start, words[-1].end), head, sign
    own = list(verb.subtree())
    if not own:
        return
    text = document.text[own[0].start : own[-1].end]
    if (found := _DAY_D.search(text)) is not None:
        yield f"P{found[1]}D", None, None, 1
    for match in _NTH_DAY.finditer(text):
        if (number := _ordinal(match[1])) is not None:
            link = sentence.at(own[0].start + match.end() - 1, own[0].start + match.end())[0]
            if link.head is not None:
                words = _phrase(link.head, link)
                if words:
                    yield f"P{number}D", document.span(words[0].start, words[-1].end), link.head, 1


def _phrase(head: Token, link: Token) -> list[Token]:
    """The words of a trigger behind the one that ties it, up to a comma."""
    words = [token for token in head.subtree() if token.i > link.i]
    end = next((i for i, token in enumerate(words) if token.text in (",", ";")), len(words))
    return words[:end]


def _link(after: Sequence[Token]) -> Token:
    """The word that ties a stretch to its trigger: the next one, or the one after ", counted" and the like."""
    rest = after[1:] if after[0].text == "," else after
    counted = len(rest) > 1 and rest[0].lower in _COUNTED
    return rest[1] if counted else after[0]


def _ordinal(word: str) -> int | None:
    if word[0].isdigit():
        return int(re.sub(r"\D", "", word))
    return _ORDINALS.index(word) if word in _ORDINALS else None


def _about(trigger: Token, link: Token, clause: Clause, verb: Token) -> bool:
    """Whether a stretch counted from a trigger dates this clause: no other verb stands between."""
    if trigger is verb or trigger is clause.head:
        return False
    governing = next((above for above in trigger.ancestors() if is_verbal(above) and above.lower not in _COUNTED), None)
    if clause.head in trigger.ancestors() and not is_verbal(clause.head):
        return True
    return governing is verb or (not is_verbal(clause.head) and governing is clause.head.head)


def _day_of(head: Token | None, span: Span | None, sentence: Sentence, scene: Scene, memory: Memory) -> When | None:
    """The day of a trigger: told with it, or the day on which the document says that it happened."""
    if head is None or span is None:
        return _day_d(scene, memory)
    for time in scene.sentence_times(sentence):
        behind = (
            scene.document.text[span.end : time.span.start].strip() == "on"
        )  # hung on the verb: "its adoption *on 5 March*"
        if (span.covers(time.span) or behind) and time.when is not None and not time.value.startswith("P"):
            return time.when
    if head.lemma in _SIGNING or head.lemma in _SIGNS or (head.lemma in word_classes()["deal"] and not _truce(head)):
        return memory.deal_when or signing_day(scene)
    if head.lemma not in _EFFECT and not (is_verbal(head) and head.lemma in _STARTS):
        return None
    truce = memory.last_duty(Action.CEASE_FIRE) if any(_truce(token) for token in head.subtree()) else None
    if truce is not None and truce.due is not None:
        return truce.due  # the day from which the guns are to be silent
    return _happened(scene, _took_effect) or (memory.deal_when if _upon_signature(scene) else None)


def _truce(token: Token) -> bool:
    return token.lemma in word_classes()["truce"]


def _upon_signature(scene: Scene) -> bool:
    """Whether the text says that it enters into force when it is signed."""
    for sentence in scene.sentences:
        force = any(token.lemma == "force" for token in sentence.tokens)
        if force and any(token.lemma in _SIGNING and preposition(token) in ("upon", "on", "with") for token in sentence.tokens):
            return True
    return False


def signing_day(scene: Scene) -> When | None:
    """The day on which the document says that an agreement was signed; None where it does not."""
    return _happened(scene, _signed)


def _happened(scene: Scene, kind: Callable[[Token], bool]) -> When | None:
    """The first day that the document gives for a verb of a kind."""
    for sentence in scene.sentences:
        for token in sentence.tokens:
            if is_verbal(token) and kind(token):
                for time in scene.times_of(token, sentence):
                    if time.when is not None and not time.value.startswith("P") and "/" not in time.when.edtf:
                        return time.when
    return None


def _signed(verb: Token) -> bool:
    return verb.lemma in _SIGNS or (verb.lemma == "do" and verb.tag == "VBN" and verb.deprel == "root")


def _took_effect(verb: Token) -> bool:
    """Whether a verb says that a truce or deal came into force."""
    if verb.lemma not in _STARTS:
        return False
    subject = verb.child("nsubj", "nsubj:pass")
    named = subject is not None and (_truce(subject) or subject.lemma in word_classes()["deal"])
    return named or any(child.lemma in ("effect", "force") for child in verb.all("obj", "obl"))


def _day_d(scene: Scene, memory: Memory) -> When | None:
    """The day D of an agreement: told with its date, or as the day of the signing."""
    for sentence in scene.sentences:
        if not _NAMES_DAY_D.search(scene.document.text[sentence.start : sentence.end]):
            continue
        dated = [time.when for time in scene.sentence_times(sentence) if time.when and not time.value.startswith("P")]
        if dated:
            return dated[0]
        if any(token.lemma in _SIGNING or token.lemma in _SIGNS for token in sentence.tokens):
            return memory.deal_when or signing_day(scene)
    return None


def ahead(due: When | None, published: date | None, since: When | None = None) -> When | None:
    """A deadline that still lies ahead, for words without a year that were taken for the last such day: the next one.

    What passed within the last weeks stays ("must leave by Friday", read on Sunday), as does what came after the deal itself
    (`since`).
    """
    if due is None or due.span is None or published is None or "/" in due.edtf:
        return due
    last = due.end.not_after
    words = due.span.quote.lower()
    began = since.begin.not_before if since is not None else None
    if began is not None and last is not None and last >= began:
        return due
    if last is None or last >= published or re.search(r"\d{4}|last|past|yesterday|ago|earlier|this", words):
        return due
    if any(word in _DAYS for word in re.findall(r"[a-z]+", words)):
        moved = shifted(due, "P1W", 1) if due.grain == "day" else None
        passed = moved is None or moved.end.not_after is None or moved.end.not_after < published
        return When(moved.edtf, due.span) if moved is not None and not passed else due
    year, rest = due.edtf[:4], due.edtf[4:]
    if not rest or not year.isdigit() or (published - last).days <= _LATELY:
        return due
    try:
        return When(f"{int(year) + 1:04d}{rest}", due.span)
    except ValueError:  # the 29th of February
        return due
