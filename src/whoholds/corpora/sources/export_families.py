"""The families of exports, and which of them a text is one of: by the lines that part reports, and fields of their headers.

A line alone makes no export: at least two sorts of the fields that a family has must be there too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whoholds.corpora.sources import factiva, nexis_classic, nexis_uni
from whoholds.corpora.sources.exported import Bare, Exported
from whoholds.corpora.sources.stretches import Mark

LOOKED_AT = 1_048_576  # bytes; a list of five hundred hits before the first report has a tenth of it
_FEWEST_FIELDS = 2  # sorts of them


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of export: the line that parts its reports, the fields it is known by, and what reads a report.

    `sign` is in every such line; a text without it is told at once.
    `read` is given the lines of what was cut and whether it is the first of the file.
    """

    name: str
    sign: bytes
    mark: Mark
    fields: re.Pattern[bytes]
    read: Callable[..., Exported | Bare | None]

    def count(self, sample: bytes) -> int:
        """How many reports a sample has the marks of; 0 where it is no export of this family."""
        if self.sign not in sample:
            return 0
        marks = sum(1 for _ in self.mark.pattern.finditer(sample))
        if not marks:
            return 0
        sorts = {(match.lastgroup or match[0].strip().lower()) for match in self.fields.finditer(sample)}
        return marks if len(sorts) >= _FEWEST_FIELDS else 0


_AFTER_TAG = rb"(?:[ \t]{2}|\t|[ \t]*\r?$)"


def _sorts(**fields: bytes) -> re.Pattern[bytes]:
    """A pattern for lines that begin with fields, each sort of them a group."""
    return re.compile(
        rb"^[ \t]{0,8}(?:" + b"|".join(b"(?P<%b>%b)" % (name.encode(), field) for name, field in fields.items()) + b")", re.M
    )


_FAMILIES = (
    Family(
        "classic",
        b" DOCUMENT",
        Mark(
            re.compile(rb"^(?:\xef\xbb\xbf)?[ \t\f]{0,80}(?:Document )?\d{1,6} of \d{1,6} DOCUMENTS?[ \t]*\r?$", re.M),
            ends=False,
        ),
        re.compile(rb"^[ \t]{0,8}(?:LENGTH|BYLINE|SECTION|HEADLINE|DATELINE|BODY|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE):", re.M),
        nexis_classic.read,
    ),
    Family(
        "uni",
        b"End of Document",
        Mark(re.compile(rb"^[ \t\f]{0,80}End of Document[ \t]*\r?$", re.M), ends=True),
        _sorts(
            body=rb"Body[ \t]*\r?$",
            length=rb"Length:(?:[ \t]|\xc2\xa0)*[\d,.]+ words",
            load=rb"Load-Date:",
            section=rb"Section:",
            byline=rb"Byline:",
            classification=rb"Classification[ \t]*\r?$",
        ),
        nexis_uni.read,
    ),
    Family(
        "factiva",
        b"Document ",
        Mark(
            re.compile(rb"^[ \t\f]{0,80}(?:AN[ \t]+)?Document [A-Z][A-Z0-9]{2,11}\d{8}[a-z0-9]{6,14}[ \t]*\r?$", re.M),
            ends=True,
        ),
        _sorts(
            words=rb"[\d,.]{1,9} words[ \t]*\r?$",
            language=rb"English[ \t]*\r?$",
            rights=rb"\(c\)|Copyright\b|\xc2\xa9",
            hd=rb"HD" + _AFTER_TAG,
            pd=rb"PD" + _AFTER_TAG,
            td=rb"TD" + _AFTER_TAG,
        ),
        factiva.read,
    ),
)
BY_NAME = {family.name: family for family in _FAMILIES}


def family_of(sample: bytes) -> Family | None:
    """The family that the beginning of a text (LOOKED_AT bytes) is an export of; None for an ordinary text.

    Of several the one with most reports.
    """
    counted = [(family.count(sample), family) for family in _FAMILIES]
    most, family = max(counted, key=lambda each: each[0])
    return family if most else None


def read(family: Family, text: str, *, first: bool) -> Exported | Bare | None:
    """The report of what was cut out of an export; None for a cover page and what follows the last report."""
    lines: Sequence[str] = (
        text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\f", "\n").replace("\xa0", " ").split("\n")
    )
    return family.read(lines, first=first)
