"""Locating: where something happens as far as its own sentence tells, by ordered rules, each with its reason.

Only words tell a place; who acts does not: "Russia brokered", "Armenia asked" place nothing. The rules, first that finds:

1. the place that is itself shelled, entered or left;
2. a locative phrase of the predicate, in the order that its type asks for (whence for a withdrawal, whither for an entry);
3. for a clause with "where" or "in which", the place that it tells about;
4. a place that an argument is, or lies in: "a market in *Tora*";
5. a locative phrase of a clause above, or one that opens the sentence; that of a verb of saying is where it was said;
6. a place where those who tell of it are, if they are no officials: "residents of *Shire* said";
7. the only place in the clause's own words.

What is signed or talked over takes the first three and the fifth, what is done by words the second and third, a duty the first
four.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from whoholds.grammar.clause import Clause, antecedent, is_verbal, preposition
from whoholds.grammar.embedding import embedding
from whoholds.grammar.evidence import evidence
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.setting import is_country, is_region, leads
from whoholds.grammar.whereabouts import POINTING, SETTLED
from whoholds.language import Token
from whoholds.model import Document, Role, Span, Use, Where


class Scene(Protocol):
    """What placing asks of the document."""

    document: Document

    def named_place(self, token: Token) -> Where | None: ...
    def where(self, token: Token) -> Where | None: ...
    def role(self, token: Token) -> Role | None: ...
    def literal_places(self, span: Span) -> list[Where]: ...
    def place_head(self, where: Where) -> Token | None: ...
    def main_place(self, told: Sequence[Where], tables: Sequence[Where] = ()) -> Where | None: ...
    def main_country(self) -> Where | None: ...


class Ground(Enum):
    """What a place means for a matter."""

    SCENE = "happens on the ground"
    WHENCE = "leaves the ground"
    WHITHER = "comes to the ground"
    DUTY = "is to be done"
    TABLE = "is agreed or talked over"
    WORDS = "is done by words"


@dataclass(frozen=True, slots=True)
class Placed:
    """A place and the rule that found it, in words."""

    where: Where
    why: str


_IN = ("in", "at", "near", "on", "around", "outside", "inside", "across", "over", "along", "throughout", "within")
_TO = ("into", "to", "towards", "toward", "upon", "onto", "through", "up to")
_OUT = ("out of", "from", "of", "off")
ORDER = {
    Ground.SCENE: (*_IN, *_TO, *_OUT, "against"),
    Ground.WHENCE: (*_OUT, *_IN),
    Ground.WHITHER: (*_TO, *_IN, *_OUT),
    Ground.DUTY: (*_OUT, *_IN),
    Ground.TABLE: ("in", "at", "near", "on", "inside", "outside"),
    Ground.WORDS: ("in", "at", "near", "inside", "outside"),
}
_NOT_A_PLACE = frozenset({"by", "with", "for", "about", "like", "than", "as", "according to", "between", "against", "among"})
_AWAY = frozenset({*_TO, "across", "behind"})
_CONTAINS = ("in", "at", "near", "on", "around", "outside", "inside", "within", "along")
_HOLDS = frozenset({"place_noun", "part_noun", "building"})  # classes of nouns that "of X" places
_OFFICIAL = frozenset({Role.GOV, Role.MIL, Role.IGO, Role.LEG, Role.JUD, Role.SPY})
POINTS = frozenset({"there", "here"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "no", "any", "every", "each", "several", "many"})
_SIDES = frozenset({"eastern", "western", "northern", "southern", "central", "outer", "inner", "old"})
# What stands somewhere on the scene rather than for a place told before.
_SITES = frozenset(
    "base headquarters building palace checkpoint barracks street square plant edge centre center site place".split()
)
_AIMS = frozenset({"direction", "way", "search", "support", "honour", "memory"})
_DEPTH = 3  # noun phrases within noun phrases that are looked into

REASON_OWN = "in its clause"

Rule = Callable[[Clause, Ground, Scene], Where | None]


def told_place(clause: Clause, ground: Ground, scene: Scene) -> Placed | None:
    """The place that the sentence itself tells for a clause; None when it tells none."""
    for why, rule in _RULES.get(ground, _SCENE_RULES):
        where = rule(clause, ground, scene)
        if where is not None:
            return Placed(where, why)
    return None


def _named_object(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    """The place that is itself shelled, entered or left."""
    found = scene.named_place(clause.object) if clause.object is not None else None
    return found if found is not None and found.use is Use.LITERAL and found.place is not None else None


def own_place(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    """The place told by a locative phrase of the predicate or of its light verb; None for none."""
    companion = clause.obliques.get("companion")
    for name in ORDER[ground]:
        token = clause.obliques.get(name)
        if token is not None and token is not companion and token.entity != "DATE" and not leads(token):
            found = _locative(token, scene)
            if found is not None:
                return found
    heads = [clause.head] if clause.host in (None, clause.head) else [clause.head, clause.host]
    for head in heads:
        for child in head.children if head is not None else ():
            if child is companion or not child.deprel.startswith(("obl", "advmod", "nmod")):
                continue
            name = preposition(child)
            if child.lower in POINTS:
                found = scene.where(child)
            elif (
                child.deprel == "nmod:poss"
                or name in _NOT_A_PLACE
                or (name in _TO and ground is Ground.WHENCE)
                or (name and name not in ORDER[ground])
            ):
                found = None
            else:
                found = _locative(child, scene)
            if found is not None:
                return found
    return None


def _locative(token: Token, scene: Scene) -> Where | None:
    """The place a phrase names or stands for, or lies in."""
    found = _literal(scene.named_place(token))
    if found is None and (refers(token) or token.lower == "it"):
        found = scene.where(token)
    if found is None or found.place is None:
        found = _inside(token, scene) or (found if token.entity == "LOC" else None)
    return found


def refers(token: Token) -> bool:
    """Whether a noun stands for a place told before: "the town", "these districts"; not "a town", "towns", "the base"."""
    if token.lemma not in word_classes()["place_noun"] or token.lemma in _SITES:
        return False
    determiners = {child.lower for child in token.all("det", "det:predet")}
    parts = "the" in determiners and any(child.lower in _SIDES for child in token.all("amod"))  # "the eastern quarters"
    return not determiners & _INDEFINITE and (token.tag != "NNS" or parts or bool(determiners & POINTING))


def _literal(where: Where | None) -> Where | None:
    return where if where is not None and where.use in (Use.LITERAL, Use.MODIFIER) else None


def _inside(token: Token, scene: Scene, depth: int = _DEPTH) -> Where | None:
    """The place that a noun phrase lies in, told inside it: "a bomb in a shopping centre in *Bogotá*"."""
    if token.lemma in _AIMS:
        return None  # "in the direction of Goma"
    for child in token.children if depth else ():
        if child.deprel not in ("nmod", "obl", "nmod:poss", "acl", "acl:relcl", "conj"):
            continue
        if child.deprel in ("acl", "acl:relcl"):
            inner = child.all("obl") if child.tag in ("VBG", "VBN", "VBD") else []
        else:
            inner = [child]
        for phrase in inner:
            name = preposition(phrase)
            holds = any(token.lemma in word_classes()[kind] for kind in _HOLDS)
            if name in _CONTAINS or (holds and (name == "of" or phrase.deprel == "nmod:poss")):
                found = _literal(scene.named_place(phrase))
                if found is None and refers(phrase):
                    found = scene.where(phrase)
                whole = name == "of" and token.lemma in SETTLED and found is not None and found.place is not None
                if whole and found is not None and found.place is not None and is_region(found.place):
                    found = None  # "the largest city of northern Mali" is not Mali
                if found is not None and phrase.entity != "DATE":
                    return found
            if name in (*_CONTAINS, "of", "on") and (found := _inside(phrase, scene, depth - 1)) is not None:
                return found
    return None


def _relative(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    for verb in (clause.host or clause.head, *(clause.host or clause.head).ancestors()):
        if verb.deprel.startswith("acl") and verb.head is not None:
            placed = any(
                child.lower == "where" or (child.lower == "which" and preposition(child) in _CONTAINS)
                for child in verb.children
            )
            if not placed:
                return None
            found = scene.where(verb.head)
            return found or (scene.where(verb.head.head) if verb.head.deprel == "appos" and verb.head.head else None)
        if verb.deprel not in ("conj", "ccomp", "xcomp"):
            break
    return None


def _argument(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    for argument in (clause.object, clause.subject):
        if argument is None:
            continue
        found: Where | None = None
        stands = argument.lemma not in word_classes()["place_noun"] or refers(argument)
        if argument is clause.object and argument.lower not in ("that", "this", "which") and stands:
            found = _literal(scene.where(argument))
        found = found or _inside(argument, scene)
        if found is not None:
            return found
    compound = next((child for child in clause.head.all("compound", "nmod:poss", "amod") if clause.head.upos == "NOUN"), None)
    return _literal(scene.named_place(compound)) if compound is not None else None


def _above(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    below = clause.host or clause.head
    for above in (clause.host or clause.head).ancestors():
        if is_verbal(above):
            subject = above.child("nsubj", "nsubj:pass", "expl")
            says = _says(above)
            for child in above.all("obl", "nmod"):
                opens = subject is not None and child.i < subject.i and not (says and _official(subject, scene))
                after = not says or (below.deprel == "obj" and child.i > below.i)  # "documented killings *in Bucha*"
                if (opens or (after and child.i != below.i)) and preposition(child) in (*_CONTAINS, ""):
                    found = _locative(child, scene) if child.entity != "DATE" else None
                    if found is not None:
                        return found
            if below.deprel == "advcl" and subject is not None and not says and subject.upos == "NOUN":
                found = _inside(subject, scene, 1)  # "his stay in Juba ended when bodyguards fought"
                if found is not None:
                    return found
        elif above.upos in ("NOUN", "PROPN") and below.deprel.startswith(("acl", "nmod", "conj")):
            found = _inside(above, scene, 1)
            if found is not None and not below.deprel.startswith("acl:relcl"):
                return found
        below = above
    return None


def _says(verb: Token) -> bool:
    known = embedding(verb)
    return known is not None and known.speaker


def _official(teller: Token, scene: Scene) -> bool:
    return scene.role(teller) in _OFFICIAL


def _witness(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    for above in (clause.host or clause.head).ancestors():
        if is_verbal(above) and _says(above):
            teller = antecedent(above.child("nsubj"))
            if teller is None or _official(teller, scene):
                continue
            for child in teller.all("nmod"):
                if preposition(child) in ("in", "of", "from", "near"):  # "at Ghent University" is no witness
                    found = _locative(child, scene)
                    if found is not None:
                        return found
    return None


def _only(clause: Clause, ground: Ground, scene: Scene) -> Where | None:
    inside = [where for where in scene.literal_places(evidence(clause, scene.document)) if not is_country(where)]
    barred = _NOT_A_PLACE if ground is Ground.WHITHER else _NOT_A_PLACE | _AWAY  # whither it went is not where it happened
    heads = [(where, scene.place_head(where)) for where in inside]
    inside = [where for where, head in heads if head is None or not (preposition(head) in barred or _of_source(head))]
    unique = {where.place for where in inside if where.place is not None}
    return inside[0] if len(unique) == 1 else None


def _of_source(head: Token) -> bool:
    """Whether a name stands in the phrase of a source: "according to officials in *Baku*"."""
    return any(preposition(token) == "according to" for token in (head, *head.ancestors()))


_REASONS: dict[str, Rule] = {
    "is what it is done to": _named_object,
    REASON_OWN: own_place,
    "the place that the clause tells about": _relative,
    "of what it is done to or who does it": _argument,
    "in the clause above": _above,
    "where those who tell of it are": _witness,
    "the only one in its words": _only,
}
_SCENE_RULES = tuple(_REASONS.items())
_RULES = {
    Ground.WORDS: tuple((why, rule) for why, rule in _SCENE_RULES if rule in (own_place, _relative)),
    Ground.TABLE: tuple((why, rule) for why, rule in _SCENE_RULES if rule in (_named_object, own_place, _relative, _above)),
    Ground.DUTY: tuple((why, rule) for why, rule in _SCENE_RULES if rule in (_named_object, own_place, _relative, _argument)),
}
