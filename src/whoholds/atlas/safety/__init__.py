"""Who may see and enter what, and what no request can do."""

from whoholds.atlas.roles import Role
from whoholds.atlas.safety.identity import MayKeep, MayReview, TheViewer, Viewer
from whoholds.atlas.safety.protecting import protect
from whoholds.atlas.safety.readings import LongReading

__all__ = ["LongReading", "MayKeep", "MayReview", "Role", "TheViewer", "Viewer", "protect"]
