"""Blocks: the parts of a document's text and what each is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a block is: later stages read headline, standfirst, body, caption and bullet, and leave the others alone.

    A repeat is a paragraph that stood earlier in the same text.
    """

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    BULLET = "bullet"
    CREDIT = "credit"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Block:
    """Characters `start` to `end` (half-open code points of `Document.text`, no white space at the ends) and their role."""

    start: int
    end: int
    role: Role
