"""A register in one SQLite file, which is a GeoPackage 1.3 at the same time.

Layers `place`, `holding` and `incident` (points, WGS 84) and the table `report` open in QGIS and with ogrinfo. `opening` makes
and recognises files, `migrating` has the numbered steps of the schema, `database` the connections; `book` writes entries,
`entries` reads them back, `testifying` finds claims, `findings`, `searching`, `erasing` and `verifying` do what they say.
"""

from whoholds.register.sqlite.store import SQLiteStore

__all__ = ["SQLiteStore"]
