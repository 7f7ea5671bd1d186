"""Testimony by hand: reports whose claims are written in the notation, without the words that they are from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from whoholds.model import Document, Site, Testimony, Where, site_of
from whoholds.notation import parse


def report(outlet: str, published: str, *claims: str, around: Mapping[str, tuple[str, ...]] | None = None) -> list[Testimony]:
    """The testimony of one report. A claim is a head line and its further lines; each stands on words of its own.

    `around` has the areas around places, by the places' names.
    """
    day = date.fromisoformat(published)
    words = [f"This is claim {number}." for number in range(1, len(claims) + 1)]
    document = Document(text=f"{outlet}, {published}. {' '.join(words)}", name="report", outlet=outlet, published=day)
    told, problems = parse(
        "\n".join(f'{claim.strip()}\n  from report "{quoted}"' for claim, quoted in zip(claims, words, strict=True)),
        documents=[document],
    )
    assert not problems, [problem.message for problem in problems]
    return [
        Testimony(
            claim=claim,
            said=day,
            recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
            entry=day.toordinal() * 100 + number,
            outlets=(outlet,),
            site=claim.where and _site(claim.where, around or {}),
        )
        for number, claim in enumerate(told)
    ]


def _site(where: Where, around: Mapping[str, tuple[str, ...]]) -> Site:
    return replace(site_of(where), within=around.get(where.name, ()))
