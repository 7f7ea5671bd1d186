"""The map: who holds what on a day, over time, and what changed between two days.

The page itself tells nothing about the register: it takes `/data/timeline`, `/data/incidents` and `/data/shapes` once and
filters them in the browser, so that the same page serves every day and can be kept open.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from whoholds.atlas.asked import IsAsked
from whoholds.atlas.pages.rendering import page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key of the map's page, as the help tells it."""

    keys: tuple[str, ...]
    does: str


# Told at once, so that the browser need not read one module to learn of the next.
MODULES = tuple(sorted(file.name for file in (Path(__file__).parent.parent / "static" / "js" / "map").glob("*.js")))

SHORTCUTS = (
    Shortcut(("←", "→"), "a day back, a day on"),
    Shortcut(("Shift ←", "Shift →"), "a week back, a week on"),
    Shortcut(("Shift ↑", "Shift ↓"), "a month on, a month back"),
    Shortcut(("p", "n"), "to the change before, to the next change (of the chosen place, else of the map)"),
    Shortcut(("Space",), "play and pause"),
    Shortcut(("/",), "find a place"),
    Shortcut(("c",), "compare with another day, and end it"),
    Shortcut(("l",), "map or list"),
    Shortcut(("Esc",), "close the place"),
    Shortcut(("?",), "this help"),
)


@router.get("/")
def map_page(request: Request, asked: IsAsked) -> HTMLResponse:
    """The map of a day."""
    told = request.query_params
    clocks = urlencode({name: told[name] for name in ("published_by", "recorded_by") if told.get(name)})
    known = f"?{clocks}" if clocks else ""
    return page(request, "map.html", asked, title="Map", shortcuts=SHORTCUTS, modules=MODULES, clocks=known)
