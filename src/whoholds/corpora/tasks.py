"""What a worker is asked to do and what it tells in the end: plain values that go through pipes and over networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Phase(StrEnum):
    """The phases that are done partition by partition; between them all surveys are looked at together for twins."""

    SURVEY = "survey"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Task:
    """One phase of one partition of the run in `folder`."""

    folder: str
    phase: Phase
    partition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished task: how many records there were, and how many of them were set aside, foreign, relevant; and claims.

    Of a survey `records` are all that the partition holds; of a reading those that were to be read.
    """

    partition: int
    records: int
    aside: int
    foreign: int = 0
    relevant: int = 0
    claims: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a document may take before it is set aside: seconds, beside those that its length allows, and bytes of memory.

    `memory` is that of the whole process that reads (resident set), model and gazetteer with it.
    """

    seconds: float = 120.0
    memory: int = 2_000_000_000


class StoppedError(Exception):
    """Something that stops a run, whatever it reads: what is wrong and the way out. The same command goes on from there."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


class Workforce(Protocol):
    """Does tasks: processes of this machine, or those of a cluster."""

    def perform(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Each task once it is done, in any order. Raises StoppedError."""
        ...
