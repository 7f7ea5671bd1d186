"""The bytes in which claims, documents, findings and other nouns of the model are kept: small, and the same in every store.

The problem is a million claims, each with spans of its parts, alternatives of its place, and a quotation. As JSON with names
such a claim takes a kilobyte and more. Here a noun is the list of its fields in the order of its class, without those at the
end that have their default, and a span that lies in its claim's evidence is two numbers, where it begins there and how long it
is: `["Control","gains",["Azerbaijan","AZE","MIL",null,[4,11]]]`. That is deflated (RFC 1951) against a dictionary of words
which claims share, so that short texts shrink too.

What is kept this way comes back equal, character for character: lone surrogates go through as they are (UTF-8 with
"surrogatepass"). A field added at the end of a class, with a default, leaves what was kept before readable; any other change to
a class needs a migration.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from whoholds.model import Claim, Derivation, Span

T = TypeVar("T")
Home = Span | None  # the evidence of the claim whose part is coded

_MARK = "\ufdd0"  # a noncharacter: no text begins with it, and if one does it is escaped too
_WINDOW = -13  # raw deflate; claims are short, and a small window is set up faster
_DICTIONARY = (
    b'"planned","possible","denied","actual","demonym","metonym","modifier","literal","2020-2021-2022-2023-2024-11-10-12-"'
    b" forces of the in to and from by on that had said for with city district province region village town ministry defence"
    b" army government soldiers civilians were killed injured people control captured seized withdrew from attack on ceasefire"
    b'"Obligation","set","extended","advanced","met","breached","cancelled","sought","hand_over","withdraw","cease_fire","release"'
    b'"Event","AGREE","CONSULT","SUPPORT","AID","RETREAT","REQUEST","ACCUSE","REJECT","THREATEN","MOBILIZE","COERCE","ASSAULT",'
    b'"RUS","UKR","SYR","YEM","SDN","ISR","PSE","ARM","AZE","REB","MIL",null,[0,"GOV",null,[null,null,null,null,],[],null,"A",'
    b'"P","actual",["20["Control","loses","holds","contested","gains",[["'
)


class _Coder(NamedTuple):
    encode: Callable[[Any, Home], Any]
    decode: Callable[[Any, Home], Any]


def encode(value: object) -> bytes:
    """A noun of the model as JSON in UTF-8. Raises TypeError for what is none."""
    return _json(_coder(type(value)).encode(value, None))


def decode(kind: type[T], data: bytes) -> T:
    """The noun of class `kind` that `encode` wrote."""
    return cast(T, _coder(kind).decode(_plain(data), None))


def pack(value: object) -> bytes:
    """A noun of the model, deflated."""
    return deflate(encode(value))


def unpack(kind: type[T], data: bytes) -> T:
    """The noun of class `kind` that `pack` wrote."""
    return decode(kind, inflate(data))


def pack_claim(claim: Claim) -> bytes:
    """A claim without its document's id and without its derivation, deflated."""
    home = claim.evidence
    encoded = [coder.encode(getattr(claim, name), home) for name, coder in _claim_fields()]
    while encoded[-1] is None:
        encoded.pop()
    return deflate(_json([home.start, home.quote, *encoded]))


def unpack_claim(data: bytes, document: str, derivation: Derivation | None = None) -> Claim:
    """The claim that `pack_claim` wrote, of the document with this id."""
    start, quote, *values = _plain(inflate(data))
    home = Span(document, start, start + len(quote), quote)
    parts = {name: coder.decode(value, home) for (name, coder), value in zip(_claim_fields(), values, strict=False)}
    return Claim(evidence=home, derivation=derivation, **parts)


def pack_derivation(claim: Claim) -> bytes | None:
    """A claim's derivation, deflated; None where it has none."""
    if claim.derivation is None:
        return None
    return deflate(_json(_coder(Derivation).encode(claim.derivation, claim.evidence)))


def unpack_derivation(data: bytes, evidence: Span) -> Derivation:
    """The derivation that `pack_derivation` wrote, of the claim with this evidence."""
    return cast(Derivation, _coder(Derivation).decode(_plain(inflate(data)), evidence))


def deflate(data: bytes) -> bytes:
    """Deflated against the dictionary of this format."""
    writer = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, 6, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    return writer.compress(data) + writer.flush()


def inflate(data: bytes) -> bytes:
    """What `deflate` was given. Raises zlib.error when the bytes are damaged."""
    reader = zlib.decompressobj(_WINDOW, _DICTIONARY)
    return reader.decompress(data) + reader.flush()


def pack_text(text: str) -> bytes:
    """The text of a document, compressed (zlib, RFC 1950)."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack_text(data: bytes) -> str:
    """The text that `pack_text` was given. Raises zlib.error or ValueError when the bytes are damaged."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def storable(text: str) -> str:
    """A string that any database takes in a text column; one with a lone surrogate or a NUL in it is escaped."""
    if text.isascii() and "\0" not in text:
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _MARK + json.dumps(text)
    return _MARK + json.dumps(text) if "\0" in text or text.startswith(_MARK) else text


def stored(text: str) -> str:
    """The string that `storable` was given."""
    return cast(str, json.loads(text[1:])) if text.startswith(_MARK) else text


def number_of(claim: str) -> int:
    """A claim's id as a signed number of 64 bits, in the same order; ValueError for what is no id."""
    if len(claim) != 16:
        raise ValueError(f"{claim!r} is no id of a claim")
    return int(claim, 16) - (1 << 63)


def id_of(number: int) -> str:
    """The claim's id that is this number."""
    return f"{number + (1 << 63):016x}"


_write = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _json(value: object) -> bytes:
    return _write(value).encode("utf-8", "surrogatepass")


def _plain(data: bytes) -> Any:
    return json.loads(data.decode("utf-8", "surrogatepass"))


@cache
def _claim_fields() -> tuple[tuple[str, _Coder], ...]:
    hints = get_type_hints(Claim)
    return tuple(
        (field.name, _coder(hints[field.name]))
        for field in fields(Claim)
        if field.init and field.name not in ("evidence", "derivation")
    )


def _coder(kind: Any) -> _Coder:
    coder = _coders.get(kind)
    if coder is None:
        coder = _coders[kind] = _made(kind)
    return coder


_coders: dict[Any, _Coder] = {}


def _made(kind: Any) -> _Coder:
    if kind in (str, int, float, bool):
        return _Coder(_same, _same)
    if kind is date:
        return _Coder(lambda value, home: value.toordinal(), lambda value, home: date.fromordinal(value))
    if kind is Span:
        return _Coder(_encode_span, _decode_span)
    if kind is Claim:
        return _Coder(_encode_claim, _decode_claim)
    if get_origin(kind) is tuple:
        return _sequence(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return _union(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        members = kind.__members__.values()
        by_value = {member.value: member for member in members}
        return _Coder(lambda value, home: value.value, lambda value, home: by_value[value])
    if is_dataclass(kind):
        return _record(cast(type, kind))
    raise TypeError(f"{kind} is not kept in a register")


def _same(value: Any, home: Home) -> Any:
    return value


def _sequence(kind: Any) -> _Coder:
    def encode_all(values: Any, home: Home) -> Any:
        item = _coder(kind).encode
        return [item(value, home) for value in values]

    def decode_all(values: Any, home: Home) -> Any:
        item = _coder(kind).decode
        return tuple([item(value, home) for value in values])

    return _Coder(encode_all, decode_all)


def _union(kinds: tuple[Any, ...]) -> _Coder:
    some = [kind for kind in kinds if kind is not type(None)]
    if len(some) == 1:
        inner = _coder(some[0])
        if inner.encode is _same:
            return inner
        return _Coder(
            lambda value, home: None if value is None else inner.encode(value, home),
            lambda value, home: None if value is None else inner.decode(value, home),
        )
    by_name = {kind.__name__: _coder(kind) for kind in some}

    def encode_tagged(value: Any, home: Home) -> Any:
        name = type(value).__name__
        return [name, *by_name[name].encode(value, home)]

    return _Coder(encode_tagged, lambda value, home: by_name[value[0]].decode(value[1:], home))


def _record(kind: type) -> _Coder:
    hints = get_type_hints(kind)
    own = [field for field in fields(kind) if field.init]
    names = [field.name for field in own]
    defaults = [field.default for field in own]

    @cache
    def coders() -> list[_Coder]:  # later than `_record`: a derivation has derivations for parts
        return [_coder(hints[name]) for name in names]

    get = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),) if names else ()

    @cache
    def steps() -> list[tuple[int, Callable[[Any, Home], Any]]]:
        return [(i, coder.encode) for i, coder in enumerate(coders()) if coder.encode is not _same]

    def encode_fields(value: Any, home: Home) -> Any:
        values = list(get(value))
        while values and values[-1] == defaults[len(values) - 1]:  # MISSING equals no value
            values.pop()
        for i, encode_field in steps() if values else ():
            if i < len(values) and values[i] is not None:
                values[i] = encode_field(values[i], home)
        return values

    @cache
    def steps_back() -> list[tuple[int, Callable[[Any, Home], Any]]]:
        return [(i, coder.decode) for i, coder in enumerate(coders()) if coder.decode is not _same]

    def decode_fields(values: Any, home: Home) -> Any:
        size = len(values)
        for i, decode_field in steps_back():
            if i < size and values[i] is not None:
                values[i] = decode_field(values[i], home)
        return kind(**dict(zip(names, values, strict=False)))

    return _Coder(encode_fields, decode_fields)


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
    parts = [coder.encode(getattr(claim, name), claim.evidence) for name, coder in _claim_fields()]
    derivation = claim.derivation and _coder(Derivation).encode(claim.derivation, claim.evidence)
    return [_encode_span(claim.evidence, None), derivation, *parts]


def _decode_claim(value: Any, home: Home) -> Claim:
    span, derivation, *values = value
    evidence = _decode_span(span, None)
    parts = {name: coder.decode(item, evidence) for (name, coder), item in zip(_claim_fields(), values, strict=False)}
    tree = None if derivation is None else _coder(Derivation).decode(derivation, evidence)
    return Claim(evidence=evidence, derivation=tree, **parts)
