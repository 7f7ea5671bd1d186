"""The colours of sides on pages that come without script: those that `static/js/colours.js` gives a side that is alone.

There a side keeps its colour beside others and the user may choose; the script of a page puts these in the place of ours.
"""

from __future__ import annotations

PALETTE = ("#0072b2", "#d55e00", "#56b4e9", "#cc79a7", "#009e73", "#e69f00", "#f0e442")
"""Okabe and Ito's colours for colour-blind people, in the order of the script."""

NOBODY = "#8a8f94"

_SEED = 174970
_PRIME = 16777619
_DARK = frozenset({"#0072b2"})  # colours on which white reads better than black


def fill_of(key: str | None) -> str:
    """The colour of a side by its key, as #rrggbb; grey for nobody."""
    if key is None:
        return NOBODY
    hashed = _SEED
    for byte in key.encode("utf-8", "replace"):
        hashed = ((hashed ^ byte) * _PRIME) & 0xFFFFFFFF
    return PALETTE[((hashed ^ (hashed >> 15)) & 0xFFFFFFFF) % len(PALETTE)]


def ink_of(key: str | None) -> str:
    """Black or white, whichever reads better on the colour of a side."""
    return "#ffffff" if fill_of(key) in _DARK else "#000000"
