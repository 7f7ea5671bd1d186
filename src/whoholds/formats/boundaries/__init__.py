"""Boundaries out of files: GeoJSON and KML (KMZ) by themselves, GeoPackage, Shapefile and others with pyogrio (extra `geo`).

Every feature becomes an area in degrees of longitude and latitude, WGS 84, with its name, or a problem that says what is wrong
with it; one bad feature does not keep the others out. A file that cannot be read to its end gives the features before that.
"""

from whoholds.formats.boundaries.features import boundary_feature, boundary_features
from whoholds.formats.boundaries.raw import Area, BoundaryFile
from whoholds.formats.boundaries.reading import LARGEST, read_boundaries
from whoholds.formats.boundaries.taking import Taken, take_boundaries

__all__ = [
    "LARGEST",
    "Area",
    "BoundaryFile",
    "Taken",
    "boundary_feature",
    "boundary_features",
    "read_boundaries",
    "take_boundaries",
]
