"""Telling: a clause as the rules of timing see it, and what its tense tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.grammar.clause import Clause, is_verbal
from whoholds.grammar.evidence import evidence
from whoholds.grammar.mood import Mood
from whoholds.grammar.placing import on_the_ground
from whoholds.grammar.scene import Scene
from whoholds.grammar.thread import Thread
from whoholds.grounding.times import TimeExpression
from whoholds.language import Token
from whoholds.model import Matter, When


@dataclass(frozen=True, slots=True)
class Dated:
    """A time and the rule that found it, in words."""

    when: When
    why: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A clause as the rules see it: how and what it tells, and what the document told before."""

    clause: Clause
    mood: Mood
    matter: Matter | None
    scene: Scene
    thread: Thread
    deal_when: When | None = None

    @property
    def verb(self) -> Token:
        """The word that carries the clause: a verb, or the noun itself."""
        return self.clause.host or self.clause.head

    @property
    def published(self) -> str | None:
        """The day of publication as EDTF; None when it is unknown."""
        day = self.scene.document.published
        return day.isoformat() if day is not None else None

    @property
    def on_ground(self) -> bool:
        """Whether the matter happens on the ground; a matter not known yet does."""
        return self.matter is None or on_the_ground(self.matter)


class Untold(Exception):  # noqa: N818  (no error: a rule that ends the search)
    """The words tell that the time is not told."""


def own_times(telling: Telling) -> list[TimeExpression]:
    """The times of a clause: those tied to it, else the one among its words."""
    tied = telling.scene.times(telling.clause)
    if any(time.when is not None for time in tied):
        return tied
    return telling.scene.chronology.times_inside(evidence(telling.clause, telling.scene.document), telling.clause) or tied


def begun(when: When | None, times: list[TimeExpression], telling: Telling) -> When | None:
    """The time of what is told in the perfect, dated by when its subject began: "the war, begun in 2013, has killed"."""
    verb, subject = telling.verb, telling.clause.subject
    if not is_verbal(verb):
        verb, subject = next((above for above in verb.ancestors() if is_verbal(above)), verb), verb
    if when is None or subject is None or "/" in when.edtf or not perfect(verb) or not times:
        return when
    inside = telling.scene.chronology.times_within(subject, telling.clause.sentence)
    return When(f"{when.edtf}/..", when.span) if all(time in inside for time in times) else when


def with_conjuncts(verb: Token) -> Iterator[Token]:
    """A verb and those it is coordinated to."""
    yield verb
    while verb.deprel == "conj" and verb.head is not None:
        verb = verb.head
        yield verb


def perfect(verb: Token) -> bool:
    """Whether a verb is in the present perfect."""
    return any(child.lower in ("have", "has", "'ve", "’ve") for child in verb.all("aux"))


def fresh(token: Token, *, reported: bool) -> bool:
    """Whether the tense tells news rather than background.

    The past perfect is background, but not in reported speech, where it stands for the past and the perfect.
    """
    if not is_verbal(token):
        return False
    return reported or not any(child.lower in ("had", "'d") for child in token.all("aux"))


def in_time_clause(verb: Token) -> bool:
    """Whether a predicate stands in a clause that only dates another: "since protests broke out"."""
    for other in with_conjuncts(verb):
        mark = other.child("mark")
        if other.deprel == "advcl" and mark is not None and mark.lower in ("since", "after", "before", "until"):
            return True
    return False


def is_day(time: TimeExpression) -> bool:
    """Whether a time expression tells one day."""
    return time.when is not None and time.when.grain == "day" and "/" not in time.when.edtf
