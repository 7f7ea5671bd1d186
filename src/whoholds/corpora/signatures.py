"""Signatures: what two reports of the same wording have in common, and what they must have in common to tell the same.

A signature is worked out from the blocks that are read (see `articles.blocks`): by-lines, credits, "Read more" and copyright
lines are in none of it, and of a dateline ("GOMA, Nov 25 (Agency) -") only the place and the day are. It has two halves:

- a **MinHash** over runs of three words (Broder 1997, "On the resemblance and containment of documents"; `datasketch`, scheme
  "affine32"), of which the low 16 bits of each value are kept (Li and König 2010, "b-bit minwise hashing"). It finds texts
  that overlap, whatever else they tell.
- the **tells**: a hash of every sentence, with case, punctuation, quotation marks, articles and house style ("Nov." or
  "November", "1,000" or "1000", "defence" or "defense") evened out and all else kept, and hashes of the numbers, days and
  negations. Whether one report tells nothing beyond another is decided by them, in `covers`.

Hashes are CRC-32 and BLAKE2 of UTF-8, and byte order is little-endian: the same text has the same signature on every machine.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from whoholds.articles import Block, Role, blocks
from whoholds.corpora.wording import hard_words, sentences, words
from whoholds.model import Document

PERMUTATIONS = 128  # 256 bytes a document; `twins` cuts them into 32 bands of four
_SHINGLE = 3
_SCHEME = "affine32"
_READ = frozenset({Role.STANDFIRST, Role.BODY, Role.CAPTION, Role.BULLET})
_MIXED = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)  # odd, so that no bit of a word's hash is lost

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Tells:
    """What a report tells, as sorted distinct 32-bit hashes in little-endian bytes.

    `sentences` are those of the text and the words of its dateline, `headline` the numbers, days and negations of its
    headline, `words` those of the whole text.
    """

    sentences: bytes
    headline: bytes
    words: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of a text: `minhash` is `PERMUTATIONS` little-endian 16-bit values."""

    minhash: bytes
    tells: Tells


def signature(document: Document, found: Sequence[Block] | None = None) -> Signature:
    """The signature of what is read in a document, whose blocks may be handed in where they are known.

    A headline counts as text where there is nothing else. Text without words gives hashes of nothing, like any other such.
    """
    parts = _parts(document, blocks(document) if found is None else found)
    told = [sentence for part in parts.text for sentence in sentences(part)]
    keys = [_hash(" ".join(sentence)) for sentence in told if sentence]
    keys += [_hash(f"dateline {word}") for part in parts.datelines for word in words(part)]
    running = [word for sentence in told for word in sentence]
    heads = [word for part in parts.headlines for word in hard_words(words(part))]
    tells = Tells(_packed(keys), _packed(map(_hash, heads)), _packed(map(_hash, [*heads, *hard_words(running)])))
    return Signature(_minhash(running), tells)


def covers(first: Tells, other: Tells) -> bool:
    """Whether `other` tells nothing that `first` does not: every sentence, and what is hard in its headline, is in `first`.

    A text that tells nothing is covered by none: two empty pages are not the same report.
    """
    if not other.sentences:
        return False
    return _within(other.sentences, first.sentences) and _within(other.headline, first.words)


def likeness(one: Signature, other: Signature) -> float:
    """The share of their three-word runs that two texts have in common (Jaccard, 0 to 1), estimated to about 0.04."""
    return float(np.mean(np.frombuffer(one.minhash, "<u2") == np.frombuffer(other.minhash, "<u2")))


def signature_to_json(found: Signature) -> dict[str, str]:
    """The signature as an object of base64 strings, as it stands in a line of the survey."""
    tells = found.tells
    named = {"minhash": found.minhash, "sentences": tells.sentences, "headline": tells.headline, "words": tells.words}
    return {name: base64.b64encode(data).decode("ascii") for name, data in named.items()}


def signature_from_json(row: Mapping[str, Any]) -> Signature:
    """The signature that `signature_to_json` wrote. Raises KeyError or ValueError for anything else."""
    data = {name: base64.b64decode(row[name], validate=True) for name in ("minhash", "sentences", "headline", "words")}
    if len(data["minhash"]) != 2 * PERMUTATIONS:
        raise ValueError(f"a minhash of {len(data['minhash'])} bytes")
    return Signature(data["minhash"], Tells(data["sentences"], data["headline"], data["words"]))


@dataclass(frozen=True, slots=True)
class _Parts:
    headlines: list[str]
    datelines: list[str]
    text: list[str]


def _parts(document: Document, found: Sequence[Block]) -> _Parts:
    def of(*roles: Role) -> list[str]:
        return [document.text[block.start : block.end] for block in found if block.role in roles]

    headlines, text = of(Role.HEADLINE), of(*_READ)
    if not text:
        headlines, text = [], headlines
    return _Parts(headlines, [_undated(part) for part in of(Role.DATELINE)], text)


def _undated(dateline: str) -> str:
    """A dateline without its agency: what stands before the bracket."""
    return dateline.partition("(")[0]


def _minhash(running: Sequence[str]) -> bytes:
    from datasketch import MinHash  # not at the top: it brings scipy, 56 MB, and looking for twins needs none of it

    found = MinHash(PERMUTATIONS, scheme=_SCHEME, hashfunc=int, permutations=_permutations())
    found.update_batch(_shingles(running))
    values = (found.hashvalues & 0xFFFF).astype("<u2")
    return bytes(values.tobytes())


@lru_cache(maxsize=1)
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, scheme=_SCHEME).permutations


def _shingles(running: Sequence[str]) -> list[int]:
    """A hash of each run of three words; of a shorter text, one of all it has."""
    hashes = np.fromiter(map(_word_hash, running), dtype=np.uint32, count=len(running))
    if len(hashes) < _SHINGLE:
        hashes = np.concatenate([hashes, np.zeros(_SHINGLE - len(hashes), dtype=np.uint32)])
    runs = np.lib.stride_tricks.sliding_window_view(hashes, _SHINGLE)
    mixed: list[int] = np.unique((runs * _MIXED).sum(axis=1, dtype=np.uint32)).tolist()
    return mixed


@lru_cache(maxsize=65_536)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _hash(told: str) -> int:
    return int.from_bytes(blake2b(told.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")


def _packed(hashes: Iterator[int] | Sequence[int]) -> bytes:
    return np.array(sorted(set(hashes)), dtype="<u4").tobytes()


def _within(few: bytes, many: bytes) -> bool:
    return few == many or (len(few) <= len(many) and set(unpacked(few)) <= set(unpacked(many)))


def unpacked(hashes: bytes) -> list[int]:
    """The hashes of a field of `Tells`, in ascending order."""
    found: list[int] = np.frombuffer(hashes, "<u4").tolist()
    return found
