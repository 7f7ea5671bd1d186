"""Words as the encoder takes them: word-pieces of its uncased vocabulary, and the shape that lower-casing hides.

Training and reading share this module, so that both see the same numbers.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_MOST_PIECES = 12  # longer words are links and noise: beginning and end are kept
_KEPT_HEAD, _KEPT_TAIL = 8, 4
_CACHED_WORDS = 200_000


class Shape(IntEnum):
    """What a word's characters look like; PAD stands for no word, ROOT for the artificial head of a sentence."""

    PAD = 0
    LOWER = 1
    TITLE = 2
    CAPITALS = 3
    LETTER = 4
    MIXED = 5
    DIGITS = 6
    WITH_DIGITS = 7
    MARK = 8
    JOINED_TITLE = 9
    ROOT = 10
    OTHER_SCRIPT = 11


def shape(word: str) -> Shape:
    """The shape of a word that is not empty: "Kelbajar" TITLE, "al-Assad" MIXED, "O'Hara" JOINED_TITLE, "2nd" WITH_DIGITS."""
    if word.isdigit():
        return Shape.DIGITS
    if any(character.isdigit() for character in word):
        return Shape.WITH_DIGITS
    if not any(character.isalpha() for character in word):
        return Shape.MARK
    if word.islower():
        return Shape.LOWER
    if word.isupper():
        return Shape.CAPITALS if len(word) > 1 else Shape.LETTER
    if word == word.lower():  # letters without case
        return Shape.OTHER_SCRIPT
    if word[0].isupper():
        return Shape.TITLE if word.isalpha() and word[1:].islower() else Shape.JOINED_TITLE
    return Shape.MIXED


class WordPieces:
    """The vocabulary in a `tokenizer.json`. Raises OSError when the file is missing, ValueError when it is no tokeniser."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
        except OSError:
            raise
        except Exception as error:  # the library raises bare Exception
            raise ValueError(f"{path.name} is no tokeniser: {error}") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self.opening, self.closing, self._unknown = (_number(tokenizer, name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """The piece numbers of a word: at least one, at most twelve."""
        pieces = self._known.get(word)
        if pieces is None:
            pieces = self._tokenizer.encode(word, add_special_tokens=False).ids or [self._unknown]
            if len(pieces) > _MOST_PIECES:
                pieces = pieces[:_KEPT_HEAD] + pieces[-_KEPT_TAIL:]
            if len(self._known) >= _CACHED_WORDS:
                self._known.clear()
            self._known[word] = pieces
        return pieces


def _number(tokenizer: Tokenizer, name: str) -> int:
    number = tokenizer.token_to_id(name)
    if number is None:
        raise ValueError(f"no piece {name} in the vocabulary")
    return number
