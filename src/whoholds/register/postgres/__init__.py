"""A register in PostgreSQL, for a team: many readers, one writer at a time, and columns to ask in SQL."""

from whoholds.register.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
