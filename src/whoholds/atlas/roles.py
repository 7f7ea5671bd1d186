"""What somebody may do with a served register."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What somebody may do; each may do what those before may."""

    READER = 1  # see everything
    REVIEWER = 2  # judge claims
    KEEPER = 3  # add reports, write claims, withdraw entries
