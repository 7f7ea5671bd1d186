"""Reports for stories: claims in the notation, told by an outlet on a day, as testimony; and holdings as lines to compare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from whoholds.model import Bounds, Document, Holding, Testimony, site_of
from whoholds.notation import parse

_RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def told(outlet: str, day: str, claims: str, *, credits: tuple[str, ...] = ()) -> list[Testimony]:
    """Testimony of claims written in the notation without their `from` lines, published by an outlet on a day."""
    heads = _heads(claims)
    words = [f"{outlet} {day}, sentence {number}." for number in range(len(heads))]
    document = Document(text="\n".join(words), name="report", outlet=outlet, published=date.fromisoformat(day))
    text = "\n".join(f'{head}\n  from report "{quote}"' for head, quote in zip(heads, words, strict=True))
    found, problems = parse(text, documents=[document])
    assert not problems, problems
    return [
        Testimony(
            claim=claim,
            said=date.fromisoformat(day),
            recorded_at=_RECORDED + timedelta(hours=number),
            entry=_number(claim.id),
            outlets=(outlet,) if outlet else (),
            credits=credits,
            site=claim.where and site_of(claim.where),
        )
        for number, claim in enumerate(found)
    ]


def published_by(day: str, testimony: Iterable[Testimony]) -> list[Testimony]:
    """The testimony that had been published by the end of a day."""
    return [each for each in testimony if each.said <= date.fromisoformat(day)]


def lines(holdings: Iterable[Holding]) -> list[str]:
    """Holdings as `KEY BEGIN..END STANDING`, with `/` between the days of a window and `against RIVALS` where there are any."""
    return [line(holding) for holding in holdings]


def line(holding: Holding | None) -> str:
    """A holding as one line; `nothing told` for None."""
    if holding is None:
        return "nothing told"
    key = holding.holder.key if holding.holder else "nobody"
    against = " against " + ", ".join(side.key for side in holding.rivals) if holding.rivals else ""
    return f"{key} {_days(holding.begin)}..{_days(holding.end)} {holding.standing}{against}"


def _days(bounds: Bounds) -> str:
    first, last = bounds.not_before, bounds.not_after
    if first is None:
        return ""
    return str(first) if first == last else f"{first}/{last}"


def _heads(claims: str) -> list[str]:
    """The claims of a text: lines at the margin with the indented lines under them."""
    heads: list[str] = []
    for line in claims.strip().splitlines():
        if line.startswith(" "):
            heads[-1] += "\n" + line
        else:
            heads.append(line)
    return heads


def _number(id: str) -> int:
    return int(hashlib.sha256(id.encode()).hexdigest()[:6], 16)
