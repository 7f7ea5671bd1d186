"""Undertakings: duties through their life, from the claims that lay them down, move them, keep or break them.

`derive_undertakings` makes them; `affected` and `neighbourhood` tell what must be derived again when claims come or go.
"""

from whoholds.reconcile.undertakings.blocks import meets
from whoholds.reconcile.undertakings.deriving import derive_undertakings
from whoholds.reconcile.undertakings.facts import is_vague
from whoholds.reconcile.undertakings.gathering import Fetch, Near, affected, neighbourhood, shown_at

__all__ = ["Fetch", "Near", "affected", "derive_undertakings", "is_vague", "meets", "neighbourhood", "shown_at"]
