"""Mood: whether a predicate is told as so, and who tells it, worked out over everything that embeds it.

From the predicate the walk goes up the tree. Conjunction and apposition are transparent. Every governing word found in
`embedding.toml` acts on the factuality inside it, innermost first: "the ministry denied plans to withdraw" is planned, then
denied. A relative or adverbial clause is presupposed: once the walk has left one, only speakers still count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whoholds.grammar.clause import Clause, is_verbal, preposition, told_first
from whoholds.grammar.embedding import Embedding, embedding, tables
from whoholds.grammar.lexicon import lexicon
from whoholds.language import Token
from whoholds.model import Factuality

_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "obj", "nsubj:pass", "csubj", "csubj:pass", "acl", "obl", "nmod", "dep", "parataxis"}
)
ENDS = frozenset({"end", "halt", "cease", "stop", "quell", "curb", "defuse"})
_OBLIGE = frozenset({"oblige", "require", "commit", "bind", "obligate", "compel"})
_REPORTS = frozenset(  # whose object is what was said: "investigators documented clashes"
    "report record document count log register announce confirm describe note estimate mention publish certify".split()
)
_PUT_FORWARD = frozenset({"demand", "request", "call", "appeal", "offer", "proposal", "ultimatum", "plea"})
_UNTRUE = frozenset(
    {"false", "untrue", "lie", "wrong", "baseless", "fabrication", "unfounded", "nonsense", "fake", "invention"}
)
_BEGINS = frozenset({"begin", "start", "continue", "complete", "end", "finish", "resume"})
_FINITE_BE = frozenset({"is", "are", "was", "were", "'s", "’s", "been"})
_ASPECTUAL = frozenset(
    (
        "begin start continue go keep stop finish happen come manage help proceed use get be have force require cause lead"
    ).split()
)
_LETS = frozenset({"let", "allow", "permit"})
_INDEFINITE_NONE = frozenset({"nobody", "none", "nothing", "neither"})


@dataclass(slots=True)
class Mood:
    """The outcome: factuality, or `told` false where the thing is not asserted at all.

    `duty` is "set" under a word that lays it down, "promised" under agree or promise, "sought" under a demand; `negated` is
    whether the predicate itself is. `cues` are the words that decided, with their effects, `speech` the verbs of saying above,
    innermost first.
    """

    factuality: Factuality = Factuality.ACTUAL
    told: bool = True
    duty: str = ""
    duty_word: Token | None = None
    negated: bool = False
    cues: list[tuple[Token, str]] = field(default_factory=list)
    speech: list[Token] = field(default_factory=list)

    def apply(self, effect: str, cue: Token) -> None:
        """Let one more embedding word act."""
        self.cues.append((cue, effect))
        match effect:
            case "denied" | "failed":
                self.factuality = Factuality.DENIED
                self.negated = True
            case "possible":
                if self.factuality is not Factuality.DENIED:
                    self.factuality = Factuality.POSSIBLE
            case "planned" | "duty" | "demand":
                if self.factuality is Factuality.ACTUAL:
                    self.factuality = Factuality.PLANNED
                if effect != "planned" and not self.duty:
                    self.duty = "set" if effect == "duty" else "sought"
                    self.duty_word = cue
                elif cue.lemma in ("agree", "promise", "pledge", "undertake", "commit", "vow") and not self.duty:
                    self.duty, self.duty_word = "promised", cue
            case "none":
                self.told = False


def mood(clause: Clause) -> Mood:
    """The mood of a clause's predicate."""
    found = Mood()
    token = clause.head
    if clause.host is not None and clause.host is not token:
        _own(found, token, (), begun=clause.host.lemma in _BEGINS)
        token = clause.host
    _own(found, token, clause.sentence.tokens[: token.i])
    if _supposed(token, clause.sentence.tokens):
        found.apply("none", token)
    for argument in (clause.subject, clause.object, clause.obliques.get("copular subject")):
        if argument is not None and _none(argument):
            found.apply("denied", argument)
    _climb(found, token, clause.sentence.tokens)
    if clause.sentence.tokens[-1].text == "?" or clause.sentence.tokens[-1].text == "?”":
        found.told = False
    return found


def _none(token: Token) -> bool:
    if token.lower in _INDEFINITE_NONE:
        return True
    if any(child.lower in ("fewer", "less", "more", "later") for child in token.subtree()):
        return False  # "no fewer than 108 people"
    return any(
        child.lower in ("no", "neither") for child in token.children if child.deprel in ("det", "advmod", "cc:preconj", "cc")
    )


def _supposed(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether "if", "whether" or an inverted "had" opens the clause, wherever the parser hung it."""
    first = min((child.i for child in token.children if child.i < token.i), default=token.i)
    subject = token.child("nsubj", "nsubj:pass")
    if subject is not None:
        first = min(first, *(part.i for part in subject.subtree()))
    opening = {tokens[i].lower for i in range(max(0, first - 1), first + 1)}
    inverted = token.deprel == "advcl" and subject is not None and opening & {"had", "were", "should"}
    return bool(inverted or opening & {"if", "whether", "unless"})


def _own(found: Mood, token: Token, before: Sequence[Token], *, begun: bool = False) -> None:
    """What the predicate's own auxiliaries, adverbs, determiners and modifiers do."""
    known = tables()
    purpose = False
    to_infinitive = _to_infinitive(token)
    for child in token.children:
        match child.deprel:
            case "aux" | "aux:pass" | "cop":
                effect = known.modals.get(child.lower)
                if to_infinitive and child.lower in _FINITE_BE:  # "is to be returned"
                    effect, purpose = "duty", False
            case "advmod":
                effect = known.adverbs.get(child.lower)
                if child.lower in ("longer", "more") and any(other.lower in ("no", "not") for other in child.children):
                    effect = "denied"  # "no longer"
            case "det":
                effect = known.determiners.get(child.lower)
            case "amod":
                effect = known.modifiers.get(child.lower)
                if begun and effect == "planned":  # "the planned withdrawal has begun"
                    effect = None
            case "mark":
                effect = known.marks.get(child.lower)
                if child.lower == "until" and token.tag != "VBD" and not any(t.tag == "VBD" for t in token.all("aux", "cop")):
                    effect = "planned"
                if child.lower == "due":  # "had been due to withdraw", parsed as one marker
                    effect = "duty"
                purpose = purpose or child.lower == "to"
            case "case":
                effect = "denied" if child.lower in ("without", "despite no") else None
            case _:
                effect = None
        if effect:
            found.apply(effect, child)
    if purpose and not found.duty and _aside(token):
        obliging = next((other for other in before if other.lemma in _OBLIGE and is_verbal(other)), None)
        if obliging is not None:  # "the deal obliges both sides to withdraw", whatever the parser tied together
            found.apply("duty", obliging)
        else:
            found.told = False


def _to_infinitive(token: Token) -> bool:
    """Whether a verb is a to-infinitive, active or passive ("to withdraw", "to be returned")."""
    if not any(child.lower == "to" for child in token.children if child.deprel in ("mark", "case")):
        return False
    return token.tag == "VB" or any(child.tag == "VB" for child in token.children if child.deprel.startswith("aux"))


def _aside(token: Token) -> bool:
    """Whether an infinitive only gives a purpose: nothing above it asks for one."""
    if token.head is None or token.deprel not in ("advcl", "acl", "xcomp"):
        return False
    if token.deprel == "xcomp" and (token.head.lemma in _ASPECTUAL or token.head.upos == "ADJ"):
        return False
    return embedding(token.head) is None


def _climb(found: Mood, token: Token, tokens: Sequence[Token]) -> None:
    presupposed = False
    head = token
    while token.head is not None:
        governor, relation = token.head, token.deprel
        if _parted(head, governor, tokens):
            token = governor
            continue
        if relation == "acl:relcl" and _content(token, governor):
            relation = "acl"  # "reports that …", parsed as a relative clause
        if relation == "advcl" and _attributes(token):
            break  # "…, as a panel alleges": a remark beside what is told, embedded in nothing
        if relation == "nsubj" and token.i > governor.i and governor.child("nsubj") is not token:
            relation = "obj"  # "rejected as false *claims* that …", a second subject
        if relation == "nsubj" and governor.lemma in _UNTRUE:
            found.apply("denied", governor)
        told = _speaks(governor) and told_first(governor) is not None and (token.i < governor.i or not _marked(token))
        if relation in ("advcl", "obl") and told:
            found.speech.append(governor)  # "*After clashes* he fled, X said, *leaving the town*": all of it was said
        if token.tag == "VBG" and _speaks(governor) and preposition(token) in ("of", "for"):
            relation = "xcomp"  # "accuses engineers of blowing it up"
        if relation in ("acl:relcl", "advcl", "advcl:relcl"):
            if relation == "advcl" and is_verbal(governor) and _bare_complement(token, governor):
                _act(found, governor, relation, token, presupposed)
            presupposed = True
        elif relation == "parataxis" and _speaks(token) and not _speaks(governor):
            pass  # "…, the ministry said, …": the governor is what was said
        elif relation in _COMPLEMENTS:
            if relation == "xcomp" and governor.lemma in _BEGINS and not presupposed:
                _own(found, governor, ())  # "were *to* begin returning", "has *not* begun to withdraw"
            acted = _act(found, governor, relation, token, presupposed)
            if not acted and relation in ("obl", "nmod"):  # "… after a request": what an adjunct names is taken as given
                presupposed = True
        token = governor


def _marked(token: Token) -> bool:
    """Whether a conjunction opens a clause: "told reporters *as* he walked in"."""
    mark = token.child("mark", "advmod")
    return mark is not None and mark.lower in ("as", "while", "when", "after", "before", "since")


def _attributes(token: Token) -> bool:
    """Whether a clause only says who says so: "as the ministry says"."""
    mark = token.child("mark")
    return _speaks(token) and mark is not None and mark.lower == "as" and token.child("obj", "ccomp") is None


def _parted(token: Token, governor: Token, tokens: Sequence[Token]) -> bool:
    """Whether a semicolon stands between the two: what is beyond it embeds nothing."""
    first, last = sorted((token.i, governor.i))
    return any(other.text == ";" for other in tokens[first:last])


def _content(token: Token, noun: Token) -> bool:
    known = tables().words.get(("noun", noun.lemma))
    return known is not None and any(child.lower == "that" and child.i < token.i for child in token.children)


def _speaks(token: Token) -> bool:
    known = embedding(token)
    return known is not None and known.speaker


def _bare_complement(token: Token, governor: Token) -> bool:
    """Infinitives that the parser calls adverbial but a governor such as "agree" or "expect" asks for."""
    known = embedding(governor)
    mark = token.child("mark")
    return known is not None and mark is not None and mark.lower == "to" and known.effect != "said"


def _act(found: Mood, governor: Token, relation: str, token: Token, presupposed: bool) -> bool:
    """Let a governing word act on what it embeds; False when it does not embed it."""
    known = embedding(governor)
    if known is None or not _governs(governor, relation, token, known):
        return False
    if relation == "obj" and known.effect == "denied" and token.lemma in _PUT_FORWARD:
        return False  # who rejects a demand does not deny that it was made
    if (
        known.effect == "said"
        and token.tag == "VB"
        and governor.lemma in ("tell", "warn", "say")
        and preposition(token) == "to"
        and token.child("nsubj", "nsubj:pass") is None
    ):
        if not presupposed:
            found.apply("planned", governor)  # "told his generals to pull back"
        return True
    if governor.upos == "NOUN" and any(child.lower == "no" for child in governor.all("det")):
        found.apply("denied", governor)  # "no evidence that"
    # "he promised: his soldiers will guard the town"
    says = known.speaker or (relation == "ccomp" and governor.lemma in tables().inserted)
    reports = relation != "obj" or known.effect == "denied" or _reports(governor, token)
    if says and relation not in ("obl", "nmod") and reports:
        found.speech.append(governor)
    if not presupposed and known.effect == "none" and governor.lemma in _LETS and (must := _must(governor)) is not None:
        found.apply("duty", must)  # "must let aid through"
    elif not presupposed and known.effect != "said":
        found.apply(known.effect, governor)
    if not presupposed and relation != "nsubj:pass" and known.effect != "said":
        for child in governor.all("advmod"):  # "did not agree to"
            if tables().adverbs.get(child.lower) == "denied":
                found.apply("denied", child)
    return True


def _must(verb: Token) -> Token | None:
    """The word that makes a duty of what a verb tells: "*must* let", "*obliges* them to let"; None where none does."""
    modal = next((aux for aux in verb.all("aux") if tables().modals.get(aux.lower) == "duty"), None)
    if modal is None and verb.deprel in ("xcomp", "advcl", "acl", "ccomp") and verb.head is not None:
        known = embedding(verb.head)
        modal = verb.head if known is not None and known.effect == "duty" else None
    return modal


def _reports(verb: Token, noun: Token) -> bool:
    """Whether a verb reports what its object names; who announces a withdrawal or a vote does it rather than tells of it."""
    duty = any(entry.frame.action is not None for entry in lexicon().nouns.get(noun.lemma, ()))
    return verb.lemma in _REPORTS and not (verb.lemma == "announce" and duty)


def _governs(governor: Token, relation: str, token: Token, known: Embedding) -> bool:
    """Whether the relation is one through which the word embeds."""
    lemma = governor.lemma
    if lemma in ("be", "have", "give"):  # "is to withdraw", "had to quit", "gave them until May to": only with an infinitive
        timed = lemma != "give" or any(preposition(child) in ("until", "till") for child in governor.children)
        return timed and relation in ("xcomp", "ccomp", "advcl", "obl", "acl") and _to_infinitive(token)
    if relation in ("obl", "nmod") and not _to_infinitive(token):  # "had been due *to withdraw*", parsed as a phrase
        name = preposition(token)
        return name in {
            "demand": ("for", "on"),
            "planned": ("on", "of", "for"),
            "failed": ("in", "of", "from"),
            "denied": ("of",),
            "possible": ("of", "about"),
            "said": ("of",),
            "duty": ("for", "on", "of"),
            "none": ("of", "about"),
        }.get(known.effect, ())
    if lemma in ENDS:
        return relation == "obj"
    if relation == "obj" and _reports(governor, token):
        return True
    if relation == "obj":
        return known.effect in ("denied", "possible", "demand", "failed") or lemma in [
            "plan",
            "order",
            "expect",
            "promise",
            "threaten",
            "offer",
            "prepare",
            "propose",
            "foresee",
            "schedule",
            "arrange",
            "require",
            "stipulate",
            "envisage",
            "provide",
            "vow",
            "announce",
        ]
    if lemma in ("set", "lay", "hold", "post", "record", "count", "log", "stop", "publish") and relation in ("ccomp", "xcomp"):
        return True
    if relation == "acl":
        return governor.upos in ("NOUN", "PROPN") and (token.tag == "VB" or token.child("mark") is not None)
    return True
