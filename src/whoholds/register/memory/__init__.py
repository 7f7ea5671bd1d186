"""A register in memory: the reference that the other stores are held against, and a store for tests and notebooks."""

from whoholds.register.memory.store import MemoryStore

__all__ = ["MemoryStore"]
