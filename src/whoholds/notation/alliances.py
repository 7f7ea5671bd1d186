"""Alliances to notation, as lines of styled pieces like those of claims."""

from __future__ import annotations

from whoholds.model import Allied, Parted
from whoholds.notation.printing import Line, actor_pieces
from whoholds.notation.spelling import quoted


def alliance_lines(act: Allied | Parted) -> list[Line]:
    """An alliance's or a parting's head line and, where a reason is told, the line with it."""
    head: Line = [("when", act.period.edtf if act.period else "always"), ("", " "), ("kind", "alliance"), ("", ": ")]
    head += actor_pieces(act.member)
    head.append(("", " with ") if isinstance(act, Allied) else ("", " apart from "))
    head += actor_pieces(act.side)
    return [head, [("", "  "), ("", "because "), ("quote", quoted(act.reason))]] if act.reason else [head]
