"""The application: pages, data and API of one register."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from whoholds.atlas import api, data, library, pages, safety, shapes
from whoholds.atlas.desk import Clock, Desk, now
from whoholds.atlas.errors import tell_errors
from whoholds.atlas.settings import Settings
from whoholds.atlas.warming import warmed
from whoholds.questions import Register

STATIC = Path(__file__).parent / "static"


def create_app(register: Register, settings: Settings | None = None, *, clock: Clock = now) -> FastAPI:
    """The atlas of a register, as an ASGI application. The register stays open as long as the application is used."""
    settings = settings or Settings()
    desk = Desk(register, settings, clock=clock)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with warmed(desk):
            yield

    app = FastAPI(title="whoholds", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.desk = desk
    safety.protect(app, settings, clock=clock)
    tell_errors(app)
    api.prepare(app, settings)
    for part in (api.router, data.router, shapes.router, *pages.routers()):
        app.include_router(part)
    for name in ("leaflet", "echarts"):
        app.mount(f"/lib/{name}", StaticFiles(directory=library.folder_of(name)), name=name)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
