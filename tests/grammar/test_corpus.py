"""Every wording of the corpus through the real pipeline: what must, must not and may be read in it."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from tests.grammar.wordings import Wording, told, wordings
from whoholds.pipeline import Reader, Reading

_LINES = list(wordings())


@cache
def _readings() -> dict[str, Reading]:
    """Readings of all lines by document id and day, read in one go."""
    documents = {_key(line): line.document for line in _LINES}
    return dict(zip(documents, Reader().read_many(documents.values()), strict=True))


def _key(line: Wording) -> str:
    return f"{line.published} {line.document.text}"


def _cases(sort: str) -> list[object]:
    marks = [[pytest.mark.xfail(reason=line.why, strict=False)] if line.why else [] for line in _LINES]
    return [
        pytest.param(line, id=f"{line.file}: {line.text}", marks=mark)
        for line, mark in zip(_LINES, marks, strict=True)
        if line.sort == sort
    ]


def _told(line: Wording) -> str:
    """The claims read in a line, for the message of a failure."""
    claims = _readings()[_key(line)].claims
    return "\n".join(str(told(claim)) for claim in claims) or "no claims"


@pytest.mark.parametrize("line", _cases("must"))
def test_must(line: Wording) -> None:
    assert line.given(_readings()[_key(line)].claims), f"{line.wanted} is not among\n{_told(line)}"


@pytest.mark.parametrize("line", _cases("must_not"))
def test_must_not(line: Wording) -> None:
    assert not line.given(_readings()[_key(line)].claims), f"{line.wanted} is among\n{_told(line)}"


@pytest.mark.parametrize("line", _cases("may"))
def test_may(line: Wording) -> None:
    """Known gaps: a line reported as XPASS has been mended and moves up in its file."""
    assert line.given(_readings()[_key(line)].claims) != line.absent, f"{line.wanted} against\n{_told(line)}"


def test_no_line_stands_twice() -> None:
    lines = Counter((line.text, line.context, str(line.wanted), line.absent or line.sort == "must_not") for line in _LINES)
    assert [line for line, times in lines.items() if times > 1] == []
