"""The rules by which findings are derived, as a name that changes when they do.

Findings that were kept by an older version of the program, or with an older table of alliances, are not what this one would
derive. So a register notes what they were derived by: a digest of the deriving modules' text and of the table. A user's own
entries on sides are entries, and make everything stale by themselves.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from whoholds import reconcile

_DERIVING = Path(reconcile.__file__).parent


@cache
def rules() -> str:
    """16 hexadecimal digits of the SHA-256 of all that deriving rests on."""
    digest = hashlib.sha256(files("whoholds.grounding.actors").joinpath("alliances.toml").read_bytes())
    for module in sorted(_DERIVING.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]
