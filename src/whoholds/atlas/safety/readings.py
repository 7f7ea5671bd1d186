"""A limit on what takes long: reading reports with the language model, of which only a few may run at the same time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, HTTPException, Request

AT_ONCE = 2  # a reading keeps one core busy for as long as it lasts
_WAIT = 5  # seconds


async def reading_slot(request: Request) -> AsyncIterator[None]:
    """Holds one of the places for a long reading until the answer is sent. 503 with Retry-After where all are taken."""
    state = request.app.state
    running = getattr(state, "readings", 0)  # the event loop's thread alone comes here, so nothing can come between
    if running >= AT_ONCE:
        raise HTTPException(503, "other reports are being read at the moment; try again soon", {"Retry-After": str(_WAIT)})
    state.readings = running + 1
    try:
        yield
    finally:
        state.readings -= 1


LongReading = Annotated[None, Depends(reading_slot)]
"""A parameter for handlers that read reports: `slot: LongReading`."""
