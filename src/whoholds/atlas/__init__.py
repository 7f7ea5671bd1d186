"""The atlas: the web face of a register, pages for people and an HTTP API for programs, in one process, offline."""

from whoholds.atlas.app import create_app
from whoholds.atlas.settings import Settings

__all__ = ["Settings", "create_app"]
