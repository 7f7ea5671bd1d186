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
import zlib
from typing import Any, TypeVar, cast

from whoholds.model import Claim, Derivation, Span
from whoholds.register.coders import coder, decode_parts, encode_parts

T = TypeVar("T")

_MARK = "\ufdd0"  # a noncharacter: no text begins with it, and if one does it is escaped too
_WINDOW = -13  # raw deflate
_SHORT_WINDOW = -10  # reaches over the dictionary from up to 200 bytes of text, and is set up faster
_SHORT = 700  # bytes of text up to which the small window is used
_DICTIONARY = (
    b'"planned","possible","denied","actual","demonym","metonym","modifier","literal","2020-2021-2022-2023-2024-11-10-12-"'
    b" forces of the in to and from by on that had said for with city district province region village town ministry defence"
    b" army government soldiers civilians were killed injured people control captured seized withdrew from attack on ceasefire"
    b'"Obligation","set","extended","advanced","met","breached","cancelled","sought","hand_over","withdraw","cease_fire","release"'
    b'"Event","AGREE","CONSULT","SUPPORT","AID","RETREAT","REQUEST","ACCUSE","REJECT","THREATEN","MOBILIZE","COERCE","ASSAULT",'
    b'"RUS","UKR","SYR","YEM","SDN","ISR","PSE","ARM","AZE","REB","MIL",null,[0,"GOV",null,[null,null,null,null,],[],null,"A",'
    b'"P","actual",["20["Control","loses","holds","contested","gains",[["'
)


def _writer(window: int, memory: int) -> zlib._Compress:
    return zlib.compressobj(6, zlib.DEFLATED, window, memory, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)


_short_writer = _writer(_SHORT_WINDOW, 2)  # a copy of one is had sooner than a new one
_reader = zlib.decompressobj(_WINDOW, _DICTIONARY)


def encode(value: object) -> bytes:
    """A noun of the model as JSON in UTF-8. Raises TypeError for what is none."""
    kind: Any = type(value)
    return _json(coder(kind).encode(value, None))


def decode(kind: type[T], data: bytes) -> T:
    """The noun of class `kind` that `encode` wrote."""
    return cast(T, coder(cast(Any, kind)).decode(_plain(data), None))


def pack(value: object) -> bytes:
    """A noun of the model, deflated."""
    return deflate(encode(value))


def unpack(kind: type[T], data: bytes) -> T:
    """The noun of class `kind` that `pack` wrote."""
    return decode(kind, inflate(data))


def pack_claim(claim: Claim) -> bytes:
    """A claim without its document's id and without its derivation, deflated."""
    home = claim.evidence
    return deflate(_json([home.start, home.quote, *encode_parts(claim)]))


def unpack_claim(data: bytes, document: str, derivation: Derivation | None = None, *, id: str | None = None) -> Claim:
    """The claim that `pack_claim` wrote, of the document with this id; its own id need not be worked out where it is given."""
    start, quote, *values = _plain(inflate(data))
    claim = decode_parts(values, Span(document, start, start + len(quote), quote), derivation)
    return claim if id is None else claim.known_as(id)


def pack_derivation(claim: Claim) -> bytes | None:
    """A claim's derivation, deflated; None where it has none."""
    if claim.derivation is None:
        return None
    return deflate(_json(coder(Derivation).encode(claim.derivation, claim.evidence)))


def unpack_derivation(data: bytes, evidence: Span) -> Derivation:
    """The derivation that `pack_derivation` wrote, of the claim with this evidence."""
    return cast(Derivation, coder(Derivation).decode(_plain(inflate(data)), evidence))


def deflate(data: bytes) -> bytes:
    """Deflated against the dictionary of this format."""
    writer = _short_writer.copy() if len(data) <= _SHORT else _writer(_WINDOW, 6)
    return writer.compress(data) + writer.flush()


def inflate(data: bytes) -> bytes:
    """What `deflate` was given. Raises zlib.error when the bytes are damaged."""
    reader = _reader.copy()
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

_read = json.JSONDecoder().raw_decode  # sooner than `json.loads`, which looks for white space


def _json(value: object) -> bytes:
    return _write(value).encode("utf-8", "surrogatepass")


def _plain(data: bytes) -> Any:
    text = data.decode("utf-8", "surrogatepass")
    value, end = _read(text)
    if end != len(text):
        raise ValueError("there is more than one value")
    return value
