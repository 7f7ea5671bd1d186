"""JSON values one after another out of a text too big to be parsed at once, each with the line it begins at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_BLACK = re.compile(r"[^ \t\r\n]")
_MEMBER = re.compile(r'[ \t\r\n]*"([^"\\\x00-\x1f]*)"[ \t\r\n]*:[ \t\r\n]*')
_NEAR_END = 12  # characters: a number, a literal or an escape may be cut off there
_DECODER = json.JSONDecoder()


class JsonStream:
    """Reads values and punctuation from pieces of text; `line` counts from 1. No value may be longer than `largest` characters.

    All methods raise json.JSONDecodeError where the text is no JSON or ends too early; its message names no line, `line` does.
    """

    def __init__(self, pieces: Iterable[str], largest: int = 64_000_000) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._at = 0
        self._largest = largest
        self.line = 1

    def peek(self) -> str:
        """The next character that is no white space; "" at the end of the text."""
        while True:
            letter = _BLACK.search(self._text, self._at)
            self._advance(letter.start() if letter else len(self._text))
            if letter:
                return letter[0]
            if not self._read_on():
                return ""

    def take(self, mark: str) -> bool:
        """Whether the next character is this one; it is taken then."""
        if self.peek() != mark:
            return False
        self._advance(self._at + 1)
        return True

    def expect(self, mark: str) -> None:
        """Take this character."""
        if not self.take(mark):
            found = self.peek()
            raise self._error(
                f"{found!r} where {mark!r} should stand" if found else f"the file ends where {mark!r} should stand"
            )

    def value(self) -> Any:
        """Take the next value: an object, a list, a string, a number or a literal."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut_off = error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR_END
                if cut_off and len(self._text) - self._at <= self._largest and self._read_on(len(self._text) - self._at):
                    continue
                self._advance(max(self._at, error.pos))
                raise self._error("the file ends within a value" if cut_off else error.msg) from None
            except ValueError:  # a whole number of more digits than Python reads
                raise self._error("a number has too many digits") from None
            if isinstance(value, int | float) and end > len(self._text) - _NEAR_END and self._read_on():
                continue  # the number may go on
            self._advance(end)
            return value

    def key(self) -> str:
        """Take the key of a member and the colon after it."""
        if self.peek() != '"':
            self.expect('"')
        key = str(self.value())
        self.expect(":")
        return key

    def members(self) -> Iterator[tuple[str, Any]]:
        """Take an object member by member, as key and value."""
        self.expect("{")
        while not self.take("}"):
            plain = _MEMBER.match(self._text, self._at)
            try:
                value, end = _DECODER.raw_decode(self._text, plain.end()) if plain else (None, 0)
            except ValueError:
                end = 0
            if plain and end and not isinstance(value, int | float):
                self._advance(end)
                yield plain[1], value
            else:  # cut off, a number, or a key with escapes: step by step
                key = self.key()
                yield key, self.value()
            if self._text.startswith(",", self._at):
                self._at += 1
            elif not self.take(",") and self.peek() != "}":
                self.expect("}")

    def _advance(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _read_on(self, least: int = 0) -> bool:
        """Append pieces, at least one and as many characters as told, so that values read again cost little in all."""
        pieces = []
        length = 0
        for piece in self._pieces:
            pieces.append(piece)
            length += len(piece)
            if length > least:
                break
        if pieces:
            self._text = self._text[self._at :] + "".join(pieces)
            self._at = 0
        return bool(pieces)

    def _error(self, message: str) -> json.JSONDecodeError:
        return json.JSONDecodeError(message, self._text, self._at)
