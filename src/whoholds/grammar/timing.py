"""Timing: when a claim's matter holds or happened, by ordered rules, each with its reason, after the coding guide.

A clause is dated by its own words before any others'. The rules, first that finds:

1. for a clause that tells about a date ("April 2, when troops entered"), that date;
2. a time expression of the predicate, of the light verb it hangs on, or of a verb that it shares its subject or tense with;
   of a noun, also the one right after it or tied to what it modifies; "in those hours" is the time told last;
3. "a day after X", "hours before X": the time of what it stands by, moved;
4. "since X" with a time in it: from then on. A "since" without one leaves the beginning open, and the time untold;
5. what goes on at the telling ("is fighting", "most nights"): up to the day of publication;
6. a sentence posted under an hour ("17:45 Troops have entered …"): the day of publication;
7. fresh news told by somebody on a day ("said on Wednesday"): that day;
8. a clause that tells about the whole of another ("…, by which the pullout was completed"): the time of that one;
9. "meanwhile", "in parallel": the time of what was told before it in the paragraph.

Nothing else is dated: that something stands beside dated news does not date it. What is done by words ("demands", "blames") has
no time but one told for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from whoholds.grammar.anchors import (
    TURNS,
    alongside,
    beside,
    close_by,
    of_date,
    of_whole,
    same_time,
    since,
    since_below,
    since_clause,
)
from whoholds.grammar.clause import HAPPENS, Clause, is_verbal
from whoholds.grammar.dating import DEADLINES, going_on, present
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.scene import Scene
from whoholds.grammar.speakers import speech_verbs
from whoholds.grammar.telling import (
    Dated,
    Telling,
    Untold,
    begun,
    fresh,
    in_time_clause,
    is_day,
    own_times,
    perfect,
)
from whoholds.grounding.times import Kind, Relation, TimeExpression, claim_time
from whoholds.language import Sentence, Token
from whoholds.model import Event, EventType, Factuality, Matter, When

Rule = Callable[[Telling], When | None]
_MAKES = frozenset(
    "sign agree strike reach conclude initial seal accept approve adopt put push postpone extend delay move".split()
)
_UNDER = ("under", "by", "according to", "in accordance with", "in line with", "as part of")
_EACH = frozenset({"most", "every", "each", "nightly", "daily"})
_LASTS = frozenset({"go", "continue", "rage", "persist", "last", "drag"})
_HOUR = re.compile(r"[^\w\n]*\d{1,2}[:.h]\d{2}\b")
_THIS_DAY = frozenset("today yesterday tonight overnight this last tomorrow during the same".split())
_PUTS_ABOUT = frozenset("announce report say confirm declare state publish".split())


def time_of(telling: Telling) -> Dated | None:
    """When an event happened, or control changed; None when it is not told."""
    for why, rule in _RULES.items():
        try:
            found = rule(telling)
        except Untold:
            return None
        if found is not None:
            return None if _too_early(found, telling) else Dated(found, why)
    return None


def _too_early(when: When, telling: Telling) -> bool:
    """Whether a time cannot be that of something planned: past already, it is when it was ordered or promised."""
    day, last = telling.scene.document.published, when.end.not_after
    ahead = telling.mood.factuality is Factuality.PLANNED and telling.mood.duty != "set"
    return ahead and day is not None and last is not None and last < day


def time_of_step(telling: Telling) -> Dated | None:
    """When a step in the life of a duty was taken: told times that are no deadlines, else the day it was told as news."""
    clause, scene, times = telling.clause, telling.scene, own_times(telling)
    own = claim_time(_no_deadlines(times)) or claim_time(_no_deadlines(scene.chronology.times_above(clause)))
    own = begun(own, times, telling) or _announced(telling)
    if own is not None:
        return Dated(own, _OWN)
    close = close_by(telling)
    if close is not None:
        return Dated(close, _CLOSE)
    said = _said(telling)
    return Dated(said, _SAID) if said is not None else None


def _announced(telling: Telling) -> When | None:
    """When something named by a noun was announced: "On Tuesday he scrapped the deals and announced *elections*"."""
    above = next((token for token in telling.verb.ancestors() if is_verbal(token)), None)
    if is_verbal(telling.verb) or above is None or telling.verb.deprel != "obj":
        return None
    times = telling.scene.times_of(above, telling.clause.sentence)
    times = _no_deadlines(times) or _no_deadlines(telling.scene.chronology.times_above(telling.clause, above))
    return claim_time(times)


def day_of_deal(sentence: Sentence, scene: Scene) -> When | None:
    """The day on which a sentence tells that a deal was made or a date moved; None where it tells neither or no day."""
    for token in sentence.tokens:
        if token.lemma not in _MAKES or not is_verbal(token):
            continue
        things = [child for child in token.all("obj", "obl", "nsubj:pass") if child.upos == "NOUN"]
        if any(thing.lemma in word_classes()[kind] for thing in things for kind in ("deal", "truce", "deadline")):
            when = claim_time(_no_deadlines(scene.times_of(token, sentence)))
            if when is not None and when.grain == "day" and "/" not in when.edtf:
                return when
    return None


def time_of_deal(telling: Telling) -> Dated | None:
    """The day of the deal that lays a duty down: told with it ("under an accord of March 4"), else that of the news of it."""
    clause = telling.clause
    for token in _deals_named(telling):
        within = telling.scene.chronology.times_within(token, clause.sentence)
        inside = [time for time in _no_deadlines(within) if is_day(time)]
        if len(inside) == 1 and inside[0].when is not None:
            return Dated(inside[0].when, "of the deal that lays it down")
    announced = _announced(telling)
    if announced is not None:
        return Dated(announced, "the day on which it was laid down")
    promised = telling.mood.duty == "promised"  # a promise made beside a deal is of a day of its own
    dealt = telling.thread.day_of_deal(clause.sentence) if not promised else None
    return Dated(dealt, "of the news that lays it down") if dealt is not None else None


def _deals_named(telling: Telling) -> Iterator[Token]:
    """What a clause says that a duty is under, then the deals that its sentence names."""
    clause = telling.clause
    for name in _UNDER:
        token = clause.obliques.get(name)
        if token is not None and token.entity != "DATE":
            yield token
    if clause.passive and clause.subject is not None:  # "by the statement of March 4 it had to be returned"
        yield clause.subject
    for token in clause.sentence.tokens:
        if token.upos == "NOUN" and any(token.lemma in word_classes()[kind] for kind in ("deal", "truce")):
            yield token


def _no_deadlines(times: list[TimeExpression]) -> list[TimeExpression]:
    return [time for time in times if time.relation not in DEADLINES and time.relation not in (Relation.FROM, Relation.FOR)]


def time_of_state(telling: Telling) -> Dated | None:
    """When a state holds: from its start where told ("since D"), else up to the day it is told to hold; None for neither."""
    clause, scene = telling.clause, telling.scene
    times = scene.times(clause)
    since = since_clause(telling) or since_below(telling)
    if since is not None:
        return Dated(since, _SINCE)
    found = claim_time(times)
    if found is not None:
        if "/" in found.edtf or found.grain != "day":
            return Dated(found, _OWN)
        return Dated(When(f"../{found.edtf.rstrip('~?%')}", found.span), "told to hold then")
    if telling.published is not None and (present(clause) or _claimed(clause)):
        return Dated(When(f"../{telling.published}"), "told to hold at publication")
    return None


def _claimed(clause: Clause) -> bool:
    """Whether somebody says now that they hold something: "claims to hold"."""
    head = clause.head.head
    return head is not None and clause.head.tag == "VB" and clause.head.deprel == "xcomp" and head.tag in ("VBZ", "VBP")


def _own(telling: Telling) -> When | None:
    clause, times = telling.clause, own_times(telling)
    if not telling.on_ground:  # "now demand": the demand is not told to begin or end
        times = [time for time in times if time.value != "PRESENT_REF"]
    if not perfect(telling.verb):  # "had fought for three days": until then, not until publication
        times = [time for time in times if not (time.kind is Kind.DURATION and time.relation is Relation.FOR)]
    if times and all(_of_some_day(time) for time in times):
        day = beside(telling) or telling.thread.last_day(clause.sentence)  # "at dawn" of the day spoken of
        if day is not None:
            return day
    return begun(claim_time(times), times, telling)


def _of_some_day(time: TimeExpression) -> bool:
    """Whether an expression tells a part of a day and not of which: "at dawn", not "on Monday evening" or "overnight"."""
    words = time.span.quote.split()
    told = any(word[:1].isupper() or word.lower() in _THIS_DAY for word in words[1:]) or words[0].lower() in _THIS_DAY
    return time.kind is Kind.TIME and not told and not words[0][:1].isupper()


def _goes_on(telling: Telling) -> When | None:
    if telling.mood.factuality is not Factuality.ACTUAL or telling.published is None or not telling.on_ground:
        return None
    clause, verb = telling.clause, telling.verb
    if not is_verbal(verb) or (verb.upos == "NOUN" and verb.deprel == "nsubj"):  # "there is shelling every night"
        verb = verb.head if verb.deprel == "nsubj" and verb.head is not None and verb.head.lemma == "be" else verb
    words = [child for child in verb.children if child.lemma in TURNS]
    turns = any(other.lower in _EACH for word in words for other in word.children)
    there = verb.lemma == "be" and verb.child("expl") is not None and verb.tag in ("VBZ", "VBP")
    stays = present(clause) and verb.tag in ("VBZ", "VBP") and (verb.lemma in _LASTS or _lasts(telling.matter))
    if going_on(clause) or turns or there or (stays and clause.sentence.role == "body"):
        return When(f"../{telling.published}")
    return None


def _lasts(matter: Matter | None) -> bool:
    """Whether something told in the plain present goes on: guarding, besieging, sheltering; a blow struck does not."""
    return isinstance(matter, Event) and matter.type in (EventType.AID, EventType.COERCE, EventType.MOBILIZE)


def _posted(telling: Telling) -> When | None:
    sentence, text = telling.clause.sentence, telling.scene.document.text
    line = text.rfind("\n", 0, sentence.start) + 1
    verb = telling.verb
    finite = verb.tag in ("VBD", "VBZ", "VBP") or (verb.tag == "VBN" and perfect(verb) and not telling.clause.passive)
    fresh = telling.mood.factuality is Factuality.ACTUAL and finite and telling.on_ground
    return When(telling.published) if fresh and telling.published is not None and _HOUR.match(text, line) else None


def _said(telling: Telling) -> When | None:
    clause, scene, verb = telling.clause, telling.scene, telling.verb
    if telling.mood.factuality is not Factuality.ACTUAL or in_time_clause(verb):
        return None
    speeches = speech_verbs(verb, clause.sentence, telling.mood)
    if fresh(verb, reported=bool(speeches)):
        for speech in speeches:
            said = claim_time(_times_of_speech(speech, telling))
            if said is not None:
                return said
        if verb.head is not None and verb.deprel == "ccomp":  # "footage on Wednesday showed troops moving"
            return claim_time(scene.times_of(verb.head, clause.sentence))
    elif not is_verbal(verb):  # "announced on Thursday the return of the town and the exit of the last gunmen"
        above = next((token for token in verb.ancestors() if is_verbal(token)), None)
        if above is not None and above.lemma in _PUTS_ABOUT and verb.deprel in ("obj", "obl", "nmod", "conj"):
            return claim_time(scene.times_of(above, clause.sentence))
    return None


def _times_of_speech(speech: Token, telling: Telling) -> list[TimeExpression]:
    """The times of a verb of saying and of the participle beside it: "Speaking on Monday, he said"."""
    sentence = telling.clause.sentence
    own = telling.scene.times_of(speech, sentence)
    for child in speech.all("advcl"):
        if not own and child.tag == "VBG" and child.i < speech.i:
            own = telling.scene.times_of(child, sentence)
    return own


def _with_antecedent(telling: Telling) -> When | None:
    """The time of the noun that a clause tells about: "clashes in August in which 20 people died"."""
    verb, sentence = telling.verb, telling.clause.sentence
    if verb.deprel.startswith("acl") and verb.head is not None:
        return claim_time(telling.scene.chronology.times_on(verb.head, sentence))
    return None


def _beginning(telling: Telling) -> When | None:
    """When what a noun names began, told beside it: "the *blockade* of Bukavu, which began on May 3, has left …"."""
    noun, sentence = telling.clause.head, telling.clause.sentence
    if is_verbal(noun):
        return None
    for child in noun.subtree():
        if child.deprel == "acl:relcl" and child.lemma in HAPPENS:
            times = telling.scene.times_of(child, sentence)
            return begun(claim_time(times), times, telling)
    return None


def _trailing(telling: Telling) -> When | None:
    """The time right after a noun, whatever verb the parser tied it to: "police blame it for four *killings* this summer"."""
    noun = telling.clause.head
    return claim_time(telling.scene.chronology.times_after(noun, telling.clause.sentence)) if not is_verbal(noun) else None


_OWN = "told in its clause"
_SINCE = "told by what it goes on since"
_CLOSE = "close to something dated"
_SAID = "the day on which it was said, as news"
_RULES: dict[str, Rule] = {
    "the date that the clause tells about": of_date,
    _CLOSE: close_by,
    _OWN: _own,
    "told right after it": _trailing,
    "told of what the clause is about": _with_antecedent,
    "told by when it began": _beginning,
    "pointed back at": same_time,
    "told by how long before or after something else": beside,
    _SINCE: since,
    "goes on at publication": _goes_on,
    "posted on the day of publication": _posted,
    _SAID: _said,
    "told by what the clause is about as a whole": of_whole,
    "beside what was told before": alongside,
}


def present_change(telling: Telling) -> Dated | None:
    """When ground told to change hands in the present tense did: the day of publication; None for another tense."""
    if telling.published is not None and (present(telling.clause) or going_on(telling.clause)) and not perfect(telling.verb):
        return Dated(When(telling.published), "told as of now")
    return None
