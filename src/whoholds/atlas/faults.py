"""What goes wrong with a request, as values that are thrown: each becomes one RFC 9457 problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

Json = dict[str, Any]


class Trouble(Enum):
    """The kinds of problems: slug in the `type`, HTTP status, title."""

    BAD_REQUEST = ("bad-request", 400, "The request cannot be read")
    BAD_PARAMETER = ("bad-parameter", 400, "A parameter cannot be read")
    UNKNOWN_PARAMETER = ("unknown-parameter", 400, "There is no such parameter")
    AMBIGUOUS_PLACE = ("ambiguous-place", 400, "The name can mean several places")
    UNKNOWN_PLACE = ("unknown-place", 404, "No such place is known")
    UNAUTHORIZED = ("unauthorized", 401, "Who asks is not known")
    FORBIDDEN = ("forbidden", 403, "Not allowed")
    NOT_FOUND = ("not-found", 404, "Not found")
    NOT_ALLOWED = ("not-allowed", 405, "This cannot be done here")
    CONFLICT = ("conflict", 409, "It does not fit what the register holds")
    WORDS_DIFFER = ("words-differ", 409, "The words are others than those judged")
    TOO_LARGE = ("too-large", 413, "The request is too large")
    BAD_BODY = ("bad-body", 422, "The body cannot be used")
    TOO_MANY = ("too-many-requests", 429, "Too many requests")
    BROKEN = ("broken", 500, "Something is broken in the program")
    BUSY = ("busy", 503, "Too much is being asked at the moment")
    UNREADABLE = ("register-unreadable", 503, "The register cannot be read or written")

    @property
    def slug(self) -> str:
        """The last part of the problem's `type`."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]

    @property
    def title(self) -> str:
        """What went wrong, in general."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Where:
    """The part of a request that is wrong: `place` is `query`, `path`, `header` or `body`, `name` the parameter's."""

    place: str
    name: str
    message: str


class FaultError(Exception):
    """A request that cannot be answered: what is wrong, the way out, and where in the request it is."""

    def __init__(
        self, trouble: Trouble, detail: str, hint: str = "", *, where: Sequence[Where] = (), more: Json | None = None
    ) -> None:
        super().__init__(detail)
        self.trouble, self.detail, self.hint, self.where, self.more = trouble, detail, hint, tuple(where), more or {}


def bad_parameter(name: str, message: str, hint: str = "", *, place: str = "query") -> FaultError:
    """A parameter that cannot be read."""
    return FaultError(Trouble.BAD_PARAMETER, f"{name}: {message}", hint, where=[Where(place, name, message)])


def not_found(what: str, id: str, hint: str = "") -> FaultError:
    """Nothing has this id, as far as the asker may know."""
    return FaultError(Trouble.NOT_FOUND, f"no {what} has the id '{id[:100]}', as far as is known then", hint)
