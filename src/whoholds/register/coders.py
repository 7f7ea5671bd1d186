"""How the nouns of the model become plain lists and numbers that JSON has, and back: a pair of functions for each class.

The pairs are made from the classes themselves, once each. They are written for speed, since a question may ask for tens of
thousands of claims of ten nouns each. The constructor of a frozen class sets each field by a call of its own; so a noun that
comes back is made as one of a twin class with the same slots that is not frozen, several times as fast, is then given its own
class, and its own checks (`__post_init__`) are run as the constructor would.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, make_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

from whoholds.model import Claim, Derivation, Span

Home = Span | None  # the evidence of the claim whose part is coded
Step = Callable[[Any, Home], Any]


class Coder(NamedTuple):
    """Makes a value of a class plain, and makes it again of what is plain."""

    encode: Step
    decode: Step


@cache
def coder(kind: Any) -> Coder:
    """The coder of a class, of a union of them or of a tuple of any number of one. Raises TypeError for what is not kept."""
    if kind in (str, int, float, bool):
        return Coder(_same, _same)
    if kind is date:
        return Coder(lambda value, home: value.toordinal(), lambda value, home: date.fromordinal(value))
    if kind is Span:
        return Coder(_encode_span, _decode_span)
    if kind is Claim:
        return Coder(_encode_claim, _decode_claim)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return _union(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        by_value = {member.value: member for member in kind.__members__.values()}
        return Coder(_same, lambda value, home: by_value[value])  # JSON writes its members as the strings that they are
    if is_dataclass(kind):
        return _record(cast(type, kind))
    raise TypeError(f"{kind} is not kept in a register")


def encode_parts(claim: Claim) -> list[Any]:
    """A claim without its evidence and its derivation."""
    return _parts().encode(claim, claim.evidence)  # type: ignore[no-any-return]


def decode_parts(values: list[Any], evidence: Span, derivation: Derivation | None) -> Claim:
    """The claim that `encode_parts` made plain."""
    return _parts().decode([evidence, derivation, *values], evidence)  # type: ignore[no-any-return]


def _same(value: Any, home: Home) -> Any:
    return value


def _sequence(kind: Any) -> Coder:
    def encode_all(values: Any, home: Home) -> Any:
        item = coder(kind).encode
        return values if item is _same else [item(value, home) for value in values]

    def decode_all(values: Any, home: Home) -> Any:
        if not values:
            return ()
        item = coder(kind).decode
        return tuple(values) if item is _same else tuple([item(value, home) for value in values])

    return Coder(encode_all, decode_all)


def _union(kinds: tuple[Any, ...]) -> Coder:
    some = [kind for kind in kinds if kind is not type(None)]
    if len(some) == 1:
        return coder(some[0])  # None is never handed to a coder
    by_name = {kind.__name__: coder(kind) for kind in some}

    def encode_tagged(value: Any, home: Home) -> Any:
        name = type(value).__name__
        return [name, *by_name[name].encode(value, home)]

    return Coder(encode_tagged, lambda value, home: by_name[value[0]].decode(value[1:], home))


def _record(kind: type, *, first: tuple[str, ...] = (), coded: bool = True) -> Coder:
    """The coder of a dataclass: the list of its fields without those at the end that have their default.

    The fields `first` stand in front; where not `coded`, they are neither encoded nor decoded.
    """
    own = {field.name: field for field in fields(kind) if field.init}
    names = [*first, *(name for name in own if name not in first)]
    written = names if coded else names[len(first) :]
    defaults = [own[name].default for name in written]
    get = attrgetter(*written) if len(written) > 1 else lambda value: [getattr(value, name) for name in written]

    @cache
    def steps() -> tuple[list[tuple[int, Step]], list[tuple[int, Step]]]:  # later: a derivation has derivations for parts
        hints = get_type_hints(kind)
        coders = [(i, coder(hints[name])) for i, name in enumerate(written)]
        offset = len(names) - len(written)
        there = [(i, one.encode) for i, one in coders if one.encode is not _same]
        return there, [(i + offset, one.decode) for i, one in coders if one.decode is not _same]

    def encode_fields(value: Any, home: Home) -> Any:
        values = list(get(value))
        size = len(values)
        while size and (values[size - 1] is defaults[size - 1] or values[size - 1] == defaults[size - 1]):
            size -= 1  # MISSING equals no value
        del values[size:]
        for i, encode_field in steps()[0]:
            if i < size and values[i] is not None:
                values[i] = encode_field(values[i], home)
        return values

    fill = _filler(kind, names)

    def decode_fields(values: Any, home: Home) -> Any:
        size = len(values)
        for i, decode_field in steps()[1]:
            if i < size and values[i] is not None:
                values[i] = decode_field(values[i], home)
        return fill(values)

    return Coder(encode_fields, decode_fields)


def _filler(kind: Any, names: list[str]) -> Callable[[list[Any]], Any]:
    """What makes a noun of the values of its first fields, in this order; the others have their defaults.

    Raises TypeError where a field without a default is missing, and what the noun's own checks raise.
    """
    by_name = {field.name: field for field in fields(kind)}
    defaults = [by_name[name].default for name in names]
    needed = len(defaults) - next((i for i, value in enumerate(reversed(defaults)) if value is MISSING), len(defaults))
    rest = [name for name in by_name if name not in names]  # what a noun works out itself
    slots = [(name, Any, None if by_name[name].default is MISSING else by_name[name].default) for name in (*names, *rest)]
    twin = make_dataclass(kind.__name__, slots, slots=True, eq=False)  # of the same layout, not frozen
    check = getattr(kind, "__post_init__", None)

    def fill(values: list[Any]) -> Any:
        size = len(values)
        if size < needed:
            raise TypeError(f"{kind.__name__} has {size} fields of {needed}")
        made: Any = twin(*values)
        made.__class__ = kind
        if check is not None:
            check(made)
        return made

    return fill


@cache
def _parts() -> Coder:
    return _record(Claim, first=("evidence", "derivation"), coded=False)


def _encode_span(span: Span, home: Home) -> Any:
    if home is None or span.document != home.document:
        return [span.document, span.start, span.quote]
    begin = span.start - home.start
    if begin >= 0 and home.quote[begin : begin + len(span.quote)] == span.quote:
        return [begin, len(span.quote)]
    return [span.start, span.quote]


def _decode_span(value: Any, home: Home) -> Span:
    if len(value) == 3:
        document, start, quote = value
        return Span(document, start, start + len(quote), quote)
    assert home is not None
    start, last = value
    if isinstance(last, str):
        return Span(home.document, start, start + len(last), last)
    return Span(home.document, home.start + start, home.start + start + last, home.quote[start : start + last])


def _encode_claim(claim: Claim, home: Home) -> Any:
    derivation = claim.derivation and coder(Derivation).encode(claim.derivation, claim.evidence)
    return [_encode_span(claim.evidence, None), derivation, *encode_parts(claim)]


def _decode_claim(value: Any, home: Home) -> Claim:
    span, derivation, *values = value
    evidence = _decode_span(span, None)
    tree = None if derivation is None else coder(Derivation).decode(derivation, evidence)
    return decode_parts(values, evidence, tree)
