"""Questions to a register, and what is entered in it: store, reader, gazetteer and the rules of deriving together."""

from whoholds.questions.knowledge import Day, known_of
from whoholds.questions.places import PlaceError
from whoholds.questions.register import Register

__all__ = ["Day", "PlaceError", "Register", "known_of"]
