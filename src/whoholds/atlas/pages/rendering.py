"""Pages from templates: everything that goes in is text, and comes out escaped."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from whoholds.atlas.asked import Asked
from whoholds.atlas.desk import desk_of
from whoholds.atlas.pages import parts

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals.update(parts.GLOBALS)
_ENVIRONMENT.filters.update(parts.FILTERS)


def safe_url(address: str | None) -> str | None:
    """The address if a link may lead there, which is to web pages alone (http, https); else None, to be shown as text.

    In templates a filter and a test: `{% if url is safe_url %}<a href="{{ url }}" rel="noopener">…{% else %}{{ url }}`.
    """
    if not address or not address.isprintable():
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in ("http", "https") and parts.hostname else None


_ENVIRONMENT.filters["safe_url"] = safe_url
_ENVIRONMENT.filters["sentence"] = lambda words: f"{words[:1].upper()}{words[1:]}." if words else ""
_ENVIRONMENT.tests["safe_url"] = lambda address: safe_url(address) is not None


def bare_page(template: str, /, **values: object) -> str:
    """A page without the frame and what it tells of the register, for somebody who may not see it."""
    return _ENVIRONMENT.get_template(template).render(values)


def page(request: Request, template: str, asked: Asked, /, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page. Templates see `asked`, `viewer`, `settings`, `register` (its name), `csrf` and what they are given."""
    desk = desk_of(request)
    told = {
        "asked": asked,
        "viewer": getattr(request.state, "viewer", None),
        "csrf": getattr(request.state, "csrf", ""),
        "settings": desk.settings,
        "register": Path(desk.register.store.locator).name,
        "path": request.url.path,
    }
    words = _ENVIRONMENT.get_template(template).render({**told, **values})
    return HTMLResponse(words.encode("utf-8", "replace"), status_code=status)  # a file's name may hold half a character
