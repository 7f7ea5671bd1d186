"""Place names to places: an index of towns, countries, regions and features, made once and kept in the user's cache folder."""

from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.indexed import Candidate
from whoholds.grounding.gazetteer.keys import fold
from whoholds.grounding.gazetteer.lookup import Gazetteer, gazetteer

__all__ = ["Candidate", "Entry", "Gazetteer", "Rank", "fold", "gazetteer"]
