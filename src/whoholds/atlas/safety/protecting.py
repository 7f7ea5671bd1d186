"""The protecting layers around an application, the outermost first: headers on whatever is answered, then the gate."""

from __future__ import annotations

from fastapi import FastAPI

from whoholds.atlas.desk import Clock, now
from whoholds.atlas.safety.gate import Gate
from whoholds.atlas.safety.headers import Headed, content_policy
from whoholds.atlas.safety.limits import Limits
from whoholds.atlas.safety.recognising import Doorkeeper
from whoholds.atlas.settings import Settings

CONTENT_POLICY = content_policy(Settings())


def protect(app: FastAPI, settings: Settings, *, clock: Clock = now) -> None:
    """Put the protecting layers around an application, and the page to log in on into it."""
    from whoholds.atlas.safety import login  # only now: it stands on the pages, which stand on this package

    app.state.doorkeeper = Doorkeeper(settings, clock, Limits())
    app.include_router(login.router)
    app.add_middleware(Gate, keeper=app.state.doorkeeper)
    app.add_middleware(Headed, settings=settings)
