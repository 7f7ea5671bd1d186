"""Parse trees to claims: each rule of `claims.lark` has the method of its name here.

A word that fits the grammar but means nothing (an event type that there is not) raises `UnfitError` with its token.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from lark import Token, Transformer, v_args

from whoholds.model import (
    Action,
    Actor,
    Allied,
    Change,
    Control,
    Count,
    Event,
    EventType,
    Factuality,
    Matter,
    Obligation,
    Offset,
    Parted,
    Role,
    Step,
    When,
    Where,
)
from whoholds.model import Place as GazetteerPlace
from whoholds.notation.bare import place_as_told
from whoholds.notation.spelling import unquoted

E = TypeVar("E", bound=StrEnum)


class UnfitError(Exception):
    """A word that cannot mean anything where it stands: its token, what is wrong and the way out."""

    def __init__(self, token: Token, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.token, self.message, self.hint = token, message, hint


@dataclass(frozen=True, slots=True)
class Quoting:
    """A `from` line: what the document is called, the line and characters where told, and the words."""

    label: str
    line: int | None
    start: int | None
    end: int | None
    words: str
    label_token: Token
    words_token: Token


@dataclass(frozen=True, slots=True)
class DocumentTold:
    """A `document` block: what it is called and the hash of its text where told."""

    label: str
    id: str | None


@dataclass(slots=True)
class ClaimTold:
    """A claim whose `from` is not yet looked up."""

    matter: Matter
    when: When | None
    where: Where | None
    said_by: tuple[Actor, ...] = ()
    factuality: Factuality = Factuality.ACTUAL
    quoting: Quoting | None = None
    seen: set[str] = field(default_factory=set)


Told = ClaimTold | DocumentTold | Allied | Parted


class _Name(str):
    """A name that remembers the token it began with."""

    __slots__ = ("token",)
    token: Token


@dataclass(frozen=True, slots=True)
class _Detail:
    """An indented line: what may stand only once, its first token, and how it changes the claim."""

    what: str
    token: Token
    apply: Callable[[ClaimTold], None]


@v_args(inline=True)
class Builder(Transformer[Token, Told]):
    """Builds a `ClaimTold`, a `DocumentTold` or an alliance from the tree of one block."""

    def start(self, told: Told) -> Told:
        return told

    def claim(self, when: Token, kind: Token, where: Where | None, matter: Matter, *details: _Detail) -> ClaimTold:
        told = ClaimTold(matter, _when(when), where)
        for detail in details:
            if detail.what in told.seen:
                raise UnfitError(detail.token, f"a second '{detail.what}' line", "a claim has each of its lines once")
            told.seen.add(detail.what)
            detail.apply(told)
        if told.quoting is None:
            hint = 'add an indented line such as: from report.txt [12:40] "the words quoted"'
            raise UnfitError(kind, "the claim does not tell which words it is from", hint)
        return told

    def document(self, name: _Name, *facts: str | None) -> DocumentTold:
        return DocumentTold(str(name), next((fact for fact in facts if fact), None))

    def alliance(self, told: Allied | Parted) -> Allied | Parted:
        return told

    def allied(self, period: Token, member: Actor, side: Actor, reason: str | None) -> Allied:
        return Allied(member, side, _period(period), reason or "")

    def parted(self, period: Token, member: Actor, side: Actor, reason: str | None) -> Parted:
        return Parted(member, side, _period(period), reason or "")

    def reason(self, name: _Name) -> str:
        return str(name)

    def sha256(self, digits: Token) -> str:
        return str(digits)

    def published(self, day: Token) -> None:
        _when(day)

    def told(self, _: _Name) -> None:
        return None

    def place(self, name: _Name, country: Token | None, lat: Token | None, lon: Token | None, geonameid: Token | None) -> Where:
        if country is None or lat is None or lon is None:
            return Where(name=str(name))
        for degrees, limit, what in ((lat, 90, "latitude"), (lon, 180, "longitude")):
            if abs(float(degrees)) > limit:
                raise UnfitError(
                    degrees, f"{degrees} is no {what}", f"latitude comes first; a {what} is at most {limit} degrees"
                )
        place = GazetteerPlace(
            name=str(name),
            lat=float(lat),
            lon=float(lon),
            country=None if country == "-" else str(country),
            feature="",
            geonameid=int(geonameid[1:]) if geonameid else None,
        )
        return place_as_told(str(name), place)

    def event(self, kind: Token, doers: Sequence[Actor] | None, recipients: Sequence[Actor] | None) -> Event:
        return Event(type=_member(EventType, kind, "event type"), actors=tuple(doers or ()), recipients=tuple(recipients or ()))

    def holding(self, holder: Actor | None, change: Token, former: Actor | None) -> Control:
        return Control(change=Change(change), holder=holder, former=former)

    def losing(self, former: Actor | None, change: Token, holder: Actor | None) -> Control:
        return Control(change=Change(change), holder=holder, former=former)

    def contesting(self, change: Token, holder: Actor | None, former: Actor | None) -> Control:
        return Control(change=Change(change), holder=holder, former=former)

    def obligation(
        self, step: Token, action: Token, obligors: Sequence[Actor] | None, beneficiaries: Sequence[Actor] | None
    ) -> Obligation:
        return Obligation(
            step=_member(Step, step, "step of an obligation"),
            action=_member(Action, action, "action of an obligation"),
            obligors=tuple(obligors or ()),
            beneficiaries=tuple(beneficiaries or ()),
        )

    def holder(self, actor: Actor | None = None) -> Actor | None:
        return actor

    def actors(self, *actors: Actor) -> tuple[Actor, ...]:
        return actors

    def actor(self, name: _Name, codes: dict[str, Any] | None) -> Actor:
        return Actor(name=str(name), **(codes or {}))

    def codes(self, *tokens: Token | None) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for token in filter(None, tokens):
            if token.type == "QUOTED":
                found["organisation"] = _unquoted(token)
                continue
            what = "role" if token in Role.__members__ else "country"
            if what in found or (what == "country" and "role" in found):
                raise UnfitError(token, f"'{token}' is one code too many", "codes are a country and a role: [AZE MIL]")
            found[what] = Role(token) if what == "role" else str(token)
        return found

    def name(self, *tokens: Token) -> _Name:
        first = tokens[0]
        name = _Name(_unquoted(first) if first.type == "QUOTED" else " ".join(tokens))
        name.token = first
        return name

    def said(self, *parts: Actor | Token | None) -> _Detail:
        speakers = tuple(part for part in parts if isinstance(part, Actor))
        stance = next((part for part in parts if isinstance(part, Token)), None)
        return self._voice(stance, speakers)

    def own_voice(self, stance: Token | None) -> _Detail:
        return self._voice(stance, ())

    def _voice(self, stance: Token | None, speakers: tuple[Actor, ...]) -> _Detail:
        factuality = Factuality.ACTUAL if stance is None else _member(Factuality, stance, "factuality")

        def apply(told: ClaimTold) -> None:
            told.said_by, told.factuality = speakers, factuality

        return _Detail("said by", stance or Token("WORD", "", 0), apply)

    def count(self, what: Token, token: Token) -> _Detail:
        low, dots, high = token.partition("..")
        try:
            value = Count(int(low) if low else None, int(high) if high else None if dots else int(low))
        except ValueError as error:
            raise UnfitError(token, f"'{token}' is no count: {error}", "write 14, 14.., ..20 or 200..999") from None
        return _of_matter(str(what), what, Event, **{str(what): value})

    def due(self, day: Token, was: Token | None) -> _Detail:
        return _of_matter("due", day, Obligation, due=_when(day), due_was=None if was is None else _when(was))

    def due_after(self, length: Token, side: Token, name: _Name) -> _Detail:
        try:
            offset = Offset(str(length) if side == "after" else f"-{length}", str(name))
        except ValueError as error:
            raise UnfitError(length, str(error), "write P14D, P6M, P1Y6M, P2W or PT72H") from None
        return _of_matter("due after", length, Obligation, due_after=offset)

    def under(self, name: _Name) -> _Detail:
        return _of_matter("under", name.token, Obligation, agreement=str(name))

    def because(self, name: _Name) -> _Detail:
        return _of_matter("because", name.token, Obligation, reason=str(name))

    def asked(self, actor: Actor) -> _Detail:
        return _of_matter("asked by", Token("WORD", "", 0), Obligation, asked_by=actor)

    def quoting(self, label: _Name, line: Token | None, start: Token | None, end: Token | None, words: Token) -> _Detail:
        quoting = Quoting(
            label=str(label),
            line=int(line) if line else None,
            start=int(start) if start else None,
            end=int(end) if end else None,
            words=_unquoted(words),
            label_token=label.token,
            words_token=words,
        )

        def apply(told: ClaimTold) -> None:
            told.quoting = quoting

        return _Detail("from", label.token, apply)


def _of_matter(what: str, token: Token, kind: type[Event] | type[Obligation], **values: Any) -> _Detail:
    """A line that fills fields of the matter, which must be of one kind."""

    def apply(told: ClaimTold) -> None:
        if not isinstance(told.matter, kind):
            article = "an" if kind.__name__[0] in "EO" else "a"
            own = type(told.matter).__name__.lower()
            raise UnfitError(
                token, f"'{what}' belongs to {article} {kind.__name__.lower()}, this is {_a(own)}", "leave the line out"
            )
        told.matter = replace(told.matter, **values)

    return _Detail(what, token, apply)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _when(token: Token) -> When | None:
    if token in ("undated", "?"):
        return None
    try:
        return When(str(token))
    except ValueError as error:
        raise UnfitError(token, str(error), "write 2020-11-25, 2020-11, 1994/.., ../2020-11-25, 2020-09~, or undated") from None


def _period(token: Token) -> When | None:
    return None if token == "always" else _when(token)


def _member(kind: type[E], token: Token, what: str) -> E:
    for member in kind:
        if token.lower() == member.value.lower():
            return member
    values = [member.value for member in kind]
    near = difflib.get_close_matches(token.upper(), [value.upper() for value in values], 1)
    meant = next((value for value in values if near and value.upper() == near[0]), "")
    hint = f"did you mean {meant}?" if meant else f"one of {', '.join(values)}"
    raise UnfitError(token, f"'{token}' is no {what}", hint)


def _unquoted(token: Token) -> str:
    try:
        return unquoted(token)
    except ValueError:
        hint = r"within quotes, write \" for a quotation mark, \\ for a backslash and \n for a line break"
        raise UnfitError(token, "the quoted words hold an escape that is none", hint) from None
