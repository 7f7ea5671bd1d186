"""Deriving: testimony in, findings out, whatever its order."""
