"""Watching feeds: asked now and then, politely, and what is new in them taken into a register."""
