"""Readers of what others publish: maps of control as dated polygons, and event data sets coded by people.

Each gives `Coded` documents, for `questions.importing` to take in, and `Problem`s for what could not be read. Nothing that can
be read is lost for something beside it that cannot.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model import Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem and where it is: a file and, where one is to blame, the number of its line, from 1.

    `lost` tells that something was left out for it; else it only informs.
    """

    file: str
    line: int | None
    problem: Problem
    lost: bool = True
