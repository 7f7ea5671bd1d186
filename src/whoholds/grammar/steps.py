"""Steps: what a predicate that performs a duty's action tells of the duty, by its mood, its times and the deal around it."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, is_verbal, preposition, verb_clause, verb_tags
from whoholds.grammar.conditions import Arguments, accepts, fits
from whoholds.grammar.dating import DEADLINES
from whoholds.grammar.delays import GIVES, granted_beside, more_time, time_to_act
from whoholds.grammar.events import PROMISES
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grammar.memory import Memory
from whoholds.grammar.mood import mood
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.scene import Scene
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.language import Token
from whoholds.model import Action, Factuality, Step

_UNDER = frozenset(
    {"under", "in", "according to", "by", "per", "with", "within", "as part of", "in accordance with", "in line with"}
)
_ACCORDING = frozenset({"line", "accordance", "keeping", "compliance", "term", "provision", "condition", "framework", "part"})
_KEPT = frozenset({Action.EXCHANGE, Action.HAND_OVER})  # what nobody does but under a deal
_ASKED_BARE = frozenset({Action.CEASE_FIRE, Action.HAND_OVER, Action.WITHDRAW})  # sought even without a day
_FIXED = frozenset({"expect", "schedule", "set", "slate", "plan", "arrange", "fix", "foresee", "intend", "expected"})
_FIXES_NOUN = _FIXED | {"announce", "declare", "call", "order", "promise", "agree"}  # "announced elections within a year"
_ENDURES = frozenset({"last", "continue", "remain", "stay", "hold", "run", "go", "persist"})  # "until" ends it, is no deadline
_ORDERED = frozenset({"order", "instruct", "vow", "threaten", "want", "hope", "seek", "try", "attempt", "aim"})  # binds nobody
_WILLED = frozenset({"will", "would", "wo", "'ll", "’ll", "shall", "sha"})
_ELSEWHERE = frozenset({Step.SOUGHT, Step.EXTENDED, Step.ADVANCED, Step.BREACHED, Step.CANCELLED})
_NEXT = frozenset({"follow", "come"})
_AGREED = frozenset("agree require promise stipulate plan oblige provide demand foresee undertake pledge commit".split())
_COMES_FIRST = frozenset({"once", "when", "after", "until", "before"})
_RUNS_OUT = frozenset({"lapse", "expire", "elapse", "end"})
_LIMITS = frozenset({"deadline", "cut-off", "cutoff", "ultimatum", "limit", "time-limit"})
MOVES = frozenset({Step.SET, Step.EXTENDED, Step.ADVANCED})
_ARGUMENTS = frozenset({"obj", "nsubj", "nsubj:pass", "obl", "nmod"})


def duty_times(predicate: Predicate, scene: Scene) -> list[TimeExpression]:
    """The times of a duty: its clause's own, else those of the word that lays it down or fixes it."""
    clause, found = predicate.clause_for("action"), predicate.mood
    times = _days(scene.times(clause), clause)
    if not times and found.duty_word is not None and is_verbal(found.duty_word):
        times = _days(scene.times_of(found.duty_word, clause.sentence), clause)  # "gave them until May to disarm"
    if not times and not is_verbal(clause.head):
        fixing = clause.head.head
        if fixing is not None and is_verbal(fixing) and fixing.lemma in _FIXES_NOUN:
            times = _days(scene.times_of(fixing, clause.sentence), clause)
    if found.duty == "promised":  # "agreed on Thursday to withdraw": the day of the promise
        times = [time for time in times if time.relation in DEADLINES or time.span.start > clause.head.start]
    if (clause.host or clause.head).lemma in _ENDURES:
        times = [time for time in times if time.relation is not Relation.UNTIL]
    return times


def _days(times: list[TimeExpression], clause: Clause) -> list[TimeExpression]:
    """The times that can be a duty's: none that tells how long a thing lasts, or of when the deal is ("the accord of May")."""
    dated = [word for word in clause.sentence.tokens if is_deal(word) and word.lemma not in word_classes()["deadline"]]
    of_deal = [(part.start, part.end) for word in dated for child in word.all("nmod", "amod") for part in child.subtree()]
    return [
        time
        for time in times
        if not (time.value.startswith("P") and time.relation not in DEADLINES and time.when is None)
        and not _beyond_semicolon(time, clause)
        and not _nth_day(time, clause)
        and not any(start <= time.span.start < end for start, end in of_deal)
    ]


def _beyond_semicolon(time: TimeExpression, clause: Clause) -> bool:
    first, last = sorted((time.span.start, clause.head.start))
    return any(token.text == ";" and first < token.start < last for token in clause.sentence.tokens)


def _nth_day(time: TimeExpression, clause: Clause) -> bool:
    """Whether an ordinal taken for a day of the month counts days: "by the *22nd* day"."""
    here = clause.sentence.at(time.span.start, time.span.end)
    after = here[-1].i + 1 if here else len(clause.sentence.tokens)
    return (
        after < len(clause.sentence.tokens) and clause.sentence.tokens[after].lemma == "day" and time.span.quote[-2:].isalpha()
    )


def told_step(
    predicate: Predicate, times: list[TimeExpression], deal: Token | None, memory: Memory, action: Action, scene: Scene
) -> Step | None:
    """The step that a predicate tells of its action's duty; None where it tells of no duty."""
    found, verbal = predicate.mood, is_verbal(predicate.head)
    deadline = any(time.relation in DEADLINES for time in times) or _by_the_deadline(predicate.clause)
    if found.negated and found.factuality is Factuality.DENIED:
        if verbal and found.duty == "set" and found.duty_word in (predicate.clause.host or predicate.head).all("aux"):
            return Step.SET  # "must not", "neither shall": to refrain is a duty
        if not verbal or willed(predicate):
            return None  # a refusal, or nothing done so far
        return Step.BREACHED if deadline or deal is not None or memory.last_duty(action) is not None else None
    under = deal is not None or scene.topic.treaty or (memory.deal is not None and found.duty == "set" and deadline)
    if action is Action.NEGOTIATE and not under and found.duty != "sought":
        return None  # talks are to be held by those who hold them; only a deal binds anybody to hold them
    if action is Action.OTHER and (_runs_out(predicate.head) or _deal_itself(predicate.clause)):
        return None  # a truce that is to lapse, an accord that shall enter into force: nobody's duty
    if action is Action.OTHER and any(is_verbal(child) for child in predicate.head.all("xcomp")):
        return None  # "begin withdrawing": what is begun is the duty
    if action is Action.OTHER and deal is None and not memory.duties and not scene.topic.deal:
        return None  # what is due by a day, in a report that tells of no deal, binds nobody to anybody
    if not verbal and (_said_by_deal(predicate.clause, scene) or _article(predicate, action, scene)):
        return Step.SET
    if found.duty == "sought":
        return Step.SOUGHT if deadline or action in _ASKED_BARE else None
    if found.duty and found.duty_word is not None:
        return _laid_down(predicate, found.duty_word, deal, memory, scene, deadline=deadline)
    if found.duty or (found.factuality is Factuality.PLANNED and _planned_duty(predicate, times, deal, deadline=deadline)):
        return Step.SET
    if found.factuality is not Factuality.ACTUAL or action is Action.OTHER:
        return None
    if predicate.head.lemma in _NEXT and (memory.duties or deal is not None):
        return Step.SET if verb_tags(predicate.clause) & {"VBZ", "VBP"} else None  # "Kalbajar follows on November 25"
    if not verbal:
        fixing = predicate.clause.host or predicate.head.head
        return Step.SET if deadline and fixing is not None and fixing.lemma in _FIXES_NOUN else None
    return _kept(predicate.clause, deal, memory, action)


def _runs_out(verb: Token) -> bool:
    return verb.lemma in _RUNS_OUT or (verb.lemma == "run" and any(child.lower == "out" for child in verb.children))


def _deal_itself(clause: Clause) -> bool:
    """Whether what something is told of is a deal: "this agreement shall enter into force"."""
    argument = clause.subject or clause.object
    return argument is not None and is_deal(argument)


def _article(predicate: Predicate, action: Action, scene: Scene) -> bool:
    """Whether a noun in an agreement's text lays a duty down: a truce declared, a withdrawal "in parallel with" a duty."""
    if not scene.topic.treaty or predicate.mood.negated:
        return False
    above = predicate.head.head
    if above is None:
        return False
    if action is Action.CEASE_FIRE:
        return is_verbal(above) and above.lemma in ("declare", "proclaim", "establish", "announce", "be")
    return above.lemma == "parallel" or preposition(predicate.head) in ("alongside", "in parallel with", "in parallel to")


def _said_by_deal(clause: Clause, scene: Scene) -> bool:
    """Whether a deal is what calls for the noun: "the accord calls for a withdrawal"."""
    verb = clause.head.head
    if verb is None or not is_verbal(verb) or clause.head.deprel not in _ARGUMENTS:
        return False
    frames = [entry.frame for entry in lexicon().verbs.get(verb.lemma, ()) if entry.frame.step is Step.SET]
    if not frames:
        return False
    other = verb_clause(verb, clause.sentence)
    return fits(other, "subject", "#deal", scene) and any(accepts(frame, other, scene) for frame in frames)


def _laid_down(
    predicate: Predicate, word: Token, deal: Token | None, memory: Memory, scene: Scene, *, deadline: bool
) -> Step | None:
    if word.lemma in PROMISES:
        mutual = fits(predicate.clause, "subject", "#sides", scene)
        by_day = deadline and word.lemma != "vow"
        return Step.SET if deal is not None or memory.deal is not None or mutual or by_day else None
    if word.lemma == "suppose" and word.tag in ("VB", "VBP"):
        return None  # "suppose that …" lays down nothing
    return Step.SET


def _planned_duty(predicate: Predicate, times: list[TimeExpression], deal: Token | None, *, deadline: bool) -> bool:
    """Whether what is meant to be done is a duty: under a deal, by a day, fixed for a day, or told in one breath with one."""
    cues = {cue.lemma for cue, _ in predicate.mood.cues}
    if cues & _ORDERED:
        return False
    arranged = predicate.clause.passive or not is_verbal(predicate.head)
    fixed = bool(times) and bool(cues & _FIXED) and arranged
    return deal is not None or deadline or fixed or _beside_duty(predicate)


def _beside_duty(predicate: Predicate) -> bool:
    """Whether the clause goes on from one that lays a duty down: "units are to withdraw, and police will be sent"."""
    verb, sentence = predicate.clause.host or predicate.head, predicate.clause.sentence
    if verb.deprel != "conj" or verb.head is None or not is_verbal(verb.head):
        return False
    return mood(verb_clause(verb.head, sentence)).duty == "set"


def _by_the_deadline(clause: Clause) -> bool:
    """Whether a clause is told against a deadline that it does not date: "failed to leave *by the deadline*"."""
    names = ("by", "before", "within", "ahead of")
    if any((token := clause.slot(name)) is not None and token.lemma in _LIMITS for name in names):
        return True
    verb = clause.host or clause.head
    return any(
        token.lemma in _LIMITS and _ahead_of(token, names) and next(filter(is_verbal, token.ancestors()), None) is verb
        for token in clause.sentence.tokens
    )


def _ahead_of(limit: Token, names: tuple[str, ...]) -> bool:
    """Whether a deadline stands after "by", "before" or "ahead of", however the parser cut the last of these."""
    split = preposition(limit) == "of" and limit.head is not None and limit.head.lower == "ahead"
    return preposition(limit) in names or split


def _kept(clause: Clause, deal: Token | None, memory: Memory, action: Action) -> Step | None:
    if deal is not None and deal.deprel.startswith("nsubj"):  # "the deal says that troops leave": what it says is laid down
        return None if verb_tags(clause) & {"VBD", "VBN"} else Step.SET
    if clause.head.lemma in _ENDURES:
        return None  # still there: nothing done
    known = memory.deal is not None or memory.last_duty(action) is not None
    in_time = deal is not None or _by_the_deadline(clause)
    return Step.MET if in_time or (action in _KEPT and known) else None


def willed(predicate: Predicate) -> bool:
    """Whether the predicate is told of the future: "will not", "would not"."""
    return any(cue.lower in _WILLED for cue, _ in predicate.mood.cues)


def acted_on_elsewhere(clause: Clause, arguments: Arguments) -> bool:
    """Whether a noun is what another predicate of the sentence acts on ("agreed to extend *the truce*")."""
    noun = clause.head
    governor = noun.head
    if is_verbal(noun) or governor is None or not is_verbal(governor) or noun.deprel not in _ARGUMENTS:
        return False
    return _acts_on_duty(governor, clause, arguments)


def on_what_is_acted_on(clause: Clause, arguments: Arguments) -> bool:
    """Whether a verb only describes what another predicate acts on ("called off the vote *that was to be held in May*")."""
    verb = clause.head
    if verb.deprel not in ("acl:relcl", "acl") or verb.head is None:
        return False
    noun = verb.head
    if noun.head is None or not is_verbal(noun.head) or noun.deprel not in _ARGUMENTS:
        return False
    return _acts_on_duty(noun.head, clause, arguments)


def _acts_on_duty(verb: Token, clause: Clause, arguments: Arguments) -> bool:
    known = [entry for entry in lexicon().verbs.get(verb.lemma, ()) if entry.frame.step in _ELSEWHERE]
    if not known:
        return False
    other = verb_clause(verb, clause.sentence)
    beside = {child.lower for child in verb.children} | {preposition(child) for child in verb.children}
    return any((not entry.companion or entry.companion in beside) and accepts(entry.frame, other, arguments) for entry in known)


def step_taken(predicate: Predicate, memory: Memory) -> Step | None:
    """The step that a predicate takes on a duty named beside it; None where it takes none."""
    frame, clause, found = (predicate.frames["step"], predicate.clause_for("step"), predicate.mood)
    step = frame.step
    if step is Step.EXTENDED and clause.head.lemma in GIVES and not more_time(clause, memory):
        return Step.SET if found.factuality is Factuality.ACTUAL and time_to_act(clause) else None
    if step is Step.SOUGHT and granted_beside(clause):
        return None
    if found.duty == "sought" and step is not Step.SOUGHT:
        return Step.SOUGHT if step in MOVES else None
    if step is Step.BREACHED and (found.factuality is Factuality.PLANNED or not _broken_off(clause)):
        return None
    if step is Step.MET and _once(clause):
        return None  # "once they comply"
    if step is Step.MET and found.factuality is not Factuality.ACTUAL:
        if found.factuality is Factuality.DENIED:
            return None if willed(predicate) else Step.BREACHED
        return Step.SET if found.duty == "set" else None
    return step


def _once(clause: Clause) -> bool:
    """Whether a clause tells what is still to come first: "once it complies", "when both have disarmed"."""
    mark = (clause.host or clause.head).child("mark") or next(
        (child for child in (clause.host or clause.head).all("advmod") if child.lower in _COMES_FIRST), None
    )
    return mark is not None and mark.lower in _COMES_FIRST and not verb_tags(clause) & {"VBD"}


def _broken_off(clause: Clause) -> bool:
    """False where a truce is only said to last, not for how short a while."""
    if clause.head.lemma != "last":
        return True
    spans = clause.head.all("obj", "obl:unmarked", "obl")
    return any(child.lemma in ("second", "minute", "hour", "moment") for child in spans)


def deal_near(clause: Clause) -> Token | None:
    """The deal a clause stands under ("under the deal", "as agreed", "the accord obliges …"); None where none is told."""
    top = clause.host or clause.head
    for token in (top, *top.ancestors()):
        for child in token.children:
            if child.deprel in ("obl", "nmod") and preposition(child) in _UNDER:
                if child.lemma in _ACCORDING:  # "in line with the accord", "under the terms of the truce"
                    named = next((noun for noun in child.all("nmod", "obl") if is_deal(noun)), None)
                    if named is not None:
                        return named
                if is_deal(child):
                    return child
            if child.deprel in ("nsubj", "nsubj:pass") and is_deal(child) and token is not top:
                return child
            if child.deprel == "advcl" and child.lemma in _AGREED and child.child("mark"):
                return child
        if token.deprel == "acl:relcl" and token.head is not None and is_deal(token.head):
            return token.head
    return None


def is_deal(token: Token) -> bool:
    """Whether a noun names a deal."""
    return token.lemma in word_classes()["deal"]
