"""Who asks, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from whoholds.atlas.roles import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks: the name that entries are made under, and the role."""

    name: str
    role: Role


def viewer_of(request: Request) -> Viewer:
    """Who asks, as the protecting layer found out."""
    viewer = getattr(request.state, "viewer", None)
    if not isinstance(viewer, Viewer):
        raise HTTPException(401, "no token was given", {"WWW-Authenticate": "Bearer"})
    return viewer


TheViewer = Annotated[Viewer, Depends(viewer_of)]


def _reviewer(viewer: TheViewer) -> Viewer:
    return _at_least(Role.REVIEWER, viewer)


def _keeper(viewer: TheViewer) -> Viewer:
    return _at_least(Role.KEEPER, viewer)


def _at_least(role: Role, viewer: Viewer) -> Viewer:
    if viewer.role < role:
        raise HTTPException(403, f"this needs the role of a {role.name.lower()}; {viewer.name} is a {viewer.role.name.lower()}")
    return viewer


MayReview = Annotated[Viewer, Depends(_reviewer)]
MayKeep = Annotated[Viewer, Depends(_keeper)]
