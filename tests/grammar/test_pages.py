"""Pages of sport, markets and other matters that borrow the words of war: no claim is read in them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from whoholds.model import Document
from whoholds.pipeline import Reader

_PAGES = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))["page"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            page["text"],
            id=page["name"],
            marks=[pytest.mark.xfail(reason=page["why"], strict=False)] if "why" in page else [],
        )
        for page in _PAGES
    ],
)
def test_no_claims(text: str) -> None:
    claims = Reader().read(Document(text=text, name="page", published=date(2023, 5, 17))).claims
    assert [claim.evidence.quote for claim in claims] == []
