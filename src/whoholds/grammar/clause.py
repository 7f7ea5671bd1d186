"""Clauses: a predicate with its arguments in their logical places, whatever construction the sentence used.

"Rebels seized the town", "the town was seized by rebels", "the seizure of the town by rebels", "rebels accused of seizing the
town" and "the town, which rebels seized" all give subject *rebels*, object *town*. Dependencies are Universal Dependencies.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.language import Sentence, Token

RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when"})
# Verbs that lend a noun their subject ("launched an attack") or merely say that it took place ("an attack began").
LIGHT = frozenset(
    (
        "carry launch make stage conduct mount begin start continue complete take do perform wage resume hold "
        "commit deliver open finish execute undertake pursue intensify step give get have "
        "conclude repeat renew offer convey issue file lodge express voice extend send pay reiterate reaffirm"
    ).split()
)
HAPPENS = frozenset(("begin start continue take occur happen break erupt follow resume go end last come rage flare").split())
_OBJECT_CONTROL = frozenset(
    (
        "order tell give ask urge force allow let make require oblige help invite instruct command enable cause "
        "permit compel persuade press call warn give want expect forbid accuse suspect blame see watch hear show "
        "commit bind obligate "
        "film"
    ).split()
)
_DEPRIVES = frozenset({"clear", "rid", "cleanse", "strip", "free", "liberate"})  # "cleared the road *of mines*"
_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year", "decade"})
_INFINITIVES = frozenset({"xcomp", "advcl", "ccomp", "acl"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "SYM", "X"})


@dataclass(slots=True, eq=False)
class Clause:
    """A predicate token, its logical subject and object (heads of noun phrases or None) and its other arguments by preposition.

    `host` is the verb whose time, place and mood the predicate shares: itself for a verb, for a noun the light or happening
    verb it depends on. `passive` tells whether the words told it in the passive.
    """

    head: Token
    sentence: Sentence
    subject: Token | None = None
    object: Token | None = None
    indirect: Token | None = None
    obliques: dict[str, Token] = field(default_factory=dict)
    host: Token | None = None
    passive: bool = False

    def slot(self, name: str) -> Token | None:
        """The argument in a slot: subject, object, indirect, self, companion, infinitive, content, or a preposition."""
        match name:
            case "subject":
                return self.subject
            case "object":
                return self.object
            case "indirect":
                return self.indirect
            case "self":
                return self.head
            case "infinitive":
                return next(
                    (child for child in self.head.children if child.deprel in _INFINITIVES and _is_infinitive(child)), None
                )
            case "complement":
                return next((child for child in self.head.all("xcomp") if not is_verbal(child)), None)
            case "content":
                return content(self.head)
            case "content subject":
                told = content(self.head)
                return antecedent(told.child("nsubj", "nsubj:pass")) if told is not None else None
        return self.obliques.get(name)


def content(head: Token) -> Token | None:
    """What a word of saying or thinking reports: the head of the clause it governs or is set into; None for none."""
    told = head.child("ccomp")
    if told is None and head.deprel == "parataxis" and head.head is not None and head.child("obj") is None:
        return head.head  # "Juba must withdraw, *said* the envoy"
    return told


def _is_infinitive(token: Token) -> bool:
    """Whether a verb is a bare or to-infinitive, active or passive; "that they *should leave*" is neither."""
    if any(child.tag == "MD" for child in token.all("aux")):
        return False
    return token.tag == "VB" or any(child.tag == "VB" for child in token.children if child.deprel in ("aux:pass", "cop"))


def is_verbal(token: Token) -> bool:
    """Whether the token heads a clause as a verb (participles used as adjectives included)."""
    return token.upos in ("VERB", "AUX") or token.tag in ("VBD", "VBN", "VBG", "VBP", "VBZ")


def verb_tags(clause: Clause) -> set[str]:
    """The Penn tags of the verb that carries a clause and of its auxiliaries."""
    verb = clause.host or clause.head
    return {token.tag for token in (verb, *verb.all("aux", "aux:pass", "cop"))}


def verb_clause(verb: Token, sentence: Sentence, consumed: Token | None = None) -> Clause:
    """The clause of a verb; `consumed` is a dependant that is part of the predicate itself ("take *control*")."""
    clause = Clause(verb, sentence, host=verb)
    _own_arguments(clause, verb)
    passive = clause.passive = _is_passive(verb)
    if passive:
        direct, clause.object = clause.object, clause.subject or clause.object
        clause.subject = clause.obliques.pop("by", None) or clause.obliques.get("at the hands of")
        if direct is not None and direct is not clause.object:  # "they were given ten days": they were the receiver
            clause.indirect, clause.object = clause.object, direct
    elif clause.object is None and clause.indirect is not None:
        clause.object = clause.indirect  # "instructed *the army* to withdraw": an only object is the object
    _inherit(clause, verb)
    if consumed is not None:
        _consume(clause, consumed)
    for obj in (clause.object, consumed):
        if obj is not None:
            attached(clause, obj)
    clause.subject, clause.object = antecedent(clause.subject), antecedent(clause.object)
    return clause


def _own_arguments(clause: Clause, verb: Token) -> None:
    for child in verb.children:
        match child.deprel:
            case "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj":
                clause.subject = clause.subject or child
            case "obj" if clause.object is not None and (name := preposition(child)):
                _oblique(clause, name, child)  # "raised the flag over *the town*", parsed as a second object
            case "obj":
                clause.object = clause.object or child
            case "conj" if _all_but(child):
                clause.object = clause.object or child
            case "advmod" if child.upos == "ADV":  # "went back *to Baku*", hung on the adverb
                for below in child.all("obl"):
                    clause.obliques.setdefault(preposition(below), below)
            case "iobj":
                clause.indirect = child
            case "obl" | "obl:agent" | "nmod" | "obl:unmarked" | "advcl":
                name = preposition(child)
                phrase = child.upos in _NOMINAL or child.upos == "PRON" or child.deprel == "obl:agent"
                if name and (phrase or name == "without"):  # "passed *without a prisoner being freed*"
                    _oblique(clause, name, child)
                elif not name and _object_in_disguise(child, verb):
                    clause.object = clause.object or child


def _all_but(noun: Token) -> bool:
    """Whether "all but two villages" was taken for a conjunct of the verb."""
    return noun.upos in _NOMINAL and noun.child("det:predet") is not None and any(cc.lower == "but" for cc in noun.all("cc"))


def _object_in_disguise(phrase: Token, verb: Token) -> bool:
    """Whether an oblique lacks the preposition that obliques have and is no time: "called off *an election* that was due"."""
    plain = phrase.deprel == "obl" and phrase.upos in _NOMINAL and phrase.entity != "DATE"
    return plain and phrase.i > verb.i and phrase.child("case") is None and phrase.child("det") is not None


def _oblique(clause: Clause, name: str, phrase: Token) -> None:
    """The first phrase with a preposition, but a date only where nothing else has it: "imposed *on Monday* sanctions on X"."""
    earlier = clause.obliques.get(name)
    if earlier is None or (earlier.entity == "DATE" and phrase.entity != "DATE"):
        clause.obliques[name] = phrase


def attached(clause: Clause, noun: Token) -> None:
    """Take in the prepositional phrases that the parser hung on the object but that may be the verb's."""
    for child in noun.children:
        if child.deprel in ("nmod", "obl"):
            name = preposition(child)
            if name and (name != "of" or clause.head.lemma in _DEPRIVES):
                _oblique(clause, name, child)


def _consume(clause: Clause, consumed: Token) -> None:
    """What the consumed noun governs becomes the object: "take control *of the town*", "open fire *on a crowd*"."""
    if clause.object is consumed:
        clause.object = clause.obliques.get("of")  # "took control *of the town*", hung on the verb
    clause.obliques["companion"] = consumed
    for child in consumed.children:
        if child.deprel in ("nmod", "obl", "acl"):
            name = preposition(child)
            if name == "of":
                clause.object = clause.object or child
            elif name:
                _oblique(clause, name, child)
        elif child.deprel == "nmod:poss":
            clause.object = clause.object or child


def _is_passive(verb: Token) -> bool:
    agent = verb.child("obl:agent")
    if verb.child("aux:pass") is not None or (agent is not None and not _time(agent)):
        return True
    if verb.child("nsubj:pass") is not None:  # "the UN airlifted patients", "the deal called for a vote by June": a past tense
        return verb.child("obj") is None and agent is None
    if verb.tag != "VBN" or verb.child("obj") is not None:
        return False
    if verb.child("aux") is not None:
        return False
    if verb.deprel in ("acl", "amod"):
        return True
    return verb.deprel == "conj" and verb.head is not None and verb.child("nsubj") is None and _is_passive(verb.head)


def _time(noun: Token) -> bool:
    """Whether a noun phrase is a day or a stretch of time: nobody by whom anything is done."""
    return noun.entity == "DATE" or noun.lemma in _UNITS


def _inherit(clause: Clause, verb: Token) -> None:
    """Fill a missing subject or object from the construction the verb stands in."""
    head = verb.head
    if head is None:
        return
    relation = verb.deprel
    if relation.startswith("acl"):
        _inherit_from_noun(clause, verb, head)
    elif relation == "amod":
        if verb.tag == "VBG":
            clause.subject = clause.subject or head
        else:
            clause.object = clause.object or head
    elif relation in ("conj", "parataxis") and is_verbal(head):
        _inherit_from_sibling(clause, head)
    elif relation == "obl" and preposition(verb) != "to":
        return  # "killed in shelling", "wounded by shelling": who shelled is not told
    elif relation == "ccomp" and clause.subject is None and (strayed := _strayed_subject(verb, head)) is not None:
        clause.subject = strayed
    elif relation == "xcomp" or (relation in ("advcl", "ccomp", "obl") and _bare(verb)):
        controller = _controller(verb, head)
        if clause.passive:
            clause.object = clause.object or controller
        else:
            clause.subject = clause.subject or controller


def _strayed_subject(verb: Token, governor: Token) -> Token | None:
    """A subject tied to the governor that stands on the clause's side of it: "footage showed *troops* entering the town"."""
    subjects = governor.all("nsubj", "nsubj:pass")
    return next((one for one in reversed(subjects) if governor.i < one.i < verb.i or one.i < verb.i < governor.i), None)


def _bare(verb: Token) -> bool:
    return verb.child("nsubj", "nsubj:pass") is None and verb.tag in ("VB", "VBG", "VBN")


def _inherit_from_noun(clause: Clause, verb: Token, noun: Token) -> None:
    if verb.deprel == "acl:relcl":
        relatives = [token for token in (clause.subject, clause.object) if token is not None and token.lower in RELATIVE]
        if relatives or any(child.lower in RELATIVE for child in verb.children):
            return  # antecedent() replaces the pronoun itself
        if clause.object is None and clause.subject is not None and not clause.passive:
            clause.object = noun  # "the town rebels seized"
        return
    if clause.passive:
        clause.object = clause.object or noun
    elif verb.tag == "VBG":
        clause.subject = clause.subject or noun
    elif clause.subject is None and (noun.head is None or noun.head.lemma in _OBJECT_CONTROL or noun.tag in ("NNS", "NNP")):
        clause.subject = noun  # "obliges both *sides* to withdraw", parsed as a clause of the noun
    elif clause.subject is None and noun.head is not None and is_verbal(noun.head):  # "agreed a plan to withdraw"
        clause.subject = verb_clause(noun.head, clause.sentence).subject


def _inherit_from_sibling(clause: Clause, sibling: Token) -> None:
    other = verb_clause(sibling, clause.sentence)
    if clause.passive:
        clause.object = clause.object or (other.object if other.passive else other.subject)
    elif clause.subject is None:
        clause.subject = other.object if other.passive else other.subject


def _controller(verb: Token, governor: Token) -> Token | None:
    """Who does what an infinitive or participle under `governor` tells."""
    if not is_verbal(governor):
        return governor.child("nsubj", "nsubj:pass") or None
    told = told_first(governor)
    if verb.deprel == "advcl" and told is not None and governor.i < verb.i:
        other = verb_clause(told, Sentence([told], []))  # "…, the ministry said, taking back the town": of what was said
        return other.object if other.passive else other.subject
    obj = governor.child("obj", "iobj")
    charged = verb.tag == "VBG" and preposition(verb) in ("of", "for")  # "accused the rebels *of* shelling"
    if (verb.deprel != "advcl" or verb.tag == "VB" or charged) and obj is not None and governor.lemma in _OBJECT_CONTROL:
        return obj
    subject = governor.child("nsubj", "nsubj:pass")
    if subject is not None or governor.head is None:
        return antecedent(subject)
    if governor.deprel in ("xcomp", "conj", "advcl", "ccomp", "acl:relcl", "acl", "parataxis"):
        other = verb_clause(governor, Sentence([governor], []))
        return other.object if other.passive else other.subject
    return None


def told_first(verb: Token) -> Token | None:
    """The clause that stands before the verb that governs it, as what is said does in "…, X said"; None for any other verb."""
    told = verb.child("ccomp")
    return told if told is not None and told.i < verb.i else None


def antecedent(token: Token | None) -> Token | None:
    """What a relative pronoun stands for; any other token itself."""
    if token is None or token.lower not in RELATIVE or token.tag not in ("WDT", "WP", "WP$", "WRB", "IN", "DT"):
        return token
    if token.upos == "DET" and token.deprel == "det":
        return token
    for above in token.ancestors():
        if above.deprel == "acl:relcl" and above.head is not None:
            return above.head
        if above.deprel == "advcl:relcl":
            break  # "…, which angered Juba": what was told, not a noun
    return token


def preposition(token: Token) -> str:
    """The preposition before a noun phrase ("because of" as one); "" for none."""
    return token.preposition
