"""The JavaScript libraries that pages use, out of an installed package: Leaflet and ECharts as NiceGUI's wheel brings them.

NiceGUI itself is not imported or run: its wheel is where both lie as ES modules that need no network and no build.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_FOLDERS = {"leaflet": "elements/leaflet/dist", "echarts": "elements/echart/dist"}


class LibraryError(Exception):
    """An installed NiceGUI that does not bring a library where it is looked for."""


def folder_of(library: str) -> Path:
    """The folder with `index.js` of `leaflet` or `echarts`. Raises LibraryError where it is not installed."""
    spec = find_spec("nicegui")
    for root in spec.submodule_search_locations or () if spec else ():
        folder = Path(root) / _FOLDERS[library]
        if (folder / "index.js").is_file():
            return folder
    raise LibraryError(f"{library} is not where NiceGUI keeps it: install nicegui anew (pip install --force-reinstall nicegui)")
