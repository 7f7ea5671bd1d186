"""The pages, one module each."""

from fastapi import APIRouter

from whoholds.atlas.pages import agreements, documents, figures, findings, map, places, review, searching


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages."""
    return tuple(page.router for page in (map, places, agreements, documents, findings, searching, review, figures))


__all__ = ["routers"]
