"""Gazetteers that the user adds: GeoNames dumps, tables and GeoJSON of places, each made into an index of its own.

The indexes stand in the user's data folder, are looked up beside the embedded one, and stay until they are removed.
"""
