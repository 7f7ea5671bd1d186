"""Problems: how data fails. Broken programs raise; bad or unclear input becomes one of these beside the result."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model.span import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (`code` for machines, `message` for people), the words it is about, and the way out (`hint`)."""

    code: str
    message: str
    span: Span | None = None
    hint: str = ""
