"""Undertakings: duties through their life, from the claims that lay them down, move them, keep or break them.

`derive_undertakings` makes them; `block_keys` and `neighbourhood` tell what must be derived again when claims come or go.
"""

from whoholds.reconcile.undertakings.blocks import block_keys, neighbourhood
from whoholds.reconcile.undertakings.deriving import derive_undertakings

__all__ = ["block_keys", "derive_undertakings", "neighbourhood"]
