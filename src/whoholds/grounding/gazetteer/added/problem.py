"""Why a gazetteer cannot be added or removed."""

from __future__ import annotations


class GazetteerError(Exception):
    """A file or a name that cannot be used: what is wrong with it, and the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
