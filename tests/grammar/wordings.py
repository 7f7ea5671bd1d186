"""Corpus lines: a wording, perhaps with a sentence before it, and the claim that it must, must not or may give.

A line names the claim by `event`, `control` ("gains") or `obligation` ("set withdraw") and any of the other fields, each as
`whoholds read --json` prints it; counts are written "14", "14..", "..20" or "200..999". A line that names no claim stands for
any claim at all. `absent` in a `may` line says that the claim should not be there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.model import Actor, Claim, Control, Count, Document, Event, Obligation

FOLDER = Path(__file__).parent / "corpus"
_ASIDE = frozenset({"text", "context", "why", "absent", "published"})
_FIELDS = frozenset(
    (
        "event control obligation actors recipients killed injured crowd holder from obligors beneficiaries due due_was "
        "agreement where when said_by factuality"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A line of a corpus file: `sort` is `must`, `must_not` or `may`, `wanted` the fields of the claim it is about."""

    file: str
    sort: str
    text: str
    published: date
    context: str = ""
    why: str = ""
    absent: bool = False
    wanted: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def document(self) -> Document:
        """The wording as a report of its own, after its context."""
        return Document(text=self._before + self.text, name=self.file, published=self.published)

    @property
    def _before(self) -> str:
        return f"{self.context} " if self.context else ""

    def given(self, claims: tuple[Claim, ...]) -> bool:
        """Whether one of the claims read in the wording, its context apart, is the one the line is about."""
        own = [claim for claim in claims if claim.evidence.end > len(self._before)]
        return any(all(told(claim).get(name) == value for name, value in self.wanted.items()) for claim in own)


def told(claim: Claim) -> dict[str, Any]:
    """The fields of a claim in the spelling of the corpus; those that the claim does not tell are left out."""
    place = claim.where.name if claim.where else None
    found: dict[str, Any] = {
        **_matter(claim),
        "where": place,
        "when": claim.when.edtf if claim.when else None,
        "said_by": _names(claim.said_by),
        "factuality": claim.factuality.value,
    }
    return {name: "" if value is None else value for name, value in found.items()}


def _matter(claim: Claim) -> dict[str, Any]:
    match claim.matter:
        case Event() as event:
            numbers = {"killed": _range(event.killed), "injured": _range(event.injured), "crowd": _range(event.crowd)}
            return {
                "event": event.type.value,
                "actors": _names(event.actors),
                "recipients": _names(event.recipients),
                **numbers,
            }
        case Control() as control:
            return {"control": control.change.value, "holder": _name(control.holder), "from": _name(control.former)}
        case Obligation() as duty:
            return {
                "obligation": f"{duty.step} {duty.action}",
                "obligors": _names(duty.obligors),
                "beneficiaries": _names(duty.beneficiaries),
                "due": duty.due.edtf if duty.due else None,
                "due_was": duty.due_was.edtf if duty.due_was else None,
                "agreement": duty.agreement,
            }


def _name(actor: Actor | None) -> str | None:
    return actor.name if actor else None


def _names(actors: tuple[Actor, ...]) -> list[str]:
    return [actor.name for actor in actors]


def _range(count: Count | None) -> str | None:
    if count is None:
        return None
    low, high = ("" if end is None else str(end) for end in (count.low, count.high))
    return low if low == high else f"{low}..{high}"


def wordings() -> Iterator[Wording]:
    """The lines of all corpus files. Raises ValueError, naming file and wording, for one that is not understood."""
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        unknown = set(data) - {"published", "must", "must_not", "may"}
        if unknown:
            raise ValueError(f"{path.name}: unknown keys {sorted(unknown)}")
        for sort in ("must", "must_not", "may"):
            for line in data.get(sort, []):
                yield _wording(line, path.stem, sort, data["published"])


def _wording(line: dict[str, Any], file: str, sort: str, published: date) -> Wording:
    wanted = {name: value for name, value in line.items() if name not in _ASIDE}
    place = f"{file}.toml, {line['text']!r}"
    if unknown := set(wanted) - _FIELDS:
        raise ValueError(f"{place}: unknown keys {sorted(unknown)}")
    if sort == "must" and not wanted:
        raise ValueError(f"{place}: a line that must match names a claim")
    if (sort == "may") != ("why" in line):
        raise ValueError(f"{place}: lines that may match say why they do not yet, and no other lines do")
    aside = {name: line[name] for name in ("context", "why", "absent") if name in line}
    return Wording(file, sort, line["text"], line.get("published", published), wanted=wanted, **aside)
