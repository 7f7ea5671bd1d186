"""Words to actors: who does, undergoes, holds, owes or says, with country (ISO alpha-3), role and organisation."""

from __future__ import annotations

from whoholds.grounding.actors.context import ActorContext, find_actors

__all__ = ["ActorContext", "find_actors"]
