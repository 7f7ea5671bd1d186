"""The stopwatch charges each stage for its own time only."""

from __future__ import annotations

from collections.abc import Iterator
from unittest import mock

from bench import stages


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_inner_stages_are_taken_off_outer_ones() -> None:
    clock = Clock()
    watch = stages.Stopwatch()

    def inner() -> None:
        clock.now += 2

    timed_inner = watch.around("inner", inner)

    def outer() -> Iterator[int]:
        clock.now += 1
        timed_inner()
        yield 1
        clock.now += 4
        yield 2

    with mock.patch("time.perf_counter", clock), watch.stage("rest"):
        for _ in watch.around("outer", outer)():
            clock.now += 8
    assert watch.seconds == {"inner": 2.0, "outer": 5.0, "rest": 16.0}


def test_every_stage_is_a_function_of_the_pipeline() -> None:
    for _, module, name in stages.STAGES:
        assert callable(getattr(module, name))
