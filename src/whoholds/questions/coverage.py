"""Coverage: how much was reported when and by whom, in one state of knowledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from whoholds.model import Testimony
from whoholds.register.store import Report


@dataclass(frozen=True, slots=True)
class Coverage:
    """Standing claims by the day they were said, and by outlet ("" where none is told) and day.

    `latest` is the last day on which a report was published, None where none tells its day. A claim that several outlets
    published is counted under each of them, and once by day.
    """

    claims: Mapping[date, int]
    outlets: Mapping[tuple[str, date], int]
    latest: date | None


def coverage_of(reports: Iterable[Report]) -> Coverage:
    """The coverage of reports; reports without a day of their own count by none."""
    claims, outlets, latest = Counter[date](), Counter[tuple[str, date]](), None
    for report in reports:
        if report.last and (latest is None or report.last > latest):
            latest = report.last
        if report.claims and report.dated:
            claims[report.said] += report.claims
            for outlet in report.outlets or ("",):
                outlets[outlet, report.said] += report.claims
    return Coverage(claims, outlets, latest)


def with_more(coverage: Coverage, told: Iterable[Testimony], days: Iterable[date]) -> Coverage:
    """The coverage with new claims, none of which it has counted, and of newly filed reports with these days."""
    claims, outlets = Counter(coverage.claims), Counter(coverage.outlets)
    for one in told:
        if one.dated:
            claims[one.said] += 1
            for outlet in one.outlets or ("",):
                outlets[outlet, one.said] += 1
    latest = max((day for day in (coverage.latest, *days) if day), default=None)
    return Coverage(claims, outlets, latest)
