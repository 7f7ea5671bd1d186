"""Documents to sentences with tokens, tags, tree and entities."""

from whoholds.language.english import parse, parse_many
from whoholds.language.manifest import ModelError
from whoholds.language.sentence import Entity, Sentence, Token

__all__ = ["Entity", "ModelError", "Sentence", "Token", "parse", "parse_many"]
