"""Points as GeoPackage has them: GeoPackageBinary (OGC 12-128r17, 2.1.3), WGS 84."""

from __future__ import annotations

import struct

GPKG_HEADER = struct.pack("<2sBBi", b"GP", 0, 0b0000_0001, 4326)  # version 1, little-endian, no envelope
_POINT = 1


def gpkg_point(lat: float | None, lon: float | None) -> bytes | None:
    """The bytes of a point in decimal degrees; None for no point."""
    if lat is None or lon is None:
        return None
    return GPKG_HEADER + struct.pack("<BIdd", 1, _POINT, lon, lat)
